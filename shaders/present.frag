// Shows kept pictures: a mix of two, written as it is stored.
uniform sampler2D u_from;
uniform sampler2D u_to;
uniform float u_share; // 0 the first … 1 the second
uniform vec2 u_size;   // of the target, px

#include "colour.glsl"

layout(location = 0) out vec4 o_colour;

void main() {
  vec2 at = gl_FragCoord.xy / u_size;
  vec3 from = texture(u_from, at).rgb;
  vec3 to = texture(u_to, at).rgb;
  o_colour = vec4(srgb_from_linear(mix(from, to, u_share)), 1.0);
}
