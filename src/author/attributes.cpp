#include "author/attributes.h"

#include "import/muscle_fibres.h"

#include <glm/gtc/constants.hpp>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// Bundles of fibres: waves around the section whose phase wanders slowly along the muscle. 0..1, 0.5 in the mean.
float relief_at(float angle, float y) {
  const float wander = 1.1f * std::sin(0.021f * y);
  const float wave = 0.4f * std::sin(9 * angle + wander) + 0.3f * std::sin(17 * angle + 1.7f * wander + 1) +
                     0.2f * std::sin(29 * angle - wander + 2) + 0.1f * std::sin(46 * angle + 2.3f * wander);
  return 0.5f + 0.5f * wave;
}

glm::vec3 in_surface(glm::vec3 v, glm::vec3 normal) {
  v -= normal * glm::dot(v, normal);
  const float length = glm::length(v);
  return length > 1e-5f ? v / length : glm::vec3(0);
}

// Along the body at constant section angle.
glm::vec3 sweep_direction(const Sweep& sweep, glm::vec3 p, float angle, glm::vec3 normal) {
  constexpr float half_mm = 3;
  const float low = std::max(p.y - half_mm, sweep.bottom_mm());
  const float high = std::min(p.y + half_mm, sweep.top_mm());
  // Constant angle against the leg, not against a section that turns: else the strands would swirl with it.
  const float here = sweep.turn(p.y) + angle;
  const glm::vec3 along =
      in_surface(sweep.outline(low, here - sweep.turn(low)) - sweep.outline(high, here - sweep.turn(high)), normal);
  return along;
}

const CordPath& nearest_cord(const std::vector<CordPath>& cords, glm::vec3 p) {
  std::size_t best = 0;
  float least = 1e30f;
  for (std::size_t i = 0; i < cords.size(); ++i) {
    const float distance = glm::distance(cords[i].nearest(p).position, p);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return cords[best];
}

// The seam of the around-coordinate is laid on the side that faces the middle of the leg, where it is least seen.
float seam_angle(const Sweep& sweep) {
  const float y = 0.5f * (sweep.top_mm() + sweep.bottom_mm());
  constexpr glm::vec3 middle(-10, 0, -4);
  const glm::vec3 place(middle.x, y, middle.z);
  float best = 0;
  float least = 1e30f;
  for (int n = 0; n < 72; ++n) {
    const float angle = glm::radians(5.0f * static_cast<float>(n) - 180);
    const float distance = glm::distance(sweep.outline(y, angle), place);
    if (distance < least) {
      least = distance;
      best = angle + sweep.turn(y);
    }
  }
  return best;
}

float turns_from(float angle, float seam) {
  const float turns = (angle - seam) / glm::two_pi<float>();
  return turns - std::floor(turns);
}

// Direction and place of the strands follow the finished shape, which neighbours have changed since it was declared.
void lay_strands(SurfaceMesh& out, const TriMesh& mesh, const StructureDescription& what) {
  FibreOptions options;
  const Bounds box = bounds_of(mesh);
  const bool in_foot = box.size().z > box.size().y;
  options.run = in_foot ? MuscleRun::forward : MuscleRun::down;
  options.pennation_deg = what.fibres.pennation_deg;
  options.midline_upper = what.fibres.midline_upper_mm;
  options.midline_lower = what.fibres.midline_lower_mm;
  for (std::uint32_t v = 0; v < mesh.positions.size(); ++v)
    if (mesh.positions[v].y > what.cut_top_mm - 1.2f)
      options.cut_end.push_back(v);
  const FibreField field = lay_fibres(mesh, options);
  for (std::size_t v = 0; v < mesh.positions.size(); ++v) {
    out.fibre[v] = field.direction[v];
    out.muscle_place[v] = field.muscle_place[v];
    const float around = glm::two_pi<float>() * field.muscle_place[v].x;
    out.shares[v].relief = glm::mix(relief_at(around, mesh.positions[v].y), 0.5f, out.shares[v].tendon);
  }
}

} // namespace

