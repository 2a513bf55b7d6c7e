#pragma once
// Everything the program knows at one moment, as values. Panels and compose read it; only apply() (action.h), advance()
// and the few functions below change it.

#include "anatomy/atlas.h"
#include "base/issue.h"
#include "frame/frame.h"
#include "frame/viewport.h"
#include "state/document.h"
#include "state/leg_content.h"
#include "state/leg_facts.h"
#include "state/point_state.h"
#include "state/search.h"
#include "state/settings.h"
#include "state/technique_clock.h"
#include "state/value.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

enum class Place : std::uint8_t { explore, release, journal };
inline constexpr std::array<std::string_view, 3> place_ids{"explore", "release", "journal"};

// Panels that open and close; catalogue "panel.<id>.title".
enum class Panel : std::uint8_t {
  layers,
  card,
  search,
  clip,
  pose,
  settings,
  shortcuts,
  about,
  open,
  points,
  lookup,
  stop_signs
};
inline constexpr std::array<std::string_view, 12> panel_ids{"layers", "card",     "search",    "clip",
                                                            "pose",   "settings", "shortcuts", "about",
                                                            "open",   "points",   "lookup",    "stop_signs"};

// Standard views; directions are anatomical, so medial looks at the medial side on either leg.
enum class StandardView : std::uint8_t { posterior, anterior, medial, lateral, plantar, top, calf };
inline constexpr std::array<std::string_view, 7> view_ids{"posterior", "anterior", "medial", "lateral",
                                                          "plantar",   "top",      "calf"};

struct Notice {
  Severity severity = Severity::note;
  std::string key;                                         // catalogue key of the sentence
  std::vector<std::pair<std::string, std::string>> values; // for its {placeholders}
  std::string details; // lines of a fault list, shown on demand; not from the catalogue (files, parsers)
  double age_s = 0;
  bool operator==(const Notice&) const = default;
};

// What only the surrounding program can do. The app takes them from AppState::requests after each apply().
enum class RequestKind : std::uint8_t { open_model, click, screenshot, copy_picture, copy_text, save_state, quit };
inline constexpr std::array<std::string_view, 7> request_ids{"open_model", "click",      "screenshot", "copy_picture",
                                                             "copy_text",  "save_state", "quit"};
struct Request {
  RequestKind kind = RequestKind::quit;
  std::string text; // path, or text to copy; an empty path of screenshot or save_state: ask, or make one up
  std::string unit; // of open_model: "mm", "cm", "m", "in"; empty = guess
  glm::vec2 at{0};  // of click: fractions of the picture from its top left
  bool operator==(const Request&) const = default;
};

// The camera on its way; Document::camera is where it arrives.
struct Flight {
  Camera from;
  double elapsed_s = 0;
  double duration_s = 0.45;
};

// What the pointer is over, or what the last click hit.
struct PickResult {
  std::string structure; // id
  glm::vec3 position{0}; // mm, posed
  glm::vec3 normal{0};   // unit, outward; for a hit on a filled section its normal
  float distance_mm = 0; // from the ray's origin
  bool on_section = false;
  bool operator==(const PickResult&) const = default;
};

// A step that undo goes back to, and what the person did then ("action.<label>.label").
struct HistoryStep {
  Document document;
  std::string action;
};

struct History {
  std::vector<HistoryStep> past;
  std::vector<HistoryStep> future;
  bool in_gesture = false;       // a drag is going on: all its actions become one step
  bool gesture_recorded = false; // and its step is in `past` already
  std::string last_action;       // wheel steps that follow each other closely become one step
  double last_action_at_s = -1000;
};
inline constexpr std::size_t history_limit = 200;

struct AppState {
  // The leg on the shown side, and the same on the stored side; null before a model is opened. Set by open_leg().
  std::shared_ptr<const Atlas> atlas;
  std::shared_ptr<const LegFacts> facts;
  std::shared_ptr<const Atlas> stored_atlas;
  std::shared_ptr<const LegFacts> stored_facts;
  std::shared_ptr<const Atlas> mirrored_atlas; // made when the other side is first shown
  std::shared_ptr<const LegFacts> mirrored_facts;
  // The open content pack, and how it lies on the leg; null without one, or if this leg cannot carry it.
  std::shared_ptr<const ContentPack> content;
  std::shared_ptr<const LegContent> leg_content;
  std::shared_ptr<const LegContent> stored_content;
  std::shared_ptr<const LegContent> mirrored_content;
  PainClock pain;
  TechniqueClock technique;
  std::set<std::string, std::less<>> signs_read; // techniques whose stop signs were read, since the program began
  Press press;
  Brush brush;
  std::optional<BrushRing> brush_ring; // under the pointer
  std::string model_path;              // as given by the person; empty = the leg that ships

