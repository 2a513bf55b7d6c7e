// The filled cut of a structure: a point of the clip plane.
#include "frame_block.glsl"

layout(location = 0) in vec3 a_place; // mm, world, on the clip plane
layout(location = 1) in float a_rim;  // mm from the structure's border, or more than its rim is wide

uniform float u_rim_width; // mm

out vec2 v_place; // mm, in the plane
out float v_rim;

uniform vec3 u_across; // the plane's own axes, unit, world
uniform vec3 u_along;

void main() {
  gl_Position = clip_from_world * vec4(a_place, 1.0);
  // The nearer to the border, the nearer to the eye: where rims of a narrow place overlap the right one wins.
  gl_Position.z -= 2e-6 * gl_Position.w * clamp(1.0 - a_rim / max(u_rim_width, 1e-3), 0.0, 1.0);
  v_place = vec2(dot(u_across, a_place), dot(u_along, a_place));
  v_rim = a_rim;
}
