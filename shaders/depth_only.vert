// A posed surface seen by any camera, for passes that want only where it is.
#include "pose.glsl"

uniform mat4 u_clip_from_world;

void main() { gl_Position = u_clip_from_world * vec4(world_position(), 1.0); }
