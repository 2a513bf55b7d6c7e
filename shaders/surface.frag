// Colours a structure's surface by what it is made of.
//   FIBROUS muscle, tendon, ligament, fascia    HARD bone, cartilage, nail    (neither) skin, vessels, nerves, plain
//   BARE without texture (soft tissue only)    FAR the finest pattern is too small to be seen
//   OPENED by the keyhole
//   PAINTED with a SurfaceOverlay
//   BLENDED into the sums of order-independent transparency
#include "frame_block.glsl"
#include "colour.glsl"
#include "noise.glsl"
#include "lighting.glsl"
#include "emphasis.glsl"

in vec4 v_normal_tendon;
in vec4 v_rest_depth;
#ifdef FIBROUS
in vec4 v_fibre_relief;
in vec2 v_streak;
uniform mat3 u_grain;         // turns the rest pose so that the mesh's mean fibre direction is z
uniform vec2 u_streaks;       // cells of the pattern in one turn around (0: the mesh does not say), width of one in mm
uniform mat3 u_world_from_fibre; // of the segment that most of the mesh follows
#endif

uniform vec3 u_colour;     // linear
uniform vec3 u_second;     // linear: tendinous parts of muscle, cavities of bone, flushed parts of skin
uniform vec4 u_shine;      // specular, roughness, sheen, anisotropy
uniform vec3 u_scatter;
uniform vec4 u_pattern;    // width in mm, contrast, relief in mm, strength of slow changes of tint
uniform float u_opacity;
uniform float u_ghost;
uniform float u_two_sided;
#ifdef OPENED
uniform float u_only_inside; // 1: this draws what the keyhole makes glass of an opaque surface, and nothing else
#endif

#ifdef BLENDED
#include "blended_output.glsl"
#else
layout(location = 0) out vec4 o_colour;
#endif

#include "surface_patterns.glsl"
#ifdef OPENED
#include "keyhole.glsl"
#endif
#ifdef PAINTED
#include "overlay.glsl"
#endif

void main() {
  vec3 at = view_position(gl_FragCoord.xyz);
  vec3 eye = towards_eye(at);
  vec3 normal = normalize(v_normal_tendon.xyz);
  if (u_two_sided > 0.5 && !gl_FrontFacing)
    normal = -normal;
  Surface s = surface_here(at, normal, pixel_mm(at));
#ifdef PAINTED
  Paint paint = painted_here(s.albedo, v_rest_depth.xyz, pixel_mm(at));
  s.albedo = paint.colour;
  s.scatter = mix(s.scatter, vec3(0.6, 0.3, 0.3), paint.embers);
  s.specular *= 1.0 - paint.embers;
  vec3 light = lit(s, eye);
  light = mix(light, paint.ember, paint.embers * max(dot(normal, eye), 0.0));
  vec3 colour = tone_mapped(mix(emphasised(light), light, paint.cover));
#else
  vec3 colour = tone_mapped(emphasised(lit(s, eye)));
#endif
#ifdef BLENDED
  // Clear where one looks straight through, kept where the surface turns away.
  float grazing = 1.0 - abs(dot(normal, eye));
  float veil = 0.07 + 0.80 * smoothstep(0.25, 1.0, grazing) * grazing;
  float alpha = clamp(u_opacity * mix(1.0, veil, u_ghost), 0.0, 1.0);
#ifdef PAINTED
  alpha = max(alpha, paint.matter);
  float cover = paint.cover;
#else
  const float cover = 0.0;
#endif
#ifdef OPENED
  Opening opening = opening_at(at);
  float outline = smoothstep(0.66, 0.90, grazing);
  float glass = max(min(alpha, 0.07 + 0.16 * grazing * grazing), 0.62 * outline);
  alpha = max(mix(alpha, glass, opening.clear), 0.62 * opening.rim);
  colour = mix(colour, vec3(1.0, 0.95, 0.88), 0.62 * opening.rim);
  if (u_only_inside > 0.5 && !opening.inside)
    discard;
#endif
  write_blended(colour, alpha, -at.z, cover * alpha);
#else
#ifdef OPENED
  if (opening_at(at).inside)
    discard;
#endif
  o_colour = vec4(colour, 1.0);
#endif
}
