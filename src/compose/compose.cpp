#include "compose/compose.h"

#include "compose/point_items.h"
#include "compose/section_labels.h"
#include "compose/section_line.h"
#include "compose/structure_labels.h"
#include "compose/technique_items.h"
#include "compose/walk_items.h"
#include "state/technique_state.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

constexpr float faintest = 0.004f; // below this nothing of an item would reach the screen

struct HighlightedStructure {
  std::string_view id;
  std::string_view name_key;
  glm::vec3 SceneColours::*colour;
};

constexpr std::array<HighlightedStructure, 3> calf_structures{{
    {"gastrocnemius_medial_head", "legend.calf.gastrocnemius_medial_head", &SceneColours::gastrocnemius_medial},
    {"gastrocnemius_lateral_head", "legend.calf.gastrocnemius_lateral_head", &SceneColours::gastrocnemius_lateral},
    {"soleus", "legend.calf.soleus", &SceneColours::soleus},
}};

const HighlightedStructure* in_calf(std::string_view id) {
  const auto found = std::find_if(calf_structures.begin(), calf_structures.end(),
                                  [&](const HighlightedStructure& entry) { return entry.id == id; });
  return found == calf_structures.end() ? nullptr : &*found;
}

// Neighbouring muscles differ a little in lightness, so that their border is seen. Depends on the id alone.
glm::vec3 told_apart(glm::vec3 colour, std::string_view id) {
  std::uint32_t hash = 2166136261u; // FNV-1a
  for (const char c : id)
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  const float shade = 0.93f + 0.14f * static_cast<float>(hash % 1024) / 1023.0f;
  return glm::clamp(colour * shade, 0.0f, 1.0f);
}

DrawItem plain_item(const Structure& structure, std::size_t index, const SceneColours& colours) {
  DrawItem item;
  item.mesh = structure.mesh;
  item.structure = static_cast<std::uint32_t>(index);
  item.material = material_of(structure);
  item.colour = colours.materials[static_cast<std::size_t>(item.material)];
  if (item.material == Material::muscle || item.material == Material::plain)
    item.colour = told_apart(item.colour, structure.id);
  return item;
}

// The start view: both heads as coloured glass, the soleus shining through them, all else as quiet surroundings.
void highlight_calf(DrawItem& item, const Structure& structure, const SceneColours& colours, float heads_opacity) {
  if (const HighlightedStructure* entry = in_calf(structure.id)) {
    item.colour = colours.*entry->colour;
    if (structure.id == "soleus") {
      item.glow = 0.45f * heads_opacity; // once the heads are peeled away there is nothing to shine through
      item.emphasis = 0.25f;
    } else {
      item.ghost = 0.25f;
      item.opacity *= 0.92f;
    }
    return;
  }
  if (structure.id == "calcaneal_tendon") {
    item.colour = colours.calcaneal_tendon;
    return;
  }
  switch (structure.kind) {
  case Kind::skin:
    item.ghost = 1;
    item.opacity *= 0.32f;
    break;
  case Kind::fascia:
    item.ghost = 1;
    item.opacity *= 0.1f;
    break;
  case Kind::muscle:
    item.colour = glm::mix(item.colour, colours.stepped_back, 0.6f);
    item.emphasis = -0.6f;
    item.ghost = 0.85f;
    item.opacity *= 0.3f;
    break;
  case Kind::vessel:
  case Kind::nerve:
    item.emphasis = -0.6f;
    item.ghost = 0.8f;
    item.opacity *= 0.3f;
    break;
  case Kind::tendon:
  case Kind::ligament:
    item.emphasis = -0.4f;
    item.ghost = 0.8f;
    item.opacity *= 0.4f;
    break;
  case Kind::bone:
    item.emphasis = -0.15f;
    break;
  case Kind::other:
    break;
  }
}

void show_as_ghost(DrawItem& item) {
  item.ghost = std::max(item.ghost, 0.9f);
  item.opacity *= 0.45f;
  item.glow = 0;
}

void show_selected(DrawItem& item, float seen) {
  item.emphasis = 1;
  item.outlined = true;
  item.ghost = 0;
  item.glow = 1;
  // What was chosen from a list stays to be seen where the peel has passed it.
  item.opacity = std::max(seen, 0.45f);
}

