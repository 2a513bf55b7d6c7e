// The line around outlined structures, fainter where something lies in front (blended in by the caller).
uniform sampler2D u_mask;
uniform vec3 u_colour;   // sRGB: written into targets that are shown as they are
uniform float u_width;   // px
uniform float u_strength;
uniform vec2 u_size;     // of the target, px

layout(location = 0) out vec4 o_colour;

void main() {
  vec2 at = gl_FragCoord.xy / u_size;
  vec2 texel = 1.0 / u_size;
  float here = textureLod(u_mask, at, 0.0).r;
  vec2 ring = vec2(0.0);
  float most_seen = 0.0;
  for (int i = 0; i < 16; ++i) {
    float angle = 6.2831853 * float(i) / 16.0;
    float reach = u_width * ((i & 1) == 0 ? 1.0 : 0.6);
    vec2 mask = textureLod(u_mask, at + vec2(cos(angle), sin(angle)) * reach * texel, 0.0).rg;
    ring += mask;
    most_seen = max(most_seen, mask.g);
  }
  ring /= 16.0;
  float outside = smoothstep(0.0, 0.22, ring.r) * (1.0 - here);
  float alpha = u_strength * outside * mix(0.34, 1.0, most_seen);
  o_colour = vec4(u_colour * alpha, alpha);
}
