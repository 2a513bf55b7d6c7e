#include "content/bind.h"

#include "content/content_faults.h"
#include "geometry/ray_scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace calfscope {
namespace {

constexpr float d_step_mm = 1, a_step_deg = 2.5f, s_step = 0.01f, foot_step = 0.02f;

RayScene scene_of(const TriMesh& mesh) {
  RayScene scene;
  scene.add(mesh.positions, mesh.triangles);
  scene.commit();
  return scene;
}

// The typical value first, then ever farther from it, to the ends of the range.
std::vector<float> outward(const Typical& value, float step) {
  std::vector<float> out{value.typical};
  const int count = static_cast<int>(std::ceil((value.range.to - value.range.from) / step));
  for (int k = 1; k <= count; ++k)
    for (const float sign : {1.0f, -1.0f}) {
      const float next = value.typical + sign * step * static_cast<float>(k);
      if (value.range.contains(next))
        out.push_back(next);
    }
  return out;
}

// A muscle as what points are put into.
class MuscleBody {
public:
  explicit MuscleBody(const SurfaceMesh& mesh) : mesh_(mesh), scene_(scene_of(mesh.surface)) {}

  // mm below the muscle's surface; negative outside.
  float inside_mm(glm::vec3 p) const {
    const auto nearest = scene_.nearest(p, 500);
    if (!nearest)
      return -500;
    return scene_.inside(p, 0) ? nearest->distance_mm : -nearest->distance_mm;
  }

  // Where a line into the leg enters the muscle first and leaves it last, mm along it; nullopt if it misses it.
  std::optional<Span> along(glm::vec3 from, glm::vec3 direction) const {
    const std::vector<RayHit> hits = scene_.all_hits({from, direction});
    if (hits.empty())
      return std::nullopt;
    return Span{hits.front().distance_mm, hits.back().distance_mm};
  }

