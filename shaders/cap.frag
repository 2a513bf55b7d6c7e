// The filled cut of a structure, textured as its tissue looks in a section.
//   CUT_MUSCLE  CUT_TENDON  CUT_BONE  CUT_FAT (under skin)  CUT_VESSEL  CUT_NERVE  (none) plain
//   OPENED by the keyhole
//   BLENDED into the sums of order-independent transparency
#include "frame_block.glsl"
#include "colour.glsl"
#include "noise.glsl"
#include "lighting.glsl"
#include "emphasis.glsl"

in vec2 v_place;
in float v_rim;

uniform vec3 u_colour; // sRGB
uniform float u_rim_width;
uniform vec3 u_plane_normal; // world, towards the side that is cut away
uniform float u_opacity;

#ifdef OPENED
#include "keyhole.glsl"
#endif
#ifdef BLENDED
#include "blended_output.glsl"
#else
layout(location = 0) out vec4 o_colour;
#endif

// Irregular cells: distance to the border between the two nearest ones, and a random number of the nearest.
vec2 cells(vec2 p) {
  vec2 base = floor(p), f = p - base;
  float first = 9.0, second = 9.0, id = 0.0;
  for (int y = -1; y <= 1; ++y)
    for (int x = -1; x <= 1; ++x) {
      vec2 corner = vec2(float(x), float(y));
      vec2 cell = base + corner;
      vec2 offset = fract(sin(vec2(dot(cell, vec2(127.1, 311.7)), dot(cell, vec2(269.5, 183.3)))) * 43758.5453);
      vec2 way = corner + offset - f;
      float d = dot(way, way);
      if (d < first) {
        second = first;
        first = d;
        id = offset.x;
      } else if (d < second) {
        second = d;
      }
    }
  return vec2(sqrt(second) - sqrt(first), id);
}

vec3 section_colour(float pixel) {
  vec3 base = linear_from_srgb(u_colour);
  float slow = noise(vec3(v_place / 14.0, 3.0)) - 0.5;
  float fine = (noise(vec3(v_place / 0.7, 9.0)) - 0.5) * visible_share(0.7, pixel);
  float rim = 1.0 - smoothstep(0.75, 1.0, v_rim / max(u_rim_width, 1e-3));
#if defined(CUT_MUSCLE)
  vec2 bent = v_place + 1.3 * (vec2(noise(vec3(v_place / 5.0, 1.0)), noise(vec3(v_place / 5.0, 7.0))) - 0.5);
  vec2 bundle = cells(bent / 3.4);
  vec2 strand = cells(bent / 1.15 + 7.0);
  float sheath = (1.0 - smoothstep(0.05, 0.22, bundle.x)) * visible_share(2.0, pixel);
  float thin = (1.0 - smoothstep(0.03, 0.25, strand.x)) * visible_share(0.9, pixel);
  vec3 flesh = base * 0.86 * (1.0 + 0.30 * (bundle.y - 0.5) + 0.20 * (strand.y - 0.5) * visible_share(1.15, pixel) + 0.25 * slow);
  vec3 pale = mix(base, linear_from_srgb(vec3(0.90, 0.80, 0.72)), 0.6);
  vec3 c = mix(flesh, pale, 0.50 * sheath + 0.16 * thin);
  return mix(c, linear_from_srgb(vec3(0.90, 0.82, 0.75)), 0.75 * rim);
#elif defined(CUT_TENDON)
  vec2 bundle = cells(v_place / 0.9);
  float sheath = (1.0 - smoothstep(0.05, 0.3, bundle.x)) * visible_share(0.9, pixel);
  return base * (1.02 + 0.14 * (bundle.y - 0.5) + 0.1 * slow) * (1.0 - 0.16 * sheath) * mix(1.0, 0.85, rim);
#elif defined(CUT_BONE)
  vec2 hole = cells(v_place / 1.5 + 2.0 * (noise(vec3(v_place / 3.0, 2.0)) - 0.5));
  float strut = 1.0 - smoothstep(0.10, 0.42, hole.x) * visible_share(1.5, pixel);
  vec3 marrow = linear_from_srgb(vec3(0.72, 0.47, 0.33)) * (1.0 + 0.3 * (hole.y - 0.5) + 0.5 * slow);
  vec3 spongy = mix(marrow, base * 0.92, 0.25 + 0.6 * strut);
  vec3 compact = base * (1.03 + 0.08 * fine + 0.06 * slow);
  return mix(spongy, compact, rim);
#elif defined(CUT_FAT)
  vec2 bent = v_place + 2.0 * (vec2(noise(vec3(v_place / 7.0, 1.0)), noise(vec3(v_place / 7.0, 7.0))) - 0.5);
  vec2 lobe = cells(bent / 3.6);
  float septum = (1.0 - smoothstep(0.04, 0.20, lobe.x)) * visible_share(2.4, pixel);
  vec3 fat = linear_from_srgb(vec3(0.93, 0.79, 0.50)) * (1.0 + 0.16 * (lobe.y - 0.5) + 0.2 * slow + 0.06 * fine);
  fat = mix(fat, linear_from_srgb(vec3(0.95, 0.88, 0.76)), 0.55 * septum);
  vec3 dermis = mix(base, linear_from_srgb(vec3(0.93, 0.76, 0.69)), 0.5) * (1.0 + 0.1 * fine);
  return mix(fat, dermis, rim);
#elif defined(CUT_VESSEL)
  return mix(base * 0.22, mix(base, linear_from_srgb(vec3(0.90, 0.72, 0.68)), 0.35), rim);
#elif defined(CUT_NERVE)
  vec2 bundle = cells(v_place / 0.8);
  return mix(base * (1.0 + 0.2 * (bundle.y - 0.5)), base * 0.6, 0.6 * (1.0 - smoothstep(0.08, 0.3, bundle.x)) + 0.2 * rim);
#else
  return base * (0.95 + 0.1 * slow) * mix(1.0, 0.7, rim);
#endif
}

void main() {
  vec3 at = view_position(gl_FragCoord.xyz);
  vec3 eye = towards_eye(at);
  Surface s;
  s.albedo = section_colour(pixel_mm(at));
  s.normal = normalize(mat3(view_from_world) * u_plane_normal);
  s.scatter = vec3(0.4);
  s.specular = 0.05;
  s.roughness = 0.5;
  s.sheen = 0.0;
  s.fibre = vec3(0.0);
  s.anisotropy = 0.0;
  // A section is to be read like a map: half of its light comes evenly from everywhere.
  vec3 colour = tone_mapped(emphasised(mix(s.albedo * 0.92, lit(s, eye), 0.45)));
#ifdef OPENED
  if (opening_at(at).inside)
    discard;
#endif
#ifdef BLENDED
  write_blended(colour, u_opacity, -at.z, 0.0);
#else
  o_colour = vec4(colour, 1.0);
#endif
}
