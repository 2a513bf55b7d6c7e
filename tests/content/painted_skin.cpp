// Pain that is painted on the skin: it stays where it was put, whatever leg it is shown on.

#include "painmap/painted_skin.h"
#include "content/lookup.h"
#include "painmap/region_weights.h"
#include "shipped.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace calfscope;
using test::shipped_leg;

namespace {

const SkinPlaces& places_of(Side side = Side::right) {
  return shipped_leg(side).content->places();
}

float painted_cm2(const SkinPlaces& places, const PaintedSkin& painted) {
  return area_cm2(places, painted_weights(places, painted));
}

PaintedSkin dab(PaintSpot spot, BrushStroke stroke, const SkinPlaces& places = places_of()) {
  PaintedSkin painted;
  REQUIRE(paint(painted, places, std::array{spot}, stroke) == 1);
  return painted;
}

const PaintSpot calf{PaintSheet::leg, {0.3f, 10}};
const PaintSpot shin{PaintSheet::leg, {0.4f, 178}};
const PaintSpot heel{PaintSheet::sole, {0.1f, 0.5f}};
const PaintSpot instep{PaintSheet::upper, {0.75f, 0.5f}};

} // namespace

TEST_CASE("A dab is as large as the brush, wherever on the leg it is put, and whole") {
  for (const PaintSpot spot : {calf, shin, heel, instep})
    for (const float radius_mm : {8.0f, 20.0f}) {
      INFO(paint_sheet_ids[static_cast<std::size_t>(spot.sheet)] << " " << spot.at.x << " " << radius_mm);
      const PaintedSkin painted = dab(spot, {.radius_mm = radius_mm});
      const float disc_cm2 = 3.1416f * radius_mm * radius_mm / 100;
      CHECK(painted_cm2(places_of(), painted) == Approx(disc_cm2).epsilon(0.45));
      CHECK(painted.at(spot) > 0.95f);
      // Nothing far away, and no hole in the middle.
      const auto centre = skin_at(places_of(), spot);
      REQUIRE(centre);
      const std::vector<float> weights = painted_weights(places_of(), painted);
      for (std::size_t v = 0; v < weights.size(); ++v) {
        const float away = glm::distance(places_of().skin->surface.positions[v], centre->position);
        if (away > radius_mm + 12)
          REQUIRE(weights[v] == 0);
        if (away < 0.4f * radius_mm && places_of().vertices[v].area_mm2 > 0)
          REQUIRE(weights[v] > 0.85f);
      }
    }
}

TEST_CASE("Painting the same again changes nothing, lighter paint lightens, and the eraser leaves nothing") {
  PaintedSkin painted = dab(calf, {.radius_mm = 15});
  const PaintedSkin once = painted;
  paint(painted, places_of(), std::array{calf}, {.radius_mm = 15});
  CHECK(painted == once);
  paint(painted, places_of(), std::array{calf}, {.radius_mm = 15, .intensity = 0.4f});
  CHECK(painted.at(calf) == Approx(0.4f).margin(0.05));
  paint(painted, places_of(), std::array{calf}, {.radius_mm = 25, .erase = true});
  CHECK(painted.empty());
  CHECK(painted == PaintedSkin{});
}

TEST_CASE("Paint goes around the front of the leg, where degrees jump") {
  const std::array ends{PaintSpot{PaintSheet::leg, {0.4f, 170}}, PaintSpot{PaintSheet::leg, {0.4f, -170}}};
  PaintedSkin painted;
  const std::vector<PaintSpot> spots = joined(places_of(), ends, 8);
  paint(painted, places_of(), spots, {.radius_mm = 8});
  CHECK(painted.at({PaintSheet::leg, {0.4f, 180}}) > 0.9f);
  CHECK(painted.at({PaintSheet::leg, {0.4f, -180}}) > 0.9f);
  CHECK(painted.at({PaintSheet::leg, {0.4f, 0}}) == 0); // the short way
}

TEST_CASE("A stroke is one band without gaps") {
  const std::array ends{PaintSpot{PaintSheet::leg, {0.2f, -20}}, PaintSpot{PaintSheet::leg, {0.7f, 20}}};
  PaintedSkin painted;
  paint(painted, places_of(), joined(places_of(), ends, 10), {.radius_mm = 10});
  for (float t = 0; t <= 1; t += 0.02f)
    CHECK(painted.at({PaintSheet::leg, glm::mix(ends[0].at, ends[1].at, t)}) > 0.8f);
}

