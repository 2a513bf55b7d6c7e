// A tool in the tissue: it touches, does not enter, leaves bone and far skin alone, keeps layers in order.

#include "technique/contact.h"
#include "technique/skin_sheet.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>
#include <random>

using namespace calfscope;

namespace {

// A round limb about the Y axis, in the way a skin is meshed: edges of 1.6 mm, diagonals of 2.3.
struct Limb {
  float radius_mm;
  std::vector<glm::vec3> positions;
  std::vector<glm::uvec3> triangles;

  explicit Limb(float radius) : radius_mm(radius) {
    const int round = static_cast<int>(2 * std::numbers::pi_v<float> * radius / 1.6f), rows = 220;
    for (int j = 0; j <= rows; ++j)
      for (int i = 0; i < round; ++i) {
        const float a = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / static_cast<float>(round);
        positions.push_back({radius * std::sin(a), 1.6f * static_cast<float>(j - rows / 2), -radius * std::cos(a)});
      }
    const auto at = [&](int i, int j) { return static_cast<std::uint32_t>(j * round + i % round); };
    for (int j = 0; j < rows; ++j)
      for (int i = 0; i < round; ++i) {
        triangles.push_back({at(i, j), at(i, j + 1), at(i + 1, j)}); // wound outwards
        triangles.push_back({at(i + 1, j), at(i, j + 1), at(i + 1, j + 1)});
      }
  }
  ContactFrame behind() const { return {{0, 0, -radius_mm}, {0, 0, 1}, {1, 0, 0}, {0, 1, 0}}; }
  SkinShape bend() const { return {1 / (2 * radius_mm), 0, 0}; }
};

Tool tool(ToolShape shape, float diameter, float length, float give) {
  Tool out;
  out.shape = shape;
  out.diameter_mm = diameter;
  out.length_mm = length;
  out.give = give;
  return out;
}

std::vector<Tool> all_tools() {
  return {tool(ToolShape::cylinder, 150, 460, 0.35f), tool(ToolShape::sphere, 67, 0, 0.2f),
          tool(ToolShape::sphere, 64, 0, 0), tool(ToolShape::beads, 35, 460, 0), tool(ToolShape::digit, 22, 0, 0.15f)};
}

std::vector<glm::vec3> moved(const Contact& contact, const std::vector<glm::vec3>& rest, float share) {
  std::vector<glm::vec3> out;
  for (const glm::vec3 p : rest)
    out.push_back(dented(contact, p, share, share == 1));
  return out;
}

} // namespace

TEST_CASE("every tool touches the skin at every pressure, and does not enter it") {
  for (const float radius : {38.0f, 55.0f})
    for (const Tool& tool : all_tools())
      for (const float pressure : {1.0f, 3.0f, 5.0f, 7.0f, 9.0f}) {
        const Limb limb(radius);
        const Contact contact = press(limb.behind(), limb.bend(), tool, pressure, radius - 12);
        const auto skin = moved(contact, limb.positions, 1);
        const ContactFit fit = measure(contact, limb.positions, skin, limb.triangles);
        INFO("shape " << static_cast<int>(tool.shape) << " give " << tool.give << " pressure " << pressure << " radius "
                      << radius << ": gap " << fit.gap_mm << " in " << fit.penetration_mm << " edge "
                      << fit.longest_edge_mm << " patch " << fit.patch_cm2);
        CHECK(fit.gap_mm <= 0.5f);
        CHECK(fit.penetration_mm <= 0.5f);
        CHECK(fit.longest_edge_mm <= 4);
        CHECK(fit.far_shift_mm == 0);
        if (pressure >= 3)
          CHECK(fit.patch_cm2 > 0.5f);
      }
}

TEST_CASE("more pressure sinks deeper and touches more, and never sinks beyond half of the tissue") {
  for (const Tool& tool : all_tools())
    for (const float thickness : {6.0f, 20.0f, 60.0f}) {
      float before = 0;
      for (float pressure = 0; pressure <= 10; pressure += 0.5f) {
        const float dent = dent_mm(tool.shape, pressure, thickness);
        CHECK(dent >= before);
        CHECK(dent <= 0.5f * thickness + 1e-4f);
        before = dent;
      }
      CHECK(dent_mm(tool.shape, 0, thickness) == 0);
    }
  const Limb limb(50);
  const auto patch = [&](float pressure) {
    const Contact contact = press(limb.behind(), limb.bend(), all_tools()[1], pressure, 38);
    return measure(contact, limb.positions, moved(contact, limb.positions, 1), limb.triangles).patch_cm2;
  };
  CHECK(patch(6) > patch(2));
}

