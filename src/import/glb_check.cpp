#include "import/glb.h"

#include "base/json_document.h"

#include <algorithm>
#include <cstring>

namespace calfscope {
namespace {

using nlohmann::json;

constexpr std::uint64_t no_number = ~std::uint64_t{0};
constexpr std::uint64_t most_elements = 50'000'000;

std::uint32_t word_at(std::string_view bytes, std::size_t at) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  return word;
}

// A non-negative whole number member; `fallback` if absent; no_number if it is anything else.
std::uint64_t whole(const json& object, const char* key, std::uint64_t fallback) {
  if (!object.is_object())
    return no_number;
  const auto found = object.find(key);
  if (found == object.end())
    return fallback;
  return found->is_number_unsigned() ? found->get<std::uint64_t>() : no_number;
}

const json& list(const json& object, const char* key) {
  static const json none = json::array();
  if (!object.is_object())
    return none;
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : none;
}

std::uint64_t component_size(std::uint64_t type) {
  switch (type) {
  case 5120:
  case 5121:
    return 1;
  case 5122:
  case 5123:
    return 2;
  case 5125:
  case 5126:
    return 4;
  default:
    return 0;
  }
}

std::uint64_t components(const std::string& type) {
  if (type == "SCALAR")
    return 1;
  if (type == "VEC2")
    return 2;
  if (type == "VEC3")
    return 3;
  if (type == "VEC4" || type == "MAT2")
    return 4;
  if (type == "MAT3")
    return 9;
  if (type == "MAT4")
    return 16;
  return 0;
}

class GlbCheck {
public:
  GlbCheck(const json& root, std::string_view binary, const std::string& file, IssueList& issues)
      : root_(root), binary_(binary), file_(file), issues_(issues) {}

  bool run() {
    if (!root_.is_object() || !root_.contains("asset"))
      return fault("", "is not glTF: the member \"asset\" is missing");
    if (list(root_, "extensionsRequired").size() > 0)
      return fault("extensionsRequired", "asks for glTF extensions, which packs may not use");
    for (const char* other : {"animations", "cameras", "images", "samplers", "textures", "extensions"})
      if (root_.contains(other))
        return fault(other, "is nothing that packs may hold");
    return buffers() && views() && accessors() && meshes() && nodes() && skins();
  }

private:
  bool fault(const std::string& key, const std::string& message) {
    issues_.error(file_, 0, key, message);
    return false;
  }

  bool buffers() {
    const json& all = list(root_, "buffers");
    if (all.size() > 1)
      return fault("buffers", "a pack's GLB has one buffer, this has " + std::to_string(all.size()));
    for (const json& buffer : all) {
      if (!buffer.is_object() || buffer.contains("uri"))
        return fault("buffers/0", "points out of the file, the mesh data must be inside it");
      if (whole(buffer, "byteLength", no_number) > binary_.size())
        return fault("buffers/0/byteLength", "is longer than the data in the file; is it cut off?");
    }
    return true;
  }

  bool views() {
    const json& all = list(root_, "bufferViews");
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string key = "bufferViews/" + std::to_string(i);
      const std::uint64_t offset = whole(all[i], "byteOffset", 0);
      const std::uint64_t length = whole(all[i], "byteLength", no_number);
      const std::uint64_t stride = whole(all[i], "byteStride", 0);
      if (whole(all[i], "buffer", no_number) != 0 || offset > binary_.size() || length > binary_.size() - offset ||
          stride > 252)
        return fault(key, "reaches beyond the data in the file");
    }
    return true;
  }

