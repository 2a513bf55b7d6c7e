// The cross-section: its outlines, what stands where on the sheet, and how it follows what is chosen.
#include "compose/compose.h"
#include "compose/section_sheet.h"
#include "content/read_content.h"
#include "import/pack.h"
#include "sample_state.h"
#include "state/options.h"
#include "support/program_words.h"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace calfscope;
using test::applied;

namespace {

AppState open_shipped(Side side) {
  static const auto leg = [] {
    IssueList issues;
    const char* other = std::getenv("CALFSCOPE_OTHER_PACK");
    auto atlas = read_pack(other ? std::filesystem::path(other)
                                 : std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg",
                           issues);
    INFO(to_string(issues));
    REQUIRE(atlas);
    return std::make_shared<const Atlas>(std::move(*atlas));
  }();
  IssueList issues;
  auto content = read_content(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "content/calf", issues);
  REQUIRE(content);
  AppState state;
  set_content(state, std::make_shared<const ContentPack>(std::move(*content)));
  open_leg(state, leg, side);
  return state;
}

const SectionPiece* piece(const SectionCut& cut, std::string_view id) {
  for (const SectionPiece& one : cut.pieces)
    if (cut.atlas->structures[one.structure].id == id)
      return &one;
  return nullptr;
}

} // namespace

TEST_CASE("in the calf's section seen from below front is up, and medial lies to the right of a right leg") {
  for (const Side side : {Side::right, Side::left}) {
    AppState state = open_shipped(side);
    REQUIRE(applied(state, "section_set", {{"s", 0.33}}));
    SectionCutter cutter;
    const auto cut = cutter.cut(state);
    REQUIRE(cut);
    INFO(id_of(side));
    for (const char* id : {"tibia", "fibula", "soleus", "gastrocnemius_medial_head", "gastrocnemius_lateral_head"})
      REQUIRE(piece(*cut, id));
    const float medial = side == Side::right ? 1.0f : -1.0f;
    CHECK(medial * (piece(*cut, "tibia")->label_at.x - piece(*cut, "fibula")->label_at.x) > 15);
    CHECK(medial * (piece(*cut, "gastrocnemius_medial_head")->label_at.x -
                    piece(*cut, "gastrocnemius_lateral_head")->label_at.x) >
          15);
    CHECK(piece(*cut, "tibia")->label_at.y > piece(*cut, "soleus")->label_at.y);
    CHECK(piece(*cut, "soleus")->label_at.y > piece(*cut, "gastrocnemius_medial_head")->label_at.y);
    // The skin goes around everything, and what is pointed at is what lies there.
    CHECK(cut->atlas->structures[cut->pieces.front().structure].id == "skin");
    float inside = 0;
    for (const SectionPiece& one : cut->pieces) {
      CHECK(piece_at(*cut, one.label_at));
      if (one.structure != cut->pieces.front().structure)
        inside += one.area_mm2;
    }
    CHECK(inside < cut->pieces.front().area_mm2);
    CHECK(inside > 0.5f * cut->pieces.front().area_mm2);
    for (const char* id : {"tibia", "soleus", "gastrocnemius_medial_head"})
      CHECK(piece_at(*cut, piece(*cut, id)->label_at) == piece(*cut, id));
  }
}

TEST_CASE("the sections of the two legs are mirror images, and a turned leg has the same one") {
  AppState right = open_shipped(Side::right), left = open_shipped(Side::left), turned = open_shipped(Side::right);
  SectionCutter a, b, c;
  REQUIRE(applied(turned, "pose", {{"turn", 25}}));
  for (AppState* state : {&right, &left, &turned})
    REQUIRE(applied(*state, "section_set", {{"s", 0.5}}));
  const auto cut = a.cut(right), mirrored = b.cut(left), same = c.cut(turned);
  REQUIRE(cut->pieces.size() == mirrored->pieces.size());
  REQUIRE(cut->pieces.size() == same->pieces.size());
  for (std::size_t i = 0; i < cut->pieces.size(); ++i) {
    CHECK(cut->pieces[i].area_mm2 == Approx(mirrored->pieces[i].area_mm2).margin(0.5));
    CHECK(cut->pieces[i].area_mm2 == Approx(same->pieces[i].area_mm2).margin(0.5));
  }
  CHECK(piece(*cut, "tibia")->label_at.x == Approx(-piece(*mirrored, "tibia")->label_at.x).margin(2.5));
}

TEST_CASE("bending the knee leaves the calf's section a sound one") {
  AppState state = open_shipped(Side::right);
  REQUIRE(applied(state, "section_set", {{"s", 0.3}}));
  SectionCutter cutter;
  const float straight = cutter.cut(state)->pieces.front().area_mm2;
  REQUIRE(applied(state, "pose", {{"knee", 90}, {"ankle", -30}}));
  const auto bent = cutter.cut(state);
  REQUIRE(piece(*bent, "soleus"));
  CHECK(bent->pieces.front().area_mm2 == Approx(straight).epsilon(0.15));
}

