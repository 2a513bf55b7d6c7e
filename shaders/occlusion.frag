// How much of the sky a point sees, from the depth of what lies around it in the picture.
#include "frame_block.glsl"

uniform sampler2D u_depth;
uniform float u_scale;     // pixels of the scene per pixel of this target
uniform ivec4 u_within;    // scene pixels, lower and last, that this picture has drawn; beyond lie older ones
uniform float u_radius_mm; // what lies farther away shades nothing

layout(location = 0) out vec4 o_open; // r openness 0..1, g depth in mm

const int directions = 3;
const int steps = 4;

vec3 place_of(vec2 texel) {
  ivec2 at = clamp(ivec2(texel), u_within.xy, u_within.zw);
  return view_position(vec3(vec2(at) + 0.5, texelFetch(u_depth, at, 0).r));
}

void main() {
  vec2 texel = floor(gl_FragCoord.xy) * u_scale + 0.5;
  float window_depth = texelFetch(u_depth, ivec2(texel), 0).r;
  if (window_depth >= 1.0) {
    o_open = vec4(1.0, 60000.0, 0.0, 0.0);
    return;
  }
  vec3 here = view_position(vec3(floor(texel) + 0.5, window_depth));
  // Of the two neighbours each way the one on the same surface: the nearer in depth.
  vec3 right = place_of(texel + vec2(u_scale, 0.0)) - here, left = here - place_of(texel - vec2(u_scale, 0.0));
  vec3 up = place_of(texel + vec2(0.0, u_scale)) - here, down = here - place_of(texel - vec2(0.0, u_scale));
  vec3 normal = normalize(cross(abs(right.z) < abs(left.z) ? right : left, abs(up.z) < abs(down.z) ? up : down));

  float radius = clamp(u_radius_mm / pixel_mm(here), 4.0 * u_scale, 110.0 * u_scale);
  // Sixteen turns in a 4 x 4 pattern, which the blur averages away.
  ivec2 tile = ivec2(gl_FragCoord.xy) & 3;
  float turn = float((tile.x * 5 + tile.y * 3 + (tile.x ^ tile.y) * 7) & 15) / 16.0;
  float shade = 0.0;
  for (int d = 0; d < directions; ++d) {
    float angle = 3.14159265 * (float(d) + turn) / float(directions);
    vec2 way = vec2(cos(angle), sin(angle)) * radius;
    for (int side = 0; side < 2; ++side) {
      float horizon = 0.0;
      for (int i = 0; i < steps; ++i) {
        float reach = (float(i) + 0.35 + 0.6 * fract(turn * 7.0)) / float(steps);
        vec3 to = place_of(texel + way * (reach * reach)) - here;
        float distance_2 = dot(to, to);
        float fade = max(1.0 - distance_2 / (u_radius_mm * u_radius_mm), 0.0);
        horizon = max(horizon, (dot(normal, to) * inversesqrt(distance_2 + 1e-4) - 0.12) * fade);
      }
      shade += horizon;
      way = -way;
    }
  }
  float open = clamp(1.0 - 1.25 * shade / float(2 * directions), 0.0, 1.0);
  o_open = vec4(open, -here.z, 0.0, 0.0);
}
