#pragma once
// How much each segment moves a point of the leg. Bones are rigid; between them the shares are harmonic: they solve
// Laplace's equation inside the skin, so they are smooth, never negative, and the same for neighbouring structures.

#include "anatomy/atlas.h"

#include <memory>

namespace calfscope {

class SkinWeights {
public:
  // `segments` as in the atlas-to-be; structures by kind and id give bones and skin.
  SkinWeights(const Atlas& atlas, const std::vector<Segment>& segments);
  ~SkinWeights();

  SkinBinding at(glm::vec3 point) const;

private:
  struct Field;
  std::unique_ptr<Field> field_;
};

// The binding of a structure that moves as one piece; nullopt for soft tissue.
std::optional<SkinBinding> rigid_binding(const Structure& structure, const std::vector<Segment>& segments);

} // namespace calfscope
