// A structure shining through what lies in front of it; drawn over the finished picture.
#include "frame_block.glsl"
#include "colour.glsl"
#include "emphasis.glsl"

in vec4 v_normal_tendon;
in vec4 v_rest_depth;

uniform sampler2D u_depth;  // of the opaque scene
uniform float u_samples;    // of the scene per pixel and axis
uniform vec3 u_colour;      // sRGB
uniform float u_glow;
#ifdef VEILED
uniform sampler2D u_sum;    // alpha: what the transparent surfaces let through
uniform sampler2D u_weight; // g: how much is painted on them
#endif

layout(location = 0) out vec4 o_colour; // premultiplied

void main() {
  vec2 scene_at = gl_FragCoord.xy * u_samples;
  vec3 window = vec3(scene_at, gl_FragCoord.z);
  vec3 normal = normalize(v_normal_tendon.xyz);
  vec3 eye = towards_eye(view_position(window));
  float facing = abs(dot(normal, eye));
  float slack = 2.0 * fwidth(gl_FragCoord.z) + 1e-5;
  float hidden = step(texelFetch(u_depth, ivec2(scene_at), 0).r + slack, gl_FragCoord.z);
#ifdef VEILED
  float veiled = 1.0 - texelFetch(u_sum, ivec2(scene_at), 0).a;
  float unpainted = 1.0 - min(texelFetch(u_weight, ivec2(scene_at), 0).g, 1.0);
#else
  const float veiled = 0.0, unpainted = 1.0;
#endif
  float share = u_glow * max(0.50 * hidden, 0.62 * veiled) * unpainted;
  // Bright at its edge, so that its shape reads, and full enough inside to keep its colour.
  float edge = pow(1.0 - facing, 2.0);
  float alpha = share * mix(0.55, 1.0, edge);
  vec3 colour = linear_from_srgb(u_colour) * (0.75 + 0.35 * facing + 0.5 * edge);
  o_colour = vec4(tone_mapped(colour) * alpha, alpha);
}
