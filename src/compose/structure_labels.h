#pragma once
// Names with leader lines for the structures that are seen.

#include "base/catalogue.h"
#include "compose/label_layout.h"
#include "compose/seen_leg.h"
#include "frame/frame.h"
#include "state/app_state.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

// Remembers from one picture to the next what was named where, so that names keep still while the leg turns, move
// smoothly and fade in and out. A fresh one gives the picture at rest.
class StructureLabels {
public:
  // Fills frame.callouts for a frame that is finished otherwise. `now_s`: of a clock that never goes back; with
  // nullopt, after a pause, and with reduced motion everything is at its place at once.
  void add(Frame& frame, const AppState& state, const Catalogue& text, std::optional<double> now_s);

  // Whether the same picture a moment later would have its names where they are.
  bool settled() const { return settled_; }

private:
  struct Shown {
    std::string text;
    std::uint32_t vertex = 0;   // the line's anchor, in the structure's mesh
    glm::vec3 anchor_mm{0};     // where it lies now
    glm::vec3 anchor_off_mm{0}; // on the way from an anchor before to this one
    glm::vec2 at{0}, goal{0};   // px
    float width_px = 0;
    bool right = true;
    float opacity = 0, wanted_opacity = 1;
    bool emphasised = false;
    bool leaves = false;
  };
  struct Candidate;
  static bool overlap(const Shown& a, const Shown& b, float height_px);

  void follow_leg(const AppState& state);
  std::vector<Candidate> candidates(const Frame& frame, const AppState& state, const SeenLeg& seen,
                                    const Viewport& viewport, float line_px);
  void move(const std::vector<PlacedLabel>& placed, float seconds, bool at_once, float line_px);

  std::shared_ptr<const Atlas> atlas_;
  std::vector<std::vector<std::uint32_t>> anchors_; // vertices spread over each structure; as in the atlas
  PosedMeshes meshes_;
  LabelLayoutMemory layout_;
  std::map<std::string, Shown> shown_;
  std::optional<double> last_s_;
  Viewport viewport_;
  LabelNames names_ = LabelNames::off;
  bool settled_ = true;
};

} // namespace calfscope
