#pragma once
// What happens when in a technique on one point: a pure function of time, so that seeking shows what playing shows.

#include "content/content_pack.h"
#include "technique/gait.h"

#include <array>
#include <optional>
#include <vector>

namespace calfscope {

// One run through one phase.
struct TimelineSpan {
  std::size_t phase = 0; // index in Technique::phases
  int loop = 0;          // 0-based, of that phase
  int round = 0;         // 0-based, of the phases that are gone through several times
  float start_s = 0;
  float seconds = 0;
};

// Where the tool touches the skin: s along the leg, a round it (leg_coordinates.h).
struct TouchMoment {
  bool touching = false;
  bool near = false; // the place below is where the tool is, on the skin or lifted off it
  float hold = 1;    // share of the pressure that is there: a stroke takes hold and lets go
  float lifted = 0;  // 0 on the skin … 1 farthest from it, on the way back of a stroke
  float s = 0;
  float a_deg = 0;
  bool faces_down = false;  // it is not a that is touched but what faces the floor on that side, near a
  float across_mm = 0;      // rocked away from there, + medial, along the skin
  float along_mm = 0;       // + toward the foot
  float dragged_mm = 0;     // of that way the skin has come along, sheared over what lies below it
  bool rocks_along = false; // which of the two it is
  float carried_deg = 0;    // round the leg from the point, by a hand; for what grips beside it
};

struct TechniqueMoment {
  std::size_t span = 0; // index in Timeline::spans
  float into_s = 0;     // since that span began
  std::array<float, channel_count> channel{};
  TouchMoment touch;
  std::optional<StrideMoment> stride; // while both legs go
  float breath = 0;                   // 0 empty lungs, 1 full
  float tenderness = 1;               // of the point, falls while a hold eases it

  float operator[](Channel c) const { return channel[static_cast<std::size_t>(c)]; }
};

// Where a point lies on the leg at hand.
struct PointOnLeg {
  std::string id;
  float s = 0, a_deg = 0;
};

class Timeline {
public:
  // The technique on one point; on none, "at point" is nowhere and a phase's "point" values stay as they are. With
  // `mistake` its phase is done wrongly. `floor_tool`: the tool lies on the floor and the leg turns on it, so that it
  // touches where the turned leg faces down. `clear_s`: on this leg a path keeps to these levels, a mistake's does not.
  // All references are copied from; nothing is kept.
  Timeline(const Technique& technique, std::optional<PointOnLeg> point, bool floor_tool,
           const Mistake* mistake = nullptr, std::optional<Span> clear_s = {});

  float seconds() const { return seconds_; }
  const std::vector<TimelineSpan>& spans() const { return spans_; }
  const std::vector<Phase>& phases() const { return phases_; }

  // `time_s` is held to 0 … seconds().
  TechniqueMoment at(float time_s) const;

private:
  float channel_at(const Phase& phase, std::size_t channel, float before, float into_s, float seconds) const;
  TouchMoment touch_at(const Phase& phase, const TechniqueMoment& moment, float into_s, float seconds) const;
  TechniqueMoment inside(std::size_t span, float into_s) const;

  std::vector<Phase> phases_;
  std::array<std::optional<float>, channel_count> own_{};
  std::optional<PointOnLeg> point_;
  bool floor_tool_ = false;
  std::vector<TimelineSpan> spans_;
  std::vector<std::array<float, channel_count>> before_; // channels where each span begins
  std::vector<float> tenderness_before_;
  float seconds_ = 0;
};

// Lungs at a time: 4 s in, 6 s out (fact sheet 4.1), 0 empty … 1 full, smooth.
float breath_at(float time_s);

} // namespace calfscope
