#include "import/knee_lattice.h"

#include <glm/gtc/matrix_transform.hpp>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// Found on a leg of this length from knee to ankle centre, by trying: where flesh stays sound and looks like a bent
// knee.
constexpr float tried_length_mm = 363;
constexpr float reach_mm = 105;        // flesh farther down than this follows the shank as a whole
constexpr float firm_from_mm = 60;     // above this the thigh holds its flesh more and more,
constexpr float firm_to_mm = 140;      // and altogether here or at its cut, so that the cut stays a plane
constexpr float crease_above_mm = 12;  // of the joint's axis: what is above lies against what is below
constexpr float crease_behind_mm = 33; // flesh nearer to the axis shears instead of folding
constexpr float crease_gap_mm = 2.5f;  // half of what stays between thigh and calf
constexpr float clearance_mm = 1.5f;   // of nodes from bones
constexpr float step_mm = 7;
constexpr float held_share = 0.4f; // of a step: nodes this near to a bone are part of it
constexpr float angle_step_deg = 10;
constexpr int rounds = 24;     // a step
constexpr float firmness = 10; // of volume against shape

void add_bone(ScalarGrid& distance, const TriMesh& bone) {
  const GridFrame& frame = distance.frame;
  const GridFrame local = GridFrame::around(bounds_of(bone), frame.step_mm, frame.step_mm);
  const ScalarGrid near = signed_distance(bone, local, 3 * frame.step_mm);
  for (int k = 0; k < local.size.z; ++k)
    for (int j = 0; j < local.size.y; ++j)
      for (int i = 0; i < local.size.x; ++i) {
        const glm::ivec3 node = local.first + glm::ivec3(i, j, k) - frame.first;
        if (glm::any(glm::lessThan(node, glm::ivec3(0))) || glm::any(glm::greaterThanEqual(node, frame.size)))
          continue;
        float& value = distance.at(node.x, node.y, node.z);
        value = std::min(value, near.at(i, j, k));
      }
}

// Out of a body by at least `clearance`.
glm::vec3 pushed_out(const ScalarGrid& body, glm::vec3 place, float clearance) {
  const float distance = body.sample(place);
  if (distance >= clearance)
    return place;
  const glm::vec3 way = body.gradient(place);
  const float length = glm::length(way);
  return length > 0.1f ? place + (clearance - distance) / length * way : place;
}

template <typename Visit>
void each_node(const GridFrame& frame, Visit visit) {
  for (int k = 0; k < frame.size.z; ++k)
    for (int j = 0; j < frame.size.y; ++j)
      for (int i = 0; i < frame.size.x; ++i)
        visit(glm::ivec3(i, j, k), frame.index(i, j, k), frame.position(i, j, k));
}

} // namespace

KneeLattice::KneeLattice(const Atlas& atlas) {
  const Segment& joint = atlas.segments[static_cast<std::size_t>(atlas.segment_index("thigh"))];
  centre_ = joint.centre_mm;
  axis_ = glm::normalize(joint.axis);
  up_ = glm::normalize(glm::vec3(0, 1, 0) - axis_ * axis_.y);
  back_ = glm::cross(axis_, up_);
  size_ = glm::distance(atlas.landmark("knee_centre").value_or(glm::vec3(0)),
                        atlas.landmark("ankle_centre").value_or(glm::vec3(0, -tried_length_mm, 0))) /
          tried_length_mm;
  const TriMesh& skin = atlas.find("skin")->mesh->surface;
  Bounds zone;
  float top = 0;
  for (const glm::vec3& p : skin.positions) {
    const float above = glm::dot(p - centre_, up_);
    top = std::max(top, above);
    if (above > -size_ * reach_mm - step_mm && above < size_ * firm_to_mm + step_mm)
      zone.add(p);
  }
  top_ = std::max(std::min(top - step_mm, size_ * firm_to_mm), size_ * firm_from_mm + step_mm);
  frame_ = GridFrame::around(zone, step_mm, 2 * step_mm);
  hold_bones(atlas, signed_distance(skin, frame_));
}

