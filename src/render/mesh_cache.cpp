#include "render/mesh_cache.h"

#include "base/log.h"

#include <string>

namespace calfscope::render {

const GpuMesh& MeshCache::find_or_upload(const std::shared_ptr<const SurfaceMesh>& mesh) {
  Entry& entry = entries_[mesh.get()];
  if (entry.mesh.lock() != mesh)
    entry = {mesh, upload(*mesh)};
  return entry.copy;
}

const PaintedMesh* MeshCache::find_or_paint(const std::shared_ptr<const SurfaceMesh>& mesh,
                                            const std::shared_ptr<const Field>& field) {
  PaintedEntry& entry = painted_[{mesh.get(), field.get()}];
  if (entry.mesh.lock() != mesh || entry.field.lock() != field) {
    entry = {mesh, field, upload_painted(*mesh, *field)};
    if (!entry.copy.array)
      log_warning("what is to be painted on a surface of " + std::to_string(mesh->surface.positions.size()) +
                  " vertices has " + std::to_string(field->size()) + " values; it is left out");
  }
  return entry.copy.array ? &entry.copy : nullptr;
}

std::size_t MeshCache::forget_unused() {
  std::erase_if(painted_,
                [](const auto& entry) { return entry.second.mesh.expired() || entry.second.field.expired(); });
  return std::erase_if(entries_, [](const auto& entry) { return entry.second.mesh.expired(); });
}

} // namespace calfscope::render
