// What each tissue looks like close by. All patterns live in the rest pose, so they move with the structure.

#ifdef FIBROUS
// Where the fibre patterns are drawn: across in widths of a bundle, along (z) in mm. On the unrolled surface if the mesh
// says how it lies, else in the rest pose turned so that z is the mesh's mean fibre direction.
vec3 streak_space(vec3 rest) {
  return u_streaks.x > 0.0 ? vec3(v_streak.x * u_streaks.x, 7.3, v_streak.y) : (u_grain * rest) * vec3(1.0 / u_streaks.yy, 1.0);
}

// Random streaks along the fibres, about -0.5..0.5; `times` as many across (a whole number keeps the seam closed).
float streaks(vec3 place, float times, float length_mm) {
  return noise(place * vec3(times, times, 1.0 / length_mm) + vec3(0.0, times * 5.7, times * 11.3)) - 0.5;
}

Surface surface_here(vec3 at, vec3 normal, float pixel) {
  vec3 rest = v_rest_depth.xyz;
  vec3 fibre = v_fibre_relief.xyz;
  float has_fibre = smoothstep(0.1, 0.5, dot(fibre, fibre));
  fibre = has_fibre > 0.0 ? normalize(fibre) : u_grain[2];

  float width = u_streaks.y;
  vec3 place = streak_space(rest);
  // Bundles wander a little sideways; told by the place in space, which knows no seam.
  place.x += 1.6 * (noise(rest / 24.0 + 3.7) - 0.5);
  // Soft-edged, so that they may be drawn nearer to the size of a pixel than other patterns.
  float coarse = streaks(place, 1.0, 60.0) * visible_share(width * 1.6, pixel);
#ifdef FAR
  float fine = 0.0;
#else
  coarse = 0.775 * coarse + 0.475 * streaks(place, 2.0, 34.0) * visible_share(width * 0.5, pixel);
  float fine = streaks(place, 3.0, 16.0) * visible_share(width / 3.0, pixel);
#endif
  float slow = noise(rest / 22.0) - 0.5;

  vec3 belly = u_colour;
  vec3 sinew = u_second;
  // Tendinous ends begin in tongues between the fibre bundles.
  float tendon = smoothstep(0.28, 0.74, v_normal_tendon.w + 0.5 * coarse + 0.25 * fine);

  vec3 flesh = belly * (1.0 + u_pattern.y * (1.25 * coarse + 0.9 * fine) + u_pattern.w * slow);
  // Dark between the bundles, thin and pale where their sheaths catch the light.
  float furrow = smoothstep(-0.12, -0.34, coarse);
  float sheath = smoothstep(0.07, 0.0, abs(coarse + 0.10)) * visible_share(width * 0.6, pixel);
  flesh *= mix(vec3(1.0), vec3(0.74, 0.64, 0.66), furrow * u_pattern.y);
  flesh = mix(flesh, sinew * 0.75, 0.16 * sheath * u_pattern.y);
  vec3 cord = sinew * (1.0 + 0.26 * coarse + 0.24 * fine) * (1.0 + 0.12 * slow);

  Surface s;
  s.albedo = mix(flesh, cord, tendon);
  s.normal = bumped(normal, at, u_pattern.z * min(width / u_pattern.x, 1.0) * (coarse + 0.45 * fine) * mix(1.0, 0.5, tendon));
  s.scatter = u_scatter;
  s.specular = u_shine.x * clamp(0.8 + 1.3 * fine + 0.9 * coarse + 0.9 * slow, 0.1, 2.0) * mix(1.0, 1.3, tendon);
  s.roughness = u_shine.y;
  s.sheen = u_shine.z * (0.8 + 0.8 * slow);
  vec3 strand = mat3(view_from_world) * (u_world_from_fibre * fibre);
  strand -= s.normal * dot(strand, s.normal);
  s.fibre = strand / max(length(strand), 1e-3);
  s.anisotropy = u_shine.w * has_fibre;
  return s;
}
#elif defined(HARD)
Surface surface_here(vec3 at, vec3 normal, float pixel) {
  // Turned out of the noise's own grid, whose rows would show on flat bone.
  const mat3 turn = mat3(0.36, 0.48, -0.80, -0.80, 0.60, 0.0, 0.48, 0.64, 0.60);
  vec3 rest = turn * v_rest_depth.xyz;
  float relief = v_rest_depth.w;
  float width = u_pattern.x;
  float slow = noise(rest / 19.0) - 0.5;
  float medium = (noise(rest / (width * 4.5)) - 0.5) * visible_share(width * 4.5, pixel);
#ifdef FAR
  float grain = 0.0;
#else
  float grain = (noise(turn * rest / width + 31.0 + 5.0 * vec3(medium, slow, -medium)) - 0.5) * visible_share(width, pixel);
#endif
  // Small holes where vessels enter, more of them in some places than in others.
  float holes = smoothstep(0.40, 0.54, grain + 0.55 * max(slow, -0.25) + 0.15 * medium);

  vec3 surface = u_colour;
  vec3 hollow = u_second;
  float cavity = smoothstep(0.42, 0.05, relief);
  Surface s;
  s.albedo = surface * (1.0 + u_pattern.w * slow + u_pattern.y * (0.5 * medium + 0.4 * grain));
  s.albedo = mix(s.albedo, hollow, clamp(0.30 * cavity + 0.9 * holes * u_pattern.y + 0.5 * max(slow, 0.0) * u_pattern.w, 0.0, 1.0));
  s.normal = bumped(normal, at, u_pattern.z * (1.1 * medium + 0.55 * grain - 1.2 * holes));
  s.scatter = u_scatter;
  s.specular = u_shine.x * (1.0 + 0.8 * medium - 0.7 * holes);
  s.roughness = u_shine.y;
  s.sheen = u_shine.z;
  s.fibre = vec3(0.0);
  s.anisotropy = 0.0;
  return s;
}
#else
#ifdef BARE
// A veil that is looked through shows no texture.
Surface surface_here(vec3 at, vec3 normal, float pixel) {
  Surface s;
  s.albedo = mix(u_colour, u_second, 0.4 * u_pattern.w);
  s.normal = normal;
  s.scatter = u_scatter;
  s.specular = u_shine.x;
  s.roughness = u_shine.y;
  s.sheen = u_shine.z;
  s.fibre = vec3(0.0);
  s.anisotropy = 0.0;
  return s;
}
#else
Surface surface_here(vec3 at, vec3 normal, float pixel) {
  vec3 rest = v_rest_depth.xyz;
  float width = u_pattern.x;
  float slow = noise(rest / 34.0) - 0.5;
  float blotch = (noise(rest / 9.0 + 5.0) - 0.5) * visible_share(9.0, pixel);
  float medium = (noise(rest / (width * 2.3)) - 0.5) * visible_share(width * 2.3, pixel);
#ifdef FAR
  float pores = 0.0;
#else
  float pores = (noise(rest / width + 31.0) - 0.5) * visible_share(width, pixel);
#endif

  vec3 surface = u_colour;
  vec3 flushed = u_second;
  Surface s;
  s.albedo = mix(surface, flushed, clamp(u_pattern.w * (0.5 + 1.2 * slow + 0.9 * blotch), 0.0, 1.0));
  s.albedo *= 1.0 + u_pattern.y * (0.5 * medium + 0.6 * pores);
  s.normal = bumped(normal, at, u_pattern.z * (medium + pores));
  s.scatter = u_scatter;
  s.specular = u_shine.x * (1.0 + 1.2 * pores + 0.6 * slow);
  s.roughness = u_shine.y;
  s.sheen = u_shine.z;
  s.fibre = vec3(0.0);
  s.anisotropy = 0.0;
  return s;
}
#endif
#endif
