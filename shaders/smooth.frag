// From a scene of one sample per pixel to the picture: edges that show in it are smoothed along their run.
// Laid over the background by the caller's blending.
#include "colour.glsl"

uniform sampler2D u_scene; // linear light, premultiplied; alpha 0 where nothing is
uniform vec2 u_size;       // of the picture, px; the scene may have a little fewer

layout(location = 0) out vec4 o_colour;

// What the eye tells apart: brightness, and surface from background.
float signal(vec4 c) { return sqrt(luminance(c.rgb)) + 0.4 * c.a; }

// The scene's pixel at this place as it is: a blend of four would cost four times as much and tell no more.
float signal_at(ivec2 at) { return signal(texelFetch(u_scene, clamp(at, ivec2(0), textureSize(u_scene, 0) - 1), 0)); }

void main() {
  vec2 size = vec2(textureSize(u_scene, 0));
  vec2 texel = 1.0 / size;
  vec2 centre = gl_FragCoord.xy / u_size;
  vec4 middle = textureLod(u_scene, centre, 0.0);
  ivec2 at = ivec2(centre * size);
  float here = signal(middle);
  float a = signal_at(at + ivec2(-1, -1));
  float b = signal_at(at + ivec2(1, -1));
  float c = signal_at(at + ivec2(-1, 1));
  float d = signal_at(at + ivec2(1, 1));
  float lowest = min(here, min(min(a, b), min(c, d)));
  float highest = max(here, max(max(a, b), max(c, d)));
  // Across the edge runs the gradient; along it the picture may be blurred.
  vec2 gradient = vec2(b + d - a - c, c + d - a - b);
  vec2 along = vec2(-gradient.y, gradient.x);
  along = clamp(along / (min(abs(along.x), abs(along.y)) + 0.02), -6.0, 6.0);
  float edge = smoothstep(0.05, 0.14, highest - lowest);
  vec4 blurred = 0.5 * (textureLod(u_scene, centre - along * texel * 0.28, 0.0) +
                        textureLod(u_scene, centre + along * texel * 0.28, 0.0));
  o_colour = mix(middle, blurred, edge);
}
