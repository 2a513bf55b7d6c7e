#include "import/bends_file.h"

#include "import/bends.h"
#include "import/coarse.h"

#include <array>
#include <cmath>
#include <cstring>

namespace calfscope {
namespace {

constexpr std::string_view magic = "calfbend";
constexpr std::uint32_t version = 1;
constexpr std::int64_t farthest_steps = 100'000; // 1 m
constexpr std::size_t numbers = 3 * std::tuple_size_v<BendOffsets>;

template <typename T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void put_whole(std::string& out, std::uint32_t value) {
  for (; value >= 128; value >>= 7)
    out.push_back(static_cast<char>(128 | (value & 127)));
  out.push_back(static_cast<char>(value));
}

std::uint32_t folded(std::int32_t value) {
  return static_cast<std::uint32_t>(value) << 1 ^ static_cast<std::uint32_t>(value >> 31);
}
std::int32_t unfolded(std::uint32_t value) {
  return static_cast<std::int32_t>(value >> 1 ^ (~(value & 1) + 1));
}

using Steps = std::array<std::int32_t, numbers>;

Steps steps_of(const Bend& bend) {
  Steps out;
  for (std::size_t n = 0; n < numbers; ++n)
    out[n] = static_cast<std::int32_t>(std::lround(bend.position_mm[n / 3][static_cast<int>(n % 3)] / bend_step_mm));
  return out;
}

bool counts(const Bend& bend) {
  return bend.position_mm != BendOffsets{};
}

class Reader {
public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  T get() {
    T value{};
    if (bytes_.size() < sizeof value) {
      sound_ = false;
      return value;
    }
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return value;
  }
  std::uint32_t whole() {
    std::uint32_t value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      const auto byte = get<std::uint8_t>();
      value |= static_cast<std::uint32_t>(byte & 127) << shift;
      if (byte < 128)
        return value;
    }
    sound_ = false;
    return 0;
  }
  std::string_view text(std::size_t length) {
    if (bytes_.size() < length) {
      sound_ = false;
      return {};
    }
    const std::string_view out = bytes_.substr(0, length);
    bytes_.remove_prefix(length);
    return out;
  }
  bool sound() const { return sound_; }
  std::string_view rest() const { return bytes_; }

private:
  std::string_view bytes_;
  bool sound_ = true;
};

} // namespace

std::string bends_text_of(const Atlas& atlas, std::span<const std::vector<unsigned int>> places,
                          std::uint64_t glb_hash) {
  std::string body;
  std::uint32_t structures = 0;
  for (std::size_t s = 0; s < atlas.structures.size(); ++s) {
    const SurfaceMesh& mesh = *atlas.structures[s].mesh;
    std::vector<const Bend*> kept;
    std::uint32_t vertices = 0;
    for (std::size_t v = 0; v < places[s].size(); ++v)
      if (places[s][v] != ~0u)
        vertices = std::max(vertices, places[s][v] + 1);
    kept.assign(vertices, nullptr);
    std::uint32_t entries = 0;
    for (std::size_t v = 0; v < mesh.bends.size(); ++v)
      if (counts(mesh.bends[v]) && places[s][v] != ~0u) {
        kept[places[s][v]] = &mesh.bends[v];
        ++entries;
      }
    if (entries == 0)
      continue;
    ++structures;
    const std::string& id = atlas.structures[s].id;
    put(body, static_cast<std::uint16_t>(id.size()));
    body += id;
    put(body, vertices);
    put(body, entries);
    Steps last{};
    std::uint32_t next = 0;
    for (std::uint32_t v = 0; v < vertices; ++v) {
      if (kept[v] == nullptr)
        continue;
      put_whole(body, v - next);
      next = v + 1;
      put_whole(body, kept[v]->joint);
      const Steps steps = steps_of(*kept[v]);
      for (std::size_t n = 0; n < numbers; ++n)
        put_whole(body, folded(steps[n] - last[n]));
      last = steps;
    }
  }
  if (structures == 0)
    return {};
  std::string counted;
  put(counted, structures);
  counted += body;
  std::string out(magic);
  put(out, version);
  put(out, glb_hash);
  put(out, hash_of(counted));
  return out + counted;
}

void parse_bends(std::string_view bytes, const std::string& file, std::uint64_t glb_hash,
                 const std::map<std::string, std::shared_ptr<SurfaceMesh>>& meshes, IssueList& issues) {
  Reader reader(bytes);
  if (reader.text(magic.size()) != magic || reader.get<std::uint32_t>() != version) {
    issues.error(file, 0, "", "holds no bends of a leg's flesh, or of another version of the program");
    return;
  }
  if (reader.get<std::uint64_t>() != glb_hash) {
    issues.warning(file, 0, "", "belongs to another mesh, so flesh follows the joints without it; build the pack anew");
    return;
  }
  const auto damaged = [&] { issues.error(file, 0, "", "is damaged; flesh follows the joints without it"); };
  if (const auto hash = reader.get<std::uint64_t>(); !reader.sound() || hash != hash_of(reader.rest()))
    return damaged();
  std::map<std::string, std::vector<Bend>> read;
  const auto structures = reader.get<std::uint32_t>();
  for (std::uint32_t s = 0; s < structures && reader.sound(); ++s) {
    const std::string id(reader.text(reader.get<std::uint16_t>()));
    const auto vertices = reader.get<std::uint32_t>(), entries = reader.get<std::uint32_t>();
    const auto mesh = meshes.find(id);
    if (!reader.sound() || mesh == meshes.end() || mesh->second->surface.positions.size() != vertices ||
        entries > vertices)
      return damaged();
    std::vector<Bend>& bends = read[id];
    bends.resize(vertices);
    Steps steps{};
    std::uint64_t next = 0;
    for (std::uint32_t e = 0; e < entries; ++e) {
      const std::uint64_t vertex = next + reader.whole();
      const std::uint32_t joint = reader.whole();
      if (!reader.sound() || vertex >= vertices || joint >= bend_joints)
        return damaged();
      next = vertex + 1;
      Bend& bend = bends[vertex];
      bend.joint = static_cast<std::uint8_t>(joint);
      for (std::size_t n = 0; n < numbers; ++n) {
        const std::int64_t step = std::int64_t{steps[n]} + unfolded(reader.whole());
        if (step < -farthest_steps || step > farthest_steps)
          return damaged();
        steps[n] = static_cast<std::int32_t>(step);
        bend.position_mm[n / 3][static_cast<int>(n % 3)] = bend_step_mm * static_cast<float>(steps[n]);
      }
    }
  }
  if (!reader.sound() || !reader.rest().empty())
    return damaged();
  for (auto& [id, bends] : read)
    meshes.at(id)->bends = std::move(bends);
}

} // namespace calfscope
