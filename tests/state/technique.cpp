// A technique shown on the leg that ships: the state, the stage and the picture.

#include "compose/compose.h"
#include "compose/telling_moments.h"
#include "shipped_state.h"
#include "state/replace_content.h"
#include "state/state_file.h"
#include "state/technique_state.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <functional>

using namespace calfscope;
using test::applied;
using test::open_shipped;

namespace {

bool shown(AppState& state, const char* technique, const char* point) {
  return applied(state, "select_technique", {{"id", technique}, {"point", point}});
}

// A moment in the middle of the phase.
double middle_of_phase(const AppState& state, std::string_view id) {
  const auto timeline = technique_timeline(state);
  REQUIRE(timeline);
  for (const TimelineSpan& span : timeline->spans())
    if (timeline->phases()[span.phase].id == id)
      return static_cast<double>(span.start_s + 0.5f * span.seconds);
  FAIL("no phase " << id);
  return 0;
}

bool nearly(const Contact& a, const Contact& b) {
  return glm::distance(a.frame.origin, b.frame.origin) < 1e-3f && glm::distance(a.frame.into, b.frame.into) < 1e-4f &&
         std::abs(a.tip_mm - b.tip_mm) < 1e-4f;
}

} // namespace

TEST_CASE("a technique that is chosen lies on its point, and one that is not offered is refused with the reason") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "foam_roller", "gastroc_1"));
  CHECK(state.place == Place::release);
  REQUIRE(applied(state, "technique_seek", {{"seconds", middle_of_phase(state, "hold")}}));
  const auto stage = stage_of(state);
  REQUIRE(stage->contacts.size() == 1);
  const Frame frame = compose(state, {});
  CHECK(frame.contacts.size() == 1);
  CHECK(std::count_if(frame.items.begin(), frame.items.end(), [](const DrawItem& item) { return item.placement; }) >=
        2);

  IssueList issues;
  CHECK_FALSE(apply(state, {"select_technique", {{"id", "foam_roller"}, {"point", "gastroc_3"}}}, issues));
  CHECK(to_string(issues).find("not offered for gastroc_3: ") != std::string::npos);
  CHECK_FALSE(applied(state, "select_technique", {{"id", "hammer"}}));
  CHECK(state.document.technique == "foam_roller");
  CHECK(state.document.point == "gastroc_1");

  REQUIRE(applied(state, "leave_technique"));
  const Frame after = compose(state, {});
  CHECK(after.contacts.empty());
  CHECK(after.segments.empty()); // the leg stands at rest again
}

TEST_CASE("where a tool presses the finer skin is drawn that is measured, with what is painted on it, and bones give "
          "no way") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "thumb_pressure", "gastroc_1"));
  REQUIRE(applied(state, "technique_seek", {{"seconds", middle_of_phase(state, "hold")}}));
  const Frame frame = compose(state, {});
  const auto& skin = state.leg_content->stage_cache().ground->skin();
  const Structure& of_pack = *state.atlas->find("skin");
  REQUIRE(skin->surface.positions.size() > 2 * of_pack.mesh->surface.positions.size());
  int skins = 0, bones = 0;
  for (const DrawItem& item : frame.items) {
    CHECK(item.mesh != of_pack.mesh);
    if (item.mesh == skin) {
      ++skins;
      REQUIRE(item.overlay.field);
      CHECK(item.overlay.field->size() == skin->surface.positions.size());
    }
    if (item.structure < state.atlas->structures.size() && state.atlas->structures[item.structure].kind == Kind::bone) {
      ++bones;
      CHECK(item.is_rigid);
    }
  }
  CHECK(skins == 1);
  CHECK(bones > 10);
  REQUIRE(applied(state, "leave_technique"));
  for (const DrawItem& item : compose(state, {}).items)
    CHECK(item.mesh != skin);
}