TEST_CASE("a soft ball flattens, a hard one does not: at the same dent its patch is wider") {
  const Limb limb(50);
  const Contact hard = press(limb.behind(), limb.bend(), tool(ToolShape::sphere, 66, 0, 0), 6, 40);
  const Contact soft = press(limb.behind(), limb.bend(), tool(ToolShape::sphere, 66, 0, 0.4f), 6, 40);
  CHECK(hard.flat_mm == 0);
  CHECK(soft.flat_mm > 2);
  CHECK(soft.tip_mm == hard.tip_mm);
  CHECK(soft.patch_mm > hard.patch_mm + 2);
}

TEST_CASE("bone does not move, layers move less the deeper they lie and stay in order") {
  const Contact contact = press(Limb(50).behind(), Limb(50).bend(), all_tools()[2], 7, 36);
  std::mt19937 random(5);
  std::uniform_real_distribution<float> side(-60, 60);
  for (int n = 0; n < 2000; ++n) {
    const float u = side(random), v = side(random);
    const float top = (u * u) / 100 + 2.5f * std::sin(u / 17); // no skin is shaped just as the fit has it
    float before = -1e9f;
    for (float share = 1; share >= 0; share -= 0.1f) {
      const glm::vec3 at{u, v, -50 + top + (1 - share) * 36};
      const glm::vec3 to = dented(contact, at, share, share == 1);
      CHECK(to.z >= before - 1e-3f);
      before = to.z;
      if (share < 0.01f)
        CHECK(to == at);
    }
  }
}

TEST_CASE("nothing moves beyond three patch radii or on the far side, and without pressure nothing moves at all") {
  for (const Tool& tool : all_tools()) {
    const Limb limb(50);
    const Contact contact = press(limb.behind(), limb.bend(), tool, 7, 36);
    for (const glm::vec3 p : limb.positions) {
      const glm::vec3 q = dented(contact, p, 1, true);
      if (p.z > 20 || std::abs(p.y) > 3 * contact.patch_mm)
        CHECK(q == p);
      CHECK(std::isfinite(q.x + q.y + q.z));
    }
    const Contact none = press(limb.behind(), limb.bend(), tool, 0, 36);
    for (const glm::vec3 p : limb.positions)
      CHECK(dented(none, p, 1, true) == p);
  }
}

TEST_CASE("tissue rises a little beside the tool, and the skin is carried along when the tool rocks") {
  const Limb limb(50);
  Contact contact = press(limb.behind(), limb.bend(), all_tools()[2], 7, 36);
  float risen = 0;
  for (const glm::vec3 p : limb.positions)
    risen = std::min(risen, dot(dented(contact, p, 1, true) - p, contact.frame.into));
  CHECK(risen < -0.5f);
  CHECK(risen > -0.35f * contact.tip_mm);
  contact.shift_across_mm = 8;
  const glm::vec3 place = contact.frame.origin;
  CHECK(dented(contact, place, 1, true).x == Approx(place.x + 8).margin(0.05));
  CHECK(std::abs(dented(contact, place + glm::vec3(0, 200, 0), 1, true).x - place.x) < 1e-4f);
}

TEST_CASE("what has come out of the skin is found with how far it lies out, in front of the tool and beside it") {
  const Limb limb(50);
  const SkinSheet sheet(limb.behind(), limb.positions, limb.triangles);
  for (float a = -1.4f; a <= 1.4f; a += 0.05f)
    for (const float out : {-8.0f, -2.0f, -0.3f, 0.5f, 1.0f, 3.0f}) {
      const glm::vec3 at{(50 + out) * std::sin(a), 7.3f, -(50 + out) * std::cos(a)};
      INFO("angle " << a << " out " << out);
      CHECK(sheet.outside_mm(at) == Approx(std::max(out, 0.0f)).margin(0.05));
    }
  CHECK(sheet.outside_mm({54, 7.3f, 0}) == Approx(4).margin(0.05)); // where the skin turns away from the tool
  CHECK(sheet.outside_mm({0, 0, 0}) == 0);
}
