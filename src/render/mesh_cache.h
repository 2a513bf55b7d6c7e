#pragma once
// GPU copies of the meshes in use and of what is painted on them, found by address and forgotten when nobody else holds
// the mesh or the field.

#include "render/gpu_mesh.h"

#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

namespace calfscope::render {

class MeshCache {
public:
  using Field = std::vector<glm::vec4>; // SurfaceOverlay::field

  // The copy stays where it is until forget_unused().
  const GpuMesh& find_or_upload(const std::shared_ptr<const SurfaceMesh>& mesh);
  // The same; nullptr if the field does not fit the mesh, which is said once.
  const PaintedMesh* find_or_paint(const std::shared_ptr<const SurfaceMesh>& mesh,
                                   const std::shared_ptr<const Field>& field);
  std::size_t forget_unused(); // how many meshes
  std::size_t size() const { return entries_.size(); }
  std::size_t painted_size() const { return painted_.size(); }

private:
  struct Entry {
    std::weak_ptr<const SurfaceMesh> mesh; // a new mesh at an old address must not find the old copy
    GpuMesh copy;
  };
  struct PaintedEntry {
    std::weak_ptr<const SurfaceMesh> mesh;
    std::weak_ptr<const Field> field;
    PaintedMesh copy;
  };
  std::unordered_map<const SurfaceMesh*, Entry> entries_;
  std::map<std::pair<const SurfaceMesh*, const Field*>, PaintedEntry> painted_;
};

} // namespace calfscope::render