// Sheets around the whole leg hide everything in it.
bool covers(Kind kind, Kind selected) {
  if (selected == Kind::skin)
    return false;
  return kind == Kind::skin || (kind == Kind::fascia && selected != Kind::fascia);
}

bool lies_above(const LegFacts& facts, std::size_t structure, std::size_t selected) {
  constexpr float clearly = 0.02f; // on the peel slider; closer neighbours lie side by side
  return facts.structures[structure].peel.begins < facts.structures[selected].peel.begins - clearly;
}

// Everything steps back from a selected structure. Sheets over it turn to glass, and what else is peeled away before it
// can be looked through.
void step_back(DrawItem& item, bool sheet, bool above) {
  item.emphasis = std::max(-1.0f, item.emphasis - 0.5f);
  if (sheet && item.ghost < 0.9f) {
    item.ghost = 1;
    item.opacity *= item.material == Material::skin ? 0.4f : 0.15f;
  } else if (above && item.ghost < 0.5f) {
    item.ghost = 0.5f;
    item.opacity *= 0.8f;
  }
}

// Skin that nothing is seen through lets nothing shine through it either.
void quench_under_skin(Frame& frame, const Atlas& atlas) {
  const int skin = atlas.index_of("skin");
  const auto found = std::find_if(frame.items.begin(), frame.items.end(), [skin](const DrawItem& item) {
    return skin >= 0 && item.structure == static_cast<std::uint32_t>(skin);
  });
  if (found == frame.items.end() || found->opacity < 0.99f || found->ghost > 0)
    return;
  for (DrawItem& item : frame.items)
    item.glow = 0;
}

float lowest_posed(const Atlas& atlas, const LegFacts& facts, std::span<const glm::mat4> segments,
                   const BendShares& bends) {
  float lowest = std::numeric_limits<float>::max();
  const Structure* skin = atlas.find("skin");
  for (const Structure& structure : atlas.structures) {
    if (skin && &structure != skin)
      continue;
    for (const glm::vec3& p : posed_positions(*structure.mesh, segments, bends))
      lowest = std::min(lowest, p.y);
  }
  return lowest == std::numeric_limits<float>::max() ? facts.floor_y_mm : lowest;
}

float peel_opacity(const AppState& state, std::size_t structure) {
  return state.facts->structures[structure].peel.opacity_at(state.document.peel);
}

float peel_opacity_of(const AppState& state, std::string_view id) {
  const int index = state.atlas->index_of(id);
  return index < 0 ? 0 : peel_opacity(state, static_cast<std::size_t>(index));
}

} // namespace

Material material_of(const Structure& structure) {
  switch (structure.kind) {
  case Kind::skin:
    return structure.group == "nail" ? Material::nail : Material::skin;
  case Kind::fascia:
    return Material::fascia;
  case Kind::muscle:
    return Material::muscle;
  case Kind::tendon:
    return Material::tendon;
  case Kind::ligament:
    return structure.group == "cartilage" ? Material::cartilage : Material::ligament;
  case Kind::vessel: {
    const bool vein = structure.group == "vein" ||
                      (structure.group.empty() && structure.id.find("vein") != std::string::npos) ||
                      structure.id.find("venous") != std::string::npos;
    return vein ? Material::vein : Material::artery;
  }
  case Kind::nerve:
    return Material::nerve;
  case Kind::bone:
    return structure.group == "cartilage" ? Material::cartilage : Material::bone;
  case Kind::other:
    return Material::plain;
  }
  return Material::plain;
}

glm::vec3 own_colour(const AppState& state, std::size_t structure) {
  const SceneColours& colours = theme_of(state).scene;
  const Structure& entry = state.atlas->structures[structure];
  if (state.document.highlight == Highlight::calf && has_calf(state)) {
    if (const HighlightedStructure* highlighted = in_calf(entry.id))
      return colours.*highlighted->colour;
    if (entry.id == "calcaneal_tendon")
      return colours.calcaneal_tendon;
  }
  return plain_item(entry, structure, colours).colour;
}

