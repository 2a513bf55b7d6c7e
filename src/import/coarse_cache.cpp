#include "base/files.h"
#include "import/coarse.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace calfscope {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view magic = "calfscope-coarse-3"; // raise it when coarse_levels_of changes
constexpr std::size_t files_kept = 8;
constexpr std::size_t most_levels = 16;

template <typename T>
void put(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// Takes a value from the front; false if there are too few bytes.
template <typename T>
bool take(std::string_view& bytes, T& value) {
  if (bytes.size() < sizeof value)
    return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return true;
}

std::string bytes_of(std::span<const std::shared_ptr<SurfaceMesh>> meshes) {
  std::string out(magic);
  for (const auto& mesh : meshes) {
    put(out, static_cast<std::uint64_t>(mesh->coarse.size()));
    for (const CoarseLevel& level : mesh->coarse) {
      put(out, level.error_mm);
      put(out, static_cast<std::uint64_t>(level.triangles.size()));
      out.append(reinterpret_cast<const char*>(level.triangles.data()), level.triangles.size() * sizeof(glm::uvec3));
    }
  }
  put(out, hash_of(out));
  return out;
}

bool take_level(std::string_view& bytes, std::size_t vertices, CoarseLevel& level) {
  std::uint64_t count = 0;
  if (!take(bytes, level.error_mm) || !take(bytes, count) || count > bytes.size() / sizeof(glm::uvec3))
    return false;
  level.triangles.resize(count);
  std::memcpy(level.triangles.data(), bytes.data(), count * sizeof(glm::uvec3));
  bytes.remove_prefix(count * sizeof(glm::uvec3));
  return std::all_of(level.triangles.begin(), level.triangles.end(), [=](glm::uvec3 t) {
    return std::max({t.x, t.y, t.z}) < vertices;
  });
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
  std::vector<std::vector<CoarseLevel>> lists;
  for (const auto& mesh : meshes) {
    std::uint64_t levels = 0;
    if (!take(bytes, levels) || levels > most_levels)
      return false;
    auto& list = lists.emplace_back(levels);
    for (CoarseLevel& level : list)
      if (!take_level(bytes, mesh->surface.positions.size(), level))
        return false;
  }
  if (!bytes.empty())
    return false;
  for (std::size_t i = 0; i < meshes.size(); ++i)
    meshes[i]->coarse = std::move(lists[i]);
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
