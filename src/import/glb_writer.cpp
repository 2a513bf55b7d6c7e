#include "import/glb.h"
#include "import/units.h"

#include <meshoptimizer.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace calfscope {
namespace {

// Keeps the order in which members are added, so that bytes do not depend on a hash.
using json = nlohmann::ordered_json;

enum ComponentType { unsigned_byte = 5121, unsigned_short = 5123, unsigned_int = 5125, float_number = 5126 };
enum Target { no_target = 0, array_buffer = 34962, element_array_buffer = 34963 };

// Linear RGB by kind, for viewers that know nothing of the attributes.
glm::vec3 plain_colour(Kind kind) {
  switch (kind) {
  case Kind::skin:
    return {0.72f, 0.47f, 0.35f};
  case Kind::fascia:
    return {0.75f, 0.72f, 0.64f};
  case Kind::muscle:
    return {0.42f, 0.08f, 0.06f};
  case Kind::tendon:
    return {0.78f, 0.74f, 0.62f};
  case Kind::ligament:
    return {0.66f, 0.64f, 0.52f};
  case Kind::vessel:
    return {0.45f, 0.03f, 0.04f};
  case Kind::nerve:
    return {0.80f, 0.62f, 0.16f};
  case Kind::bone:
    return {0.78f, 0.70f, 0.54f};
  case Kind::other:
    break;
  }
  return {0.5f, 0.5f, 0.5f};
}

class GlbBuilder {
public:
  // Adds raw elements as one accessor and returns its number.
  template <typename T>
  std::size_t add(const std::vector<T>& elements, ComponentType component, const char* type, Target target,
                  bool normalised = false) {
    while (binary_.size() % 4 != 0)
      binary_.push_back('\0');
    const std::size_t offset = binary_.size();
    const std::size_t length = elements.size() * sizeof(T);
    binary_.append(reinterpret_cast<const char*>(elements.data()), length);
    json view{{"buffer", 0}, {"byteOffset", offset}, {"byteLength", length}};
    if (target != no_target)
      view["target"] = static_cast<int>(target);
    views_.push_back(std::move(view));
    json accessor{{"bufferView", views_.size() - 1},
                  {"componentType", static_cast<int>(component)},
                  {"count", elements.size()},
                  {"type", type}};
    if (normalised)
      accessor["normalized"] = true;
    accessors_.push_back(std::move(accessor));
    return accessors_.size() - 1;
  }

  json& accessor(std::size_t index) { return accessors_[index]; }

  std::string finish(json root) {
    root["accessors"] = accessors_;
    root["bufferViews"] = views_;
    root["buffers"] = json::array({json{{"byteLength", binary_.size()}}});
    std::string text = root.dump();
    text.append((4 - text.size() % 4) % 4, ' ');
    binary_.append((4 - binary_.size() % 4) % 4, '\0');
    std::string out;
    const auto number = [&out](std::size_t value) {
      const auto word = static_cast<std::uint32_t>(value);
      out.append(reinterpret_cast<const char*>(&word), sizeof word);
    };
    out += "glTF";
    number(2);
    number(12 + 8 + text.size() + 8 + binary_.size());
    number(text.size());
    out += "JSON";
    out += text;
    number(binary_.size());
    out.append("BIN\0", 4);
    out += binary_;
    return out;
  }

private:
  std::string binary_;
  json views_ = json::array();
  json accessors_ = json::array();
};

// New place of each vertex, in the order the triangles first need it, and the triangles in cache order.
struct CacheOrder {
  std::vector<glm::uvec3> triangles;
  std::vector<unsigned int> place_of; // per old vertex; ~0 if no triangle uses it
  std::size_t count = 0;
};

CacheOrder cache_order(const SurfaceMesh& mesh) {
  CacheOrder order;
  const std::size_t vertices = mesh.surface.positions.size();
  const std::size_t indices = mesh.surface.triangles.size() * 3;
  order.triangles.resize(mesh.surface.triangles.size());
  order.place_of.resize(vertices);
  if (indices == 0)
    return order;
  auto* out = &order.triangles[0].x;
  meshopt_optimizeVertexCache(out, &mesh.surface.triangles[0].x, indices, vertices);
  order.count = meshopt_optimizeVertexFetchRemap(order.place_of.data(), out, indices, vertices);
  for (glm::uvec3& t : order.triangles)
    t = {order.place_of[t.x], order.place_of[t.y], order.place_of[t.z]};
  return order;
}

template <typename To, typename From, typename Convert>
std::vector<To> placed(const std::vector<From>& values, const CacheOrder& order, Convert convert) {
  std::vector<To> out(order.count);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (order.place_of[i] != ~0u)
      out[order.place_of[i]] = convert(values[i]);
  return out;
}

std::uint8_t share_to_byte(float share) {
  return static_cast<std::uint8_t>(std::lround(glm::clamp(share, 0.0f, 1.0f) * 255.0f));
}

template <typename T>
bool says_anything(const std::vector<T>& values) {
  return std::any_of(values.begin(), values.end(), [](const T& value) { return value != T(0); });
}

template <typename T>
json list_of(const T& vector) {
  json out = json::array();
  for (int i = 0; i < T::length(); ++i)
    out.push_back(vector[i]);
  return out;
}

json primitive_of(const SurfaceMesh& mesh, int material, GlbBuilder& builder) {
  const CacheOrder order = cache_order(mesh);
  const auto metres = placed<glm::vec3>(mesh.surface.positions, order, [](glm::vec3 p) { return p / mm_per_m; });
  json attributes;
  const std::size_t position = builder.add(metres, float_number, "VEC3", array_buffer);
  glm::vec3 lower(std::numeric_limits<float>::max());
  glm::vec3 upper(std::numeric_limits<float>::lowest());
  for (const glm::vec3& p : metres) {
    lower = glm::min(lower, p);
    upper = glm::max(upper, p);
  }
  builder.accessor(position)["min"] = list_of(lower);
  builder.accessor(position)["max"] = list_of(upper);
  attributes["POSITION"] = position;

  const auto same = [](const auto& value) { return value; };
  if (!mesh.surface.normals.empty())
    attributes["NORMAL"] =
        builder.add(placed<glm::vec3>(mesh.surface.normals, order, same), float_number, "VEC3", array_buffer);
  if (says_anything(mesh.fibre))
    attributes["TANGENT"] =
        builder.add(placed<glm::vec4>(mesh.fibre, order, [](glm::vec3 f) { return glm::vec4(f, 1.0f); }), float_number,
                    "VEC4", array_buffer);
  if (says_anything(mesh.muscle_place))
    attributes["TEXCOORD_0"] =
        builder.add(placed<glm::vec2>(mesh.muscle_place, order, same), float_number, "VEC2", array_buffer);
  if (!mesh.shares.empty())
    attributes["COLOR_0"] =
        builder.add(placed<glm::u8vec4>(mesh.shares, order,
                                        [](const TissueShares& s) {
                                          return glm::u8vec4(share_to_byte(s.tendon), share_to_byte(s.depth),
                                                             share_to_byte(s.relief), 255);
                                        }),
                    unsigned_byte, "VEC4", array_buffer, true);
  if (!mesh.binding.empty()) {
    attributes["JOINTS_0"] = builder.add(
        placed<std::array<std::uint8_t, 4>>(mesh.binding, order, [](const SkinBinding& b) { return b.segment; }),
        unsigned_byte, "VEC4", array_buffer);
    attributes["WEIGHTS_0"] =
        builder.add(placed<glm::vec4>(mesh.binding, order,
                                      [](const SkinBinding& b) {
                                        return glm::vec4(b.weight[0], b.weight[1], b.weight[2], b.weight[3]) / 255.0f;
                                      }),
                    float_number, "VEC4", array_buffer);
  }
  std::size_t indices = 0;
  if (order.count <= 65535) {
    std::vector<glm::u16vec3> narrow(order.triangles.begin(), order.triangles.end());
    indices = builder.add(narrow, unsigned_short, "SCALAR", element_array_buffer);
  } else {
    indices = builder.add(order.triangles, unsigned_int, "SCALAR", element_array_buffer);
  }
  builder.accessor(indices)["count"] = order.triangles.size() * 3;
  return json{{"attributes", attributes}, {"indices", indices}, {"material", material}};
}

} // namespace