TEST_CASE("going to a time shows what playing to that time shows") {
  for (const auto& [technique, point] : {std::pair{"foam_roller", "gastroc_2"}, {"pin_and_stretch", "soleus_1"}}) {
    INFO(technique);
    AppState played = open_shipped(), sought = open_shipped();
    for (AppState* state : {&played, &sought})
      REQUIRE(shown(*state, technique, point));
    REQUIRE(applied(played, "technique_lapse", {{"on", false}}));
    REQUIRE(applied(played, "technique_play"));
    REQUIRE(applied(played, "stop_signs_read"));
    land(played);
    for (int i = 0; i < 93; ++i)
      advance(played, 0.2);
    REQUIRE(played.technique.playing);
    REQUIRE(applied(sought, "technique_seek", {{"seconds", played.technique.seconds}}));
    CHECK(played.technique.seconds == Approx(18.6));
    const Frame a = compose(played, {}), b = compose(sought, {});
    CHECK(a.camera == b.camera);
    CHECK(a.segments == b.segments);
    REQUIRE(a.contacts.size() == b.contacts.size());
    for (std::size_t i = 0; i < a.contacts.size(); ++i)
      CHECK(nearly(a.contacts[i], b.contacts[i]));
  }
}

TEST_CASE("a tool that lies on the floor lies on the floor, and the skin on the tool") {
  for (const auto& [technique, point] :
       {std::pair{"foam_roller", "gastroc_1"}, {"foam_roller", "gastroc_2"}, {"massage_ball", "soleus_1"}}) {
    AppState state = open_shipped();
    REQUIRE(shown(state, technique, point));
    const double end = static_cast<double>(technique_timeline(state)->seconds());
    int seen = 0;
    for (double t = 0.7; t < end; t += end / 17) {
      INFO(technique << " at " << t);
      REQUIRE(applied(state, "technique_seek", {{"seconds", t}}));
      const auto stage = stage_of(state);
      if (stage->contacts.empty())
        continue;
      ++seen;
      const Contact& contact = stage->contacts.front();
      CHECK(middle_of(contact).y == Approx(contact.radius_mm).margin(0.01)); // the floor is y = 0
      CHECK(contact.frame.into.y > 0.8f); // it presses upwards, under the leg; a rocking ball from the side, too
      if (contact.is_long) {
        const float tilt_deg = glm::degrees(std::asin(std::abs(contact.frame.across.y)));
        CHECK(tilt_deg < 3); // a roller lies on the floor with its whole length, however the leg is turned
      }
      CHECK(contact.tip_mm > 0);
    }
    CHECK(seen > 8);
  }
}

TEST_CASE("a technique on the left leg is the mirror image of that on the right") {
  for (const auto& [technique, point] : {std::pair{"thumb_pressure", "soleus_2"}, {"foam_roller", "gastroc_1"}}) {
    INFO(technique);
    AppState right = open_shipped(), left = open_shipped(Side::left);
    for (AppState* state : {&right, &left}) {
      REQUIRE(shown(*state, technique, point));
      REQUIRE(applied(*state, "technique_seek", {{"seconds", 12.5}}));
    }
    const auto a = stage_of(right), b = stage_of(left);
    const glm::vec3 mirror(-1, 1, 1);
    REQUIRE(a->touch());
    REQUIRE(b->touch());
    CHECK(glm::distance(a->touch()->frame.origin, mirror * b->touch()->frame.origin) < 0.3f);
    CHECK(glm::distance(a->touch()->frame.into, mirror * b->touch()->frame.into) < 0.02f);
    CHECK(glm::distance(a->figure.ankle, mirror * b->figure.ankle) < 0.3f);
  }
}

TEST_CASE("before a technique is played for the first time its stop signs are shown, and only then") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "massage_stick", "gastroc_2"));
  REQUIRE(applied(state, "technique_play"));
  CHECK(state.open_panels.contains(Panel::stop_signs));
  CHECK_FALSE(state.technique.playing);
  REQUIRE(applied(state, "stop_signs_read"));
  CHECK_FALSE(state.open_panels.contains(Panel::stop_signs));
  CHECK(state.technique.playing);
  REQUIRE(applied(state, "technique_play"));
  CHECK_FALSE(state.technique.playing);
  REQUIRE(applied(state, "technique_play"));
  CHECK(state.technique.playing);
  REQUIRE(shown(state, "thumb_pressure", "gastroc_2")); // another one has to be read again
  REQUIRE(applied(state, "technique_play"));
  CHECK(state.open_panels.contains(Panel::stop_signs));
}

