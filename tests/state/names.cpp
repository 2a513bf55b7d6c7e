// Names with lines on the leg: where they stand, whose words they are, and that they keep still.
#include "compose/compose.h"
#include "compose/label_layout.h"
#include "compose/structure_labels.h"
#include "compose/structure_names.h"
#include "compose/text_width.h"
#include "content/read_content.h"
#include "frame/viewport.h"
#include "import/pack.h"
#include "sample_state.h"
#include "state/options.h"
#include "support/program_words.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <set>

using namespace calfscope;
using test::applied;

namespace {

AppState open_pack(const std::filesystem::path& folder, Side side) {
  IssueList issues;
  auto atlas = read_pack(folder, issues);
  INFO(to_string(issues));
  REQUIRE(atlas);
  AppState state;
  auto content = read_content(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "content/calf", issues);
  REQUIRE(content);
  set_content(state, std::make_shared<const ContentPack>(std::move(*content)));
  open_leg(state, std::make_shared<const Atlas>(std::move(*atlas)), side);
  state.viewport = {{1280, 720}, {0.25f, 0.06f, 0.75f, 0.94f}};
  state.covered = {{0.66f, 0.06f, 0.75f, 0.2f}, {0.25f, 0.8f, 0.38f, 0.94f}};
  REQUIRE(applied(state, "home"));
  land(state);
  return state;
}

// The leg that ships, and any other pack that CALFSCOPE_OTHER_PACK names.
std::vector<std::filesystem::path> packs() {
  std::vector<std::filesystem::path> out{std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg"};
  if (const char* other = std::getenv("CALFSCOPE_OTHER_PACK"))
    out.emplace_back(other);
  return out;
}

struct Box {
  glm::vec2 lower{0}, upper{0};
  bool overlaps(const Box& other) const {
    return lower.x < other.upper.x && other.lower.x < upper.x && lower.y < other.upper.y && other.lower.y < upper.y;
  }
};

// The letters of a name, px.
Box box_of(const Callout& callout, glm::vec2 size) {
  const float line = callout.line_share * size.y, width = widest_text_px(callout.text, line);
  const glm::vec2 at = callout.at * size;
  const float left = callout.to_the_right ? at.x : at.x - width;
  return {{left, at.y - 0.5f * line}, {left + width, at.y + 0.5f * line}};
}

Frame framed(const AppState& state, StructureLabels* labels, std::optional<double> now_s) {
  return compose(state, {.quality = Quality::moving,
                         .free_area = state.viewport.free_area,
                         .text = &test::program_words(),
                         .labels = labels,
                         .now_s = now_s});
}

} // namespace

TEST_CASE("over a full turn no two names overlap, all stand in the free area, and few jump") {
  for (const auto& folder : packs())
    for (const Side side : {Side::right, Side::left})
      for (const char* highlight : {"calf", "none"}) {
        AppState state = open_pack(folder, side);
        REQUIRE(applied(state, "highlight", {{"name", highlight}}));
        if (std::string(highlight) == "none")
          REQUIRE(applied(state, "peel", {{"value", 0.3}}));
        REQUIRE(applied(state, "labels", {{"names", "clinician"}}));
        const glm::vec2 size(state.viewport.size);
        StructureLabels labels;
        std::map<std::string, Callout> before;
        std::map<std::string, int> switches;
        int named = 0, jumps = 0, steps = 0;
        constexpr double step_s = 1.0 / 60;
        for (int degree = 0; degree <= 360; ++degree) {
          state.document.camera.yaw_deg += 1;
          tame(state);
          const Frame frame = framed(state, &labels, degree * step_s);
          INFO(folder << " " << id_of(side) << " " << highlight << " turned by " << degree);
          std::vector<Box> boxes;
          std::map<std::string, Callout> now;
          for (const Callout& callout : frame.callouts) {
            ++named;
            const Box box = box_of(callout, size);
            INFO(callout.text);
            CHECK(box.lower.x >= state.viewport.free_area.x * size.x - 0.5f);
            CHECK(box.upper.x <= state.viewport.free_area.z * size.x + 0.5f);
            CHECK(box.lower.y >= state.viewport.free_area.y * size.y - 0.5f);
            CHECK(box.upper.y <= state.viewport.free_area.w * size.y + 0.5f);
            for (const Box& other : boxes)
              CHECK_FALSE(box.overlaps(other));
            boxes.push_back(box);
            now.emplace(callout.structure, callout);
            const auto old = before.find(callout.structure);
            if (old == before.end() || old->second.opacity < 0.3f || callout.opacity < 0.3f)
              continue;
            ++steps;
            if (old->second.to_the_right != callout.to_the_right)
              ++switches[callout.structure];
            else if (glm::distance(old->second.at * size, callout.at * size) > 14)
              ++jumps;
          }
          before = std::move(now);
        }
        CHECK(named > 361 * 3);
        CHECK(jumps <= steps / 100);
        for (const auto& [id, count] : switches) {
          INFO(id);
          CHECK(count <= 4);
        }
      }
}

TEST_CASE("a leg that stands still keeps its names still") {
  AppState state = open_pack(packs()[0], Side::right);
  REQUIRE(applied(state, "labels", {{"names", "latin"}}));
  StructureLabels labels;
  framed(state, &labels, 0.0);
  state.document.camera.yaw_deg += 50;
  double now_s = 0;
  for (int i = 0; i < 200 && (i < 2 || !labels.settled()); ++i)
    framed(state, &labels, now_s += 1.0 / 60);
  CHECK(labels.settled());
  CHECK(now_s < 2);
  const Frame first = framed(state, &labels, now_s += 1.0 / 60), second = framed(state, &labels, now_s += 1.0 / 60);
  REQUIRE(first.callouts.size() == second.callouts.size());
  for (std::size_t i = 0; i < first.callouts.size(); ++i) {
    CHECK(first.callouts[i].at == second.callouts[i].at);
    CHECK(first.callouts[i].opacity == 1);
    CHECK(second.callouts[i].opacity == 1);
  }
}

TEST_CASE("a name's line ends on its structure, where nothing solid lies before it") {
  for (const Side side : {Side::right, Side::left}) {
    AppState state = open_pack(packs()[0], side);
    REQUIRE(applied(state, "highlight", {{"name", "none"}}));
    REQUIRE(applied(state, "peel", {{"value", 0.35}}));
    REQUIRE(applied(state, "labels", {{"names", "patient"}}));
    const Frame frame = framed(state, nullptr, std::nullopt);
    REQUIRE(frame.callouts.size() >= 4);
    PosedMeshes meshes;
    const SeenLeg seen(frame, state.viewport, meshes);
    for (const Callout& callout : frame.callouts) {
      INFO(callout.text);
      CHECK(seen.sees(callout.anchor_mm, 1.5f));
      const auto& positions = state.atlas->find(callout.structure)->mesh->surface.positions;
      CHECK(std::find(positions.begin(), positions.end(), callout.anchor_mm) != positions.end());
    }
  }
}

TEST_CASE("the other leg is named as its mirror image") {
  AppState right = open_pack(packs()[0], Side::right), left = open_pack(packs()[0], Side::left);
  for (AppState* state : {&right, &left}) {
    state->covered.clear();
    REQUIRE(applied(*state, "view", {{"name", "posterior"}}));
    REQUIRE(applied(*state, "labels", {{"names", "clinician"}}));
    land(*state);
  }
  const Frame a = framed(right, nullptr, std::nullopt), b = framed(left, nullptr, std::nullopt);
  const auto side_of = [](const Frame& frame, std::string_view id) {
    for (const Callout& callout : frame.callouts)
      if (callout.structure == id)
        return callout.to_the_right ? 1 : -1;
    return 0;
  };
  // From behind the inner head of a right leg lies on the left.
  CHECK(side_of(a, "gastrocnemius_medial_head") == -1);
  CHECK(side_of(a, "gastrocnemius_lateral_head") == 1);
  CHECK(side_of(b, "gastrocnemius_medial_head") == 1);
  CHECK(side_of(b, "gastrocnemius_lateral_head") == -1);
}

TEST_CASE("names follow the choice of words, and the chosen structure keeps a name wherever it is") {
  AppState state = open_pack(packs()[0], Side::right);
  const auto index = static_cast<std::size_t>(state.atlas->index_of("gastrocnemius_medial_head"));
  std::set<std::string> names;
  for (const LabelNames kind : {LabelNames::patient, LabelNames::latin, LabelNames::clinician})
    names.insert(structure_name(state, index, kind, test::program_words()));
  CHECK(names.size() == 3);
  CHECK(structure_name(state, index, LabelNames::latin, test::program_words()) == "Caput mediale m. gastrocnemii");
  CHECK(framed(state, nullptr, std::nullopt).callouts.empty()); // off
  REQUIRE(applied(state, "labels", {{"names", "latin"}}));
  REQUIRE(applied(state, "select", {{"id", "tibialis_posterior"}})); // deep: not seen from behind
  REQUIRE(applied(state, "view", {{"name", "posterior"}}));
  land(state);
  const Frame frame = framed(state, nullptr, std::nullopt);
  const auto chosen = std::find_if(frame.callouts.begin(), frame.callouts.end(),
                                   [](const Callout& callout) { return callout.emphasised; });
  REQUIRE(chosen != frame.callouts.end());
  CHECK(chosen->text == "M. tibialis posterior");
}

TEST_CASE("names are undone, cycled, saved and asked for by an option") {
  AppState state = test::open_small_leg();
  CHECK(state.document.labels == LabelNames::off);
  for (const LabelNames wanted : {LabelNames::patient, LabelNames::latin, LabelNames::clinician, LabelNames::off}) {
    REQUIRE(applied(state, "next_labels"));
    CHECK(state.document.labels == wanted);
  }
  REQUIRE(applied(state, "undo"));
  CHECK(state.document.labels == LabelNames::clinician);
  IssueList issues;
  REQUIRE(set_option(state, *find_option("labels"), "latin", issues));
  CHECK(state.document.labels == LabelNames::latin);
  REQUIRE(applied(state, "home"));
  CHECK(state.document.labels == LabelNames::latin); // a habit of reading, not a part of the view
}

TEST_CASE("labels beside an outline do not overlap, whatever their number, and the heavy ones get the room") {
  std::mt19937 random(7);
  int steady = 0;
  for (int round = 0; round < 200; ++round) {
    std::uniform_real_distribution<float> x(150, 350), y(0, 500), width(20, 140);
    LabelRoom room{.lower = {0, 0}, .upper = {500, 500}, .line_px = 14, .covered = {}, .outline = {}};
    for (float at = 0; at < 500; at += 3)
      room.outline.push_back({at, {180 + 30 * std::sin(at / 60), 320 + 60 * std::sin(at / 90)}});
    std::vector<LabelWish> wishes;
    for (int i = 0; i < round / 2 + 1; ++i)
      wishes.push_back({std::to_string(i), {x(random), y(random)}, width(random), 1 + i % 3, static_cast<float>(i)});
    LabelLayoutMemory memory;
    const auto placed = lay_out_labels(wishes, room, memory);
    REQUIRE_FALSE(placed.empty());
    std::vector<Box> boxes;
    for (const PlacedLabel& label : placed) {
      const LabelWish& wish = wishes[static_cast<std::size_t>(std::stoi(label.id))];
      const float half = 0.5f * 1.15f * static_cast<float>(wish.lines) * room.line_px;
      const float left = label.right ? label.at.x : label.at.x - wish.width_px;
      const Box box{{left, label.at.y - half}, {left + wish.width_px, label.at.y + half}};
      for (const Box& other : boxes)
        CHECK_FALSE(box.overlaps(other));
      boxes.push_back(box);
    }
    CHECK(std::any_of(placed.begin(), placed.end(),
                      [&](const PlacedLabel& label) { return label.id == wishes.back().id; }));
    const auto again = lay_out_labels(wishes, room, memory);
    const auto same = [](const PlacedLabel& a, const PlacedLabel& b) { return a.id == b.id && a.at == b.at; };
    if (std::equal(again.begin(), again.end(), placed.begin(), placed.end(), same))
      ++steady;
  }
  CHECK(steady == 200);
}
