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
