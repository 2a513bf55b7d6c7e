// A straight line with round ends.
flat in vec4 v_segment;
flat in vec4 v_colour;
flat in float v_half_width;

layout(location = 0) out vec4 o_colour; // sRGB: written into targets that are shown as they are

void main() {
  vec2 from = v_segment.xy, way = v_segment.zw - v_segment.xy;
  vec2 p = gl_FragCoord.xy - from;
  float along = clamp(dot(p, way) / max(dot(way, way), 1e-6), 0.0, 1.0);
  float alpha = v_colour.a * clamp(v_half_width + 0.5 - length(p - along * way), 0.0, 1.0);
  o_colour = vec4(v_colour.rgb * alpha, alpha);
}
