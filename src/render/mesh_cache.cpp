#include "render/mesh_cache.h"

namespace calfscope::render {

const GpuMesh& MeshCache::find_or_upload(const std::shared_ptr<const SurfaceMesh>& mesh) {
  Entry& entry = entries_[mesh.get()];
  if (entry.mesh.lock() != mesh)
    entry = {mesh, upload(*mesh)};
  return entry.copy;
}

std::size_t MeshCache::forget_unused() {
  return std::erase_if(entries_, [](const auto& entry) { return entry.second.mesh.expired(); });
}

} // namespace calfscope::render
