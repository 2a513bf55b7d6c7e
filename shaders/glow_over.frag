// Lays the glowing structures and a soft halo around them over the picture (blended in by the caller).
uniform sampler2D u_glow;
uniform float u_reach; // px of the halo

layout(location = 0) out vec4 o_colour;

void main() {
  vec2 texel = 1.0 / vec2(textureSize(u_glow, 0));
  vec2 at = gl_FragCoord.xy * texel;
  vec4 here = texelFetch(u_glow, ivec2(gl_FragCoord.xy), 0);
  vec4 halo = vec4(0.0);
  for (int i = 0; i < 12; ++i) {
    float angle = 6.2831853 * (float(i) + 0.5 * float(i & 1)) / 12.0;
    float reach = (i & 1) == 0 ? 1.0 : 0.5;
    halo += textureLod(u_glow, at + vec2(cos(angle), sin(angle)) * u_reach * reach * texel, 0.0);
  }
  halo *= 0.35 / 12.0;
  o_colour = here + halo * (1.0 - here.a);
}
