#include "state/app_state.h"

#include "anatomy/mirror.h"
#include "state/action.h"
#include "state/technique_state.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

void show_side(AppState& state) {
  if (!state.stored_atlas) {
    state.atlas = nullptr;
    state.facts = nullptr;
    return;
  }
  if (state.document.side == state.stored_atlas->side) {
    state.atlas = state.stored_atlas;
    state.facts = state.stored_facts;
    return;
  }
  if (!state.mirrored_atlas) {
    state.mirrored_atlas = std::make_shared<const Atlas>(mirrored(*state.stored_atlas));
    state.mirrored_facts = std::make_shared<const LegFacts>(make_leg_facts(*state.mirrored_atlas));
  }
  state.atlas = state.mirrored_atlas;
  state.facts = state.mirrored_facts;
}

// The same content lies on either side as its own mirror image.
std::shared_ptr<const LegContent> bound_to(const AppState& state) {
  if (!state.content || !state.atlas || !state.facts || !state.facts->coordinates)
    return nullptr;
  return std::make_shared<const LegContent>(BoundContent::make(state.content, *state.atlas, *state.facts->coordinates));
}

bool has_structure(const AppState& state, std::string_view id) {
  return state.atlas && state.atlas->index_of(id) >= 0;
}

float clamped_or(float value, float lowest, float highest, float fallback) {
  return std::isfinite(value) ? std::clamp(value, lowest, highest) : fallback;
}

} // namespace

bool has_calf(const AppState& state) {
  return has_structure(state, "gastrocnemius_medial_head") && has_structure(state, "gastrocnemius_lateral_head") &&
         has_structure(state, "soleus");
}

Document start_document(const AppState& state) {
  Document start;
  start.side = state.document.side;
  start.pose = state.document.pose;
  start.labels = state.document.labels;
  start.highlight = has_calf(state) ? Highlight::calf : Highlight::none;
  start.camera = standard_camera(state, StandardView::calf);
  return start;
}

void open_leg(AppState& state, std::shared_ptr<const Atlas> atlas, std::optional<Side> side) {
  state.stored_atlas = std::move(atlas);
  state.stored_facts =
      state.stored_atlas ? std::make_shared<const LegFacts>(make_leg_facts(*state.stored_atlas)) : nullptr;
  state.mirrored_atlas = nullptr;
  state.mirrored_facts = nullptr;
  Document kept; // what a person said of their own leg holds for any
  kept.hurts = std::move(state.document.hurts);
  kept.painted = std::move(state.document.painted);
  state.document = {};
  state.document.side = side.value_or(state.stored_atlas ? state.stored_atlas->side : Side::right);
  show_side(state);
  state.stored_content = nullptr;
  state.mirrored_content = nullptr;
  bind_content(state);
  state.pain = {};
  state.technique = {};
  state.press = {};
  state.brush_ring.reset();
  state.hovered_point.clear();
  state.document = start_document(state);
  state.document.hurts = std::move(kept.hurts);
  state.document.painted = std::move(kept.painted);
  state.history = {};
  state.flight.reset();
  hover(state, std::nullopt);
  state.last_pick.reset();
  state.search_results = state.atlas ? search_structures(*state.atlas, state.search_text) : std::vector<SearchHit>{};
}

void follow_side(AppState& state) {
  if (!state.atlas || state.atlas->side == state.document.side)
    return;
  show_side(state);
  bind_content(state);
  state.flight.reset(); // its start belongs to the other leg
  hover(state, std::nullopt);
  state.last_pick.reset();
}

void bind_content(AppState& state) {
  const bool stored = state.atlas == state.stored_atlas;
  auto& kept = stored ? state.stored_content : state.mirrored_content;
  if (!kept)
    kept = bound_to(state);
  state.leg_content = kept;
}

void set_document(AppState& state, Document document) {
  state.document = std::move(document);
  follow_side(state);
  // Isolated structures of another leg would leave nothing to be seen.
  std::erase_if(state.document.isolated, [&](const std::string& id) { return !has_structure(state, id); });
  tame(state);
  state.flight.reset();
}

