#pragma once
// The leg cut across at one level, as flat outlines. Seen from below as in MRI: x to the subject's left, y anterior (up
// on paper), in millimetres from the middle of the skin's outline. The turn of the leg is taken back, so that anterior
// stays up.

#include "frame/flat_drawing.h"
#include "frame/frame.h"
#include "state/app_state.h"

#include <memory>
#include <optional>
#include <vector>

namespace calfscope {

struct SectionPiece {
  std::size_t structure = 0;   // of the atlas
  std::vector<FlatLine> lines; // closed, outer ones counter-clockwise with y up, holes clockwise
  float area_mm2 = 0;
  glm::vec2 label_at{0}; // well inside its largest part
};

struct SectionCut {
  std::shared_ptr<const Atlas> atlas;
  Side side = Side::right;
  float s = 0;
  float below_knee_mm = 0;          // of the level, along the long axis; negative above the joint line
  std::vector<SectionPiece> pieces; // large ones first, so that what lies in another comes after it
  glm::vec2 lower{0}, upper{0};     // of all lines
  bool empty() const { return pieces.empty(); }
};

// Kept while leg, pose and level stay as they are. Null if the section is off or the leg has no levels.
class SectionCutter {
public:
  std::shared_ptr<const SectionCut> cut(const AppState& state);

private:
  std::shared_ptr<const SectionCut> kept_;
  Pose pose_;
  float s_ = 0;
  // Per structure:
  std::vector<std::vector<glm::uvec3>> triangles_; // joined at seams
  std::vector<TriMesh> posed_;                     // in pose_
  std::vector<glm::vec2> reach_;                   // of that along the long axis, mm
};

// Where a point of the neutral leg lies in the section's plane, and how far it is from it (+ towards the foot), mm.
struct SectionPlace {
  glm::vec2 at{0};
  float off_mm = 0;
};
std::optional<SectionPlace> section_place(const AppState& state, const SectionCut& cut, glm::vec3 point_mm);

// The piece at a place, the innermost if one lies in another; null if there is none.
const SectionPiece* piece_at(const SectionCut& cut, glm::vec2 at);

} // namespace calfscope
