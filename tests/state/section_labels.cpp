#include "compose/section_labels.h"

#include "compose/compose.h"
#include "frame/viewport.h"
#include "sample_state.h"
#include "support/program_words.h"

#include <catch2/catch.hpp>

using namespace calfscope;
using test::applied;

namespace {

AppState cut_leg(Side side, std::string_view orientation, std::string_view view, bool flipped = false) {
  AppState state = test::open_small_leg();
  if (side != state.document.side)
    REQUIRE(applied(state, "side", {}));
  REQUIRE(applied(state, "clip", {{"on", true}}));
  REQUIRE(applied(state, "clip_set", {{"orientation", orientation}, {"flipped", flipped}}));
  REQUIRE(applied(state, "view", {{"name", view}}));
  land(state);
  return state;
}

std::vector<Label> labels_of(const AppState& state) {
  return compose(state, {.text = &test::program_words()}).labels;
}

const Label* find(const std::vector<Label>& labels, const std::string& key) {
  const auto found = std::find_if(labels.begin(), labels.end(),
                                  [&](const Label& label) { return label.text == test::program_words()(key); });
  return found == labels.end() ? nullptr : &*found;
}

} // namespace

TEST_CASE("M stands at the medial and L at the lateral end of a cut, on either leg and however it is cut") {
  for (const Side side : {Side::right, Side::left})
    for (const auto& [orientation, view] : {std::pair{"axial", "plantar"}, {"coronal", "posterior"}}) {
      INFO(orientation << " " << id_of(side));
      const AppState state = cut_leg(side, orientation, view);
      const auto labels = labels_of(state);
      const Label* m = find(labels, "picture.medial");
      const Label* l = find(labels, "picture.lateral");
      REQUIRE(m);
      REQUIRE(l);
      const float medial = side == Side::right ? 1.0f : -1.0f;
      CHECK(medial * (m->at_mm.x - l->at_mm.x) > 10);
      // On the plane, at the ends of what is shown, and written beyond them.
      const Frame frame = compose(state, {});
      REQUIRE(frame.clip);
      CHECK(frame.clip->distance_mm(m->at_mm) == Approx(0).margin(0.01));
      const Bounds& box = state.facts->bounds;
      for (const Label* label : {m, l})
        CHECK((label->at_mm.x >= box.lower.x - 0.1f && label->at_mm.x <= box.upper.x + 0.1f));
      const Viewport viewport{{800, 600}, {0, 0, 1, 1}};
      const auto m_seen = fraction_of(frame.camera, viewport, m->at_mm);
      const auto l_seen = fraction_of(frame.camera, viewport, l->at_mm);
      REQUIRE((m_seen && l_seen));
      CHECK(m->offset_lines.x * (m_seen->x - l_seen->x) > 0);
      CHECK(l->offset_lines.x * (l_seen->x - m_seen->x) > 0);
    }
}

TEST_CASE("the picture says from where a cut is seen") {
  for (const Side side : {Side::right, Side::left}) {
    CHECK(find(labels_of(cut_leg(side, "axial", "plantar")), "picture.seen.below"));
    CHECK(find(labels_of(cut_leg(side, "axial", "top", true)), "picture.seen.above"));
    CHECK(find(labels_of(cut_leg(side, "coronal", "posterior")), "picture.seen.behind"));
    CHECK(find(labels_of(cut_leg(side, "coronal", "anterior", true)), "picture.seen.front"));
    CHECK(find(labels_of(cut_leg(side, "sagittal", "medial")), "picture.seen.medial"));
    CHECK(find(labels_of(cut_leg(side, "sagittal", "lateral", true)), "picture.seen.lateral"));
  }
}

TEST_CASE("a cut that divides medial from lateral has no letters") {
  const auto labels = labels_of(cut_leg(Side::right, "sagittal", "medial"));
  CHECK_FALSE(find(labels, "picture.medial"));
  CHECK_FALSE(find(labels, "picture.lateral"));
}

TEST_CASE("nothing is written where no cut is seen") {
  AppState state = cut_leg(Side::right, "axial", "plantar");
  CHECK(compose(state, {}).labels.empty()); // nobody brought words
  REQUIRE(applied(state, "view", {{"name", "top"}}));
  land(state);
  CHECK(labels_of(state).empty());
  REQUIRE(applied(state, "view", {{"name", "plantar"}}));
  land(state);
  REQUIRE_FALSE(labels_of(state).empty());
  REQUIRE(applied(state, "clip", {{"on", false}}));
  CHECK(labels_of(state).empty());
}

TEST_CASE("the letters follow the leg when a pose moves it") {
  Frame frame = compose(cut_leg(Side::right, "axial", "plantar"), {});
  const auto before = section_labels(frame, Side::right, test::program_words());
  glm::mat4 aside(1);
  aside[3][0] = 20;
  frame.segments.assign(max_segments, aside);
  const auto after = section_labels(frame, Side::right, test::program_words());
  REQUIRE(before.size() == after.size());
  for (std::size_t i = 0; i < before.size(); ++i)
    CHECK(after[i].at_mm.x - before[i].at_mm.x == Approx(20).margin(0.01));
}
