// A technique that a person takes a hand in: the tool carried elsewhere, a restricted ankle beside the free one, and
// the skin that comes along with a rocking ball.

#include "compose/compose.h"
#include "compose/pick.h"
#include "shipped_state.h"
#include "state/technique_state.h"

#include <catch2/catch.hpp>

using namespace calfscope;
using test::applied;

namespace {

// In a picture of a known size, for what is done with the pointer.
AppState open_in_picture(Side side = Side::right) {
  AppState state = test::open_shipped(side);
  state.viewport.size = {800, 600};
  return state;
}

void show(AppState& state, const char* technique, const char* point, std::string_view phase) {
  REQUIRE(applied(state, "select_technique", {{"id", technique}, {"point", point}}));
  const auto timeline = technique_timeline(state);
  for (const TimelineSpan& span : timeline->spans())
    if (timeline->phases()[span.phase].id == phase) {
      REQUIRE(applied(state, "technique_seek", {{"seconds", static_cast<double>(span.start_s + 0.5f * span.seconds)}}));
      land(state);
      return;
    }
  FAIL("no phase " << phase);
}

// Whether what stands where the tool is is hatched.
bool is_hatched(const AppState& state) {
  const glm::vec3 tool = middle_of(stage_of(state)->contacts.front());
  for (const DrawItem& item : compose(state, {}).items) {
    if (!item.placement || item.ghost > 0.5f)
      continue;
    Bounds box;
    for (const glm::vec3 p : item.mesh->surface.positions)
      box.add(glm::vec3(*item.placement * glm::vec4(p, 1)));
    if (glm::distance(box.centre(), tool) > 10)
      continue;
    if (item.overlay.field)
      CHECK(item.overlay.field->size() == item.mesh->surface.positions.size());
    return item.overlay.no_press > 0;
  }
  FAIL("no tool is drawn");
  return false;
}

} // namespace

TEST_CASE("a tool carried to where nothing may press is hatched and names the zone, on either side") {
  for (const Side side : {Side::right, Side::left}) {
    AppState state = open_in_picture(side);
    show(state, "massage_ball", "gastroc_1", "hold");
    const auto before = stage_of(state);
    CHECK_FALSE(before->zones);
    CHECK_FALSE(is_hatched(state));
    REQUIRE(applied(state, "carry_tool", {{"s", 0.93}, {"a_deg", 0}}));
    const auto there = stage_of(state);
    REQUIRE(there->zones);
    CHECK(there->zones->forbidden == "free_achilles");
    CHECK(is_hatched(state));
    CHECK(there->segments == before->segments); // only the tool goes
    CHECK(glm::distance(middle_of(there->contacts.front()), middle_of(before->contacts.front())) > 150);
    CHECK(pain_now(state, *state.leg_content->bound().pain_map("gastroc_1")).local == 0);

    REQUIRE(applied(state, "carry_tool", {{"s", 0.03}, {"a_deg", 0}}));
    CHECK(stage_of(state)->zones->forbidden == "popliteal_hollow");
    REQUIRE(applied(state, "carry_tool", {{"s", 0.62}, {"a_deg", 0}}));
    CHECK(stage_of(state)->zones->forbidden.empty());
    CHECK_FALSE(stage_of(state)->zones->caution.empty());
    CHECK_FALSE(is_hatched(state));
    // The outer knee is on the outer side, whichever leg it is.
    REQUIRE(applied(state, "carry_tool", {{"s", 0.08}, {"a_deg", -105}}));
    CHECK(stage_of(state)->zones->forbidden == "fibular_head_neck");
    REQUIRE(applied(state, "put_tool_back"));
    CHECK_FALSE(stage_of(state)->zones);
    CHECK(middle_of(stage_of(state)->contacts.front()) == middle_of(before->contacts.front()));
  }
}

TEST_CASE("a thumb anywhere on the shin is told that nothing may press there, however coarse the skin is") {
  AppState state = open_in_picture();
  show(state, "thumb_pressure", "gastroc_1", "hold");
  for (float s = 0.15f; s < 0.86f; s += 0.05f)
    for (const double a_deg : {115.0, 140.0, 165.0}) {
      REQUIRE(applied(state, "carry_tool", {{"s", static_cast<double>(s)}, {"a_deg", a_deg}}));
      INFO("s " << s << " a " << a_deg);
      REQUIRE(stage_of(state)->zones);
      CHECK(stage_of(state)->zones->forbidden == "shin");
    }
}

TEST_CASE("a carried tool stops the time, and comes back when the time goes on") {
  AppState state = open_in_picture();
  show(state, "thumb_pressure", "gastroc_2", "hold");
  state.signs_read.insert("thumb_pressure");
  const auto carried_again = [&] {
    REQUIRE(applied(state, "carry_tool", {{"s", 0.4}, {"a_deg", -20}}));
    CHECK_FALSE(state.technique.playing);
    CHECK(state.technique.carried);
  };
  REQUIRE(applied(state, "technique_play", {{"on", true}}));
  carried_again();
  REQUIRE(applied(state, "technique_play", {{"on", true}}));
  CHECK_FALSE(state.technique.carried);
  carried_again();
  REQUIRE(applied(state, "technique_step", {{"by", 1}}));
  CHECK_FALSE(state.technique.carried);
  carried_again();
  REQUIRE(applied(state, "next_point"));
  CHECK_FALSE(state.technique.carried);
  CHECK_FALSE(enabled(state, {"put_tool_back", {}}));
}

