// How a point of a surface answers to light.
struct Surface {
  vec3 albedo;      // linear
  vec3 normal;      // view space, unit
  vec3 scatter;     // how far light creeps round into the shadow, per colour, 0 none
  float specular;   // strength of the mirror-like part
  float roughness;
  float sheen;      // thin moist membrane: brightens at grazing angles
  vec3 fibre;       // view space; highlights stretch across it
  float anisotropy; // 0 round highlights … 1 those of fibres
};

vec3 wrapped(float cosine, vec3 scatter) {
  vec3 w = max((cosine + scatter) / (1.0 + scatter), 0.0);
  return w * mix(vec3(1.0), w, scatter); // softer towards the terminator, same energy at its bright side
}

float highlight(Surface s, vec3 eye, vec3 light) {
  vec3 h = normalize(eye + light);
  float nh = max(dot(s.normal, h), 0.0);
  float a2 = s.roughness * s.roughness * s.roughness * s.roughness;
  float bell = nh * nh * (a2 - 1.0) + 1.0;
  float lobe = a2 / (bell * bell) * 0.25;
#ifdef FIBROUS
  float along = dot(s.fibre, h);
  float strand = pow(max(1.0 - along * along, 0.0), 0.5 + 3.0 / max(a2, 0.02)) * (0.25 + 0.75 * nh * nh);
  lobe = mix(lobe, strand, s.anisotropy);
#endif
  float facing = clamp(dot(s.normal, light) * 4.0, 0.0, 1.0);
  float away = 1.0 - max(dot(eye, h), 0.0);
  return lobe * facing * (1.0 + 4.0 * away * away * away * away * away);
}

vec3 lit(Surface s, vec3 eye) {
  float grazing = 1.0 - max(dot(s.normal, eye), 0.0);
  float upward = dot(s.normal, view_from_world[1].xyz);
  // Balanced so that a surface facing the key light shows its own colour.
  vec3 around = mix(vec3(0.72, 0.62, 0.58), vec3(0.92, 0.97, 1.06), 0.5 + 0.5 * upward) * (0.82 * surroundings.x);
  vec3 key = vec3(1.03, 1.0, 0.95) * key_light.w * wrapped(dot(s.normal, key_light.xyz), s.scatter);
  vec3 fill = vec3(0.86, 0.95, 1.10) * (0.72 * fill_light.w) * wrapped(dot(s.normal, fill_light.xyz), s.scatter + 0.25);
  float back = max(dot(s.normal, rim_light.xyz) + 0.35, 0.0) / 1.35;
  vec3 rim = vec3(0.92, 0.97, 1.06) * rim_light.w * back * grazing * grazing;
  vec3 diffuse = s.albedo * (around + 0.80 * key + fill);
  float shine = s.specular * key_light.w * highlight(s, eye, key_light.xyz);
  vec3 veil = mix(s.albedo, vec3(1.0), 0.55) * s.sheen * grazing * grazing * (around + 0.5 * key + 0.5 * fill);
  return diffuse + vec3(1.0, 0.98, 0.95) * shine + rim * mix(s.albedo, vec3(1.0), 0.45) + veil;
}
