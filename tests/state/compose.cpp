#include "compose/compose.h"

#include "sample_state.h"

#include <catch2/catch.hpp>

#include <set>

using namespace calfscope;
using test::applied;
using test::item_of;

TEST_CASE("the start view colours both heads and the soleus, which shines through the ghosted heads") {
  for (const Side side : {Side::right, Side::left}) {
    const AppState state = test::open_small_leg(side);
    const Frame frame = compose(state, {});
    const DrawItem* medial = item_of(state, frame, "gastrocnemius_medial_head");
    const DrawItem* lateral = item_of(state, frame, "gastrocnemius_lateral_head");
    const DrawItem* soleus = item_of(state, frame, "soleus");
    REQUIRE((medial && lateral && soleus));
    CHECK(medial->ghost > 0);
    CHECK(lateral->ghost > 0);
    CHECK(soleus->glow > 0.2f);
    CHECK(soleus->ghost == 0);
    const auto entries = legend(state);
    REQUIRE(entries.size() == 3);
    for (const LegendEntry& entry : entries) {
      const DrawItem* item = item_of(state, frame, entry.structure);
      REQUIRE(item);
      CHECK(item->colour == entry.colour);
      CHECK(entry.shown);
    }
    const DrawItem* skin = item_of(state, frame, "skin");
    REQUIRE(skin);
    CHECK(skin->ghost == 1);
    const DrawItem* deep = item_of(state, frame, "tibialis_posterior");
    REQUIRE(deep);
    CHECK(deep->emphasis < 0);
  }
}

TEST_CASE("the legend says what the peel has taken away") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "peel", {{"value", 0.45}}));
  const auto entries = legend(state);
  REQUIRE(entries.size() == 3);
  CHECK_FALSE(entries[0].shown);
  CHECK_FALSE(entries[1].shown);
  CHECK(entries[2].shown);
  REQUIRE(applied(state, "highlight", {{"name", "none"}}));
  CHECK(legend(state).empty());
}

TEST_CASE("the selected structure is outlined, bright and never faint, and everything else steps back") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "highlight", {{"name", "none"}}));
  const Frame before = compose(state, {});
  for (const Structure& structure : state.atlas->structures)
    for (const float peel : {0.0f, 0.5f, 1.0f}) {
      REQUIRE(applied(state, "peel", {{"value", peel}}));
      REQUIRE(applied(state, "select", {{"id", structure.id}}));
      const Frame frame = compose(state, {});
      const DrawItem* item = item_of(state, frame, structure.id);
      REQUIRE(item);
      CHECK(item->outlined);
      CHECK(item->emphasis == 1);
      CHECK(item->opacity >= 0.4f);
      for (const DrawItem& other : frame.items)
        if (&other != item) {
          CHECK(other.emphasis < 0);
          CHECK_FALSE(other.outlined);
        }
    }
}

TEST_CASE("hovering brightens, hiding removes, ghosting makes glass") {
  AppState state = test::open_small_leg();
  const auto tibia = [&state] {
    const Frame frame = compose(state, {});
    const DrawItem* item = item_of(state, frame, "tibia");
    REQUIRE(item);
    return *item;
  };
  const float before = tibia().emphasis;
  REQUIRE(applied(state, "hover", {{"id", "tibia"}}));
  CHECK(tibia().emphasis > before);
  REQUIRE(applied(state, "ghost", {{"id", "tibia"}}));
  CHECK(tibia().ghost > 0.5f);
  REQUIRE(applied(state, "hide", {{"id", "tibia"}}));
  CHECK(item_of(state, compose(state, {}), "tibia") == nullptr);
}

TEST_CASE("whatever is done, every number of the picture stays in its range") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    std::mt19937 random(seed);
    AppState state = test::open_small_leg();
    for (int i = 0; i < 150; ++i) {
      IssueList issues;
      apply(state, test::random_action(state, action_table()[random() % action_table().size()], random), issues);
      advance(state, 0.15);
      const Frame frame = compose(state, {.quality = Quality::moving, .free_area = {0.2f, 0, 1, 1}});
      std::set<std::uint32_t> seen;
      for (const DrawItem& item : frame.items) {
        REQUIRE(item.mesh);
        REQUIRE(seen.insert(item.structure).second);
        REQUIRE((item.opacity > 0 && item.opacity <= 1));
        REQUIRE((item.ghost >= 0 && item.ghost <= 1));
        REQUIRE((item.glow >= 0 && item.glow <= 1));
        REQUIRE((item.emphasis >= -1 && item.emphasis <= 1));
        for (int k = 0; k < 3; ++k)
          REQUIRE((item.colour[k] >= 0 && item.colour[k] <= 1));
      }
      REQUIRE_FALSE(frame.scene.empty());
      REQUIRE(frame.segments.size() <= max_segments);
      if (frame.clip)
        REQUIRE(glm::length(frame.clip->normal) == Approx(1).margin(1e-4));
    }
  }
}

TEST_CASE("the scene's box and floor hold the posed leg") {
  AppState state = test::open_small_leg();
  REQUIRE(applied(state, "pose", {{"ankle", -40}, {"knee", 80}, {"turn", 25}}));
  const Frame frame = compose(state, {});
  REQUIRE_FALSE(frame.segments.empty());
  for (const Structure& structure : state.atlas->structures)
    for (const glm::vec3& p : posed_positions(*structure.mesh, frame.segments)) {
      REQUIRE(glm::all(glm::greaterThan(p, frame.scene.lower - 0.01f)));
      REQUIRE(glm::all(glm::lessThan(p, frame.scene.upper + 0.01f)));
    }
}

TEST_CASE("no leg gives an empty picture of the theme's background") {
  AppState state;
  const Frame frame = compose(state, {});
  CHECK(frame.items.empty());
  CHECK(frame.background.top == dark_theme().scene.background.top);
  CHECK(legend(state).empty());
}

TEST_CASE("the same state gives the same picture, and the theme changes its colours") {
  AppState state = test::open_small_leg();
  const Frame a = compose(state, {}), b = compose(state, {});
  REQUIRE(a.items.size() == b.items.size());
  for (std::size_t i = 0; i < a.items.size(); ++i)
    CHECK(a.items[i].colour == b.items[i].colour);
  state.settings.theme = ThemeChoice::light;
  CHECK_FALSE(compose(state, {}).background == a.background);
}
