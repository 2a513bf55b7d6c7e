// Referred pain and places not to press, painted on a surface. All patterns live in the rest pose, so that they stay
// on the skin while it moves and turns.
in vec4 v_field;        // SurfaceOverlay::field
uniform vec4 u_overlay; // front in mm, its width in mm, strength of the pain, strength of the hatching
uniform vec3 u_local;   // pain around the place that distances are counted from, its reach in mm; 1: marked by a person

struct Paint {
  vec3 colour;  // linear, with what still shows of the bare surface
  float cover;  // 0..1: how much of what is seen is paint
  vec3 ember;   // linear: what shines from below, whatever light falls on it
  float embers; // 0..1: how much of it there is
  float matter; // 0..1: how solid it makes a surface that is otherwise looked through
};

uvec3 scrambled(uvec3 v) {
  v = v * 1664525u + 1013904223u;
  v += v.yzx * v.zxy;
  v ^= v >> 16u;
  return v + v.yzx * v.zxy;
}

const float dot_cell_mm = 3.3;
const float dot_radius_mm = 1.35;

// Little balls strewn through space, cut by the surface: round dots of slightly differing size that no texture map is
// needed for. `share` of them are there. Returns 0..1.
float stippled(vec3 rest, float share, float pixel) {
  vec3 place = rest / dot_cell_mm - 0.5;
  ivec3 base = ivec3(floor(place));
  float radius = dot_radius_mm / dot_cell_mm;
  float soft = 0.6 * pixel / dot_cell_mm;
  float ink = 0.0;
  for (int i = 0; i < 8; ++i) {
    ivec3 cell = base + ivec3(i & 1, i >> 1 & 1, i >> 2);
    uvec3 random = scrambled(uvec3(cell + 4096));
    vec3 centre = vec3(cell) + 0.8 * (vec3(random & 0xffffu) / 65535.0 - 0.5);
    float there = float(random.x >> 16u) / 65535.0;
    float size = radius * smoothstep(0.0, 0.12, share - there);
    ink = max(ink, smoothstep(size + soft, size - soft, distance(place, centre)) * step(1e-3, size));
  }
  return ink;
}

// Diagonal on the sides of a leg as on its sole; 0..1. `share` of the width is ink.
float hatched(float run, float run_per_pixel, float share) {
  float away = abs(fract(run) - 0.5) * 2.0;
  return 1.0 - smoothstep(share - run_per_pixel, share + run_per_pixel, away);
}

// Lines as of a pencil, crossing each other all over the skin; 0..1.
float netted(vec3 rest, float pixel) {
  const float mesh_mm = 5.5;
  vec3 bent = rest + 1.2 * (vec3(noise(rest / 9.0), noise(rest / 9.0 + 5.0), noise(rest / 9.0 + 9.0)) - 0.5);
  // Up to the left and up to the right on every side of the leg, and across it on the sole.
  vec2 run = vec2(bent.y + 0.75 * (bent.x + bent.z), bent.y - 0.75 * (bent.x - bent.z)) / mesh_mm;
  vec2 away = abs(fract(run) - 0.5) * 2.0 * mesh_mm / 2.0;
  vec2 wide = fwidth(run) * mesh_mm;
  vec2 line = 1.0 - smoothstep(0.62 - 0.7 * wide, 0.62 + 0.7 * wide, away);
  return max(line.x, line.y) * smoothstep(6.0, 2.5, max(wide.x, wide.y));
}

// What light keeps of its colours on its way through a layer dyed like this; 0 no layer … 1 a deep one.
vec3 through_dye(vec3 dye, float depth) { return pow(max(dye / max(dye.r, max(dye.g, dye.b)), 0.02), vec3(depth)); }

