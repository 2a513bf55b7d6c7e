#pragma once
// A technique in the state: which one is shown, where in its time, and how the leg stands and is touched then.

#include "anatomy/pose.h"
#include "frame/camera.h"
#include "props/figure.h"
#include "state/technique_clock.h"
#include "technique/contact_sweep.h"
#include "technique/muscle_length.h"
#include "technique/skin_lines.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace calfscope {

struct AppState;

// What is shown, in the place where one releases; null if nothing is, or this leg cannot carry it.
const Technique* chosen_technique(const AppState& state);
// Whether it may be done on the point at all; without points of its own, or on none, always.
bool is_offered(const Technique& technique, std::string_view point);
// The zone where nothing may press that would be in its way at this point of this leg; null if none is, and where it
// uses no tool.
const NoPressZone* zone_in_the_way(const AppState& state, const Technique& technique, const std::string& point);
// Whether it is offered for the point, and nothing is in its way on this leg.
bool can_be_done(const AppState& state, const Technique& technique, const std::string& point);
const Mistake* chosen_mistake(const AppState& state);
const Tool* chosen_tool(const AppState& state); // null for techniques without a tool too
// The technique in time on the chosen point (or none); nullopt if nothing is shown.
std::optional<Timeline> technique_timeline(const AppState& state);
// Ten in the order of the conventions, the best for the chosen point first.
std::vector<const Technique*> techniques_for(const ContentPack& pack, const std::string& point);

// A leg whose ankle comes no higher than this beside the one that is shown: below 10 degrees, active, counts as
// restricted (fact sheet 6.3, S69); how far below is our choice.
inline constexpr float restricted_ankle_deg = 8;
struct RestrictedLeg {
  Pose pose;
  glm::mat4 world_from_leg{1};       // beside the shown one
  std::vector<MuscleLength> lengths; // of the calf's muscles
};

// How the leg stands just now, and what touches it. World space: the leg's own, or with a technique that of its posture
// (props/leg_placement.h), with the floor at y = 0.
struct Stage {
  Pose pose;
  std::vector<glm::mat4> segments; // world from rest; empty: at rest
  BendShares bends{};
  Posture posture = Posture::standing;
  glm::mat4 world_from_leg{1};             // of the posed leg as a whole
  FigureLeg figure;                        // the same for the body it belongs to
  std::vector<Contact> contacts;           // of the tool where it presses, world
  std::vector<Contact> clear;              // of the tool held clear of the skin instead, world
  std::vector<MuscleLength> lengths;       // of the calf's muscles, where a technique lengthens them
  std::vector<SkinLines::Line> skin_lines; // where the tool drags the skin, world
  std::optional<ZonesTouched> zones;       // that the tool comes into where a hand has carried it; else nothing
  std::optional<RestrictedLeg> restricted; // where it is asked for, and the technique moves the ankle
  std::optional<TechniqueMoment> moment;   // nullopt: no technique is shown

  const Contact* touch() const; // the first of the tool, whether it presses or not; null without one
};
glm::vec3 middle_of(const Contact& contact); // of the tool
// Worked out when it is first asked for at a moment, then kept.
std::shared_ptr<const Stage> stage_of(const AppState& state);
// The same at another second of the technique.
std::shared_ptr<const Stage> stage_at(const AppState& state, double seconds);

// From where the technique is seen at a time of it.
Camera technique_camera(const AppState& state, double seconds);

// How long it plays from where it is, with quick holds or without, s.
double technique_playing_time(const AppState& state);

// Puts the clock to a time, the camera with it while it follows.
void seek_technique(AppState& state, double seconds);
// Lets it play on; true if anything changed.
bool play_technique_on(AppState& state, double seconds);

// Kept with the leg that it was worked out for.
struct StageCache {
  std::shared_ptr<const LegFrame> frame;
  std::shared_ptr<const MuscleLengths> lengths;
  std::shared_ptr<const ContactGround> ground;
  std::optional<SkinLines> skin_lines; // as drawn last
  const void* atlas = nullptr;
  std::map<std::string, Span> clear_s;                  // by technique (clear_levels)
  std::map<std::string, const NoPressZone*> in_the_way; // by technique|point
  std::string key;
  std::shared_ptr<const Stage> stage;
  // What was painted on the skin last, and the same on the finer skin.
  std::shared_ptr<const std::vector<glm::vec4>> field, finer_field;
  // The body as it was drawn last.
  Posture posture = Posture::standing;
  FigureJoints joints;
  std::shared_ptr<const SurfaceMesh> figure;
  std::vector<std::pair<std::string, std::shared_ptr<const SurfaceMesh>>> furniture; // by name
  std::vector<std::shared_ptr<const SurfaceMesh>> hands;
  // The restricted leg as it was drawn last: structures by index.
  Pose restricted_pose;
  std::vector<std::shared_ptr<const SurfaceMesh>> restricted;
  // Of what must not press where it is: SurfaceOverlay::field by mesh.
  std::map<std::shared_ptr<const SurfaceMesh>, std::shared_ptr<const std::vector<glm::vec4>>> hatched;
};

} // namespace calfscope
