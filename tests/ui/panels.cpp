#include "panel_stage.h"

using namespace calfscope;

namespace {

struct Surface {
  glm::ivec2 framebuffer;
  float scale;
};
const std::vector<Surface> surfaces{
    {{1024, 640}, 1}, {{1280, 720}, 1}, {{1920, 1080}, 1}, {{1536, 960}, 1.5f}, {{2048, 1280}, 2}};

void show_everything(test::PanelStage& stage) {
  for (const Place place : {Place::explore, Place::release, Place::journal}) {
    stage.state.place = place;
    stage.frames(3);
  }
  stage.state.place = Place::explore;
  for (const std::string_view id : panel_ids) {
    const Panel panel = *find_in<Panel>(panel_ids, id);
    stage.state.open_panels = {Panel::layers, panel};
    stage.frames(3);
    stage.state.open_panels = {panel}; // and without the layers beside it
    stage.frames(2);
  }
  stage.state.open_panels = {Panel::layers, Panel::clip, Panel::pose};
  for (const Structure& structure : stage.state.atlas->structures) {
    stage.state.document.selected = structure.id;
    stage.frames(3);
  }
  stage.state.document.clip.orientation = ClipOrientation::free;
  stage.frames(2);
  notify(stage.state, Severity::error, "ui.notice.cannot_open", {{"path", "/home/somebody/a folder/leg.glb"}},
         std::string(3000, 'x'));
  notify(stage.state, Severity::warning, "ui.notice.script_fault");
  notify(stage.state, Severity::note, "ui.notice.copied", {{"text", "FMA22542"}});
  stage.frames(3);
  stage.state.notices.clear();
}

} // namespace

TEST_CASE("all panels and pages open in both themes and every size, with every text there and whole") {
  for (const ThemeChoice theme : {ThemeChoice::dark, ThemeChoice::light})
    for (const Surface& surface : surfaces) {
      test::PanelStage stage(surface.framebuffer, surface.scale);
      stage.state.settings.theme = theme;
      stage.frame();
      show_everything(stage);
      INFO(surface.framebuffer.x << "x" << surface.framebuffer.y << " at " << surface.scale);
      for (const std::string& text : stage.clipped)
        FAIL_CHECK("shortened: " << text);
    }
  for (const std::string& key : test::texts().missing_keys())
    FAIL_CHECK("missing in the catalogue: " << key);
}

TEST_CASE("large texts are not shortened either") {
  test::PanelStage stage({1280, 800}, 1);
  stage.state.settings.text_size_px = 18;
  stage.frame();
  show_everything(stage);
  for (const std::string& text : stage.clipped)
    FAIL_CHECK("shortened: " << text);
}

TEST_CASE("without a leg the panels say so and offer nothing that is impossible") {
  test::PanelStage stage;
  open_leg(stage.state, nullptr);
  stage.state.open_panels = {Panel::layers, Panel::clip, Panel::pose};
  stage.frames(3);
  for (float x = 20; x < 1280; x += 40)
    stage.click({x, 696}); // all along the bottom bar; PanelStage checks that what is offered can be done
  CHECK(test::texts().missing_keys().empty());
}

TEST_CASE("the panels leave most of the window to the picture, and a click that opens the card does not move it") {
  for (const Surface& surface : surfaces) {
    test::PanelStage stage(surface.framebuffer, surface.scale);
    stage.frames(2);
    const glm::vec4 before = stage.out.free_area;
    CHECK(before.z - before.x > 0.4f);
    CHECK(before.w - before.y > 0.75f);
    stage.state.document.selected = "soleus";
    stage.frames(3);
    CHECK(stage.out.free_area == before);
  }
}

TEST_CASE("a page says plainly that it is not built") {
  CHECK(test::texts()("ui.page.journal.lead").find("not built yet") != std::string::npos);
}
