// Releasing: points and techniques to choose from, the card of a technique and its player.
#include "content/shipped.h"
#include "panel_stage.h"
#include "state/technique_state.h"

using namespace calfscope;

namespace {

struct ReleaseStage : test::PanelStage {
  explicit ReleaseStage(glm::ivec2 size = {1280, 800}, float scale = 1) : PanelStage(size, scale) {
    open_leg(state, test::shipped_leg().atlas);
    set_content(state, test::shipped_content());
    state.settings.reduced_motion = true; // cameras do not fly
    REQUIRE(apply(state, {"place", {{"place", "release"}}}));
    frames(3);
  }
  void show(const char* technique, const char* point) {
    REQUIRE(apply(state, {"select_technique", {{"id", technique}, {"point", point}}}));
    frames(3);
  }
};

} // namespace

TEST_CASE("the best technique for a point stands first, and one that is not for it is not chosen by a click") {
  ReleaseStage stage;
  REQUIRE(apply(stage.state, {"select_point", {{"id", "gastroc_3"}}}));
  stage.frames(3);
  const auto order = techniques_for(stage.state.leg_content->pack(), "gastroc_3");
  CHECK(order.front()->id == "stretch_knee_straight");
  stage.click({150, 195}); // the first row
  CHECK(stage.state.document.technique == "stretch_knee_straight");
  REQUIRE(apply(stage.state, {"leave_technique", {}}));
  stage.frames(3);
  stage.take_actions();
  for (float y = 230; y < 700; y += 24) { // all others
    stage.click({150, y});
    const Technique* chosen = chosen_technique(stage.state);
    const TechniquePoint* reached = chosen ? chosen->reached("gastroc_3") : nullptr;
    CHECK((!chosen || chosen->points.empty() || (reached && reached->offered)));
  }
}

TEST_CASE("no words of any technique are cut short, for either reader, in small and large windows") {
  for (const glm::ivec2 size : {glm::ivec2(1024, 640), glm::ivec2(1920, 1080)})
    for (const Audience audience : {Audience::patient, Audience::clinician}) {
      ReleaseStage stage(size);
      stage.open_all(audience);
      stage.memory().open_sections.insert({"technique.mistakes", "technique.claims"});
      for (const Technique& technique : stage.state.content->techniques) {
        const auto offered = std::find_if(technique.points.begin(), technique.points.end(),
                                          [](const TechniquePoint& point) { return point.offered; });
        stage.show(technique.id.c_str(), offered == technique.points.end() ? "" : offered->point.c_str());
        stage.clipped.clear();
        stage.frames(2);
        INFO(technique.id << " " << size.x << ": " << (stage.clipped.empty() ? "" : stage.clipped.front()));
        CHECK(stage.clipped.empty());
      }
    }
}

TEST_CASE("the player goes where its track is clicked, and leaves the leg room above it") {
  ReleaseStage stage;
  stage.show("foam_roller", "gastroc_1");
  const float below = stage.out.free_area.w;
  CHECK(below < 0.78f);
  stage.take_actions();
  stage.click({560, 692});
  REQUIRE(stage.did("technique_seek"));
  CHECK(stage.state.technique.seconds > 10);
  const double there = stage.state.technique.seconds;
  stage.click({500, 692});
  CHECK(stage.state.technique.seconds < there);
  REQUIRE(apply(stage.state, {"leave_technique", {}}));
  stage.frames(3);
  CHECK(stage.out.free_area.w > below);
}

TEST_CASE("stop signs are read before anything plays, and the button below them plays it") {
  ReleaseStage stage;
  stage.show("thumb_pressure", "soleus_1");
  REQUIRE(apply(stage.state, {"technique_play", {}}));
  stage.frames(3);
  CHECK(stage.out.covers_picture == false);
  REQUIRE(stage.state.open_panels.contains(Panel::stop_signs));
  // It is one of the stops of the keyboard.
  for (int stop = 1; stop < 60 && !stage.state.technique.playing; ++stop) {
    REQUIRE(apply(stage.state, {"open_panel", {{"panel", "stop_signs"}}}));
    stage.frames(2);
    for (int i = 0; i < stop; ++i)
      stage.press_key("Tab");
    stage.press_key("Enter");
  }
  CHECK(stage.state.technique.playing);
}
