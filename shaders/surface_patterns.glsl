// What each tissue looks like close by. All patterns live in the rest pose, so they move with the structure.

#ifdef FIBROUS
// Random streaks along the fibres. Noise is stretched along the mesh's mean direction and then smeared along the local
// one, so that the streaks follow fans and spirals too.
float streaks(vec3 rest, vec3 fibre, float width) {
  const float stretch = 9.0;
  vec3 scale = vec3(1.0, 1.0, 1.0 / stretch) / width;
  vec3 p = (u_grain * rest) * scale;
  vec3 along = (u_grain * fibre) * scale * (width * 2.6);
#ifdef CHEAP
  float sum = noise(p - along) + noise(p) + noise(p + along);
  return 0.5 + (sum / 3.0 - 0.5) * 1.35;
#else
  float sum = noise(p - 2.0 * along) + noise(p - along) + noise(p) + noise(p + along) + noise(p + 2.0 * along);
  return 0.5 + (sum / 5.0 - 0.5) * 1.7;
#endif
}

Surface surface_here(vec3 at, vec3 normal, float pixel) {
  vec3 rest = v_rest_depth.xyz;
  vec3 fibre = v_fibre_relief.xyz;
  float has_fibre = smoothstep(0.1, 0.5, dot(fibre, fibre));
  fibre = has_fibre > 0.0 ? normalize(fibre) : u_grain[2];

  float width = u_pattern.x;
  float coarse = streaks(rest, fibre, width) - 0.5;
  coarse *= visible_share(width, pixel);
#ifdef FAR
  float fine = 0.0;
#else
  float fine = (streaks(rest + 17.0, fibre, width * 0.36) - 0.5) * visible_share(width * 0.36, pixel);
#endif
  float slow = noise(rest / 22.0) - 0.5;

  vec3 belly = linear_from_srgb(u_colour);
  vec3 sinew = linear_from_srgb(u_second);
  // Tendinous ends begin in tongues between the fibre bundles.
  float tendon = smoothstep(0.30, 0.72, v_normal_tendon.w + 0.45 * coarse + 0.2 * fine);

  float bundles = 1.0 + u_pattern.y * (1.5 * coarse + 0.8 * fine);
  vec3 flesh = belly * bundles * (1.0 + u_pattern.w * slow);
  // Thin pale sheaths where one bundle ends and the next begins.
  float sheath = smoothstep(0.10, 0.0, abs(coarse + 0.04)) * visible_share(width * 0.5, pixel);
  flesh = mix(flesh, sinew * 0.8, 0.13 * sheath * u_pattern.y);
  vec3 cord = sinew * (1.0 + 0.30 * coarse + 0.22 * fine) * (1.0 + 0.12 * slow);

  Surface s;
  s.albedo = mix(flesh, cord, tendon);
  s.normal = bumped(normal, at, u_pattern.z * (coarse + 0.45 * fine) * mix(1.0, 0.5, tendon));
  s.scatter = u_scatter;
  s.specular = u_shine.x * (0.75 + 0.9 * fine + 0.6 * slow) * mix(1.0, 1.35, tendon);
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
  vec3 rest = v_rest_depth.xyz;
  float relief = v_rest_depth.w;
  float width = u_pattern.x;
  float slow = noise(rest / 16.0) - 0.5;
  float medium = (noise(rest / (width * 3.0)) - 0.5) * visible_share(width * 3.0, pixel);
#ifdef FAR
  float grain = 0.0;
#else
  float grain = (noise(rest / width + 31.0) - 0.5) * visible_share(width, pixel);
#endif
  // Small holes where vessels enter.
  float holes = smoothstep(0.30, 0.48, grain + 0.35 * medium);

  vec3 surface = linear_from_srgb(u_colour);
  vec3 hollow = linear_from_srgb(u_second);
  float cavity = smoothstep(0.5, 0.15, relief);
  Surface s;
  s.albedo = surface * (1.0 + u_pattern.w * slow + u_pattern.y * (0.5 * medium + 0.4 * grain));
  s.albedo = mix(s.albedo, hollow, clamp(0.75 * cavity + 0.6 * holes * u_pattern.y + 0.25 * max(slow, 0.0) * u_pattern.w, 0.0, 1.0));
  s.normal = bumped(normal, at, u_pattern.z * (0.8 * medium + grain - 1.5 * holes));
  s.scatter = u_scatter;
  s.specular = u_shine.x * (1.0 + 0.8 * medium - 0.7 * holes);
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

  vec3 surface = linear_from_srgb(u_colour);
  vec3 flushed = linear_from_srgb(u_second);
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