  // Mean direction of the fibres around a point, pointing along `distal`; zero where the model has none. A mean,
  // because on an aponeurosis single triangles say little.
  glm::vec3 fibre(glm::vec3 p, glm::vec3 distal) const {
    constexpr float around_mm = 15;
    glm::vec3 sum(0);
    const auto& positions = mesh_.surface.positions;
    for (std::size_t v = 0; v < mesh_.fibre.size(); ++v) {
      const float far = glm::distance(positions[v], p);
      if (far < around_mm)
        sum += (glm::dot(mesh_.fibre[v], distal) < 0 ? -1.0f : 1.0f) * (around_mm - far) * mesh_.fibre[v];
    }
    const float length = glm::length(sum);
    return length > 1e-3f ? sum / length : glm::vec3(0);
  }

private:
  const SurfaceMesh& mesh_;
  RayScene scene_;
};

struct Candidate {
  SkinPoint skin;
  LegPlace place;
  std::optional<FootPlace> foot;
  float moved_s = 0, moved_a_deg = 0;
};

// Places on the skin in the order in which they are to be tried: a moves before s.
std::vector<Candidate> candidates(const PointSite& site, const LegCoordinates& leg) {
  std::vector<Candidate> out;
  if (site.on_foot) {
    for (const float f : outward(site.f, foot_step))
      for (const float w : outward(site.w, foot_step))
        if (const auto skin = leg.sole_point({f, w}))
          out.push_back({*skin, leg.place_of(skin->position), FootPlace{f, w}, f - site.f.typical, 0});
    return out;
  }
  for (const float s : outward(site.s, s_step))
    for (const float a : outward(site.a_deg, a_step_deg))
      if (const auto skin = leg.skin_point({s, a}))
        out.push_back({*skin, {s, a}, std::nullopt, s - site.s.typical, a - site.a_deg.typical});
  return out;
}

PointSite on_this_leg(PointSite site, const Atlas& atlas, float length_mm) {
  const float belly_end = atlas.belly_ends.gastrocnemius_medial;
  if (!std::isnan(site.below_medial_belly_mm) && !std::isnan(belly_end)) {
    const float s = belly_end + site.below_medial_belly_mm / length_mm;
    // The range moves along where the belly ends lower or higher than in the average leg.
    site.s.range.from = std::min(site.s.range.from, s);
    site.s.range.to = std::max(site.s.range.to, s);
    site.s.typical = s;
  }
  return site;
}

// Along the leg and around it; what is left of a direction for one who looks at the place from outside.
glm::vec3 heading_of(glm::vec3 direction, glm::vec3 inward) {
  const glm::vec3 along = direction - glm::dot(direction, inward) * inward;
  const float length = glm::length(along);
  return length > 1e-3f ? along / length : glm::vec3(0);
}

// How the pack says the band runs as seen from outside, at a point of the leg.
glm::vec3 said_heading(const TriggerPoint& said, const BoundPoint& point, const LegCoordinates& leg) {
  const glm::vec3 distal = leg.long_axis();
  const float side = said.site.a_deg.typical > 0 ? -1.0f : 1.0f; // towards the posterior midline
  const glm::vec3 to_midline = side * leg.direction(point.place.s, point.place.a_deg + 90);
  const float lean = glm::radians(std::clamp(said.band.toward_midline_deg, -89.0f, 89.0f));
  return std::cos(lean) * distal + std::sin(lean) * to_midline;
}

// A model stores how fibres run along the surface of their muscle, so only their heading can be held against the
// pack's. How they slant through the depth, from one aponeurosis to the other, the pack alone knows.
void lay_band(BoundPoint& out, const TriggerPoint& point, glm::vec3 fibre, const LegCoordinates& leg) {
  if (point.site.on_foot) {
    out.band = fibre;
    return;
  }
  const glm::vec3 inward = -leg.direction(out.place.s, out.place.a_deg);
  const glm::vec3 said = said_heading(point, out, leg);
  const glm::vec3 runs = heading_of(fibre, inward);
  const glm::vec3 heading = glm::length(runs) > 0 ? runs : said;
  const float slant = glm::radians(std::clamp(point.band.deeper_deg, -89.0f, 89.0f));
  out.band = std::cos(slant) * heading + std::sin(slant) * inward;
  out.band_off_deg = glm::degrees(std::acos(std::clamp(std::abs(glm::dot(heading, said)), 0.0f, 1.0f)));
}

// How hard it is tried to find a place, in this order.
struct Attempt {
  float deepest = 1;                    // factor on the depth's upper end
  float least_inside = least_inside_mm; // mm below the muscle's surface
  bool neighbours_only = false;
};
constexpr std::array<Attempt, 3> attempts{{
    {},
    // Bodies with more fat hold everything deeper, up to twice as deep (fact sheet 1.1, a design choice).
    {.deepest = 1.6f},
    // Plantaris, popliteus and the muscles of the sole are too thin for 3 mm on every side.
    {.deepest = 1.6f, .least_inside = 1, .neighbours_only = true},
}};

bool place_point(BoundPoint& out, const TriggerPoint& point, const PointSite& site, const Attempt& attempt,
                 const MuscleBody& muscle, const LegCoordinates& leg) {
  Typical depth = site.d_mm;
  depth.range.to *= attempt.deepest;
  const std::vector<float> depths = outward(depth, d_step_mm);
  for (const Candidate& at : candidates(site, leg)) {
    const auto muscle_there = muscle.along(at.skin.position, -at.skin.normal);
    if (!muscle_there)
      continue;
    for (const float d : depths) {
      if (!muscle_there->contains(d))
        continue;
      const glm::vec3 core = at.skin.position - d * at.skin.normal;
      const float inside = muscle.inside_mm(core);
      if (inside < attempt.least_inside)
        continue;
      out.placed = true;
      out.core_mm = core;
      out.inside_mm = inside;
      out.place = at.place;
      out.foot = at.foot;
      out.d_mm = d;
      out.moved_s_mm = at.moved_s * leg.length_mm();
      out.moved_a_deg = at.moved_a_deg;
      out.moved_d_mm = d - site.d_mm.typical;
      out.deeper_than_stated = d > site.d_mm.range.to;
      out.skin = {0, at.skin.position};
      out.skin_normal = at.skin.normal;
      lay_band(out, point, muscle.fibre(core, leg.long_axis()), leg);
      return true;
    }
  }
  return false;
}

BoundPoint bind_point(const TriggerPoint& point, const Atlas& atlas, const LegCoordinates& leg, const RayScene& skin) {
  BoundPoint out;
  out.id = point.id;
  out.structure = atlas.index_of(point.muscle);
  if (out.structure < 0)
    return out;
  const MuscleBody muscle(*atlas.structures[static_cast<std::size_t>(out.structure)].mesh);
  const PointSite site = on_this_leg(point.site, atlas, leg.length_mm());
  for (const Attempt& attempt : attempts) {
    if (attempt.neighbours_only && point.layer == "calf")
      continue;
    if (!place_point(out, point, site, attempt, muscle, leg))
      continue;
    if (const auto anchor = skin.nearest(out.skin.position, 5))
      out.skin.triangle = anchor->triangle;
    break;
  }
  return out;
}

// A zone as large as the pack says, and large enough to hold this leg's own landmarks with room around them.
RegionShape on_this_leg(const NoPressZone& zone, const Atlas& atlas, const LegCoordinates& leg) {
  constexpr float room_mm = 12;
  RegionShape shape = zone.shape;
  for (const std::string& id : zone.holds_landmarks) {
    const auto landmark = atlas.landmark(id);
    if (!landmark)
      continue;
    const LegPlace place = leg.place_of(*landmark);
    const float s_room = room_mm / leg.length_mm();
    shape.s = {std::min(shape.s.from, place.s - s_room), std::max(shape.s.to, place.s + s_room)};
    const float middle = (zone.shape.a_deg.from + zone.shape.a_deg.to) / 2;
    const float turned = std::remainder(place.a_deg - middle, 360.0f);
    const auto skin = leg.skin_point(place);
    const float radius = skin ? glm::distance(skin->position, leg.axis_point(place.s)) : 50;
    const float a_room = glm::degrees(room_mm / std::max(radius, 20.0f));
    shape.a_deg = {std::min(shape.a_deg.from, middle + turned - a_room),
                   std::max(shape.a_deg.to, middle + turned + a_room)};
  }
  return shape;
}

void narrow(Span& span, const std::optional<Span>& part) {
  if (part)
    span = {std::max(span.from, part->from), std::min(span.to, part->to)};
}

bool within_arc(float a_deg, Span arc) {
  return std::abs(std::remainder(a_deg - (arc.from + arc.to) / 2, 360.0f)) <= (arc.to - arc.from) / 2;
}

// How far a zone's landmarks lie outside what the pack says of it. Legs differ: a thick calf moves the middle of the
// leg, and with it every azimuth.
struct LandmarksOutside {
  float s = 0, deg = 0;
};
constexpr float most_outside_s = 0.03f, most_outside_deg = 20;

LandmarksOutside landmarks_outside(const NoPressZone& zone, const Atlas& atlas, const LegCoordinates& leg) {
  LandmarksOutside out;
  const float middle = (zone.shape.a_deg.from + zone.shape.a_deg.to) / 2;
  for (const std::string& id : zone.holds_landmarks)
    if (const auto landmark = atlas.landmark(id)) {
      const LegPlace place = leg.place_of(*landmark);
      const float turned = std::abs(std::remainder(place.a_deg - middle, 360.0f));
      out.s = std::max({out.s, zone.shape.s.from - place.s, place.s - zone.shape.s.to});
      out.deg = std::max(out.deg, turned - (zone.shape.a_deg.to - zone.shape.a_deg.from) / 2);
    }
  return out;
}

// The azimuth of the skin straight behind a point of the inside: where a hand behind the leg would press on it.
std::optional<float> azimuth_behind(glm::vec3 p, float s, const LegCoordinates& leg, const RayScene& skin) {
  const auto hit = skin.first_hit({p, leg.direction(s, 0)});
  return hit ? std::optional(leg.place_of(hit->position).a_deg) : std::nullopt;
}

void check_zone(const NoPressZone& zone, const RegionShape& here, const Atlas& atlas, const LegCoordinates& leg,
                const RayScene& skin, IssueList& issues) {
  const Origin& at = zone.claim.origin;
  const RegionShape& said = zone.shape;
  const float grown_s = std::max(said.s.from - here.s.from, here.s.to - said.s.to);
  const float grown_deg = std::max(said.a_deg.from - here.a_deg.from, here.a_deg.to - said.a_deg.to);
  const LandmarksOutside outside = landmarks_outside(zone, atlas, leg);
  if (outside.s > most_outside_s || outside.deg > most_outside_deg)
    issues.error(at.file, at.line, at.key,
                 say(ContentFault::zone_elsewhere, zone.id, atlas.title, outside.s * leg.length_mm(), outside.deg));
  else if (grown_s > 0 || grown_deg > 0)
    issues.note(at.file, at.line, at.key,
                fmt::format("{}: grown by {:.0f} mm and {:.0f} degrees to hold its landmarks in this leg", zone.id,
                            std::max(grown_s, 0.0f) * leg.length_mm(), std::max(grown_deg, 0.0f)));
  for (const std::string& id : zone.holds_landmarks)
    if (!atlas.landmark(id))
      issues.warning(at.file, at.line, at.key, fmt::format("{}: this leg has no landmark {}", zone.id, id));
  for (const std::string& id : zone.holds) {
    const Structure* structure = atlas.find(id);
    if (!structure) {
      issues.note(at.file, at.line, at.key, fmt::format("{}: this leg has no {}", zone.id, id));
      continue;
    }
    // Where it passes the zone's levels most of it must run within the zone's sector.
    constexpr double most = 0.75;
    std::size_t passes = 0, within = 0;
    for (const glm::vec3& p : structure->mesh->surface.positions) {
      const LegPlace place = leg.place_of(p);
      if (!here.s.contains(place.s))
        continue;
      const auto behind = azimuth_behind(p, place.s, leg, skin);
      ++passes;
      within += behind && within_arc(*behind, here.a_deg);
    }
    if (passes == 0 || static_cast<double>(within) < most * static_cast<double>(passes))
      issues.error(at.file, at.line, at.key, say(ContentFault::zone_missed, zone.id, id, within, passes));
  }
}

} // namespace

