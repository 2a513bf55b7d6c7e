#include "ui/orientation_cube.h"
#include "panel_stage.h"

using namespace calfscope;

TEST_CASE("the cube's sides are the six directions, and medial lies on the other side of a left leg") {
  for (const Side side : {Side::right, Side::left}) {
    glm::vec3 sum(0);
    for (const CubeFace& face : cube_faces(side)) {
      CHECK(glm::length(face.normal) == Approx(1));
      CHECK(glm::dot(face.normal, face.up) == Approx(0));
      sum += face.normal;
      if (face.view == StandardView::medial) // X points to the subject's left
        CHECK(face.normal.x == (side == Side::right ? 1 : -1));
      if (face.view == StandardView::posterior)
        CHECK(face.normal.z == -1);
    }
    CHECK(glm::length(sum) == Approx(0));
  }
}

TEST_CASE("each side of the cube faces the camera that its view asks for") {
  for (const Side side : {Side::right, Side::left}) {
    test::PanelStage stage;
    apply(stage.state, {"side", {{"side", id_of(side)}}});
    for (const CubeFace& face : cube_faces(side))
      CHECK(glm::dot(forward_of(standard_camera(stage.state, face.view)), -face.normal) > 0.99f);
  }
}

TEST_CASE("a click on the middle of the cube looks from the side that is seen there") {
  test::PanelStage stage;
  stage.state.settings.reduced_motion = true; // no flights
  stage.frames(2);
  const glm::vec2 size(stage.input.framebuffer);
  const glm::vec2 middle{stage.out.free_area.z * size.x - 6 - 52, stage.out.free_area.y * size.y + 10 + 52};
  for (const StandardView view : {StandardView::medial, StandardView::anterior, StandardView::lateral,
                                  StandardView::plantar, StandardView::top}) {
    Camera camera = standard_camera(stage.state, view);
    camera.yaw_deg += 12; // still facing that side
    stage.state.document.camera = camera;
    stage.take_actions();
    stage.click(middle);
    REQUIRE(stage.did("view"));
    CHECK(to_string(stage.actions.back().args.find("name")->second) == id_in(view_ids, view));
  }
}