TEST_CASE("by keys a tool goes on from where it is, and not off the skin") {
  AppState state = open_in_picture();
  show(state, "pincer_grip", "soleus_1", "hold");
  REQUIRE(stage_of(state)->contacts.size() == 2);
  const float s = stage_of(state)->moment->touch.s;
  const glm::vec3 was = stage_of(state)->contacts[1].frame.origin;
  REQUIRE(applied(state, "carry_tool_by", {{"s", 0.02}, {"a_deg", 5}}));
  REQUIRE(state.technique.carried);
  CHECK(state.technique.carried->s == Approx(s + 0.02));
  REQUIRE(stage_of(state)->contacts.size() == 2); // thumb and fingers go together
  CHECK(glm::distance(stage_of(state)->contacts[1].frame.origin, was) > 4);
  for (int i = 0; i < 120; ++i)
    applied(state, "carry_tool_by", {{"s", 0.02}, {"a_deg", 0}});
  CHECK(state.technique.carried->s < 1.06f);
  CHECK_FALSE(stage_of(state)->contacts.empty());
}

TEST_CASE("an arrow takes the tool the way it points in the picture, on either leg") {
  for (const char* side : {"right", "left"}) {
    INFO(side);
    AppState state = open_in_picture();
    REQUIRE(applied(state, "side", {{"side", side}}));
    show(state, "massage_stick", "gastroc_1", "middle");
    const auto seen = [&] {
      const auto at = fraction_of(camera_now(state), state.viewport, stage_of(state)->touch()->frame.origin);
      REQUIRE(at);
      return *at;
    };
    REQUIRE(applied(state, "carry_tool_by", {{"s", 0.001}, {"a_deg", 0}}));
    for (const glm::vec2 way : {glm::vec2(1, 0), {-1, 0}, {0, 1}, {0, -1}}) {
      const glm::vec2 before = seen();
      REQUIRE(applied(state, "carry_tool_toward", {{"x", way.x}, {"y", way.y}}));
      const glm::vec2 moved = seen() - before;
      CHECK(glm::dot(moved, glm::vec2(way.x, -way.y)) > 0.004f);
    }
  }
}

TEST_CASE("a technique goes on from its beginning on the other leg") {
  AppState state = open_in_picture();
  REQUIRE(applied(state, "select_technique", {{"id", "stretch_knee_bent"}, {"point", "soleus_1"}}));
  REQUIRE(applied(state, "technique_play", {{"on", true}}));
  REQUIRE(applied(state, "stop_signs_read"));
  const auto timeline = technique_timeline(state);
  REQUIRE(timeline->phases().back().changes_side);
  REQUIRE(applied(state, "technique_seek", {{"seconds", static_cast<double>(timeline->seconds() - 1)}}));
  const Side before = state.document.side;
  REQUIRE(applied(state, "technique_other_leg"));
  CHECK(state.document.side != before);
  CHECK(state.atlas->side == state.document.side);
  CHECK(state.technique.seconds == 0);
  CHECK(state.technique.playing);
  CHECK(state.document.technique == "stretch_knee_bent");
  REQUIRE(applied(state, "undo"));
  CHECK(state.document.side == before);
}

TEST_CASE("the pointer takes hold of the tool where it is seen, and carries it along the skin") {
  AppState state = open_in_picture();
  show(state, "massage_stick", "gastroc_2", "middle");
  Picker picker;
  const auto seen = [&](glm::vec3 at) {
    const auto place = fraction_of(camera_now(state), state.viewport, at);
    REQUIRE(place);
    return *place;
  };
  const Contact contact = *stage_of(state)->touch();
  const glm::vec2 end = seen(middle_of(contact) + 0.8f * contact.half_length_mm * contact.frame.across);
  const glm::vec2 other = seen(middle_of(contact) - 0.8f * contact.half_length_mm * contact.frame.across);
  CHECK((is_tool_at(state, picker, end) || is_tool_at(state, picker, other)));
  CHECK_FALSE(is_tool_at(state, picker, {0.01f, 0.01f}));
  CHECK_FALSE(carry_tool_to(state, picker, {0.01f, 0.01f}));
  CHECK_FALSE(state.technique.carried);

  const auto goal = state.facts->coordinates->skin_point({0.35f, 40});
  REQUIRE(goal);
  for (const float a_deg : {40.0f, -40.0f}) { // whichever faces the camera
    const auto skin = state.facts->coordinates->skin_point({0.35f, a_deg});
    const glm::vec3 posed = glm::vec3(stage_of(state)->segments.front() * glm::vec4(skin->position, 1));
    if (!carry_tool_to(state, picker, seen(posed)) || !state.technique.carried)
      continue;
    if (std::abs(state.technique.carried->a_deg - a_deg) > 15)
      continue; // the other side of the leg lay before it
    CHECK(state.technique.carried->s == Approx(0.35).margin(0.03));
    return;
  }
  FAIL("neither side is seen");
}

