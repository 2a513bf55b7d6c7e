#include "import/mesh_stream.h"

#include <algorithm>
#include <cstring>

namespace calfscope {
namespace {

constexpr std::string_view magic = "calfscope-meshes-1";

class Writer {
public:
  template <typename T>
  void plain(const T& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view value) {
    plain(static_cast<std::uint64_t>(value.size()));
    out += value;
  }
  template <typename T>
  void list(const std::vector<T>& values) {
    plain(static_cast<std::uint64_t>(values.size()));
    out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  std::string out;
};

class Reader {
public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool sound() const { return sound_; }
  bool at_end() const { return bytes_.empty(); }

  std::uint64_t number() {
    std::uint64_t value = 0;
    take(&value, sizeof value);
    return value;
  }
  std::string text() {
    const std::uint64_t length = number();
    std::string out;
    if (!fits(length, 1))
      return out;
    out.assign(bytes_.substr(0, length));
    bytes_.remove_prefix(length);
    return out;
  }
  template <typename T>
  std::vector<T> list() {
    const std::uint64_t count = number();
    std::vector<T> out;
    if (!fits(count, sizeof(T)))
      return out;
    out.resize(count);
    if (count > 0)
      take(out.data(), count * sizeof(T));
    return out;
  }

private:
  bool fits(std::uint64_t count, std::size_t size) { return sound_ = sound_ && count <= bytes_.size() / size; }
  void take(void* to, std::size_t length) {
    sound_ = sound_ && length <= bytes_.size();
    if (!sound_)
      return;
    std::memcpy(to, bytes_.data(), length);
    bytes_.remove_prefix(length);
  }

  std::string_view bytes_;
  bool sound_ = true;
};

} // namespace

std::string to_bytes(const MeshStream& stream) {
  Writer writer;
  writer.out += magic;
  writer.text(stream.fault);
  writer.plain(static_cast<std::uint64_t>(stream.meshes.size()));
  for (const NamedMesh& mesh : stream.meshes) {
    writer.text(mesh.name);
    writer.list(mesh.mesh.positions);
    writer.list(mesh.mesh.normals);
    writer.list(mesh.mesh.triangles);
  }
  return std::move(writer.out);
}

std::optional<MeshStream> mesh_stream_from(std::string_view bytes) {
  if (!bytes.starts_with(magic))
    return std::nullopt;
  Reader reader(bytes.substr(magic.size()));
  MeshStream out;
  out.fault = reader.text();
  const std::uint64_t count = reader.number();
  for (std::uint64_t i = 0; i < count && reader.sound(); ++i) {
    NamedMesh& mesh = out.meshes.emplace_back();
    mesh.name = reader.text();
    mesh.mesh.positions = reader.list<glm::vec3>();
    mesh.mesh.normals = reader.list<glm::vec3>();
    mesh.mesh.triangles = reader.list<glm::uvec3>();
    const std::size_t vertices = mesh.mesh.positions.size();
    const bool fits = std::all_of(mesh.mesh.triangles.begin(), mesh.mesh.triangles.end(), [vertices](glm::uvec3 t) {
      return std::max({t.x, t.y, t.z}) < vertices;
    });
    if (!fits || (!mesh.mesh.normals.empty() && mesh.mesh.normals.size() != vertices))
      return std::nullopt;
  }
  if (!reader.sound() || !reader.at_end())
    return std::nullopt;
  return out;
}

} // namespace calfscope
