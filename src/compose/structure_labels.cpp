#include "compose/structure_labels.h"

#include "compose/compose.h"
#include "compose/structure_names.h"
#include "compose/text_width.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

namespace calfscope {
namespace {

constexpr std::size_t anchors_each = 20;
constexpr float settle_s = 0.09f; // a label has gone two thirds of its way after this
constexpr float fade_in_s = 0.16f;
constexpr float pause_s = 0.4f;           // after this nothing is remembered of where labels were on their way
constexpr float shortest_lines = 3.0f;    // of the part of a structure that is seen, to be named
constexpr float held = 1.35f;             // what is named already counts for this much more
constexpr float anchor_held_lines = 2.5f; // an anchor stays until another lies better by this much
constexpr float hidden_opacity = 0.5f;    // of the selected one's name while it is not seen
constexpr float unseen = 0.01f;           // opacity of what waits for room
constexpr float widest_share = 0.55f;     // of the room's width, for one name

// Letters of a picture this high, px: larger in large pictures, but less than in proportion.
float line_px_for(float height_px) {
  return 13.0f * std::max(1.0f, std::pow(height_px / 640.0f, 0.45f));
}

// Farthest-point sampling: each next vertex is the one farthest from those chosen before.
std::vector<std::uint32_t> spread_over(const TriMesh& mesh) {
  std::vector<std::uint32_t> out;
  if (mesh.triangles.empty())
    return out;
  std::vector<float> off(mesh.positions.size(), std::numeric_limits<float>::max());
  std::vector<bool> used(mesh.positions.size(), false); // vertices of no triangle are not seen
  for (const glm::uvec3& t : mesh.triangles)
    used[t.x] = used[t.y] = used[t.z] = true;
  std::uint32_t next = mesh.triangles[0].x;
  while (out.size() < anchors_each) {
    out.push_back(next);
    float farthest = 0;
    for (std::uint32_t i = 0; i < off.size(); ++i) {
      const glm::vec3 way = mesh.positions[i] - mesh.positions[out.back()];
      off[i] = std::min(off[i], glm::dot(way, way));
      if (used[i] && off[i] > farthest) {
        farthest = off[i];
        next = i;
      }
    }
    if (farthest <= 0)
      break;
  }
  return out;
}

// What gets a name first; 0: nothing of this kind does unless it is selected.
float importance(const Structure& structure) {
  switch (structure.kind) {
  case Kind::muscle:
    return 1.0f;
  case Kind::tendon:
    return 1.1f;
  case Kind::bone:
    return 0.75f;
  case Kind::nerve:
    return 0.8f;
  case Kind::vessel:
    return 0.55f;
  case Kind::ligament:
    return 0.45f;
  case Kind::fascia:
    return 0.35f;
  case Kind::other:
    return 0.3f;
  case Kind::skin:
    return 0;
  }
  return 0;
}

// What the person has chosen: a structure, or the muscle of a trigger point.
std::string_view chosen(const AppState& state) {
  if (!state.document.selected.empty())
    return state.document.selected;
  const TriggerPoint* point = chosen_point(state);
  return point ? std::string_view(point->muscle) : std::string_view{};
}

LabelRoom room_of(const Frame& frame, const SeenLeg& seen, const AppState& state, const Viewport& viewport,
                  float line_px) {
  LabelRoom room;
  const glm::vec2 size(viewport.size);
  room.lower = glm::vec2(viewport.free_area.x, viewport.free_area.y) * size;
  room.upper = glm::vec2(viewport.free_area.z, viewport.free_area.w) * size;
  room.line_px = line_px;
  for (const glm::vec4& rect : state.covered)
    room.covered.push_back(rect * glm::vec4(size, size));
  for (int row = 0; row < seen.rows(); ++row) {
    const float y = seen.row_middle_px(row);
    auto reach = seen.reach_of_row(row);
    for (const Marker& marker : frame.markers) {
      constexpr float marker_share = 0.03f; // of the picture's height (Frame, Marker)
      const float radius = 0.6f * marker.size * marker_share * size.y;
      const glm::vec2 at = seen.sight()(marker.at_mm).px;
      if (reach && std::abs(at.y - y) < radius)
        reach = SeenLeg::Reach{std::min(reach->left, at.x - radius), std::max(reach->right, at.x + radius)};
    }
    if (reach)
      room.outline.push_back({y, {reach->left, reach->right}});
  }
  return room;
}

} // namespace

struct StructureLabels::Candidate {
  std::size_t structure = 0;
  std::uint32_t vertex = 0;
  glm::vec3 at_mm{0};
  float weight = 0;
  bool hidden = false;
  bool emphasised = false;
};

void StructureLabels::follow_leg(const AppState& state) {
  if (atlas_ == state.atlas)
    return;
  atlas_ = state.atlas;
  anchors_.clear();
  for (const Structure& structure : atlas_->structures)
    anchors_.push_back(spread_over(structure.mesh->surface));
  shown_.clear();
  layout_ = {};
}

std::vector<StructureLabels::Candidate> StructureLabels::candidates(const Frame& frame, const AppState& state,
                                                                    const SeenLeg& seen, const Viewport& viewport,
                                                                    float line_px) {
  const std::string_view chosen_id = chosen(state);
  const glm::vec2 size(viewport.size);
  const glm::vec2 lower = glm::vec2(viewport.free_area.x, viewport.free_area.y) * size + 0.5f * line_px;
  const glm::vec2 upper = glm::vec2(viewport.free_area.z, viewport.free_area.w) * size - 0.5f * line_px;
  std::vector<Candidate> out;
  for (const DrawItem& item : frame.items) {
    if (item.structure >= atlas_->structures.size())
      continue;
    const Structure& structure = atlas_->structures[item.structure];
    const bool is_chosen = structure.id == chosen_id;
    const bool named = importance(structure) > 0 && is_solid(item);
    if (!is_chosen && !named)
      continue;
    const auto before = shown_.find(structure.id);
    const std::vector<glm::vec3>& positions = meshes_.positions(item.mesh, frame);
    struct Seen {
      std::uint32_t vertex;
      glm::vec2 px;
      bool hidden;
    };
    std::vector<Seen> all;
    glm::vec2 sum(0), least(1e9f), most(-1e9f);
    int count = 0;
    for (const std::uint32_t vertex : anchors_[item.structure]) {
      const glm::vec3 at = positions[vertex];
      const glm::vec2 px = seen.sight()(at).px;
      if (glm::any(glm::lessThan(px, lower)) || glm::any(glm::greaterThan(px, upper)))
        continue;
      if (frame.clip && item.clipped && frame.clip->distance_mm(at) > 0)
        continue;
      const bool incumbent = before != shown_.end() && before->second.vertex == vertex;
      const bool hidden = !seen.sees(at, incumbent ? 2.0f : 1.0f);
      all.push_back({vertex, px, hidden});
      if (hidden)
        continue;
      sum += px;
      least = glm::min(least, px);
      most = glm::max(most, px);
      ++count;
    }
    Candidate candidate{.structure = item.structure, .hidden = count == 0, .emphasised = is_chosen};
    if (all.empty() || (count == 0 && !is_chosen))
      continue;
    if (count == 0)
      for (const Seen& place : all)
        sum += place.px;
    const glm::vec2 middle = sum / static_cast<float>(count > 0 ? count : static_cast<int>(all.size()));
    float best = std::numeric_limits<float>::max();
    for (const Seen& place : all) {
      if (place.hidden && count > 0)
        continue;
      const bool incumbent = before != shown_.end() && before->second.vertex == place.vertex;
      const float off = glm::distance(place.px, middle) - (incumbent ? anchor_held_lines * line_px : 0.0f);
      if (off < best) {
        best = off;
        candidate.vertex = place.vertex;
      }
    }
    candidate.at_mm = positions[candidate.vertex];
    const bool was_shown = layout_.right.contains(structure.id);
    const float extent_lines = count > 1 ? glm::distance(least, most) / line_px : 0.0f;
    const float weight = importance(structure) * extent_lines * (was_shown ? held : 1.0f);
    if (!is_chosen && (count < 2 || extent_lines * (was_shown ? held : 1.0f) < shortest_lines))
      continue;
    candidate.weight = is_chosen ? 1e6f : weight;
    out.push_back(candidate);
  }
  return out;
}

bool StructureLabels::overlap(const Shown& a, const Shown& b, float height_px) {
  const auto from = [](const Shown& label) { return label.right ? label.at.x : label.at.x - label.width_px; };
  return std::abs(a.at.y - b.at.y) < height_px && from(a) < from(b) + b.width_px && from(b) < from(a) + a.width_px;
}

// The same sides and the same order as before are kept while going from the old places to the new: then whatever was
// apart stays apart. What cannot go that way appears at its new place.
void StructureLabels::move(const std::vector<PlacedLabel>& placed, float seconds, bool at_once, float line_px) {
  const float share = at_once ? 1.0f : 1 - std::exp(-seconds / settle_s);
  const float least_apart = 0.98f * label_height_lines(1) * line_px;
  settled_ = true;
  std::array<float, 2> last{-1e9f, -1e9f}; // of either column, from the top; `placed` is sorted so
  for (const PlacedLabel& label : placed) {
    Shown& own = shown_[label.id];
    own.leaves = false;
    own.goal = label.at;
    // What is not seen yet needs no way to its place, and is in nobody's way.
    const bool appears = own.opacity <= unseen || own.right != label.right;
    own.right = label.right;
    glm::vec2 next = appears ? own.goal : glm::mix(own.at, own.goal, share);
    if (glm::distance(next, own.goal) < 0.3f)
      next = own.goal;
    float& above = last[label.right ? 1 : 0];
    const bool passes_another = !appears && next.y - above < least_apart;
    if (passes_another)
      next = own.goal;
    own.at = next;
    if (!appears && !passes_another)
      above = own.at.y;
    if (at_once)
      own.opacity = own.wanted_opacity;
    else if (appears || passes_another)
      own.opacity = 0.5f * unseen;
    settled_ &= own.at == own.goal;
  }
  for (auto& [id, own] : shown_) {
    if (at_once)
      continue;
    const auto is_over = [&](const auto& entry) {
      const Shown& other = entry.second;
      if (&other == &own || other.leaves || other.opacity <= unseen)
        return false;
      if (other.right == own.right && glm::distance(other.at, other.goal) > 0.4f * line_px)
        return true; // on its way, perhaps over here
      return overlap(own, other, 1.1f * line_px);
    };
    const bool blocked = std::any_of(shown_.begin(), shown_.end(), is_over);
    const float step = seconds / fade_in_s;
    if (own.leaves)
      own.opacity = blocked ? 0.0f : own.opacity - step;
    else if (blocked && own.opacity <= unseen)
      own.opacity = 0.5f * unseen; // waits until the others have made room
    else if (own.opacity < own.wanted_opacity)
      own.opacity = std::min(own.opacity + step, own.wanted_opacity);
    else
      own.opacity = std::max(own.opacity - step, own.wanted_opacity);
    settled_ &= !own.leaves && own.opacity == own.wanted_opacity;
  }
  // Ways can still meet: then what is seen least waits until there is room.
  std::vector<Shown*> by_right;
  for (auto& [id, own] : shown_)
    if (own.opacity > unseen)
      by_right.push_back(&own);
  std::stable_sort(by_right.begin(), by_right.end(), [](const Shown* a, const Shown* b) {
    return std::tuple(!a->emphasised, a->leaves, -a->opacity) < std::tuple(!b->emphasised, b->leaves, -b->opacity);
  });
  for (std::size_t i = 0; i < by_right.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (by_right[k]->opacity > unseen && overlap(*by_right[i], *by_right[k], 1.05f * line_px)) {
        by_right[i]->opacity = by_right[i]->leaves ? 0.0f : 0.5f * unseen;
        settled_ = false;
        break;
      }
  std::erase_if(shown_,
                [&](const auto& entry) { return entry.second.leaves && (at_once || entry.second.opacity <= 0); });
  for (auto& [id, own] : shown_) {
    own.anchor_off_mm *= 1 - share;
    if (glm::length(own.anchor_off_mm) < 0.3f)
      own.anchor_off_mm = glm::vec3(0);
    settled_ &= own.anchor_off_mm == glm::vec3(0);
  }
}

void StructureLabels::add(Frame& frame, const AppState& state, const Catalogue& text, std::optional<double> now_s) {
  if (state.document.labels == LabelNames::off || !state.atlas || !state.facts) {
    shown_.clear();
    layout_ = {};
    settled_ = true;
    return;
  }
  follow_leg(state);
  const Viewport viewport = tamed({state.viewport.size, frame.free_area});
  const double seconds = now_s && last_s_ ? *now_s - *last_s_ : 1e9;
  const bool at_once = state.settings.reduced_motion || !(seconds >= 0 && seconds < pause_s) || viewport != viewport_ ||
                       names_ != state.document.labels;
  last_s_ = now_s;
  viewport_ = viewport;
  names_ = state.document.labels;

  const float height = static_cast<float>(viewport.size.y), line_px = line_px_for(height);
  const SeenLeg seen(frame, viewport, meshes_);
  const LabelRoom room = room_of(frame, seen, state, viewport, line_px);
  const float widest = widest_share * (room.upper.x - room.lower.x);
  for (auto& [id, own] : shown_)
    own.leaves = true;
  std::vector<LabelWish> wishes;
  for (const Candidate& candidate : candidates(frame, state, seen, viewport, line_px)) {
    const std::string& id = atlas_->structures[candidate.structure].id;
    Shown& own = shown_[id];
    const bool is_new = own.text.empty();
    own.leaves = true; // until it gets a place
    own.text = shortened_to(structure_name(state, candidate.structure, names_, text), line_px, widest);
    own.width_px = widest_text_px(own.text, line_px);
    if (!is_new && own.vertex != candidate.vertex && !at_once)
      own.anchor_off_mm += own.anchor_mm - candidate.at_mm; // the line goes over to the new anchor
    own.vertex = candidate.vertex;
    own.anchor_mm = candidate.at_mm;
    own.emphasised = candidate.emphasised;
    own.wanted_opacity = candidate.hidden ? hidden_opacity : 1.0f;
    wishes.push_back({id, seen.sight()(own.anchor_mm + own.anchor_off_mm).px, own.width_px, 1, candidate.weight});
  }
  std::vector<PlacedLabel> placed = lay_out_labels(std::move(wishes), room, layout_);
  move(placed, static_cast<float>(seconds), at_once, line_px);

  for (const auto& [id, own] : shown_) {
    if (own.opacity <= unseen)
      continue;
    frame.callouts.push_back({.text = own.text,
                              .structure = id,
                              .anchor_mm = own.anchor_mm + own.anchor_off_mm,
                              .at = own.at / glm::vec2(viewport.size),
                              .to_the_right = own.right,
                              .line_share = line_px / height,
                              .opacity = own.opacity,
                              .emphasised = own.emphasised});
  }
}

} // namespace calfscope
