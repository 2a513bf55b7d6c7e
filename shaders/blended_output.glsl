// The sums of order-independent transparency (weighted, blended; McGuire and Bavoil 2013): what is nearer counts more.
layout(location = 0) out vec4 o_sum;
layout(location = 1) out vec4 o_weight;

// `paint`: how much of it lies on the surface to be read, whatever else is looked through or glows behind it.
void write_blended(vec3 colour, float alpha, float depth_mm, float paint) {
  float depth = clamp((depth_mm - depth_range.x) / (depth_range.y - depth_range.x), 0.0, 1.0);
  float nearness = 1.0 - 0.94 * depth;
  float weight = 8.0 * nearness * nearness * nearness * (1.0 + 12.0 * paint);
  o_sum = vec4(colour * (alpha * weight), alpha);
  o_weight = vec4(alpha * weight, paint, 0.0, alpha);
}
