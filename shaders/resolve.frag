// From the scene's samples to the kept picture: occlusion, transparency, background, antialiasing, in one pass.
//   SAMPLES n   n x n samples of the scene per pixel    SMOOTH  edges found in the picture are smoothed (1 sample)
//   OCCLUSION   the occlusion texture is used           BLENDED transparent sums are laid over the scene
#include "colour.glsl"
#include "dither.glsl"

uniform sampler2D u_scene;      // linear light, premultiplied; alpha 0 = background
uniform sampler2D u_background; // linear when read
#ifdef OCCLUSION
uniform sampler2D u_occlusion;  // r openness 0..1, g depth in mm
uniform sampler2D u_depth;
uniform vec4 u_unproject;       // view z from window z: z = (x * d + y) / (z * d + w)
uniform float u_occlusion_scale; // pixels of the scene per pixel of u_occlusion
uniform float u_occlusion_strength;
#endif
#ifdef BLENDED
uniform sampler2D u_sum;
uniform sampler2D u_weight;
#endif

layout(location = 0) out vec4 o_colour;

#ifdef OCCLUSION
// The four nearest values of the smaller texture; which of them count depends on the depth of each sample.
vec2 near_occlusion[4];
float near_share[4];

void gather_occlusion(vec2 scene_texel) {
  vec2 at = scene_texel / u_occlusion_scale - 0.5;
  ivec2 base = ivec2(floor(at));
  vec2 f = at - vec2(base);
  ivec2 last = textureSize(u_occlusion, 0) - 1;
  for (int i = 0; i < 4; ++i) {
    ivec2 corner = ivec2(i & 1, i >> 1);
    near_occlusion[i] = texelFetch(u_occlusion, clamp(base + corner, ivec2(0), last), 0).rg;
    vec2 share = mix(1.0 - f, f, vec2(corner));
    near_share[i] = share.x * share.y + 1e-3;
  }
}

float openness(ivec2 texel) {
  float d = texelFetch(u_depth, texel, 0).r;
  float depth = -(u_unproject.x * d + u_unproject.y) / (u_unproject.z * d + u_unproject.w);
  float sum = 0.0, weights = 0.0;
  for (int i = 0; i < 4; ++i) {
    float weight = near_share[i] / (1.0 + abs(near_occlusion[i].g - depth));
    sum += weight * near_occlusion[i].r;
    weights += weight;
  }
  return sum / weights;
}
#endif

vec4 sample_scene(ivec2 texel) {
  vec4 scene = texelFetch(u_scene, texel, 0);
#ifdef OCCLUSION
  // Shade between living tissue is warm: red comes back from the walls of a cleft more than blue.
  float open = mix(1.0, openness(texel), u_occlusion_strength);
  scene.rgb *= vec3(pow(open, 0.85), open, open);
#endif
#ifdef BLENDED
  vec4 sum = texelFetch(u_sum, texel, 0);
  float cover = 1.0 - sum.a;
  float weight = texelFetch(u_weight, texel, 0).r;
  vec3 colour = sum.rgb / max(weight, 1e-5);
  scene = vec4(colour * cover + scene.rgb * (1.0 - cover), cover + scene.a * (1.0 - cover));
#endif
  return scene;
}

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  vec3 behind = texelFetch(u_background, pixel, 0).rgb;
#ifdef SMOOTH
  // Smooths along an edge that shows in the brightness of the four diagonal neighbours.
  ivec2 last = textureSize(u_scene, 0) - 1;
  vec4 m = texelFetch(u_scene, pixel, 0);
  vec3 middle = m.rgb + behind * (1.0 - m.a);
  vec3 diagonal[4];
  float brightness[4];
  for (int i = 0; i < 4; ++i) {
    ivec2 at = clamp(pixel + ivec2((i & 1) * 2 - 1, (i >> 1) * 2 - 1), ivec2(0), last);
    vec4 v = texelFetch(u_scene, at, 0);
    diagonal[i] = v.rgb + behind * (1.0 - v.a);
    brightness[i] = sqrt(luminance(diagonal[i]));
  }
  float here = sqrt(luminance(middle));
  float lowest = min(here, min(min(brightness[0], brightness[1]), min(brightness[2], brightness[3])));
  float highest = max(here, max(max(brightness[0], brightness[1]), max(brightness[2], brightness[3])));
  // Across the edge is the brightness gradient; along it the picture may be blurred.
  vec2 gradient = vec2(brightness[1] + brightness[3] - brightness[0] - brightness[2],
                       brightness[2] + brightness[3] - brightness[0] - brightness[1]);
  vec2 along = vec2(-gradient.y, gradient.x);
  along = clamp(along / (min(abs(along.x), abs(along.y)) + 0.02), -6.0, 6.0);
  float edge = smoothstep(0.04, 0.12, highest - lowest);
  vec2 texel = 1.0 / vec2(textureSize(u_scene, 0));
  vec2 centre = gl_FragCoord.xy * texel;
  vec4 a = textureLod(u_scene, centre - along * texel * 0.28, 0.0);
  vec4 b = textureLod(u_scene, centre + along * texel * 0.28, 0.0);
  vec3 blurred = 0.5 * (a.rgb + behind * (1.0 - a.a) + b.rgb + behind * (1.0 - b.a));
  vec3 colour = mix(middle, blurred, edge);
#else
#ifdef OCCLUSION
  gather_occlusion(vec2(pixel * SAMPLES) + 0.5 * float(SAMPLES));
#endif
  vec3 colour = vec3(0.0);
  for (int y = 0; y < SAMPLES; ++y)
    for (int x = 0; x < SAMPLES; ++x) {
      vec4 v = sample_scene(pixel * SAMPLES + ivec2(x, y));
      colour += v.rgb + behind * (1.0 - v.a);
    }
  colour /= float(SAMPLES * SAMPLES);
#endif
  o_colour = vec4(dithered(srgb_from_linear(colour)), 1.0);
}
