vec3 linear_from_srgb(vec3 c) {
  return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
}

vec3 srgb_from_linear(vec3 c) {
  c = clamp(c, 0.0, 1.0);
  return mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

float luminance(vec3 c) { return dot(c, vec3(0.2126, 0.7152, 0.0722)); }

// Leaves base colours as they are, so that legends stay true, and bends only highlights, which lose their colour.
vec3 tone_mapped(vec3 c) {
  const float start = 0.72;
  float peak = max(c.r, max(c.g, c.b));
  if (peak <= start)
    return c;
  float room = 1.0 - start;
  float bent = 1.0 - room * room / (peak - start + room);
  vec3 out_colour = c * (bent / peak);
  return mix(out_colour, vec3(bent), 0.35 * (1.0 - 1.0 / (1.0 + 0.6 * (peak - bent))));
}
