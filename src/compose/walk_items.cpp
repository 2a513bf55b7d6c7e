#include "compose/walk_items.h"

#include "content/locate.h"
#include "state/theme.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace calfscope {
namespace {

constexpr float step_mm = 2.5f; // between the corners of the band
constexpr float off_skin_mm = 1.2f;
constexpr float band_radius_mm = 1.5f;
constexpr float tick_radius_mm = 0.7f, tick_reach_mm = 4.5f, long_tick_reach_mm = 8;
constexpr float centimetre_mm = 10, label_every_mm = 50;
constexpr std::uint32_t no_structure = 0xFFFFFFFFu;

// A point of the way: where on the model, how far one has come, and the directions along and away from the skin.
struct Station {
  glm::vec3 at{0};
  float walked_mm = 0; // of the person
  glm::vec3 along{0};
  glm::vec3 outward{0};
};

glm::vec3 outward_at(const LegCoordinates& leg, glm::vec3 point) {
  const glm::vec3 out = point - leg.axis_point(leg.level_of(point));
  return glm::normalize(out - glm::dot(out, leg.long_axis()) * leg.long_axis());
}

std::vector<Station> stations_of(const std::vector<glm::vec3>& line, float scale, const LegCoordinates& leg) {
  std::vector<Station> out;
  float walked_mm = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const glm::vec3 by = line[i + 1] - line[i];
    const float length = glm::length(by);
    if (length < 1e-3f)
      continue;
    const int steps = std::max(1, static_cast<int>(std::ceil(length / step_mm)));
    for (int k = out.empty() ? 0 : 1; k <= steps; ++k) {
      const float t = static_cast<float>(k) / static_cast<float>(steps);
      const glm::vec3 at = line[i] + t * by;
      const glm::vec3 outward = outward_at(leg, at);
      out.push_back({at + off_skin_mm * outward, walked_mm + t * length * scale, by / length, outward});
    }
    walked_mm += length * scale;
  }
  return out;
}

struct Rods {
  TriMesh mesh;
  std::vector<glm::vec3> places; // of the rod that each vertex belongs to: it follows the skin there
};

// A round rod from a to b. Those that go on into each other need no ends, which would look like beads.
void add_rod(Rods& rods, glm::vec3 a, glm::vec3 b, glm::vec3 beside, float radius, bool ends) {
  TriMesh& mesh = rods.mesh;
  constexpr int around = 8;
  const glm::vec3 axis = glm::normalize(b - a);
  const glm::vec3 u = glm::normalize(beside - glm::dot(beside, axis) * axis), v = glm::cross(axis, u);
  const auto first = static_cast<std::uint32_t>(mesh.positions.size());
  for (const glm::vec3 end : {a, b})
    for (int i = 0; i < around; ++i) {
      const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / around;
      mesh.positions.push_back(end + radius * (std::cos(angle) * u + std::sin(angle) * v));
    }
  if (ends) {
    mesh.positions.push_back(a - 0.3f * radius * axis);
    mesh.positions.push_back(b + 0.3f * radius * axis);
  }
  rods.places.resize(mesh.positions.size(), 0.5f * (a + b));
  const std::uint32_t from = first + 2 * around, to = from + 1;
  for (std::uint32_t i = 0; i < around; ++i) {
    const std::uint32_t j = (i + 1) % around;
    mesh.triangles.push_back({first + i, first + j, first + around + i});
    mesh.triangles.push_back({first + around + i, first + j, first + around + j});
    if (!ends)
      continue;
    mesh.triangles.push_back({from, first + j, first + i});
    mesh.triangles.push_back({to, first + around + i, first + around + j});
  }
}

// Light and dark stripes, a finger wide each, and ticks in the colour that the stripe is not.
std::array<Rods, 2> stripes(const std::vector<Station>& stations) {
  std::array<Rods, 2> out;
  for (std::size_t i = 0; i + 1 < stations.size(); ++i) {
    const Station &a = stations[i], &b = stations[i + 1];
    const auto finger = static_cast<std::size_t>(std::max(0.0f, a.walked_mm) / finger_width_mm);
    if (glm::distance(a.at, b.at) > 1e-4f)
      add_rod(out[finger % 2], a.at, b.at, a.outward, band_radius_mm, i == 0 || i + 2 == stations.size());
    const float tick = std::ceil(a.walked_mm / centimetre_mm) * centimetre_mm;
    if (tick <= 0 || tick > b.walked_mm || tick == a.walked_mm)
      continue;
    const glm::vec3 at = glm::mix(a.at, b.at, (tick - a.walked_mm) / (b.walked_mm - a.walked_mm));
    const bool whole = std::fmod(tick, label_every_mm) < 0.5f;
    const glm::vec3 across =
        glm::normalize(glm::cross(a.along, a.outward)) * (whole ? long_tick_reach_mm : tick_reach_mm);
    add_rod(out[(finger + 1) % 2], at - across, at + across, a.outward, tick_radius_mm, true);
  }
  return out;
}

