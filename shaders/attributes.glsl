// The slots of a surface's vertices; src/render/gpu_mesh.h holds the same numbers, and a test compares them.
layout(location = 0) in vec3 a_position; // mm, rest pose
layout(location = 1) in vec3 a_normal;   // unit
layout(location = 2) in vec3 a_fibre;    // unit, or zero where there are none
layout(location = 3) in vec3 a_shares;   // tendon, depth, relief
layout(location = 4) in uvec4 a_segment;
layout(location = 5) in vec4 a_weight;
layout(location = 6) in vec2 a_streak; // turns around the muscle, mm along it; as StreakPlaces
layout(location = 7) in vec4 a_field;  // SurfaceOverlay::field; only where one is painted
// Only where flesh bends: offsets at rest in units of bend_reach_mm, with a quarter of the joint's number in the first,
// and half of what is added to the normal.
layout(location = 8) in vec4 a_bend_0;
layout(location = 9) in vec3 a_bend_1;
layout(location = 10) in vec3 a_bend_2;
layout(location = 11) in vec3 a_bend_3;
layout(location = 12) in vec3 a_bend_normal_0;
layout(location = 13) in vec3 a_bend_normal_1;
layout(location = 14) in vec3 a_bend_normal_2;
layout(location = 15) in vec3 a_bend_normal_3;