  bool accessors() {
    const json& all = list(root_, "accessors");
    const json& view_list = list(root_, "bufferViews");
    for (std::size_t i = 0; i < all.size(); ++i) {
      const json& accessor = all[i];
      const std::string key = "accessors/" + std::to_string(i);
      const std::uint64_t view = whole(accessor, "bufferView", no_number);
      const std::uint64_t offset = whole(accessor, "byteOffset", 0);
      const std::uint64_t count = whole(accessor, "count", no_number);
      const std::uint64_t size = component_size(whole(accessor, "componentType", no_number));
      if (!accessor.is_object() || accessor.contains("sparse"))
        return fault(key, "is sparse, which packs may not use");
      const auto type = accessor.find("type");
      const std::uint64_t number =
          type != accessor.end() && type->is_string() ? components(type->get<std::string>()) : 0;
      if (view >= view_list.size() || size == 0 || number == 0)
        return fault(key, "has no buffer view, component type or type");
      const std::uint64_t length = whole(view_list[view], "byteLength", 0);
      const std::uint64_t stride = std::max(whole(view_list[view], "byteStride", 0), size * number);
      if (count == 0 || count > length || offset > length || (count - 1) * stride + size * number > length - offset)
        return fault(key, "counts elements beyond its buffer view");
    }
    return true;
  }

  // Where the elements of an accessor lie that accessors() found sound.
  struct Elements {
    const char* first = nullptr;
    std::uint64_t stride = 0;
    std::uint64_t count = 0;
    std::uint64_t component_size = 0;
    const char* at(std::uint64_t i) const { return first + i * stride; }
  };

  Elements elements(std::uint64_t accessor_index) const {
    const json& accessor = list(root_, "accessors")[accessor_index];
    const json& view = list(root_, "bufferViews")[whole(accessor, "bufferView", 0)];
    const std::uint64_t component = component_size(whole(accessor, "componentType", 0));
    const std::uint64_t size = component * components(accessor["type"].get<std::string>());
    return {.first = binary_.data() + whole(view, "byteOffset", 0) + whole(accessor, "byteOffset", 0),
            .stride = std::max(whole(view, "byteStride", 0), size),
            .count = whole(accessor, "count", 0),
            .component_size = component};
  }

  bool indices_fit(const std::string& key, std::uint64_t accessor_index, std::uint64_t vertices) {
    const json& accessor = list(root_, "accessors")[accessor_index];
    const std::uint64_t type = whole(accessor, "componentType", 0);
    if (accessor["type"] != "SCALAR" || (type != 5121 && type != 5123 && type != 5125))
      return fault(key, "indices must be unsigned whole numbers");
    const Elements all = elements(accessor_index);
    if (all.count % 3 != 0)
      return fault(key, "the number of indices is no multiple of three");
    mesh_elements_.back() += all.count + vertices;
    elements_read_ += all.count + vertices;
    if (elements_read_ > most_elements)
      return fault(key, "the meshes together have more than 50 million vertices and indices");
    for (std::uint64_t i = 0; i < all.count; ++i) {
      std::uint32_t index = 0;
      std::memcpy(&index, all.at(i), all.component_size);
      if (index >= vertices)
        return fault(key,
                     "index " + std::to_string(index) + " is beyond the " + std::to_string(vertices) + " vertices");
    }
    return true;
  }

  // What Assimp reads from each attribute, and so what must be there.
  static bool attribute_shape_fits(const std::string& name, const json& accessor) {
    const std::uint64_t type = whole(accessor, "componentType", 0);
    const std::string shape = accessor["type"].get<std::string>();
    const bool real = type == 5126;
    const bool small = type == 5121 || type == 5123;
    if (name == "POSITION" || name == "NORMAL")
      return real && shape == "VEC3";
    if (name == "TANGENT")
      return real && shape == "VEC4";
    if (name.starts_with("TEXCOORD_"))
      return real && shape == "VEC2";
    if (name.starts_with("COLOR_"))
      return (real || small) && (shape == "VEC3" || shape == "VEC4");
    if (name == "JOINTS_0")
      return small && shape == "VEC4";
    if (name == "WEIGHTS_0")
      return real && shape == "VEC4";
    return false;
  }

