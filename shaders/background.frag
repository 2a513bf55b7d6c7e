// Calm gradient, brighter behind the middle, dithered so that it shows no bands.
#include "colour.glsl"
#include "dither.glsl"

uniform vec3 u_top; // sRGB
uniform vec3 u_bottom;
uniform vec2 u_size; // px

layout(location = 0) out vec4 o_colour;

void main() {
  vec2 at = gl_FragCoord.xy / u_size;
  vec3 c = mix(u_bottom, u_top, smoothstep(0.0, 1.0, at.y));
  vec2 from_middle = (at - vec2(0.5, 0.56)) * vec2(1.0, 0.8);
  c *= 1.06 - 0.28 * dot(from_middle, from_middle);
  o_colour = vec4(dithered(c), 1.0);
}
