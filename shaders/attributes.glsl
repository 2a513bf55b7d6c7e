// The slots of a surface's vertices; src/render/gpu_mesh.h holds the same numbers, and a test compares them.
layout(location = 0) in vec3 a_position; // mm, rest pose
layout(location = 1) in vec3 a_normal;   // unit
layout(location = 2) in vec3 a_fibre;    // unit, or zero where there are none
layout(location = 3) in vec3 a_shares;   // tendon, depth, relief
layout(location = 4) in uvec4 a_segment;
layout(location = 5) in vec4 a_weight;
layout(location = 6) in vec2 a_streak; // turns around the muscle, mm along it; as StreakPlaces
layout(location = 7) in vec4 a_field;  // SurfaceOverlay::field; only where one is painted
