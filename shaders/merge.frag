// Lays the sums of the transparent surfaces over the scene (blended in by the caller).
uniform sampler2D u_sum;
uniform sampler2D u_weight;

layout(location = 0) out vec4 o_colour;

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  vec4 sum = texelFetch(u_sum, texel, 0);
  float cover = 1.0 - sum.a;
  o_colour = vec4(sum.rgb / max(texelFetch(u_weight, texel, 0).r, 1e-5) * cover, cover);
}