TEST_CASE("long holds pass quicker, and the clock goes on showing the real seconds") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "foam_roller", "gastroc_1"));
  state.signs_read.insert("foam_roller");
  const double hold = middle_of_phase(state, "hold");
  const auto passes = [&](bool lapse) {
    REQUIRE(applied(state, "technique_seek", {{"seconds", hold}}));
    REQUIRE(applied(state, "technique_lapse", {{"on", lapse}}));
    REQUIRE(applied(state, "technique_play", {{"on", true}}));
    advance(state, 2);
    return state.technique.seconds - hold;
  };
  CHECK(passes(false) == Approx(2));
  CHECK(passes(true) == Approx(2 * lapse_factor));
  // It ends at the end, or begins again.
  REQUIRE(applied(state, "technique_loop", {{"on", false}}));
  advance(state, 1000);
  CHECK_FALSE(state.technique.playing);
  CHECK(state.technique.seconds == Approx(technique_timeline(state)->seconds()));
  REQUIRE(applied(state, "technique_loop", {{"on", true}}));
  REQUIRE(applied(state, "technique_play", {{"on", true}}));
  CHECK(state.technique.seconds == 0);
  advance(state, 1000);
  CHECK(state.technique.playing);
}

TEST_CASE("steps go from phase to phase and back, and a mistake is shown where it happens") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "foam_roller", "gastroc_1"));
  const auto timeline = technique_timeline(state);
  REQUIRE(applied(state, "technique_step", {{"by", 1}}));
  CHECK(state.technique.seconds == Approx(timeline->spans()[1].start_s));
  REQUIRE(applied(state, "technique_step", {{"by", 1}}));
  REQUIRE(applied(state, "technique_step", {{"by", -1}}));
  CHECK(state.technique.seconds == Approx(timeline->spans()[1].start_s));
  for (std::size_t i = 0; i < timeline->spans().size() + 2; ++i)
    REQUIRE(applied(state, "technique_step", {{"by", 1}}));
  CHECK(state.technique.seconds == Approx(timeline->seconds()));

  REQUIRE(applied(state, "mistake", {{"id", "too_hard"}}));
  const auto wrong = technique_timeline(state);
  const TechniqueMoment moment = wrong->at(static_cast<float>(state.technique.seconds) + 10);
  CHECK(wrong->phases()[wrong->spans()[moment.span].phase].id == "hold");
  CHECK(moment[Channel::pressure] >= 8.5f);
  CHECK_FALSE(applied(state, "mistake", {{"id", "dancing"}}));
  REQUIRE(applied(state, "mistake", {{"id", ""}}));
  CHECK(state.document.mistake.empty());
}

TEST_CASE("what is done wrongly is crossed out where it happens, with a tool and without one") {
  for (const auto& [technique, point, mistake] : {std::tuple{"foam_roller", "gastroc_1", "too_hard"},
                                                  {"stretch_knee_straight", "gastroc_1", "heel_up"},
                                                  {"after_care", "gastroc_1", "again_too_soon"}}) {
    INFO(mistake);
    AppState state = open_shipped();
    REQUIRE(shown(state, technique, point));
    const std::string phase = [&] {
      REQUIRE(applied(state, "mistake", {{"id", mistake}}));
      return chosen_mistake(state)->phase;
    }();
    const double when = middle_of_phase(state, phase);
    REQUIRE(applied(state, "technique_seek", {{"seconds", when}}));
    land(state);
    const std::size_t crossed = compose(state, {}).space_lines.size();
    CHECK(stage_of(state)->contacts.empty() == (std::string_view(technique) == "stretch_knee_straight"));
    REQUIRE(applied(state, "mistake"));
    REQUIRE(applied(state, "technique_seek", {{"seconds", when}}));
    CHECK(compose(state, {}).space_lines.size() + 2 == crossed);
  }
}