// Follows the skin below it in every pose.
SkinBinding binding_at(const SurfaceMesh& skin, glm::vec3 at) {
  const auto& positions = skin.surface.positions;
  const auto nearest = std::min_element(positions.begin(), positions.end(), [&](glm::vec3 a, glm::vec3 b) {
    return glm::dot(a - at, a - at) < glm::dot(b - at, b - at);
  });
  return skin.binding.empty() ? SkinBinding{} : skin.binding[static_cast<std::size_t>(nearest - positions.begin())];
}

glm::vec3 posed(const Frame& frame, const SkinBinding& binding, glm::vec3 at) {
  if (frame.segments.empty())
    return at;
  glm::vec3 out(0);
  for (std::size_t k = 0; k < binding.segment.size(); ++k)
    if (binding.weight[k] > 0 && binding.segment[k] < frame.segments.size())
      out += static_cast<float>(binding.weight[k]) / 255.0f *
             glm::vec3(frame.segments[binding.segment[k]] * glm::vec4(at, 1));
  return out;
}

DrawItem ruler(Rods rods, glm::vec3 colour, const Frame& frame, const SurfaceMesh& skin) {
  auto mesh = std::make_shared<SurfaceMesh>();
  mesh->surface = std::move(rods.mesh);
  compute_normals(mesh->surface);
  if (!frame.segments.empty())
    for (std::size_t v = 0; v < rods.places.size(); ++v)
      mesh->binding.push_back(v > 0 && rods.places[v] == rods.places[v - 1] ? mesh->binding.back()
                                                                            : binding_at(skin, rods.places[v]));
  DrawItem item;
  item.mesh = std::move(mesh);
  item.structure = no_structure;
  item.material = Material::plain;
  item.colour = colour;
  return item;
}

std::string length_text(const Catalogue& text, float mm) {
  const float count = mm / finger_width_mm;
  return text.format("ui.walk.end", {{"cm", fmt::format("{:.1f}", std::round(mm / 5) / 2)},
                                     {"fingers", text.format(count < 1.25f ? "ui.find.finger" : "ui.find.fingers",
                                                             {{"count", in_halves(count)}})}});
}

} // namespace

void add_walk(Frame& frame, const AppState& state, const Catalogue* text) {
  const BoundPoint* place = chosen_place(state);
  const Structure* skin = state.atlas ? state.atlas->find("skin") : nullptr;
  if (!state.document.walk || !place || !skin || !state.facts->coordinates)
    return;
  const LegCoordinates& leg = *state.facts->coordinates;
  const auto way = locate(state.leg_content->bound(), leg, place->id, state.document.leg_length_mm);
  if (!way || way->walk.size() < 2 || way->corner >= way->walk.size())
    return;
  // Both parts are counted from their own beginning, as the sentences in the card do.
  const auto turn = way->walk.begin() + static_cast<std::ptrdiff_t>(way->corner);
  const std::vector<Station> up = stations_of({way->walk.begin(), turn + 1}, way->walked_scale, leg);
  const std::vector<Station> aside = stations_of({turn, way->walk.end()}, way->walked_scale, leg);
  const SceneColours& colours = theme_of(state).scene;
  const std::array inks{colours.hotspot, colours.overlay.forbidden};
  for (const std::vector<Station>& part : {up, aside}) {
    std::array<Rods, 2> rods = stripes(part);
    for (std::size_t i = 0; i < rods.size(); ++i)
      if (!rods[i].mesh.empty())
        frame.items.push_back(ruler(std::move(rods[i]), inks[i], frame, *skin->mesh));
  }
  if (!text || up.empty())
    return;
  const auto write = [&](const Station& station, const std::string& words, glm::vec2 offset_lines, float size) {
    const glm::vec3 at = posed(frame, binding_at(*skin->mesh, station.at), station.at);
    frame.labels.push_back({words, at, offset_lines, size});
  };
  constexpr float small = 0.72f;
  const bool sideways = !aside.empty() && aside.back().walked_mm >= 0.25f * finger_width_mm;
  // On the side that the way does not turn to.
  const float right = glm::dot(aside.empty() ? glm::vec3(0) : aside.back().at - up.back().at, right_of(frame.camera));
  const float free_side = right > 0 ? -1.0f : 1.0f;
  for (std::size_t i = 0; i + 1 < up.size(); ++i) {
    const float tick = std::ceil(up[i].walked_mm / label_every_mm) * label_every_mm;
    if (tick > 0 && tick > up[i].walked_mm && tick <= up[i + 1].walked_mm && up.back().walked_mm - tick > 20)
      write(up[i + 1], text->format("ui.walk.cm", {{"value", fmt::format("{:.0f}", tick / centimetre_mm)}}),
            {1.6f * free_side, 0}, small);
  }
  write(up.front(), (*text)(way->from_heel ? "ui.walk.from_heel" : "ui.walk.from_crease"),
        {0, way->from_heel ? 1.2f : -1.2f}, small);
  write(up.back(), length_text(*text, up.back().walked_mm), {4.6f * free_side, 0}, small);
  if (sideways)
    write(aside.back(), length_text(*text, aside.back().walked_mm), {0, way->from_heel ? -1.7f : 1.7f}, small);
}

} // namespace calfscope
