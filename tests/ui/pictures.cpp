// The panels drawn with OpenGL on a machine without a display.

#include "gl/debug.h"
#include "gl/objects.h"
#include "panel_stage.h"
#include "platform/headless_context.h"

#include <epoxy/gl.h>

using namespace calfscope;

namespace {

std::vector<std::uint8_t> picture_of(test::PanelStage& stage, const gl::Framebuffer& target) {
  stage.frames(3);
  target.bind();
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  stage.panels().draw();
  return target.read_rgba();
}

glm::ivec3 pixel(const std::vector<std::uint8_t>& rgba, int width, int x, int y) {
  const auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 4;
  return {rgba[at], rgba[at + 1], rgba[at + 2]};
}

glm::ivec3 as_bytes(glm::vec3 colour) {
  return glm::ivec3(glm::round(colour * 255.0f));
}

} // namespace

TEST_CASE("panels are drawn in the theme's colours without a complaint of the driver", "[gl]") {
  IssueList issues;
  const auto context = HeadlessContext::create(issues);
  INFO(to_string(issues));
  REQUIRE(context);
  gl::collect_errors();
  for (const ThemeChoice choice : {ThemeChoice::dark, ThemeChoice::light}) {
    test::PanelStage stage({1280, 720}, 1, UiDrawing::opengl);
    stage.state.settings.theme = choice;
    const gl::Texture colour(gl::Format::rgba8, {1280, 720}, gl::Filter::nearest);
    const gl::Framebuffer target({&colour}, nullptr);
    const auto picture = picture_of(stage, target);
    const glm::ivec3 panel = as_bytes(theme_of(stage.state).ui.panel);
    const auto close = [](glm::ivec3 a, glm::ivec3 b) { return glm::length(glm::vec3(a - b)) < 4; };
    CHECK(close(pixel(picture, 1280, 500, 6), panel));         // top bar
    CHECK(close(pixel(picture, 1280, 200, 712), panel));       // bottom bar
    CHECK(close(pixel(picture, 1280, 16, 400), panel));        // layers
    CHECK_FALSE(close(pixel(picture, 1280, 640, 350), panel)); // the picture between them is left alone
    // The same state gives the same picture; another scale builds other fonts and still draws.
    CHECK((picture_of(stage, target) == picture));
    stage.state.settings.text_size_px = 18;
    CHECK((picture_of(stage, target) != picture));
  }
  for (const std::string& fault : gl::take_errors())
    FAIL_CHECK(fault);
}