TEST_CASE("a hand on the camera keeps it where it is, until it is told to follow again") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "foam_roller", "gastroc_1"));
  land(state);
  REQUIRE(applied(state, "camera_orbit", {{"by_deg", Value::Numbers{20, 5}}}));
  const Camera held = state.document.camera;
  REQUIRE(applied(state, "technique_seek", {{"seconds", 50}}));
  CHECK(state.document.camera == held);
  REQUIRE(applied(state, "technique_follow", {{"on", true}}));
  CHECK_FALSE(state.document.camera == held);
}

TEST_CASE("a technique belongs to the place where one releases, and a saved state brings it back") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "stretch_knee_straight", "gastroc_3"));
  REQUIRE(applied(state, "technique_seek", {{"seconds", 15}}));
  const auto saved = dump_state(state);
  const auto leaning = compose(state, {}).segments;
  REQUIRE(applied(state, "place", {{"place", "explore"}}));
  CHECK(compose(state, {}).segments.empty());
  CHECK_FALSE(enabled(state, {"technique_play", {}}));
  REQUIRE(applied(state, "place", {{"place", "release"}}));
  CHECK(compose(state, {}).segments == leaning);
  REQUIRE(applied(state, "undo"));
  CHECK(state.document.technique.empty());

  CHECK(saved["document"]["technique"] == "stretch_knee_straight");
  const SavedLook look = parse_look(saved.dump());
  CHECK(look.place == Place::release);
  REQUIRE(look.technique_s);
  CHECK(*look.technique_s == Approx(15));
}

TEST_CASE("while the tool rests on the point its pain shows, and eases with the hold") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "foam_roller", "gastroc_1"));
  const PainMap& map = *state.leg_content->bound().pain_map("gastroc_1");
  const auto strength_at = [&](double seconds) {
    seek_technique(state, seconds);
    return pain_now(state, map);
  };
  const double hold = middle_of_phase(state, "hold");
  CHECK(strength_at(middle_of_phase(state, "settle")).local == 0);
  const PainMoment early = strength_at(hold - 20), late = strength_at(hold + 20);
  CHECK(early.local > 0);
  CHECK(late.strength < early.strength);
  CHECK(late.tenderness < early.tenderness);
}

TEST_CASE(
    "another point goes on with the technique from its beginning, or puts it away where it is not for that point") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "foam_roller", "gastroc_1"));
  state.signs_read.insert("foam_roller");
  REQUIRE(applied(state, "technique_seek", {{"seconds", 40}}));
  REQUIRE(applied(state, "technique_play", {{"on", true}}));
  REQUIRE(applied(state, "next_point"));
  CHECK(state.document.point == "gastroc_2");
  CHECK(state.document.technique == "foam_roller");
  CHECK(state.technique.seconds == 0);
  CHECK_FALSE(state.technique.playing);
  REQUIRE(applied(state, "next_point")); // gastroc_3, behind the knee
  CHECK(state.document.point == "gastroc_3");
  CHECK(state.document.technique.empty());
  CHECK(compose(state, {}).contacts.empty());
  // A file that says otherwise does not get it shown either.
  Document wanted = state.document;
  wanted.technique = "foam_roller";
  set_document(state, wanted);
  CHECK(state.document.technique.empty());
}

TEST_CASE("undo never plays a technique whose stop signs were not read") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "thumb_pressure", "gastroc_1"));
  REQUIRE(shown(state, "foam_roller", "gastroc_1"));
  REQUIRE(applied(state, "technique_play"));
  REQUIRE(applied(state, "stop_signs_read"));
  advance(state, 3);
  REQUIRE(state.technique.playing);
  REQUIRE(applied(state, "undo"));
  CHECK(state.document.technique == "thumb_pressure");
  CHECK_FALSE(state.technique.playing);
  CHECK(state.technique.seconds == 0);
  state.technique.playing = true; // whatever brings it about
  advance(state, 1);
  CHECK_FALSE(state.technique.playing);
}