  Document document;
  Settings settings;             // the app saves them when they differ from what it read
  bool system_theme_dark = true; // what the desktop says, for ThemeChoice::system
  Place place = Place::explore;
  Viewport viewport{{1280, 720}, {0, 0, 1, 1}}; // of the window's picture, logical pixels; set by the app each frame
  std::set<Panel> open_panels{Panel::layers};
  // What lies on the free area of the picture (legend, orientation cube), as fractions x0 y0 x1 y1 of it all; names
  // keep out of it. Set by the app each frame.
  std::vector<glm::vec4> covered;

  std::optional<Flight> flight;
  std::string hovered;       // structure id
  std::string hovered_point; // trigger point id
  std::optional<PickResult> hover_hit;
  std::optional<PickResult> last_pick;
  std::string search_text;
  std::vector<SearchHit> search_results;

  History history;
  std::deque<Notice> notices;
  std::vector<Request> requests;
  double clock_s = 0; // moved by advance() only, so that scripts and tests are repeatable
};

// The picture a leg starts with, and Home brings back: the calf in its colours, whole and uncut. Side and pose stay as
// they are.
Document start_document(const AppState& state);

// Shows a leg: the start view on its stored side or on `side`. History is emptied (its cameras belong to another leg).
void open_leg(AppState& state, std::shared_ptr<const Atlas> atlas, std::optional<Side> side = std::nullopt);

// Makes atlas and facts follow document.side. Called by whatever sets a whole Document.
void follow_side(AppState& state);

// Makes leg_content follow the content and the side. Called by whatever changes one of them.
void bind_content(AppState& state);

// Restores a whole document (from a file); tamed first, not recorded in the history.
void set_document(AppState& state, Document document);

// Brings every number of the document back into range, whatever a file or a script put there.
void tame(AppState& state);

// Whether this leg has both heads and the soleus, so that the start view can highlight them.
bool has_calf(const AppState& state);

// Lets time pass: flights, notices. true if the picture changes because of it.
bool advance(AppState& state, double seconds);
void fly(AppState& state, const Camera& goal); // starts a flight there, or jumps with reduced motion
void land(AppState& state);                    // ends a flight at its goal, for pictures without a window
bool in_motion(const AppState& state);         // a flight is on: the app draws the next frame at once

// Where the camera is right now.
Camera camera_now(const AppState& state);

// The view's direction and framing for this leg and side.
Camera standard_camera(const AppState& state, StandardView view);
// What the camera may aim at: the leg, with a technique also what lies round it.
Bounds camera_room(const AppState& state);
// Box to fit: the selected structure, or everything shown.
Bounds fit_box(const AppState& state, bool selection_only);

void notify(AppState& state, Severity severity, std::string key,
            std::vector<std::pair<std::string, std::string>> values = {}, std::string details = {});
inline constexpr double notice_seconds = 8; // notes and warnings go after this; errors stay until dismissed

// Whether the person wants this structure to be seen; the peel comes on top of it.
Show show_of(const AppState& state, std::size_t structure);
// The plane of the cross-section, its normal towards the foot, in the pose that is shown; nullopt if it is off or this
// leg has no levels.
std::optional<Plane> section_plane(const AppState& state);
// Puts the level of a cross-section that is shown to where it shows what is chosen: the level of a trigger point, or
// the nearest one at which the selected structure is cut well.
void follow_with_section(AppState& state);

// The clipping plane, if it is on.
std::optional<Plane> clip_plane(const AppState& state);
// Ends of the clip slider for the present orientation, mm.
std::pair<float, float> clip_range_mm(const AppState& state);
// Where a cut in the present orientation begins: through the thickest part of the calf.
float clip_middle_mm(const AppState& state);

// What the pointer found (compose/pick.h): hovering names it, a click selects it or, on nothing, deselects.
void hover(AppState& state, std::optional<PickResult> hit);
void click(AppState& state, std::optional<PickResult> hit);

std::string_view name_of(const AppState& state, std::string_view structure_id); // empty if absent

} // namespace calfscope
