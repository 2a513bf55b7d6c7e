// The sums of order-independent transparency (weighted, blended; McGuire and Bavoil 2013): what is nearer counts more.
layout(location = 0) out vec4 o_sum;
layout(location = 1) out vec4 o_weight;

void write_blended(vec3 colour, float alpha, float depth_mm) {
  float depth = clamp((depth_mm - depth_range.x) / (depth_range.y - depth_range.x), 0.0, 1.0);
  float nearness = 1.0 - 0.94 * depth;
  float weight = 8.0 * nearness * nearness * nearness;
  o_sum = vec4(colour * (alpha * weight), alpha);
  o_weight = vec4(alpha * weight, 0.0, 0.0, alpha);
}
