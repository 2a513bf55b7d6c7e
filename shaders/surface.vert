// A structure's surface: posed, cut by the clip plane, with what its material needs to know.
#include "pose.glsl"

uniform float u_clipped; // 1: the clip plane cuts this item

out vec4 v_normal_tendon; // view space; tendon share
out vec4 v_rest_depth;    // mm in the rest pose, where patterns live; depth share
#ifdef FIBROUS
out vec4 v_fibre_relief;  // rest pose
out vec2 v_streak;        // turns around, mm along
#endif
#ifdef PAINTED
out vec4 v_field;
#endif

invariant gl_Position;

void main() {
  vec4 world = vec4(world_position(), 1.0);
  gl_Position = clip_from_world * world;
  gl_ClipDistance[0] = u_clipped > 0.5 ? clip_plane.w - dot(clip_plane.xyz, world.xyz) : 1.0;
  v_normal_tendon = vec4(mat3(view_from_world) * world_normal(), a_shares.x);
#ifdef PAINTED
  v_field = a_field;
#endif
#ifdef FIBROUS
  v_rest_depth = vec4(a_position, a_shares.y);
  v_fibre_relief = vec4(a_fibre, a_shares.z);
  v_streak = a_streak;
#else
  v_rest_depth = vec4(a_position, a_shares.z);
#endif
}