struct BoundContent::Kept {
  std::optional<GeodesicSolver> solver;
  bool solver_tried = false;
  std::map<std::pair<std::string, bool>, PainMap> maps;
  std::map<std::string, std::vector<float>> look_alikes;
};

std::shared_ptr<const BoundContent> BoundContent::make(std::shared_ptr<const ContentPack> pack, const Atlas& atlas,
                                                       const LegCoordinates& coordinates) {
  std::shared_ptr<BoundContent> out(new BoundContent);
  out->pack_ = std::move(pack);
  out->kept_ = std::make_shared<Kept>();
  out->places_ = skin_places(atlas, coordinates);
  const RayScene skin = scene_of(out->places_.skin->surface);
  for (const TriggerPoint& point : out->pack_->points)
    out->points_.push_back(bind_point(point, atlas, coordinates, skin));
  for (const NoPressZone& zone : out->pack_->zones)
    out->zone_shapes_.push_back(on_this_leg(zone, atlas, coordinates));
  out->no_press_.assign(out->places_.vertices.size(), 0.0f);
  for (std::size_t v = 0; v < out->no_press_.size(); ++v)
    for (const NoPressZone* zone : out->zones_at(v))
      out->no_press_[v] = std::max(out->no_press_[v], zone->severity == PressSeverity::forbid ? 1.0f : 0.5f);
  return out;
}

