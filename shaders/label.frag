// A line of text, pixel by pixel, with a soft surround that sets it off from whatever lies behind.
uniform sampler2D u_sprite; // r letters, g letters and surround
uniform ivec2 u_corner;     // of the sprite in the target, px from the bottom left
uniform vec3 u_ink;         // sRGB: written into targets that are shown as they are
uniform vec3 u_surround;
uniform float u_opacity;

layout(location = 0) out vec4 o_colour;

void main() {
  vec2 share = texelFetch(u_sprite, ivec2(gl_FragCoord.xy) - u_corner, 0).rg;
  float around = 0.75 * share.g * (1.0 - share.r);
  o_colour = vec4(u_ink * share.r + u_surround * around, share.r + around) * u_opacity;
}