SurfaceMesh with_attributes(TriMesh mesh, const BodyParts& parts) {
  SurfaceMesh out;
  const std::size_t count = mesh.positions.size();
  out.fibre.assign(count, glm::vec3(0));
  out.muscle_place.assign(count, glm::vec2(0));
  out.shares.assign(count, TissueShares{});
  const StructureDescription& what = *parts.what;
  const bool muscle = what.kind == Kind::muscle;
  const bool cord_like = what.kind == Kind::tendon || what.kind == Kind::ligament || what.kind == Kind::fascia;
  const bool has_cords = parts.cords != nullptr && !parts.cords->empty();
  const float seam = parts.sweep != nullptr ? seam_angle(*parts.sweep) : 0;
  float longest_cord = 0;
  if (has_cords)
    for (const CordPath& cord : *parts.cords)
      longest_cord = std::max(longest_cord, cord.length_mm());
  const float belly_mm = parts.sweep != nullptr ? parts.sweep->top_mm() - parts.sweep->bottom_mm() : 0;
  const float belly_part = belly_mm / std::max(belly_mm + longest_cord, 1.0f);

  for (std::size_t v = 0; v < count; ++v) {
    const glm::vec3 p = mesh.positions[v];
    const glm::vec3 normal = mesh.normals[v];
    float tendon = cord_like ? 1.0f : 0.0f;
    float cord_share = has_cords && parts.sweep == nullptr ? 1.0f : 0.0f;
    if (has_cords && parts.sweep != nullptr && parts.cord_field != nullptr) {
      const float belly = parts.belly != nullptr ? parts.belly->sample(p) : 50.0f;
      cord_share = std::clamp((belly - parts.cord_field->sample(p)) / 2.5f + 0.25f, 0.0f, 1.0f);
    }
    if (parts.sweep != nullptr && cord_share < 1) {
      const SectionPlace place = parts.sweep->place_of(p);
      out.fibre[v] = sweep_direction(*parts.sweep, p, place.angle, normal);
      const float along = std::clamp((parts.sweep->top_mm() - p.y) / belly_mm, 0.0f, 1.0f);
      const float around = place.angle + parts.sweep->turn(p.y);
      out.muscle_place[v] = {turns_from(around, seam), along * belly_part};
      out.shares[v].relief = relief_at(around, p.y);
      if (muscle) {
        const float from_top = parts.sweep->top_mm() - p.y;
        const float from_bottom = p.y - parts.sweep->bottom_mm();
        if (what.fibres.origin_tendon_mm > 0)
          tendon = std::max(
              tendon, 1 - smooth_between(0.25f * what.fibres.origin_tendon_mm, what.fibres.origin_tendon_mm, from_top));
        if (what.fibres.insertion_tendon_mm > 0)
          tendon = std::max(tendon, 1 - smooth_between(0.25f * what.fibres.insertion_tendon_mm,
                                                       what.fibres.insertion_tendon_mm, from_bottom));
      }
    }
    if (cord_share > 0) {
      const CordPath& cord = nearest_cord(*parts.cords, p);
      const CordPath::Station& station = cord.nearest(p);
      const glm::vec3 along = in_surface(station.tangent, normal);
      const glm::vec3 wide = glm::cross(station.tangent, station.thin);
      const glm::vec3 r = p - station.position;
      const float angle = std::atan2(glm::dot(r, station.thin), glm::dot(r, wide));
      out.fibre[v] = glm::mix(out.fibre[v], along, cord_share);
      if (glm::length(out.fibre[v]) > 1e-4f)
        out.fibre[v] = glm::normalize(out.fibre[v]);
      const float done = station.along_mm / std::max(cord.length_mm(), 1.0f);
      if (cord_share > 0.5f)
        out.muscle_place[v] = {turns_from(angle, 0), belly_part + (1 - belly_part) * done};
      if (parts.sweep != nullptr) {
        tendon = std::max(tendon, cord_share);
      } else if (muscle) {
        const float from_end = cord.length_mm() - station.along_mm;
        const Fibres& f = what.fibres;
        if (f.origin_tendon_mm > 0)
          tendon = std::max(tendon, 1 - smooth_between(0, f.origin_tendon_mm, station.along_mm));
        if (f.insertion_tendon_mm > 0)
          tendon = std::max(tendon, 1 - smooth_between(0, f.insertion_tendon_mm, from_end));
        out.shares[v].relief = relief_at(angle, station.along_mm);
      }
    }
    out.shares[v].tendon = std::clamp(tendon, 0.0f, 1.0f);
    out.shares[v].relief = glm::mix(out.shares[v].relief, 0.5f, out.shares[v].tendon);
  }
  if (muscle)
    lay_strands(out, mesh, what);
  out.surface = std::move(mesh);
  return out;
}

} // namespace calfscope