void tame(AppState& state) {
  Document& document = state.document;
  document.peel = clamped_or(document.peel, 0, 1, 0);
  document.pose = tamed(document.pose);
  document.camera = tamed(document.camera, camera_room(state));
  document.clip.position_mm = clamped_or(document.clip.position_mm, -3000, 3000, 0);
  document.section.s = clamped_or(document.section.s, section_highest_s, section_lowest_s, Section{}.s);
  if (state.facts && !state.facts->coordinates)
    document.section.on = false; // nothing has a level there
  if (state.leg_content) {
    if (!chosen_place(state)) {
      document.point.clear();
      state.press = {};
    }
    const Technique* technique = state.leg_content->pack().technique(document.technique);
    if (!technique || !can_be_done(state, *technique, document.point)) {
      document.technique.clear();
      document.tool.clear();
      document.mistake.clear();
      state.technique = {};
      state.open_panels.erase(Panel::stop_signs);
    } else {
      const auto& tools = technique->tools;
      if (std::find(tools.begin(), tools.end(), document.tool) == tools.end())
        document.tool.clear();
      const auto& mistakes = technique->mistakes;
      if (std::none_of(mistakes.begin(), mistakes.end(),
                       [&](const Mistake& mistake) { return mistake.claim.id == document.mistake; }))
        document.mistake.clear();
      if (const auto timeline = technique_timeline(state)) // another mistake may take another time
        state.technique.seconds = std::min(state.technique.seconds, static_cast<double>(timeline->seconds()));
    }
    std::erase_if(document.hurts, [&](const std::string& id) { return state.content->regions_named(id).empty(); });
  }
  document.leg_length_mm = clamped_or(document.leg_length_mm, 0, static_cast<float>(longest_leg_mm), 0);
  const float length = glm::length(document.clip.normal);
  if (!std::isfinite(length) || length < 1e-6f)
    document.clip.normal = Clip{}.normal;
  else if (std::abs(length - 1) > 1e-5f) // taming twice changes nothing, not even the last digit
    document.clip.normal /= length;
}

namespace {

// Grows while held, up to the most there is; fades when let go.
bool is_pressing_on(const Press& press) {
  return press.held ? press.pressure < pressure_most : !press.steady && press.pressure > 0;
}

bool let_press_go_on(AppState& state, double seconds) {
  Press& press = state.press;
  if (!is_pressing_on(press))
    return false;
  if (press.held) {
    press.pressure = std::min(press.pressure + seconds * pressure_per_s, pressure_most);
    press.reached = std::max(press.reached, press.pressure);
  } else {
    press.pressure -= seconds * pressure_eases_per_s;
    if (press.pressure <= 0)
      press = {};
  }
  return true;
}

} // namespace

bool advance(AppState& state, double seconds) {
  seconds = std::isfinite(seconds) ? std::max(0.0, seconds) : 0.0;
  state.clock_s += seconds;
  bool changed = false;
  if (state.flight) {
    state.flight->elapsed_s += seconds;
    if (state.flight->elapsed_s >= state.flight->duration_s)
      state.flight.reset();
    changed = true;
  }
  if (state.pain.playing) {
    PainClock& pain = state.pain;
    const double end = pain.seconds < pain_full_s ? pain_full_s : pain_last_s;
    pain.seconds = std::min(pain.seconds + seconds * pain.speed, end);
    pain.playing = pain.seconds < end;
    changed = true;
  }
  changed |= let_press_go_on(state, seconds);
  if (state.technique.playing)
    changed |= play_technique_on(state, seconds);
  for (Notice& notice : state.notices)
    notice.age_s += seconds;
  const auto old = [](const Notice& notice) {
    return notice.severity != Severity::error && notice.age_s >= notice_seconds;
  };
  changed |= std::erase_if(state.notices, old) > 0;
  return changed;
}

void fly(AppState& state, const Camera& goal) {
  const Camera from = camera_now(state);
  state.document.camera = goal;
  state.flight.reset();
  if (!state.settings.reduced_motion && !(from == goal))
    state.flight = Flight{from};
}

void land(AppState& state) {
  state.flight.reset();
}

bool in_motion(const AppState& state) {
  return state.flight.has_value() || state.pain.playing || state.technique.playing || is_pressing_on(state.press);
}

Camera camera_now(const AppState& state) {
  if (!state.flight)
    return state.document.camera;
  const double t = std::clamp(state.flight->elapsed_s / std::max(state.flight->duration_s, 1e-6), 0.0, 1.0);
  const auto eased = static_cast<float>(t * t * (3 - 2 * t));
  return between(state.flight->from, state.document.camera, eased);
}

void notify(AppState& state, Severity severity, std::string key,
            std::vector<std::pair<std::string, std::string>> values, std::string details) {
  constexpr std::size_t most = 20;
  Notice notice{severity, std::move(key), std::move(values), std::move(details), 0};
  // Saying the same again only keeps it on the screen for longer.
  std::erase_if(state.notices, [&](const Notice& other) {
    return other.severity == notice.severity && other.key == notice.key && other.values == notice.values &&
           other.details == notice.details;
  });
  state.notices.push_back(std::move(notice));
  while (state.notices.size() > most)
    state.notices.pop_front();
}

void hover(AppState& state, std::optional<PickResult> hit) {
  state.hovered = hit ? hit->structure : std::string{};
  state.hover_hit = std::move(hit);
}

void click(AppState& state, std::optional<PickResult> hit) {
  const Action action = hit ? Action{"select", {{"id", hit->structure}}} : Action{"deselect", {}};
  state.last_pick = std::move(hit);
  if (enabled(state, action))
    apply(state, action);
}

std::string_view name_of(const AppState& state, std::string_view structure_id) {
  const Structure* structure = state.atlas ? state.atlas->find(structure_id) : nullptr;
  return structure ? std::string_view(structure->name) : std::string_view{};
}

} // namespace calfscope
