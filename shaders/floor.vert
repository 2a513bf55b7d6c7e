// The piece of floor around the foot.
#include "frame_block.glsl"

uniform vec4 u_area;   // mm: lower x, lower z, size x, size z
uniform float u_height; // mm

out vec2 v_at;    // 0..1 over the area
out vec3 v_world; // mm

void main() {
  v_at = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  v_world = vec3(u_area.x + v_at.x * u_area.z, u_height, u_area.y + v_at.y * u_area.w);
  gl_Position = clip_from_world * vec4(v_world, 1.0);
}
