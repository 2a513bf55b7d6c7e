#include "state/leg_facts.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// How deep a kind lies where its mesh does not say.
float usual_depth(Kind kind) {
  switch (kind) {
  case Kind::skin:
    return 1;
  case Kind::fascia:
    return 0.93f;
  case Kind::muscle:
    return 0.55f;
  case Kind::tendon:
    return 0.6f;
  case Kind::vessel:
  case Kind::nerve:
    return 0.5f;
  case Kind::ligament:
    return 0.2f;
  case Kind::bone:
    return 0;
  case Kind::other:
    return 0.5f;
  }
  return 0.5f;
}

float mean_depth(const Structure& structure) {
  const SurfaceMesh& mesh = *structure.mesh;
  if (mesh.shares.size() != mesh.surface.positions.size())
    return usual_depth(structure.kind);
  double sum = 0, weight = 0;
  for (const glm::uvec3& t : mesh.surface.triangles) {
    const glm::vec3 &a = mesh.surface.positions[t.x], &b = mesh.surface.positions[t.y],
                    &c = mesh.surface.positions[t.z];
    const double area = glm::length(glm::cross(b - a, c - a));
    sum += area * (mesh.shares[t.x].depth + mesh.shares[t.y].depth + mesh.shares[t.z].depth) / 3;
    weight += area;
  }
  const double mean = weight > 0 ? sum / weight : usual_depth(structure.kind);
  return std::isfinite(mean) ? static_cast<float>(std::clamp(mean, 0.0, 1.0)) : usual_depth(structure.kind);
}

// Where the two muscles that the slider is named after lie in this leg, so that it uncovers the soleus at the same
// place of the slider in every pack.
struct PeelScale {
  float gastrocnemius = 0.7f;
  float soleus = 0.45f;

  // Middle of the fading interval for something as deep as that.
  float middle_at(float depth) const {
    constexpr float at_skin = 0.24f, at_gastrocnemius = 0.36f, at_soleus = 0.58f, at_bone = 0.88f;
    const auto mix = [](float from, float to, float t) { return from + (to - from) * std::clamp(t, 0.0f, 1.0f); };
    if (depth >= gastrocnemius)
      return mix(at_gastrocnemius, at_skin, (depth - gastrocnemius) / std::max(1 - gastrocnemius, 0.01f));
    if (depth >= soleus)
      return mix(at_soleus, at_gastrocnemius, (depth - soleus) / (gastrocnemius - soleus));
    return mix(at_bone, at_soleus, depth / std::max(soleus, 0.01f));
  }
};

constexpr float fade_half = 0.07f; // half the length of an interval on the slider

PeelSpan around(float middle) {
  return {middle - fade_half, middle + fade_half};
}

PeelScale peel_scale(const Atlas& atlas, const std::vector<StructureFacts>& facts) {
  const auto depth_of = [&](std::string_view id) -> std::optional<float> {
    const int index = atlas.index_of(id);
    if (index < 0)
      return std::nullopt;
    return facts[static_cast<std::size_t>(index)].mean_depth;
  };
  const auto medial = depth_of("gastrocnemius_medial_head"), lateral = depth_of("gastrocnemius_lateral_head");
  const auto soleus = depth_of("soleus");
  PeelScale scale;
  if (!medial || !lateral || !soleus)
    return scale;
  const float heads = (*medial + *lateral) / 2;
  // A pack whose soleus is not deeper than the heads says nothing useful about depth.
  if (heads - *soleus < 0.03f)
    return scale;
  scale.gastrocnemius = std::min(heads, 0.97f);
  scale.soleus = std::max(*soleus, 0.03f);
  return scale;
}

PeelSpan peel_span(const Structure& structure, float depth, const PeelScale& scale) {
  switch (structure.kind) {
  case Kind::skin:
    return {0.02f, 0.16f};
  case Kind::bone:
    return {};
  case Kind::ligament:
    return around(std::max(0.86f, scale.middle_at(depth)));
  case Kind::fascia:
    return depth > 0.8f ? PeelSpan{0.14f, 0.26f} : around(scale.middle_at(depth));
  case Kind::other:
    return {};
  default:
    break;
  }
  // The heads go together, and the tendon stays as long as a muscle pulls on it.
  if (structure.id == "gastrocnemius_medial_head" || structure.id == "gastrocnemius_lateral_head")
    return around(scale.middle_at(scale.gastrocnemius));
  if (structure.id == "calcaneal_tendon" || structure.id == "soleus")
    return around(scale.middle_at(scale.soleus));
  return around(scale.middle_at(depth));
}

std::vector<Bounds> segment_bounds(const Atlas& atlas) {
  std::vector<Bounds> out(std::max<std::size_t>(atlas.segments.size(), 1));
  for (const Structure& structure : atlas.structures) {
    const SurfaceMesh& mesh = *structure.mesh;
    for (std::size_t i = 0; i < mesh.surface.positions.size(); ++i) {
      const SkinBinding binding = i < mesh.binding.size() ? mesh.binding[i] : SkinBinding{};
      for (std::size_t k = 0; k < 4; ++k)
        if (binding.weight[k] > 0 && binding.segment[k] < out.size())
          out[binding.segment[k]].add(mesh.surface.positions[i]);
    }
  }
  return out;
}

} // namespace

float PeelSpan::opacity_at(float peel) const {
  if (peel <= begins)
    return 1;
  if (peel >= gone)
    return 0;
  const float t = (peel - begins) / (gone - begins);
  return 1 - t * t * (3 - 2 * t);
}

LegFacts make_leg_facts(const Atlas& atlas) {
  LegFacts out;
  for (const Structure& structure : atlas.structures) {
    StructureFacts facts;
    facts.bounds = bounds_of(structure.mesh->surface);
    facts.mean_depth = mean_depth(structure);
    out.bounds.add(facts.bounds);
    out.structures.push_back(facts);
  }
  out.segments = segment_bounds(atlas);
  const PeelScale scale = peel_scale(atlas, out.structures);
  for (std::size_t i = 0; i < out.structures.size(); ++i)
    out.structures[i].peel = peel_span(atlas.structures[i], out.structures[i].mean_depth, scale);
  if (!out.bounds.empty())
    out.floor_y_mm = out.bounds.lower.y;
  out.coordinates = LegCoordinates::make(atlas);
  return out;
}

Bounds posed_bounds(const LegFacts& facts, std::span<const glm::mat4> segments) {
  if (segments.empty())
    return facts.bounds;
  Bounds out;
  for (std::size_t s = 0; s < facts.segments.size() && s < segments.size(); ++s) {
    const Bounds& box = facts.segments[s];
    if (box.empty())
      continue;
    for (int corner = 0; corner < 8; ++corner)
      out.add(glm::vec3(segments[s] * glm::vec4(corner & 1 ? box.upper.x : box.lower.x,
                                                corner & 2 ? box.upper.y : box.lower.y,
                                                corner & 4 ? box.upper.z : box.lower.z, 1)));
  }
  return out.empty() ? facts.bounds : out;
}

} // namespace calfscope