void KneeLattice::hold_bones(const Atlas& atlas, const ScalarGrid& skin) {
  shank_bones_ = thigh_bones_ = ScalarGrid(frame_, 3 * step_mm);
  const int thigh_segment = atlas.segment_index("thigh");
  for (const Structure& structure : atlas.structures)
    if (structure.kind == Kind::bone && !structure.mesh->binding.empty())
      add_bone(structure.mesh->binding[0].segment[0] == thigh_segment ? thigh_bones_ : shank_bones_,
               structure.mesh->surface);
  holder_.assign(frame_.node_count(), nothing);
  side_.assign(frame_.node_count(), 0);
  rest_.resize(frame_.node_count());
  firm_.assign(frame_.node_count(), 0);
  places_.resize(frame_.node_count());
  std::vector<std::uint8_t> used(frame_.node_count()), held(frame_.node_count());
  each_node(frame_, [&](glm::ivec3 node, std::size_t at, glm::vec3 place) {
    places_[at] = place;
    const glm::vec3 arm = place - centre_;
    const float above = glm::dot(arm, up_);
    const float to_shank = shank_bones_.values[at], to_thigh = thigh_bones_.values[at];
    const float near = held_share * step_mm;
    const bool of_shank = above < -size_ * reach_mm || to_shank < near;
    rest_[at] = place;
    const float firm = glm::clamp((above - size_ * firm_from_mm) / (top_ - size_ * firm_from_mm), 0.0f, 1.0f);
    firm_[at] = firm * firm * firm * firm;
    const bool of_thigh = above > top_ || to_thigh < near;
    if (of_shank || of_thigh)
      holder_[at] = of_shank && of_thigh ? (to_shank < to_thigh ? shank : thigh) : of_shank ? shank : thigh;
    held[at] = holder_[at] != nothing;
    if (glm::dot(arm, back_) > size_ * crease_behind_mm)
      side_[at] = above > size_ * crease_above_mm ? 1 : -1;
    if (glm::any(glm::greaterThanEqual(node + 1, frame_.size)))
      return;
    float deepest = step_mm;
    for (int n = 0; n < 8; ++n)
      deepest = std::min(deepest, skin.at(node.x + (n & 1), node.y + ((n >> 1) & 1), node.z + (n >> 2)));
    used[at] = deepest < 0.3f * step_mm;
  });
  body_ = std::make_unique<SoftLattice>(frame_, used, held, firmness);
}

// Free nodes stay on their side of the crease, a plane half way between calf and thigh, and out of bones.
glm::vec3 KneeLattice::allowed(std::size_t node, glm::vec3 place) const {
  if (side_[node] != 0) {
    const glm::vec3 across =
        static_cast<float>(side_[node]) *
        glm::vec3(glm::rotate(glm::mat4(1), glm::radians(0.5f * knee_deg_), axis_) * glm::vec4(up_, 0));
    place += std::max(crease_gap_mm - glm::dot(place - centre_, across), 0.0f) * across;
  }
  place = pushed_out(shank_bones_, place, clearance_mm);
  glm::vec3 before(back_turned_ * glm::vec4(place, 1));
  before = glm::mix(before, rest_[node], firm_[node]);
  return glm::vec3(turned_ * glm::vec4(pushed_out(thigh_bones_, before, clearance_mm), 1));
}

void KneeLattice::bend_to(float knee_deg) {
  const int steps = std::max(1, static_cast<int>(std::ceil((knee_deg - knee_deg_) / angle_step_deg)));
  const float from = knee_deg_;
  for (int n = 1; n <= steps; ++n) {
    knee_deg_ = from + (knee_deg - from) * static_cast<float>(n) / static_cast<float>(steps);
    turned_ =
        glm::translate(glm::rotate(glm::translate(glm::mat4(1), centre_), glm::radians(knee_deg_), axis_), -centre_);
    back_turned_ = glm::inverse(turned_);
    each_node(frame_, [&](glm::ivec3, std::size_t at, glm::vec3 place) {
      if (holder_[at] == thigh)
        places_[at] = glm::vec3(turned_ * glm::vec4(place, 1));
    });
    body_->settle(places_, rounds, [this](std::size_t node, glm::vec3 place) { return allowed(node, place); });
  }
}

glm::vec3 KneeLattice::carried(glm::vec3 at_rest) const {
  const float above = glm::dot(at_rest - centre_, up_);
  if (above < -size_ * reach_mm)
    return at_rest;
  if (above > size_ * firm_to_mm)
    return glm::vec3(turned_ * glm::vec4(at_rest, 1));
  const glm::vec3 place =
      glm::clamp(at_rest / frame_.step_mm - glm::vec3(frame_.first), glm::vec3(0), glm::vec3(frame_.size - 1) - 1e-3f);
  const glm::ivec3 cell(place);
  const glm::vec3 t = place - glm::vec3(cell);
  glm::vec3 out(0);
  for (int n = 0; n < 8; ++n) {
    const glm::ivec3 corner(n & 1, (n >> 1) & 1, n >> 2);
    const glm::vec3 share = glm::mix(1.0f - t, t, glm::vec3(corner));
    out += share.x * share.y * share.z * places_[frame_.index(cell.x + corner.x, cell.y + corner.y, cell.z + corner.z)];
  }
  return out;
}

} // namespace calfscope
