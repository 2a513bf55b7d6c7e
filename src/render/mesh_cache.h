#pragma once
// GPU copies of the meshes in use, found by the mesh's address and forgotten when nobody else holds the mesh.

#include "render/gpu_mesh.h"

#include <memory>
#include <unordered_map>

namespace calfscope::render {

class MeshCache {
public:
  // The copy stays where it is until forget_unused().
  const GpuMesh& find_or_upload(const std::shared_ptr<const SurfaceMesh>& mesh);
  std::size_t forget_unused(); // how many
  std::size_t size() const { return entries_.size(); }

private:
  struct Entry {
    std::weak_ptr<const SurfaceMesh> mesh; // a new mesh at an old address must not find the old copy
    GpuMesh copy;
  };
  std::unordered_map<const SurfaceMesh*, Entry> entries_;
};

} // namespace calfscope::render