std::vector<unsigned int> places_in_glb(const SurfaceMesh& mesh) {
  return cache_order(mesh).place_of;
}

std::string glb_of(const Atlas& atlas) {
  GlbBuilder builder;
  json nodes = json::array();
  json meshes = json::array();
  json materials = json::array();
  json top_nodes = json::array();

  for (const KindInfo& info : kind_table) {
    const glm::vec3 colour = plain_colour(info.kind);
    materials.push_back({{"name", info.id},
                         {"pbrMetallicRoughness",
                          {{"baseColorFactor", {colour.r, colour.g, colour.b, 1.0f}},
                           {"metallicFactor", 0},
                           {"roughnessFactor", 0.6}}}});
  }
  // Joint nodes first: node i is segment i.
  std::vector<glm::mat4> inverse_bind;
  for (const Segment& segment : atlas.segments) {
    const glm::vec3 centre = segment.centre_mm / mm_per_m;
    const glm::vec3 parent_centre = segment.parent < 0
                                        ? glm::vec3(0)
                                        : atlas.segments[static_cast<std::size_t>(segment.parent)].centre_mm / mm_per_m;
    nodes.push_back({{"name", segment.id}, {"translation", list_of(centre - parent_centre)}});
    if (segment.parent < 0)
      top_nodes.push_back(nodes.size() - 1);
    else
      nodes[static_cast<std::size_t>(segment.parent)]["children"].push_back(nodes.size() - 1);
    glm::mat4 inverse(1);
    inverse[3] = glm::vec4(-centre, 1);
    inverse_bind.push_back(inverse);
  }
  for (const Structure& structure : atlas.structures) {
    meshes.push_back(
        {{"name", structure.id},
         {"primitives", json::array({primitive_of(*structure.mesh, static_cast<int>(structure.kind), builder)})}});
    json node{{"name", structure.id}, {"mesh", meshes.size() - 1}};
    if (!structure.mesh->binding.empty())
      node["skin"] = 0;
    nodes.push_back(std::move(node));
    top_nodes.push_back(nodes.size() - 1);
  }

  json root{{"asset", {{"version", "2.0"}, {"generator", "calfscope"}, {"copyright", atlas.attribution}}},
            {"scene", 0},
            {"scenes", json::array({json{{"name", atlas.id}, {"nodes", top_nodes}}})},
            {"nodes", nodes},
            {"meshes", meshes},
            {"materials", materials}};
  if (!inverse_bind.empty()) {
    json joints = json::array();
    for (std::size_t i = 0; i < atlas.segments.size(); ++i)
      joints.push_back(i);
    root["skins"] =
        json::array({json{{"name", "segments"},
                          {"inverseBindMatrices", builder.add(inverse_bind, float_number, "MAT4", no_target)},
                          {"joints", joints}}});
  }
  return builder.finish(std::move(root));
}

} // namespace calfscope