const BoundPoint* BoundContent::point(std::string_view id) const {
  const auto found = std::find_if(points_.begin(), points_.end(), [&](const BoundPoint& p) { return p.id == id; });
  return found == points_.end() ? nullptr : &*found;
}

std::vector<const NoPressZone*> BoundContent::zones_at(std::size_t vertex) const {
  std::vector<const NoPressZone*> out;
  if (places_.vertices[vertex].area_mm2 <= 0)
    return out;
  for (std::size_t z = 0; z < zone_shapes_.size(); ++z)
    if (calfscope::inside_mm(places_, vertex, zone_shapes_[z]) >= 0)
      out.push_back(&pack_->zones[z]);
  return out;
}

const GeodesicSolver* BoundContent::solver() const {
  if (!kept_->solver_tried) {
    kept_->solver_tried = true;
    kept_->solver = GeodesicSolver::make(places_.skin->surface);
  }
  return kept_->solver ? &*kept_->solver : nullptr;
}

std::vector<RegionShape> BoundContent::shapes_of(const std::vector<ReferredPain>& pains, bool rare) const {
  std::vector<RegionShape> out;
  for (const ReferredPain& pain : pains) {
    if (pain.optional && !rare)
      continue;
    for (const Region* region : pack_->regions_named(pain.region)) {
      RegionShape shape = region->shape;
      narrow(shape.s, pain.within.s);
      narrow(shape.a_deg, pain.within.a_deg);
      narrow(shape.f, pain.within.f);
      narrow(shape.w, pain.within.w);
      out.push_back(shape);
    }
  }
  return out;
}

