// What is the same for every draw of a frame. Filled by src/render/frame_block.cpp; member order must agree.
layout(std140) uniform FrameBlock {
  mat4 clip_from_world;
  mat4 view_from_world;
  mat4 view_from_clip;
  vec4 target_size;  // px of the target drawn into, and one over it
  vec4 key_light;    // xyz towards the light in view space, unit; w strength
  vec4 fill_light;
  vec4 rim_light;
  vec4 surroundings; // x ambient, y occlusion, z mm per pixel at depth 1 mm (perspective) or everywhere (orthographic), w 1 if orthographic
  vec4 clip_plane;   // xyz normal, w offset in mm: dot(n, p) > w is cut away
  vec4 depth_range;  // x nearest, y farthest depth of the scene in mm before the eye
  vec4 essential_colour; // linear colours of what is painted on surfaces
  vec4 spillover_colour;
  vec4 forbidden_colour;
  vec4 caution_colour;
  vec4 marked_colour;
  vec4 keyhole;      // xyz its place in view space, w radius in mm
  vec4 keyhole_edge; // x mm inside the radius over which it opens; y how many contacts
  vec4 contacts[12]; // tools in the flesh, as contact.glsl reads them
  vec4 bends[3];     // shares of the offsets of flesh near each joint
  mat4 segments[16]; // world from rest, one per atlas segment
};

// Position in view space of a fragment, from its window coordinates.
vec3 view_position(vec3 window) {
  vec4 at = view_from_clip * vec4(window.xy * target_size.zw * 2.0 - 1.0, window.z * 2.0 - 1.0, 1.0);
  return at.xyz / at.w;
}

// Towards the eye, unit, in view space.
vec3 towards_eye(vec3 at) { return surroundings.w > 0.5 ? vec3(0.0, 0.0, 1.0) : normalize(-at); }

// Size of a pixel of the target in mm at this place.
float pixel_mm(vec3 at) { return surroundings.w > 0.5 ? surroundings.z : -at.z * surroundings.z; }
