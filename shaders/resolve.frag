// From the scene's samples to the picture: occlusion, transparency, and SAMPLES x SAMPLES samples to a pixel, in one pass.
//   OCCLUSION  the occlusion texture is used    BLENDED  transparent sums are laid over the scene
// Laid over the background by the caller's blending.
uniform sampler2D u_scene; // linear light, premultiplied; alpha 0 where nothing is
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
#ifdef OCCLUSION
  gather_occlusion(vec2(pixel * SAMPLES) + 0.5 * float(SAMPLES));
#endif
  vec4 sum = vec4(0.0);
  for (int y = 0; y < SAMPLES; ++y)
    for (int x = 0; x < SAMPLES; ++x)
      sum += sample_scene(pixel * SAMPLES + ivec2(x, y));
  o_colour = sum / float(SAMPLES * SAMPLES);
}
