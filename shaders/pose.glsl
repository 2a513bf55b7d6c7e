#include "frame_block.glsl"
#include "attributes.glsl"

uniform mat4 u_world_from_rest; // for meshes that move as one piece

mat4 world_from_rest() {
#ifdef SKINNED
  return a_weight.x * segments[a_segment.x] + a_weight.y * segments[a_segment.y] + a_weight.z * segments[a_segment.z] +
         a_weight.w * segments[a_segment.w];
#else
  return u_world_from_rest;
#endif
}

#ifdef SKINNED
const float bend_reach_mm = 128.0; // src/render/gpu_mesh.cpp holds the same number

// Flesh gives way before it follows the segments: src/geometry/skinning.cpp holds the same formula.
vec4 bend_share() { return bends[min(int(4.0 * a_bend_0.w + 0.5), 2)]; }
vec3 bent_position() {
  vec4 share = bend_share();
  return a_position + bend_reach_mm * (share.x * a_bend_0.xyz + share.y * a_bend_1 + share.z * a_bend_2 +
                                       share.w * a_bend_3);
}
vec3 bent_normal() {
  vec4 share = bend_share();
  return a_normal + 2.0 * (share.x * a_bend_normal_0 + share.y * a_bend_normal_1 + share.z * a_bend_normal_2 +
                           share.w * a_bend_normal_3);
}
#else
vec3 bent_position() { return a_position; }
vec3 bent_normal() { return a_normal; }
#endif

#ifdef DENTED
#include "contact.glsl"

uniform float u_is_skin; // 1: skin, which comes to lie on the tool exactly

float share_to_skin() { return u_is_skin > 0.5 ? 1.0 : a_shares.y; }
vec3 world_position() {
  return dented((world_from_rest() * vec4(bent_position(), 1.0)).xyz, share_to_skin(), u_is_skin > 0.5);
}
vec3 world_normal() {
  mat4 pose = world_from_rest();
  return dented_normal((pose * vec4(bent_position(), 1.0)).xyz, normalize(mat3(pose) * bent_normal()), share_to_skin(),
                       u_is_skin > 0.5);
}
#else
uniform vec4 u_pressed_flat; // a plane of the world that a soft tool is pressed onto; w very far: none
uniform vec4 u_flat_place;   // around there; w how far

float pressed_flat(vec3 at) { return 1.0 - smoothstep(0.6, 1.0, distance(at, u_flat_place.xyz) / u_flat_place.w); }
float beyond_flat(vec3 at) { return max(dot(u_pressed_flat.xyz, at) - u_pressed_flat.w, 0.0); }
vec3 world_position() {
  vec3 at = (world_from_rest() * vec4(bent_position(), 1.0)).xyz;
  float beyond = beyond_flat(at);
  return beyond > 0.0 ? at - pressed_flat(at) * beyond * u_pressed_flat.xyz : at;
}
vec3 world_normal() {
  mat4 pose = world_from_rest();
  vec3 at = (pose * vec4(bent_position(), 1.0)).xyz, normal = mat3(pose) * bent_normal();
  return beyond_flat(at) > 0.0 ? mix(normal, u_pressed_flat.xyz, pressed_flat(at)) : normal;
}
#endif