bool is_solid(const DrawItem& item) {
  return item.opacity >= 0.4f && item.ghost < 0.7f;
}

Frame compose(const AppState& state, const ComposeOptions& options) {
  const SceneColours& colours = theme_of(state).scene;
  Frame frame;
  frame.quality = options.quality;
  frame.free_area = options.free_area;
  frame.lighting = colours.lighting;
  frame.background = colours.background;
  frame.outline_colour = colours.outline;
  frame.label_ink = theme_of(state).ui.text;
  frame.label_surround = colours.background.bottom;
  frame.callout_chosen = colours.outline;
  frame.camera = camera_now(state);
  if (!state.atlas || !state.facts)
    return frame;

  const Atlas& atlas = *state.atlas;
  const Document& document = state.document;
  const std::shared_ptr<const Stage> stage = stage_of(state);
  frame.segments = stage->segments;
  frame.bends = stage->bends;
  frame.scene = posed_bounds(*state.facts, frame.segments);
  if (!stage->moment) // planes are those of the upright leg
    frame.clip = clip_plane(state);
  frame.background.floor_y_mm = stage->moment ? 0 // of the posture's world
                                : frame.segments.empty()
                                    ? state.facts->floor_y_mm
                                    : lowest_posed(atlas, *state.facts, frame.segments, frame.bends);
  // A leg that is cut may have no foot left to stand on, and its shadow would fall from nothing.
  frame.background.floor = eye_of(frame.camera).y > frame.background.floor_y_mm && !frame.clip;

  const bool calf = document.highlight == Highlight::calf && has_calf(state);
  const float heads_opacity = calf ? peel_opacity_of(state, "gastrocnemius_medial_head") : 0.0f;
  const Structure* selected = atlas.find(document.selected);
  const auto selected_index = static_cast<std::size_t>(std::max(0, atlas.index_of(document.selected)));
  for (std::size_t i = 0; i < atlas.structures.size(); ++i) {
    const Structure& structure = atlas.structures[i];
    const Show show = show_of(state, i);
    if (show == Show::hidden)
      continue;
    DrawItem item = plain_item(structure, i, colours);
    item.is_rigid = structure.kind == Kind::bone;
    const float seen = peel_opacity(state, i);
    item.opacity = seen;
    if (calf)
      highlight_calf(item, structure, colours, heads_opacity);
    if (show == Show::ghosted)
      show_as_ghost(item);
    if (structure.id == document.selected)
      show_selected(item, seen);
    else if (selected)
      step_back(item, covers(structure.kind, selected->kind), lies_above(*state.facts, i, selected_index));
    if (structure.id == state.hovered)
      item.emphasis = std::min(1.0f, item.emphasis + 0.25f);
    if (item.opacity >= faintest)
      frame.items.push_back(std::move(item));
  }
  add_technique(frame, state, *stage, options.text); // its contacts come first: what is marked lies on the dented skin
  add_points(frame, state);
  refine_skin(frame, state, *stage);
  quench_under_skin(frame, atlas);
  if (!stage->moment) // it is a level of the upright leg
    add_section_line(frame, state);
  if (options.text)
    for (Label& label : section_labels(frame, document.side, *options.text))
      frame.labels.push_back(std::move(label));
  add_walk(frame, state, options.text);
  if (options.text) {
    StructureLabels at_rest;
    (options.labels ? *options.labels : at_rest).add(frame, state, *options.text, options.now_s);
  }
  return frame;
}

std::vector<LegendEntry> legend(const AppState& state) {
  std::vector<LegendEntry> out;
  if (state.document.highlight != Highlight::calf || !has_calf(state))
    return out;
  const SceneColours& colours = theme_of(state).scene;
  for (const HighlightedStructure& entry : calf_structures) {
    const auto index = static_cast<std::size_t>(state.atlas->index_of(entry.id));
    const bool shown = show_of(state, index) != Show::hidden && peel_opacity(state, index) > 0.05f;
    out.push_back({std::string(entry.id), std::string(entry.name_key), colours.*entry.colour, shown});
  }
  return out;
}

} // namespace calfscope