TEST_CASE("Paint made on one leg lies at the same places of the other side") {
  for (const PaintSpot spot : {calf, shin, heel, instep}) {
    const PaintedSkin painted = dab(spot, {.radius_mm = 18});
    CHECK(painted_cm2(places_of(Side::left), painted) == Approx(painted_cm2(places_of(), painted)).epsilon(0.03));
    const auto right = skin_at(places_of(), spot), left = skin_at(places_of(Side::left), spot);
    REQUIRE(right);
    REQUIRE(left);
    CHECK(left->position.x == Approx(-right->position.x).margin(0.2));
    CHECK(left->position.y == Approx(right->position.y).margin(0.2));
  }
}

TEST_CASE("A point of the skin and its place on a sheet lead to each other") {
  const TriMesh& surface = places_of().skin->surface;
  std::size_t tried = 0, near = 0;
  for (std::size_t t = 0; t < surface.triangles.size(); t += 97) {
    const auto spot = spot_of(places_of(), static_cast<std::uint32_t>(t), {0.3f, 0.3f});
    if (!spot)
      continue;
    const glm::uvec3 c = surface.triangles[t];
    const glm::vec3 at = 0.4f * surface.positions[c.x] + 0.3f * surface.positions[c.y] + 0.3f * surface.positions[c.z];
    const auto back = skin_at(places_of(), *spot);
    ++tried;
    near += back && glm::distance(back->position, at) < 4;
  }
  REQUIRE(tried > 200);
  CHECK(static_cast<double>(near) > 0.97 * static_cast<double>(tried)); // between the toes places coincide
}

TEST_CASE("Paint survives being written down and read again, what is no paint is refused") {
  PaintedSkin painted = dab(shin, {.radius_mm = 20, .intensity = 0.6f});
  paint(painted, places_of(), std::array{heel, instep}, {.radius_mm = 12});
  PaintedSkin back;
  for (const PaintRun& run : painted.runs())
    REQUIRE(back.add(run));
  CHECK(back == painted);
  const PaintedSkin before = back;
  CHECK_FALSE(back.add({calf, "37x"}));
  CHECK_FALSE(back.add({calf, ""}));
  CHECK_FALSE(back.add({{PaintSheet::sole, {0.1f, 0.9f}}, std::string(20, '5')}));
  CHECK_FALSE(back.add({{PaintSheet::leg, {9, 0}}, "5"}));
  CHECK_FALSE(back.add({{PaintSheet::leg, {std::numeric_limits<float>::quiet_NaN(), 0}}, "5"}));
  CHECK(back == before);
}

TEST_CASE("A place beside the leg is not painted") {
  PaintedSkin painted;
  const std::array beside{PaintSpot{PaintSheet::leg, {2.0f, 0}}, PaintSpot{PaintSheet::sole, {3.0f, 0.5f}}};
  CHECK(paint(painted, places_of(), beside, {}) == 0);
  CHECK(painted.empty());
}

TEST_CASE("Painting the heel brings soleus 1 to the top, on both sides") {
  for (const Side side : {Side::right, Side::left}) {
    const BoundContent& content = *shipped_leg(side).content;
    PaintedSkin painted;
    const std::array under{PaintSpot{PaintSheet::sole, {0.05f, 0.5f}}, PaintSpot{PaintSheet::sole, {0.2f, 0.5f}}};
    const std::array behind{PaintSpot{PaintSheet::leg, {0.97f, -15}}, PaintSpot{PaintSheet::leg, {1.03f, 15}}};
    paint(painted, content.places(), joined(content.places(), under, 15), {.radius_mm = 15});
    paint(painted, content.places(), joined(content.places(), behind, 15), {.radius_mm = 15});
    const LookupResult found = look_up(content, painted_weights(content.places(), painted));
    REQUIRE_FALSE(found.entries.empty());
    CHECK(found.entries[0].id == "soleus_1");
  }
}

TEST_CASE("Under a growing pressure pain is local first, whole at seven, and no more beyond, letting go it fades") {
  const PainMap* map = shipped_leg().content->pain_map("soleus_1");
  REQUIRE(map);
  const auto hurting = [&](double pressure, double reached) {
    const PainMoment now = pain_under(*map, pressure, reached);
    double sum = 0;
    for (std::size_t v = 0; v < map->essential.size(); ++v)
      sum += std::max(map->essential[v], map->spillover[v]) > 0.05f ? static_cast<double>(pain_of(*map, now, v)) : 0;
    return sum;
  };
  CHECK(pain_under(*map, 1, 1).local > 0);
  CHECK(pain_under(*map, 2.5, 2.5).front_mm == 0);
  double before = hurting(3, 3);
  for (double pressure = 4; pressure <= 7; ++pressure) {
    CHECK(hurting(pressure, pressure) > before);
    before = hurting(pressure, pressure);
  }
  CHECK(hurting(10, 10) == Approx(before));
  for (double left = 6; left >= 0; --left) {
    CHECK(hurting(left, 7) < before);
    before = hurting(left, 7);
  }
  CHECK(before == 0);
}
