#pragma once
// From the state to a picture as values. Pure: the same state gives the same Frame.

#include "base/catalogue.h"
#include "frame/frame.h"
#include "state/app_state.h"
#include "state/theme.h"

#include <optional>
#include <string>
#include <vector>

namespace calfscope {

class StructureLabels;

struct ComposeOptions {
  Quality quality = Quality::full;
  glm::vec4 free_area{0, 0, 1, 1}; // of the target, as Frame::free_area
  const Catalogue* text = nullptr; // words for what is written into the picture; null: nothing is
  // Where names were in the picture before, so that they move smoothly; null: a picture by itself.
  StructureLabels* labels = nullptr;
  std::optional<double> now_s = {}; // of a clock that never goes back, for those
};

Frame compose(const AppState& state, const ComposeOptions& options);

// What the colours of a highlighted picture mean; empty if nothing is highlighted.
struct LegendEntry {
  std::string structure; // id
  std::string name_key;  // catalogue key of the short name
  glm::vec3 colour{0};   // sRGB, as drawn
  bool shown = true;     // false: peeled away or hidden just now
};
std::vector<LegendEntry> legend(const AppState& state);

Material material_of(const Structure& structure);

// The colour it has where nothing is selected, hidden or stepped back, sRGB.
glm::vec3 own_colour(const AppState& state, std::size_t structure);

// Whether a click takes hold of it: neither faint nor ghosted.
bool is_solid(const DrawItem& item);

} // namespace calfscope