TEST_CASE("a restricted ankle stands beside the free one, and its soleus is drawn out less") {
  AppState state = open_in_picture();
  show(state, "stretch_knee_bent", "soleus_1", "hold");
  const auto alone = stage_of(state);
  CHECK_FALSE(alone->restricted);
  REQUIRE(alone->pose.ankle_deg > 10);
  const std::size_t items = compose(state, {}).items.size();
  REQUIRE(applied(state, "restricted", {{"on", true}}));
  land(state);
  const auto stage = stage_of(state);
  REQUIRE(stage->restricted);
  CHECK(stage->pose == alone->pose);
  CHECK(stage->restricted->pose.ankle_deg < 10);
  CHECK(stage->restricted->pose.knee_deg == stage->pose.knee_deg);
  for (std::size_t i = 0; i < stage->lengths.size(); ++i)
    CHECK(stage->restricted->lengths[i].length_mm < stage->lengths[i].length_mm);

  Catalogue text;
  IssueList issues;
  REQUIRE(text.load(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "content/program/text/en.json", issues));
  const Frame frame = compose(state, {.text = &text});
  CHECK(frame.items.size() > items + 8);
  REQUIRE(frame.labels.size() == 2);
  CHECK(frame.labels[0].text.find(std::to_string(std::lround(stage->pose.ankle_deg))) != std::string::npos);
  CHECK(frame.labels[1].text.find("8") != std::string::npos);
  // They do not stand in each other.
  Bounds shown, beside;
  const int skin = state.atlas->index_of("skin");
  for (const glm::vec3 p :
       posed_positions(*state.atlas->structures[static_cast<std::size_t>(skin)].mesh, frame.segments, frame.bends))
    shown.add(p);
  for (const DrawItem& item : frame.items)
    if (item.placement && item.material == Material::skin)
      for (const glm::vec3 p : item.mesh->surface.positions)
        beside.add(glm::vec3(*item.placement * glm::vec4(p, 1)));
  REQUIRE_FALSE(beside.empty());
  CHECK((beside.upper.z < shown.lower.z || beside.lower.x > shown.upper.x || beside.upper.x < shown.lower.x));

  // A technique that does not move the ankle has nothing to compare.
  show(state, "foam_roller", "gastroc_1", "hold");
  CHECK_FALSE(stage_of(state)->restricted);
}

TEST_CASE("skin comes along with a rocking ball, slides once it is drawn far enough, and is at rest before and after") {
  AppState state = open_in_picture();
  show(state, "massage_ball", "gastroc_1", "rock");
  const auto timeline = technique_timeline(state);
  const TimelineSpan* rock = nullptr;
  for (const TimelineSpan& span : timeline->spans())
    if (timeline->phases()[span.phase].id == "rock")
      rock = &span;
  REQUIRE(rock);
  const auto drawn_at = [&](float into_s) { return timeline->at(rock->start_s + into_s).touch; };
  CHECK(drawn_at(0).dragged_mm == Approx(0).margin(1e-3));
  CHECK(drawn_at(rock->seconds - 1e-3f).dragged_mm == Approx(0).margin(0.05));
  float least = 0, most = 0, last = 0;
  for (float t = 0; t < rock->seconds; t += 0.01f) {
    const TouchMoment touch = drawn_at(t);
    CHECK(std::abs(touch.dragged_mm - last) < 0.6f); // it never jumps
    last = touch.dragged_mm;
    least = std::min(least, last);
    most = std::max(most, last);
  }
  CHECK(most > 5);
  CHECK(least < -5);

  // The ball is where it was asked to be; the skin under it has come along.
  for (const float t : {3.2f, 4.1f, 5.3f}) {
    REQUIRE(applied(state, "technique_seek", {{"seconds", static_cast<double>(rock->start_s + t)}}));
    const auto stage = stage_of(state);
    REQUIRE(stage->contacts.size() == 1);
    const Contact& contact = stage->contacts.front();
    const glm::vec3 moved = dented(contact, contact.frame.origin, 1, true);
    CHECK(glm::dot(moved - contact.frame.origin, contact.frame.across) == Approx(contact.shift_across_mm).margin(1e-3));
    CHECK(contact.shift_across_mm == Approx(drawn_at(t).dragged_mm).margin(1e-3));
    CHECK(stage->skin_lines.size() > 6);
  }
  show(state, "massage_ball", "gastroc_1", "hold");
  CHECK(stage_of(state)->skin_lines.empty());
  CHECK(stage_of(state)->contacts.front().shift_across_mm == 0);
}