TEST_CASE("the strip of a stick that misses the point raises no pain there") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "massage_stick", "gastroc_1"));
  const PainMap& map = *state.leg_content->bound().pain_map("gastroc_1");
  const float point_deg = chosen_place(state)->place.a_deg;
  const auto timeline = technique_timeline(state);
  int near = 0, far = 0;
  for (double t = 0; t < static_cast<double>(timeline->seconds()); t += 0.25) {
    seek_technique(state, t);
    const TechniqueMoment moment = timeline->at(static_cast<float>(t));
    const float aside = std::abs(std::remainder(moment.touch.a_deg - point_deg, 360.0f));
    const bool hurts = pain_now(state, map).local > 0;
    if (aside > 20) {
      CHECK_FALSE(hurts);
      ++far;
    }
    near += hurts;
  }
  CHECK(near > 3);
  CHECK(far > 20);
}

TEST_CASE("a cut through the upright leg cuts nothing of the leg that lies on a tool") {
  AppState state = open_shipped();
  REQUIRE(applied(state, "clip", {{"on", true}}));
  REQUIRE(compose(state, {}).clip);
  REQUIRE(shown(state, "foam_roller", "gastroc_1"));
  CHECK_FALSE(compose(state, {}).clip);
}

namespace {

// The shipped pack with something in it changed, as if its files had been saved anew.
std::shared_ptr<const ContentPack> edited(const std::function<void(ContentPack&)>& change) {
  auto pack = std::make_shared<ContentPack>(*test::shipped_content());
  change(*pack);
  return pack;
}

Technique& of(ContentPack& pack, std::string_view id) {
  const auto found = std::find_if(pack.techniques.begin(), pack.techniques.end(),
                                  [&](const Technique& technique) { return technique.id == id; });
  REQUIRE(found != pack.techniques.end());
  return *found;
}

Phase& phase_of(Technique& technique, std::string_view id) {
  const auto found = std::find_if(technique.phases.begin(), technique.phases.end(),
                                  [&](const Phase& phase) { return phase.id == id; });
  REQUIRE(found != technique.phases.end());
  return *found;
}

} // namespace

TEST_CASE("a technique whose file is saved while it plays goes on playing in the same place of the same phase") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "massage_ball", "soleus_1"));
  REQUIRE(applied(state, "tool", {{"id", "lacrosse_ball"}}));
  REQUIRE(applied(state, "mistake", {{"id", "bouncing"}}));
  REQUIRE(applied(state, "technique_play"));
  REQUIRE(applied(state, "stop_signs_read"));
  REQUIRE(applied(state, "technique_seek", {{"seconds", middle_of_phase(state, "hold")}}));
  const double before = state.technique.seconds;
  const float press_before = (*stage_of(state)->moment)[Channel::pressure];

  replace_content(state, edited([](ContentPack& pack) { phase_of(of(pack, "massage_ball"), "lean").seconds += 4; }));
  CHECK(state.technique.playing);
  CHECK(state.technique.seconds == Approx(before + 4));
  CHECK((*stage_of(state)->moment)[Channel::pressure] == Approx(press_before).margin(0.6)); // but for the breath
  CHECK(state.document.tool == "lacrosse_ball");
  CHECK(state.document.mistake == "bouncing");
  CHECK(state.document.point == "soleus_1");
  advance(state, 0.5);
  CHECK(state.technique.seconds > before + 4);
  CHECK(compose(state, {}).contacts.size() == 1);

  // What is pressed is what the new file says, at once.
  replace_content(state, edited([](ContentPack& pack) {
                    Technique& ball = of(pack, "massage_ball");
                    phase_of(ball, "hold").motion[static_cast<std::size_t>(Channel::pressure)].to = 3;
                    ball.mistakes.clear();
                  }));
  CHECK(state.document.mistake.empty());
  CHECK((*stage_of(state)->moment)[Channel::pressure] == Approx(3).margin(0.3));
}

