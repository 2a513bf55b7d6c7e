// A round mark with a number: a disc with a light rim in a dark one, so that it stands out from whatever lies behind.
uniform sampler2D u_sprite;  // r letters
uniform vec2 u_sprite_size;  // px; 0 without letters
uniform vec2 u_middle;       // px from the bottom left
uniform float u_radius;      // px, with both rims
uniform vec3 u_colour;       // sRGB: written into targets that are shown as they are
uniform float u_opacity;
uniform float u_halo;        // 0..1 of the ring around it

layout(location = 0) out vec4 o_colour;

float letters_at(ivec2 texel) {
  bool inside = all(greaterThanEqual(texel, ivec2(0))) && all(lessThan(texel, ivec2(u_sprite_size)));
  return inside ? texelFetch(u_sprite, texel, 0).r : 0.0;
}

// Between the pixels of the sprite, so that the number moves as smoothly as the disc.
float letters(vec2 from_middle) {
  vec2 at = from_middle + 0.5 * u_sprite_size - 0.5;
  ivec2 low = ivec2(floor(at));
  vec2 f = at - vec2(low);
  float below = mix(letters_at(low), letters_at(low + ivec2(1, 0)), f.x);
  float above = mix(letters_at(low + ivec2(0, 1)), letters_at(low + ivec2(1, 1)), f.x);
  return mix(below, above, f.y);
}

float within(float distance_px, float radius_px) { return clamp(radius_px - distance_px + 0.5, 0.0, 1.0); }

vec4 over(vec4 below, vec3 colour, float alpha) { return vec4(colour * alpha, alpha) + below * (1.0 - alpha); }

void main() {
  vec2 from_middle = gl_FragCoord.xy - u_middle;
  float d = length(from_middle);
  float line = max(1.0, 0.085 * u_radius);
  bool light = dot(u_colour, vec3(0.30, 0.59, 0.11)) > 0.55;
  const vec3 dark = vec3(0.07, 0.08, 0.10), pale = vec3(0.98);

  // A soft shadow lifts it off the skin.
  vec4 c = over(vec4(0.0), dark, 0.42 * (1.0 - smoothstep(u_radius, 1.32 * u_radius, length(from_middle + vec2(0.0, 0.09 * u_radius)))));
  // The halo: a ring of its own, set off by a dark one, fading outwards.
  float ring = within(d, 1.50 * u_radius) - within(d, 1.50 * u_radius - 1.6 * line);
  float glow = (1.0 - smoothstep(u_radius, 1.72 * u_radius, d));
  vec3 bright = mix(u_colour, pale, light ? 0.0 : 0.35);
  c = over(c, bright, 0.34 * u_halo * glow * glow);
  c = over(c, dark, 0.45 * u_halo * (within(d, 1.50 * u_radius + 0.8 * line) - within(d, 1.50 * u_radius - 2.4 * line)));
  c = over(c, bright, u_halo * ring);

  c = over(c, dark, within(d, u_radius));
  c = over(c, pale, within(d, u_radius - line));
  float up = 0.5 + 0.5 * from_middle.y / u_radius;
  c = over(c, u_colour * mix(0.93, 1.04, up), within(d, u_radius - 2.2 * line));
  c = over(c, light ? dark : pale, letters(from_middle));
  o_colour = c * u_opacity;
}
