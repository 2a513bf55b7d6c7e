#pragma once
// What undo restores: everything a person has done to the picture, as one plain value. Structures by id, so that it can
// be written to a file and applied to another leg.

#include "anatomy/kinds.h"
#include "anatomy/pose.h"
#include "base/table.h"
#include "frame/camera.h"
#include "painmap/painted_skin.h"

#include <array>
#include <map>
#include <set>
#include <string>

namespace calfscope {

enum class Show : std::uint8_t { shown, ghosted, hidden };
inline constexpr std::array<std::string_view, 3> show_ids{"shown", "ghosted", "hidden"};

enum class Highlight : std::uint8_t { none, calf };
inline constexpr std::array<std::string_view, 2> highlight_ids{"none", "calf"};

// Names beside the structures, in whose words.
enum class LabelNames : std::uint8_t { off, patient, latin, clinician };
inline constexpr std::array<std::string_view, 4> label_names_ids{"off", "patient", "latin", "clinician"};

// The cross-section drawn beside the 3D picture; it takes nothing away from the leg.
struct Section {
  bool on = false;
  float s = 0.33f; // level (conventions, "Space"); about the thickest part of the calf
  bool operator==(const Section&) const = default;
};
inline constexpr float section_highest_s = -0.34f; // just below the crop
inline constexpr float section_lowest_s = 1.14f;   // through the sole

// Where the clipping plane lies. Axial cuts across the long axis and takes away what is below (seen from below, as in
// MRI); sagittal takes away the medial, coronal the posterior part; free uses Clip::normal.
enum class ClipOrientation : std::uint8_t { axial, sagittal, coronal, free };
inline constexpr std::array<std::string_view, 4> clip_orientation_ids{"axial", "sagittal", "coronal", "free"};

struct Clip {
  bool on = false;
  ClipOrientation orientation = ClipOrientation::axial;
  float position_mm = 140;    // along the normal, from the knee centre (for foreign meshes: from the middle)
  bool flipped = false;       // takes away the other part
  glm::vec3 normal{0, 0, -1}; // unit; of the free plane only, towards what is taken away

  bool operator==(const Clip&) const = default;
};

struct Document {
  Side side = Side::right;
  std::map<std::string, Show, std::less<>> overrides; // structures whose Show was set one by one
  std::array<bool, kind_table.size()> kinds = {true, true, true, true, true, true, true, true, true};
  std::set<std::string, std::less<>> isolated; // if not empty only these are shown
  std::string selected;                        // structure id; empty = nothing
  float peel = 0;                              // 0 skin … 1 bone
  Highlight highlight = Highlight::calf;
  Clip clip;
  std::string point;                        // chosen trigger point; empty = none
  bool points_shown = true;                 // the hotspots
  bool neighbours = false;                  // those of neighbouring muscles too
  bool no_press = false;                    // hatches the places not to press
  std::set<std::string, std::less<>> hurts; // regions where it hurts, for looking backwards
  PaintedSkin painted;                      // and what was painted besides
  std::string technique;                    // shown; empty = none
  std::string tool;                         // that it is done with; empty = its first
  std::string mistake;                      // shown instead of the phase as it should be; empty = none
  bool restricted = false;                  // a leg whose ankle is restricted stands beside it
  bool walk = false;                        // the way to the chosen point, from what can be felt, drawn on the leg
  float leg_length_mm = 0;                  // of the person it is drawn for; 0: as long as the leg that is shown
  LabelNames labels = LabelNames::off;
  Section section;
  Pose pose;
  Camera camera; // where the camera is, or where its flight goes

  bool operator==(const Document&) const = default;
};

} // namespace calfscope