TEST_CASE("a section is cut once and kept until leg, pose or level change") {
  AppState state = open_shipped(Side::right);
  SectionDrawer drawer;
  CHECK_FALSE(drawer.draw(state, test::program_words(), {300, 300}, 12).drawing);
  REQUIRE(applied(state, "section"));
  const auto first = drawer.draw(state, test::program_words(), {300, 300}, 12).drawing;
  REQUIRE(first);
  state.document.camera.yaw_deg += 30; // another view of the leg is the same section
  CHECK(drawer.draw(state, test::program_words(), {300, 300}, 12).drawing == first);
  REQUIRE(applied(state, "section_by", {{"mm", 5}}));
  CHECK(drawer.draw(state, test::program_words(), {300, 300}, 12).drawing != first);
}

TEST_CASE(
    "the section follows the chosen point, marks it with its depth, and goes to where a chosen structure is cut") {
  for (const Side side : {Side::right, Side::left}) {
    AppState state = open_shipped(side);
    REQUIRE(applied(state, "section"));
    SectionDrawer drawer;
    for (const TriggerPoint& point : state.content->points) {
      const BoundPoint* place = state.leg_content->bound().point(point.id);
      if (!place->placed || point.layer != "calf")
        continue;
      INFO(point.id);
      REQUIRE(applied(state, "select_point", {{"id", point.id}}));
      const SectionSheet& sheet = drawer.draw(state, test::program_words(), {400, 400}, 12);
      const auto at = section_place(state, *sheet.cut, place->core_mm);
      REQUIRE(at);
      CHECK(std::abs(at->off_mm) < 0.5f);
      CHECK(sheet.structure_at(sheet.to_px(at->at)) == point.muscle);
      const std::string depth = std::to_string(std::lround(place->d_mm)) + " mm deep";
      CHECK(std::any_of(sheet.drawing->shapes.begin(), sheet.drawing->shapes.end(), [&](const auto& shape) {
        const FlatText* written = std::get_if<FlatText>(&shape);
        return written && written->text == depth;
      }));
    }
    REQUIRE(applied(state, "section_set", {{"s", 0.1}}));
    REQUIRE(applied(state, "select", {{"id", "calcaneus"}}));
    CHECK(state.document.section.s > 0.8f);
    const float there = state.document.section.s;
    REQUIRE(applied(state, "select", {{"id", "skin"}})); // cut here already
    CHECK(state.document.section.s == there);
  }
}

TEST_CASE("the sheet says which side is which, how large things are, and nothing written overlaps") {
  for (const Side side : {Side::right, Side::left}) {
    AppState state = open_shipped(side);
    SectionDrawer drawer;
    for (float s = section_highest_s; s <= section_lowest_s; s += 0.04f) {
      REQUIRE(applied(state, "section_set", {{"s", s}}));
      const SectionSheet& sheet = drawer.draw(state, test::program_words(), {340, 370}, 13);
      INFO(id_of(side) << " level " << s);
      REQUIRE(sheet.drawing);
      const FlatText* m = nullptr;
      const FlatText* l = nullptr;
      bool scale = false;
      for (const auto& shape : sheet.drawing->shapes)
        if (const FlatText* written = std::get_if<FlatText>(&shape)) {
          m = written->text == test::program_words()("picture.medial") ? written : m;
          l = written->text == test::program_words()("picture.lateral") ? written : l;
          scale |= written->text.ends_with(" cm");
          CHECK(written->at.x >= 0);
          CHECK(written->at.x <= 340);
          CHECK(written->at.y >= 0);
          CHECK(written->at.y <= 370);
        }
      REQUIRE(m);
      REQUIRE(l);
      CHECK(scale);
      CHECK((m->at.x > l->at.x) == (side == Side::right));
    }
  }
}

TEST_CASE("the level of the section is a line around the skin, and only while it is shown") {
  AppState state = open_shipped(Side::left);
  CHECK(compose(state, {}).space_lines.empty());
  REQUIRE(applied(state, "section_set", {{"s", 0.4}}));
  const Frame frame = compose(state, {});
  REQUIRE(frame.space_lines.size() >= 1);
  const Plane plane = *section_plane(state);
  const glm::vec3 middle = state.facts->coordinates->axis_point(0.4f);
  for (const SpaceLine::Point& point : frame.space_lines[0].points) {
    CHECK(std::abs(plane.distance_mm(point.at_mm)) < 0.1f);
    CHECK(glm::dot(point.outward, point.at_mm - middle) > 0);
  }
  REQUIRE(applied(state, "section", {{"on", false}}));
  CHECK(compose(state, {}).space_lines.empty());
}