Paint painted_here(vec3 bare, vec3 rest, float pixel) {
  Paint paint = Paint(bare, 0.0, vec3(0.0), 0.0, 0.0);
  // Diagonal everywhere but where a surface faces this very way.
  float run = dot(rest, vec3(0.135));
  float run_per_pixel = fwidth(run);

  if (u_local.z > 0.5) {
    if (v_field.x + v_field.y > 0.02) {
      // A person's own mark lies on the skin like ink: even, with a drawn edge, and without a glow.
      float edge = 0.12 * (noise(rest / 4.0 + 31.0) - 0.5);
      float fits = v_field.x, alone = v_field.y;
      float whole = fits + alone;
      float inked = smoothstep(0.10, 0.26, whole + edge);
      float share = whole > 0.0 ? alone / whole : 0.0;
      float net = inked * smoothstep(0.15, 0.6, share) * netted(rest, pixel);
      float fill = inked * mix(0.34 + 0.52 * whole, 0.10 + 0.14 * whole, smoothstep(0.15, 0.6, share));
      float rim = inked * (1.0 - smoothstep(0.0, 0.22, abs(whole - 0.30))) * 0.5;
      float over = max(max(fill, 0.92 * net), rim);
      paint.colour = mix(bare, marked_colour.rgb, over);
      paint.cover = over;
      paint.matter = inked * max(0.92 * net, mix(0.45 + 0.45 * whole, 0.26, smoothstep(0.15, 0.6, share)));
    }
  } else if ((v_field.z < u_overlay.x && v_field.x + v_field.y > 0.004) || (u_local.x > 0.0 && v_field.z < u_local.y)) {
    float mottle = 1.1 * (noise(rest / 15.0) - 0.5) + 0.8 * (noise(rest / 6.0 + 11.0) - 0.5);
#if !defined(FAR) && !defined(BARE)
    mottle += 0.5 * (noise(rest / 2.4 + 23.0) - 0.5) * visible_share(2.4, pixel);
#endif
    // It comes in patches, never before its time.
    float late = v_field.z + 9.0 * max(mottle + 0.4, 0.0);
    float arrived = u_overlay.z * (1.0 - smoothstep(u_overlay.x - u_overlay.y, u_overlay.x, late));
    float here = 0.85 * u_local.x * u_overlay.z * (1.0 - smoothstep(0.35 * u_local.y, u_local.y, late));
    float essential = max(v_field.x * arrived, here), spillover = v_field.y * arrived;

    // Deep in the core, thinning out in clouds.
    float depth = clamp(essential * (1.0 + 0.30 * mottle) + 1.1 * mottle * essential * (1.0 - essential), 0.0, 1.0);
    float core = smoothstep(0.45, 1.0, depth);
    vec3 dyed = bare * through_dye(essential_colour.rgb, depth);
    dyed = mix(dyed, essential_colour.rgb * (0.85 + 0.5 * mottle), 0.72 * smoothstep(0.25, 0.85, depth));

    float wash = (1.0 - core) * smoothstep(0.0, 0.5, spillover);
    float dots = 0.0;
    if (spillover > 0.004)
      dots = stippled(rest, 1.1 * spillover, pixel) * (1.0 - smoothstep(0.15, 0.5, depth));
    // On a light surface dots are darker than it, on a dark one lighter.
    float light = luminance(bare), dot_light = luminance(spillover_colour.rgb);
    float darker = smoothstep(0.35, 0.8, light / dot_light) * (1.0 - u_ghost);
    vec3 ink = mix(spillover_colour.rgb, essential_colour.rgb, 0.62 * darker) * (1.0 - 0.12 * darker);
    paint.colour = mix(mix(dyed, spillover_colour.rgb, 0.16 * wash), ink, 0.95 * dots);
    paint.cover = max(depth, dots);
#ifdef FIBROUS
    // In the muscle itself, red as it is, the sore band glows like coal: dark at its edge, bright in its core.
    // The fibres go on through it.
    float strand = luminance(bare) / max(luminance(u_colour), 0.02);
    paint.embers = 0.72 * smoothstep(0.08, 0.65, depth) * clamp(1.0 + 0.5 * mottle, 0.0, 1.0);
    paint.ember = mix(essential_colour.rgb, spillover_colour.rgb, 0.22 * smoothstep(0.2, 0.6, depth) + 0.48 * core) *
                  (0.70 + 0.30 * core) * (0.35 + 0.75 * clamp(strand, 0.3, 1.6));
#else
    paint.embers = 0.38 * clamp(core * (0.75 + 0.7 * mottle), 0.0, 1.0);
    paint.ember = essential_colour.rgb * (0.55 + 0.75 * core * (0.75 + 0.7 * mottle));
#endif
    paint.matter = max(0.86 * smoothstep(0.03, 0.45, depth), max(0.86 * dots, 0.24 * wash));
  }
  if (u_overlay.w > 0.0 && v_field.w > 0.01) {
    float never = smoothstep(0.70, 0.80, v_field.w);
    float careful = u_overlay.w * smoothstep(0.20, 0.30, v_field.w);
    float ink = careful * hatched(run, run_per_pixel, 0.5);
    float line = careful * (1.0 - never) * hatched(run + 0.5, run_per_pixel, 0.14);
    vec3 colour = mix(caution_colour.rgb, forbidden_colour.rgb, never);
    float over = max(0.92 * ink, 0.20 * careful);
    paint.colour = mix(mix(paint.colour, colour, over), forbidden_colour.rgb, 0.7 * line);
    paint.cover = max(paint.cover, over);
    paint.embers *= 1.0 - over;
    paint.matter = max(paint.matter, max(0.8 * max(ink, line), 0.24 * careful));
  }
  return paint;
}
