#pragma once
// The cross-section as a drawing: filled, named, with a scale, the sides written, and the chosen trigger point with
// its depth. The same sheet stands in the window's panel and in `calfscope slice`.

#include "base/catalogue.h"
#include "compose/label_layout.h"
#include "compose/section_cut.h"
#include "frame/flat_drawing.h"
#include "state/app_state.h"

#include <memory>
#include <optional>
#include <string>

namespace calfscope {

struct SectionSheet {
  std::shared_ptr<const FlatDrawing> drawing; // null: there is nothing to draw
  std::shared_ptr<const SectionCut> cut;
  glm::vec2 middle_px{0}; // where the section's origin lies on the sheet
  float px_per_mm = 1;

  glm::vec2 to_px(glm::vec2 mm) const { return middle_px + px_per_mm * glm::vec2(mm.x, -mm.y); }
  glm::vec2 to_mm(glm::vec2 px) const { return glm::vec2(px.x - middle_px.x, middle_px.y - px.y) / px_per_mm; }
  // The structure drawn at a place of the sheet; empty if there is none.
  std::string structure_at(glm::vec2 px) const;
};

class SectionDrawer {
public:
  // Null cut and drawing if no section is shown. Kept until what it shows changes. `line_px`: of letters. `hovered`: a
  // structure that lights up.
  const SectionSheet& draw(const AppState& state, const Catalogue& text, glm::ivec2 size, float line_px,
                           const std::string& hovered = {});

private:
  struct Key {
    std::shared_ptr<const SectionCut> cut;
    const LegContent* content = nullptr;
    Document document; // its camera does not matter
    std::string_view theme;
    std::string hovered;
    glm::ivec2 size{0};
    float line_px = 0;
    bool operator==(const Key&) const = default;
  };

  SectionCutter cutter_;
  LabelLayoutMemory labels_; // names keep their places while the level is dragged
  std::optional<Key> key_;
  SectionSheet sheet_;
};

// "8 cm below the knee joint".
std::string section_level_text(const AppState& state, const Catalogue& text);

} // namespace calfscope
