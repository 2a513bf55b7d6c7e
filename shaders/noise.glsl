uniform sampler3D u_noise; // 64 cells along each edge, repeating, even spread of 0..1

// Smooth random value 0..1; one cell is one unit of p.
float noise(vec3 p) {
  vec3 cell = floor(p);
  vec3 f = p - cell;
  f = f * f * (3.0 - 2.0 * f);
  return textureLod(u_noise, (cell + f + 0.5) / 64.0, 0.0).r;
}

// How much of a pattern of this width is left when a pixel is pixel_size wide: finer ones would only flicker.
float visible_share(float width, float pixel_size) { return clamp(width / pixel_size * 0.6 - 0.8, 0.0, 1.0); }

// A normal tilted by a height field, known only through its values at neighbouring pixels.
vec3 bumped(vec3 normal, vec3 at, float height) {
  vec3 along_x = dFdx(at), along_y = dFdy(at);
  vec3 r1 = cross(along_y, normal), r2 = cross(normal, along_x);
  float area = dot(along_x, r1);
  vec3 slope = sign(area) * (dFdx(height) * r1 + dFdy(height) * r2);
  return normalize(abs(area) * normal - slope);
}