  bool meshes() {
    const json& all = list(root_, "meshes");
    const std::size_t accessor_count = list(root_, "accessors").size();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const json& primitives = list(all[i], "primitives");
      mesh_elements_.push_back(0);
      if (primitives.empty())
        return fault("meshes/" + std::to_string(i), "has no primitives");
      for (std::size_t p = 0; p < primitives.size(); ++p) {
        const std::string key = "meshes/" + std::to_string(i) + "/primitives/" + std::to_string(p);
        const json& primitive = primitives[p];
        if (!primitive.is_object() || whole(primitive, "mode", 4) != 4)
          return fault(key, "must be made of triangles");
        if (primitive.contains("targets") || primitive.contains("extensions"))
          return fault(key, "has morph targets or extensions, which packs may not use");
        const auto attributes = primitive.find("attributes");
        if (attributes == primitive.end() || !attributes->is_object() || !attributes->contains("POSITION"))
          return fault(key, "has no positions");
        std::uint64_t vertices = no_number;
        for (const auto& [name, value] : attributes->items()) {
          if (!value.is_number_unsigned() || value.get<std::uint64_t>() >= accessor_count)
            return fault(key + "/" + name, "names an accessor that does not exist");
          const json& accessor = list(root_, "accessors")[value.get<std::uint64_t>()];
          if (!attribute_shape_fits(name, accessor))
            return fault(key + "/" + name, "is no attribute of a pack, or not of the type a pack needs");
          const std::uint64_t count = whole(accessor, "count", 0);
          if (vertices != no_number && count != vertices)
            return fault(key + "/" + name, "is not as long as the other attributes");
          vertices = count;
        }
        const std::uint64_t indices = whole(primitive, "indices", no_number);
        if (indices >= accessor_count)
          return fault(key + "/indices", "is missing or names an accessor that does not exist");
        if (!indices_fit(key + "/indices", indices, vertices))
          return false;
      }
    }
    return true;
  }

  bool nodes() {
    const json& all = list(root_, "nodes");
    // A tree in which every node hangs on one other: Assimp recurses into whatever stands there.
    std::vector<int> parents(all.size(), 0);
    std::uint64_t elements_shown = 0; // a mesh counts as often as a node shows it: each gets a copy of it
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string key = "nodes/" + std::to_string(i);
      if (!all[i].is_object())
        return fault(key, "is no object");
      if (all[i].contains("camera") || all[i].contains("weights") || all[i].contains("extensions"))
        return fault(key, "has a camera, morph weights or extensions, which packs may not use");
      if (all[i].contains("mesh")) {
        const std::uint64_t mesh = whole(all[i], "mesh", no_number);
        if (mesh >= mesh_elements_.size())
          return fault(key + "/mesh", "names a mesh that does not exist");
        elements_shown += mesh_elements_[mesh];
        if (elements_shown > most_elements)
          return fault(key + "/mesh", "the nodes together show more than 50 million vertices and indices");
      }
      if (all[i].contains("skin") && whole(all[i], "skin", no_number) >= list(root_, "skins").size())
        return fault(key + "/skin", "names a skin that does not exist");
      for (const json& child : list(all[i], "children")) {
        if (!child.is_number_unsigned() || child.get<std::uint64_t>() >= all.size())
          return fault(key + "/children", "names a node that does not exist");
        if (++parents[child.get<std::size_t>()] > 1)
          return fault(key + "/children", "names a node that hangs on another node already");
      }
    }
    if (!is_shallow_forest(parents))
      return fault("nodes", "hang on themselves, or are nested more than 100 levels deep");
    for (const json& scene : list(root_, "scenes"))
      for (const json& node : list(scene, "nodes"))
        if (!node.is_number_unsigned() || node.get<std::uint64_t>() >= all.size())
          return fault("scenes", "names a node that does not exist");
    if (whole(root_, "scene", 0) >= list(root_, "scenes").size())
      return fault("scene", "names a scene that does not exist");
    return true;
  }

  bool is_shallow_forest(const std::vector<int>& parents) const {
    const json& all = list(root_, "nodes");
    std::vector<std::size_t> level;
    for (std::size_t i = 0; i < parents.size(); ++i)
      if (parents[i] == 0)
        level.push_back(i);
    std::size_t reached = 0;
    for (int depth = 0; depth < 100 && !level.empty(); ++depth) {
      reached += level.size();
      std::vector<std::size_t> next;
      for (const std::size_t node : level)
        for (const json& child : list(all[node], "children"))
          next.push_back(child.get<std::size_t>());
      level = std::move(next);
    }
    return reached == all.size();
  }

  bool skins() {
    const json& all = list(root_, "skins");
    const std::size_t accessor_count = list(root_, "accessors").size();
    std::uint64_t fewest_joints = no_number;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string key = "skins/" + std::to_string(i);
      const json& joints = list(all[i], "joints");
      const std::uint64_t matrices = whole(all[i], "inverseBindMatrices", no_number);
      if (joints.empty() || matrices >= accessor_count)
        return fault(key, "has no joints or no inverse bind matrices");
      const json& accessor = list(root_, "accessors")[matrices];
      if (accessor["type"] != "MAT4" || whole(accessor, "componentType", 0) != 5126 ||
          whole(accessor, "count", 0) < joints.size())
        return fault(key + "/inverseBindMatrices", "must hold one matrix per joint");
      for (const json& joint : joints)
        if (!joint.is_number_unsigned() || joint.get<std::uint64_t>() >= list(root_, "nodes").size())
          return fault(key + "/joints", "names a node that does not exist");
      fewest_joints = std::min<std::uint64_t>(fewest_joints, joints.size());
    }
    return joints_fit(fewest_joints);
  }

  bool joints_fit(std::uint64_t joint_count) {
    const json& all = list(root_, "meshes");
    for (std::size_t i = 0; i < all.size(); ++i)
      for (const json& primitive : list(all[i], "primitives")) {
        const json& attributes = primitive["attributes"];
        if (!attributes.contains("JOINTS_0"))
          continue;
        const Elements bound = elements(attributes["JOINTS_0"].get<std::uint64_t>());
        for (std::uint64_t v = 0; v < bound.count; ++v)
          for (std::uint64_t k = 0; k < 4; ++k) {
            std::uint16_t joint = 0;
            std::memcpy(&joint, bound.at(v) + k * bound.component_size, bound.component_size);
            if (joint >= joint_count)
              return fault("meshes/" + std::to_string(i) + "/JOINTS_0", "names a joint that no skin has");
          }
      }
    return true;
  }

  const json& root_;
  std::string_view binary_;
  const std::string& file_;
  IssueList& issues_;
  std::uint64_t elements_read_ = 0;          // vertices and indices of all meshes,
  std::vector<std::uint64_t> mesh_elements_; // and of each
};

} // namespace

