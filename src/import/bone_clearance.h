#pragma once
// Keeps bent flesh out of bones and under the skin, vertex by vertex: the last step after flesh was carried along.

#include "anatomy/atlas.h"
#include "geometry/ray_scene.h"

#include <span>
#include <vector>

namespace calfscope {

// Positions of every structure's vertices, in the order of the atlas, mm.
using Places = std::vector<std::vector<glm::vec3>>;

// Per vertex the first of those that lie where it lies (along the seam of a texture).
std::vector<std::uint32_t> same_places(const std::vector<glm::vec3>& positions);

class BoneClearance {
public:
  explicit BoneClearance(const Atlas& atlas);

  // Moves what lies deeper in a bone, or nearer to the outside of the skin, than it does at rest and may; neighbours
  // follow a little.
  // Structures that move as one piece stay where they are, and the skin makes room for them.
  // Only vertices whose bends are of this joint are looked at; those of meshes without bends all are.
  void clear(Places& places, std::span<const glm::mat4> segments, std::uint8_t joint) const;

private:
  struct Bone {
    int segment = 0;
    Bounds box; // at rest
    RayScene scene;
  };
  struct Flesh {
    std::vector<std::uint32_t> same; // the first vertex of those that lie in one place at rest
    std::vector<std::vector<std::uint32_t>> near;
    std::vector<float> cover; // how deep under the skin each vertex has to stay, mm; empty for the skin
  };

  bool is_near(std::size_t structure, std::size_t vertex, std::uint8_t joint) const;
  bool out_of_bones(Places& places, std::span<const glm::mat4> segments, std::uint8_t joint) const;
  bool under_skin(Places& places, std::uint8_t joint) const;
  bool round_creases(Places& places, std::uint8_t joint) const;
  void spread(Places& places, const Places& before) const;

  const Atlas& atlas_;
  std::vector<Bone> bones_;
  std::vector<Flesh> flesh_; // per structure; empty lists for those that move as one piece
  RayScene rest_skin_;
  std::size_t skin_ = 0;
};

} // namespace calfscope
