#include "base/files.h"
#include "import/coarse.h"

#include <algorithm>
#include <cstring>

namespace calfscope {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view magic = "calfscope-coarse-1"; // raise it when coarse_triangles_of changes
constexpr std::size_t files_kept = 8;

std::string bytes_of(std::span<const std::shared_ptr<SurfaceMesh>> meshes) {
  std::string out(magic);
  for (const auto& mesh : meshes) {
    const std::uint64_t count = mesh->coarse_triangles.size();
    out.append(reinterpret_cast<const char*>(&count), sizeof count);
    out.append(reinterpret_cast<const char*>(mesh->coarse_triangles.data()), count * sizeof(glm::uvec3));
  }
  const std::uint64_t seal = hash_of(out);
  out.append(reinterpret_cast<const char*>(&seal), sizeof seal);
  return out;
}

// False, and nothing filled in, if the bytes are not of these meshes.
bool take_from(std::string_view bytes, std::span<const std::shared_ptr<SurfaceMesh>> meshes) {
  std::uint64_t seal = 0;
  if (bytes.size() < magic.size() + sizeof seal || !bytes.starts_with(magic))
    return false;
  std::memcpy(&seal, bytes.data() + bytes.size() - sizeof seal, sizeof seal);
  bytes.remove_suffix(sizeof seal);
  if (seal != hash_of(bytes))
    return false;
  bytes.remove_prefix(magic.size());
  std::vector<std::vector<glm::uvec3>> lists;
  for (const auto& mesh : meshes) {
    std::uint64_t count = 0;
    if (bytes.size() < sizeof count)
      return false;
    std::memcpy(&count, bytes.data(), sizeof count);
    bytes.remove_prefix(sizeof count);
    if (count > bytes.size() / sizeof(glm::uvec3))
      return false;
    auto& list = lists.emplace_back(count);
    std::memcpy(list.data(), bytes.data(), count * sizeof(glm::uvec3));
    bytes.remove_prefix(count * sizeof(glm::uvec3));
    const std::size_t vertices = mesh->surface.positions.size();
    if (std::any_of(list.begin(), list.end(), [=](glm::uvec3 t) { return std::max({t.x, t.y, t.z}) >= vertices; }))
      return false;
  }
  if (!bytes.empty())
    return false;
  for (std::size_t i = 0; i < meshes.size(); ++i)
    meshes[i]->coarse_triangles = std::move(lists[i]);
  return true;
}

void remove_oldest(const fs::path& folder) {
  std::error_code error;
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  for (const auto& entry : fs::directory_iterator(folder, error))
    files.emplace_back(entry.last_write_time(error), entry.path());
  std::sort(files.rbegin(), files.rend());
  for (std::size_t i = files_kept; i < files.size(); ++i)
    fs::remove(files[i].second, error);
}

} // namespace

std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed) {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15u;
  std::uint64_t hash = seed ^ (bytes.size() * odd);
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t length = std::min(bytes.size(), sizeof word);
    std::memcpy(&word, bytes.data(), length);
    bytes.remove_prefix(length);
    hash = (hash ^ word) * odd;
    hash ^= hash >> 29;
  }
  return hash;
}

void make_coarse_cached(std::span<const std::shared_ptr<SurfaceMesh>> meshes, std::uint64_t key) {
  const fs::path cache = cache_folder();
  if (cache.empty()) {
    make_coarse(meshes);
    return;
  }
  char name[32];
  std::snprintf(name, sizeof name, "%016llx.bin", static_cast<unsigned long long>(key));
  const fs::path file = cache / "coarse" / name;
  IssueList ignored;
  std::error_code error;
  if (fs::exists(file, error))
    if (const auto bytes = read_text(file, ignored); bytes && take_from(*bytes, meshes))
      return;
  make_coarse(meshes);
  if (write_atomic(file, bytes_of(meshes), ignored))
    remove_oldest(file.parent_path());
}

} // namespace calfscope
