// Shows kept pictures: a mix of two, as they are stored.
uniform sampler2D u_from;
uniform sampler2D u_to;
uniform float u_share; // 0 the first … 1 the second
uniform vec2 u_size;   // of the target, px

layout(location = 0) out vec4 o_colour;

void main() {
  vec2 at = gl_FragCoord.xy / u_size;
  o_colour = mix(textureLod(u_from, at, 0.0), textureLod(u_to, at, 0.0), u_share);
}
