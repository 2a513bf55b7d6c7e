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
