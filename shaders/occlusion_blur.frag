// Averages the sixteen turns of occlusion.frag, across places of like depth only.
uniform sampler2D u_open;

layout(location = 0) out vec4 o_open;

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  ivec2 last = textureSize(u_open, 0) - 1;
  vec2 here = texelFetch(u_open, pixel, 0).rg;
  float sum = 0.0, weights = 0.0;
  for (int y = -2; y < 2; ++y)
    for (int x = -2; x < 2; ++x) {
      vec2 there = texelFetch(u_open, clamp(pixel + ivec2(x, y), ivec2(0), last), 0).rg;
      float weight = 1.0 / (1.0 + abs(there.g - here.g));
      sum += weight * there.r;
      weights += weight;
    }
  o_open = vec4(sum / weights, here.g, 0.0, 0.0);
}
