// Half a step of 8-bit noise, even in brightness, from the pixel's place alone: same frame, same bytes.
vec3 dithered(vec3 srgb) {
  vec2 p = floor(gl_FragCoord.xy);
  float wave = fract(52.9829189 * fract(0.06711056 * p.x + 0.00583715 * p.y));
  return srgb + (wave - 0.5) / 255.0;
}
