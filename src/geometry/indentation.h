#pragma once
// A tool resting in soft tissue: where it lies, how far it sinks in, and how every layer gives way. One formula, used
// for the skin and for what lies below; shaders/contact.glsl says the same and a test compares the two.
//
// All of it is a drawing rule of our own (design choice), not measured tissue mechanics. It keeps what can be checked:
// the skin lies on the tool within the patch, layers stay in order because each moves by its share of the way from bone
// to skin, bone does not move, and nothing moves beyond three patch radii.

#include <glm/glm.hpp>

#include <span>

namespace calfscope {

// Where a tool touches: a point of the posed skin and three unit directions, right-handed up to mirroring. mm.
struct ContactFrame {
  glm::vec3 origin{0};
  glm::vec3 into{0, 0, 1};   // from the skin into the leg
  glm::vec3 across{1, 0, 0}; // a cylinder's axis; round the leg
  glm::vec3 along{0, 1, 0};  // along the leg
};

// The skin about the place, as a height over the plane of the frame: + into the leg. mm and 1/mm.
struct SkinShape {
  float uu = 0, uv = 0, vv = 0;
};

struct Contact {
  ContactFrame frame;
  SkinShape skin;
  bool is_long = false;     // a cylinder along `across`, else a ball
  float radius_mm = 30;     // of the tool
  float half_length_mm = 0; // of a cylinder, along `across`
  float tip_mm = 0;  // how deep the tool's face lies below the resting skin; the dent; negative: clear of the skin
  float flat_mm = 0; // how much of its nose the tool has given up by flattening
  float thickness_mm = 30;   // from the skin to the bone behind the place
  float patch_mm = 0;        // radius of the touching patch, its longer way; of a cylinder, along the leg
  float shift_across_mm = 0; // the patch drags the skin with it, + toward `across`
  float shift_along_mm = 0;
};

// The middle of the patch once it has dragged the skin with it: where the tool itself is.
glm::vec3 dragged_origin(const Contact& contact);

// Face of the tool over the plane of the frame, + into the leg; far below it beside the tool. From its middle.
float tool_face_mm(const Contact& contact, float u_mm, float v_mm);

// Where a point of the posed leg goes. `share` is 0 at the bone and 1 at the skin; `on_skin` lays it on the tool
// exactly.
glm::vec3 dented(const Contact& contact, glm::vec3 point, float share, bool on_skin);

// Fills in patch_mm from all the rest.
void find_patch(Contact& contact);

// What the checks ask of a contact on a posed skin (its rest positions and what dented() made of them).
struct ContactFit {
  float gap_mm = 0;          // smallest distance between tool and skin
  float penetration_mm = 0;  // deepest vertex or edge mid-point inside the tool
  float longest_edge_mm = 0; // within 30 mm of the place
  float far_shift_mm = 0;    // largest shift beyond three patch radii
  float patch_cm2 = 0;       // skin within 0.5 mm of the tool
};
ContactFit measure(const Contact& contact, std::span<const glm::vec3> rest, std::span<const glm::vec3> moved,
                   std::span<const glm::uvec3> triangles);

} // namespace calfscope
