// Soft contact shadow on a floor that is otherwise not there, in a faint pool of light.
#include "frame_block.glsl"

in vec2 v_at;
in vec3 v_world;

uniform sampler2D u_shade;
uniform vec3 u_light; // linear

layout(location = 0) out vec4 o_colour; // premultiplied

void main() {
  vec2 shade = texture(u_shade, v_at).rg;
  float dark = 1.0 - (1.0 - 0.55 * shade.r) * (1.0 - 0.75 * shade.g);
  vec2 from_middle = v_at * 2.0 - 1.0;
  float pool = smoothstep(1.0, 0.0, length(from_middle));
  // A floor seen from below, or edge-on, is not to cover anything.
  vec3 world_up = view_from_world[1].xyz;
  vec3 eye = towards_eye((view_from_world * vec4(v_world, 1.0)).xyz);
  float seen = smoothstep(0.0, 0.16, dot(world_up, eye));
  float edge = smoothstep(0.0, 0.12, min(min(v_at.x, 1.0 - v_at.x), min(v_at.y, 1.0 - v_at.y)));
  float cover = dark * seen * edge;
  o_colour = vec4(u_light * (pool * seen * (1.0 - dark)), cover);
}