bool glb_is_sound(std::string_view bytes, const std::string& file, IssueList& issues) {
  const auto fault = [&](const char* message) {
    issues.error(file, 0, "", message);
    return false;
  };
  if (bytes.empty())
    return fault("is empty, a GLB was expected");
  if (bytes.size() < 20 || bytes.substr(0, 4) != "glTF")
    return fault("is no GLB: it does not begin with \"glTF\"");
  if (word_at(bytes, 4) != 2)
    return fault("is no GLB of version 2");
  if (word_at(bytes, 8) > bytes.size())
    return fault("is cut off: it is shorter than its own header says");
  const std::size_t json_length = word_at(bytes, 12);
  if (bytes.substr(16, 4) != "JSON" || json_length > bytes.size() - 20)
    return fault("is damaged: its first chunk must be JSON inside the file");
  std::string_view binary;
  const std::size_t next = 20 + json_length;
  if (next + 8 <= bytes.size()) {
    const std::size_t length = word_at(bytes, next);
    if (bytes.substr(next + 4, 4) != std::string_view("BIN\0", 4) || length > bytes.size() - next - 8)
      return fault("is damaged: its second chunk must be binary data inside the file");
    binary = bytes.substr(next + 8, length);
  }
  IssueList parse_issues;
  const auto document = JsonDocument::parse(bytes.substr(20, json_length), file, parse_issues);
  if (!document) {
    issues.append(parse_issues);
    return false;
  }
  return GlbCheck(document->root(), binary, file, issues).run();
}

} // namespace calfscope