const PainMap* BoundContent::pain_map(std::string_view id, bool rare) const {
  const BoundPoint* bound = point(id);
  const TriggerPoint* said = pack_->point(id);
  if (!bound || !bound->placed || !said)
    return nullptr;
  const std::pair<std::string, bool> key(id, rare);
  const auto kept = kept_->maps.find(key);
  if (kept != kept_->maps.end())
    return &kept->second;
  const GeodesicSolver* surface = solver();
  if (!surface)
    return nullptr;
  const auto essential = shapes_of(said->essential, rare);
  const auto spillover = shapes_of(said->spillover, rare);
  return &kept_->maps.emplace(key, make_pain_map(places_, *surface, bound->skin, essential, spillover, said->local_mm))
              .first->second;
}

std::vector<float> BoundContent::region_weights_of(std::string_view id) const {
  std::vector<float> out(places_.vertices.size(), 0.0f);
  for (const Region* region : pack_->regions_named(id)) {
    const std::vector<float> weights = region_weights(places_, region->shape);
    for (std::size_t v = 0; v < out.size(); ++v)
      out[v] = std::min(1.0f, out[v] + weights[v]);
  }
  return out;
}

const std::vector<float>& BoundContent::look_alike_weights(const LookAlike& other) const {
  if (const auto found = kept_->look_alikes.find(other.id); found != kept_->look_alikes.end())
    return found->second;
  std::vector<float>& out = kept_->look_alikes[other.id];
  out.assign(places_.vertices.size(), 0.0f);
  for (const LookAlike::Felt& felt : other.regions) {
    const std::vector<float> weights = region_weights_of(felt.region);
    for (std::size_t v = 0; v < out.size(); ++v)
      out[v] = std::max(out[v], felt.weight * weights[v]);
  }
  return out;
}

void BoundContent::check(const Atlas& atlas, const LegCoordinates& coordinates, IssueList& issues) const {
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const TriggerPoint& said = pack_->points[i];
    const BoundPoint& bound = points_[i];
    const Origin& at = said.origin;
    if (bound.structure < 0) {
      issues.warning(at.file, at.line, at.key,
                     fmt::format("{}: this leg ({}) has no {}", said.id, atlas.title, said.muscle));
      continue;
    }
    if (!bound.placed) {
      issues.error(at.file, at.line, at.key,
                   say(ContentFault::nowhere_in_muscle, said.id, least_inside_mm, said.muscle, atlas.title));
      continue;
    }
    if (bound.moved_s_mm != 0 || bound.moved_a_deg != 0 || bound.moved_d_mm != 0)
      issues.note(
          at.file, at.line, at.key,
          fmt::format(
              "{}: moved by {:+.0f} mm along the leg, {:+.0f} degrees around it and {:+.0f} mm in depth to lie in "
              "{} of this leg",
              said.id, bound.moved_s_mm, bound.moved_a_deg, bound.moved_d_mm, said.muscle));
    if (!said.site.on_foot && bound.band_off_deg > said.band.tolerance_deg)
      issues.error(at.file, at.line, at.key + "/band",
                   say(ContentFault::band_across, said.id, bound.band_off_deg, said.muscle, said.band.tolerance_deg));
  }
  for (const Region& region : pack_->regions) {
    const Origin& at = region.claim.origin;
    if (region.shape.place == RegionPlace::off_model ||
        (region.shape.place == RegionPlace::sole && !coordinates.has_foot()))
      continue;
    if (area_cm2(places_, region_weights(places_, region.shape)) < 0.5f)
      issues.error(at.file, at.line, at.key, say(ContentFault::region_without_skin, region.id));
  }
  check_zones(atlas, coordinates, issues);
}

void BoundContent::check_zones(const Atlas& atlas, const LegCoordinates& coordinates, IssueList& issues) const {
  const RayScene skin = scene_of(places_.skin->surface);
  for (std::size_t z = 0; z < zone_shapes_.size(); ++z)
    check_zone(pack_->zones[z], zone_shapes_[z], atlas, coordinates, skin, issues);
}

} // namespace calfscope