TEST_CASE("what a saved content file no longer has is let go, and the clock stays within the technique") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "massage_ball", "soleus_1"));
  REQUIRE(applied(state, "tool", {{"id", "lacrosse_ball"}}));
  const double whole = static_cast<double>(technique_timeline(state)->seconds());
  REQUIRE(applied(state, "technique_seek", {{"seconds", whole}}));

  replace_content(state, edited([](ContentPack& pack) { of(pack, "massage_ball").tools = {"tennis_ball"}; }));
  CHECK(state.document.tool.empty());
  CHECK(chosen_tool(state)->id == "tennis_ball");

  replace_content(state, edited([](ContentPack& pack) {
                    Technique& ball = of(pack, "massage_ball");
                    ball.phases.pop_back();
                    ball.phases.back().seconds = 4;
                  }));
  const double shorter = static_cast<double>(technique_timeline(state)->seconds());
  CHECK(shorter < whole);
  CHECK(state.technique.seconds == Approx(shorter));
  CHECK(compose(state, {}).camera == technique_camera(state, shorter));

  // Elsewhere in the program nobody watches it; it begins anew.
  REQUIRE(applied(state, "place", {{"place", "explore"}}));
  replace_content(state, edited([](ContentPack& pack) { of(pack, "massage_ball").phases.resize(1); }));
  REQUIRE(applied(state, "place", {{"place", "release"}}));
  CHECK(state.technique.seconds == 0);

  replace_content(state, edited([](ContentPack& pack) {
                    std::erase_if(of(pack, "massage_ball").points,
                                  [](const TechniquePoint& point) { return point.point == "soleus_1"; });
                  }));
  CHECK(state.document.technique.empty());
  CHECK(state.document.point == "soleus_1");
  CHECK_FALSE(state.technique.playing);
  CHECK(compose(state, {}).contacts.empty());
}

TEST_CASE("undo to a mistake that takes less time leaves the clock within it") {
  AppState state = open_shipped();
  REQUIRE(shown(state, "massage_ball", "soleus_1"));
  REQUIRE(applied(state, "mistake", {{"id", "numb_foot_ignored"}}));
  REQUIRE(applied(state, "technique_seek", {{"seconds", 1000}}));
  REQUIRE(applied(state, "undo"));
  CHECK(state.document.mistake.empty());
  CHECK(state.technique.seconds <= static_cast<double>(technique_timeline(state)->seconds()));
}

TEST_CASE("a few moments tell a technique: its start, what presses, what moves") {
  AppState state = open_shipped();
  for (const auto& [technique, point] : {std::pair{"foam_roller", "gastroc_1"},
                                         {"massage_stick", "gastroc_2"},
                                         {"pin_and_stretch", "soleus_1"},
                                         {"stretch_knee_bent", "soleus_1"}}) {
    INFO(technique);
    REQUIRE(shown(state, technique, point));
    const auto timeline = technique_timeline(state);
    const std::vector<double> moments = telling_moments(*timeline, 6);
    REQUIRE(moments.size() >= 4);
    CHECK(moments.size() <= 6);
    CHECK(moments.front() == 0);
    CHECK(std::adjacent_find(moments.begin(), moments.end(), std::greater_equal<>()) == moments.end());
    float most = 0, seen = 0; // pressed, or bent
    const auto done = [](const TechniqueMoment& moment) {
      return moment[Channel::pressure] + std::abs(moment[Channel::ankle_deg]) / 5;
    };
    for (float at = 0; at < timeline->seconds(); at += 0.5f)
      most = std::max(most, done(timeline->at(at)));
    for (const double at : moments) {
      CHECK(at <= static_cast<double>(timeline->seconds()));
      seen = std::max(seen, done(timeline->at(static_cast<float>(at))));
    }
    CHECK(seen > 0.85f * most);
  }
}
