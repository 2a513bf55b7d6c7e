uniform float u_emphasis; // -1 stepped back … 0 … 1 selected

vec3 emphasised(vec3 c) {
  vec3 back = mix(c, vec3(luminance(c)), 0.72) * 0.52;
  vec3 forward = c * 1.16 + 0.015;
  return u_emphasis < 0.0 ? mix(c, back, -u_emphasis) : mix(c, forward, u_emphasis);
}
