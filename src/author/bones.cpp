#include "author/bones.h"

#include "author/body_fields.h"
#include "geometry/parallel.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float cartilage_half_mm = 0.6f; // half the gap between bones in a joint

} // namespace

void build_bones(std::vector<Body>& bodies, const BuildSettings& settings) {
  std::vector<Body*> bones;
  for (Body& body : bodies)
    if (body.what->kind == Kind::bone)
      bones.push_back(&body);
  parallel_for(0, static_cast<int>(bones.size()), [&](int n) {
    Body& bone = *bones[static_cast<std::size_t>(n)];
    bone.field = signed_distance(declared_field(bone, frame_for(bone, settings)), 40);
  });
  // Joints: each bone gives way to its neighbour by half the cartilage between them.
  std::vector<ScalarGrid> parted(bones.size());
  parallel_for(0, static_cast<int>(bones.size()), [&](int n) {
    const Body& bone = *bones[static_cast<std::size_t>(n)];
    ScalarGrid& field = parted[static_cast<std::size_t>(n)];
    field = bone.field;
    const Bounds mine = field.frame.box();
    for (const Body* other : bones) {
      if (other == &bone)
        continue;
      const Bounds theirs = other->field.frame.box();
      if (glm::any(glm::greaterThan(theirs.lower, mine.upper)) || glm::any(glm::lessThan(theirs.upper, mine.lower)))
        continue;
      for (int k = 0; k < field.frame.size.z; ++k)
        for (int j = 0; j < field.frame.size.y; ++j)
          for (int i = 0; i < field.frame.size.x; ++i) {
            const float own = bone.field.at(i, j, k);
            if (own > 3)
              continue;
            const float between = 0.5f * (own - other->field.sample(field.frame.position(i, j, k)));
            float& value = field.at(i, j, k);
            value = smooth_max(value, between + cartilage_half_mm, 0.8f);
          }
    }
    cut_top(field, bone.what->cut_top_mm);
  });
  for (std::size_t n = 0; n < bones.size(); ++n)
    bones[n]->field = std::move(parted[n]);
}

ScalarGrid all_bones(const std::vector<Body>& bodies, float step_mm) {
  std::vector<const ScalarGrid*> fields;
  Bounds box;
  for (const Body& body : bodies)
    if (body.what->kind == Kind::bone) {
      fields.push_back(&body.field);
      box.add(body.field.frame.box());
    }
  return signed_distance(lowest_of(GridFrame::around(box, step_mm, 20), fields));
}

} // namespace calfscope
