// Tools on the leg that ships, both sides: every offered pressing technique on every point it is offered for.

#include "content/bind.h"
#include "content/read_content.h"
#include "import/pack.h"
#include "technique/contact_ground.h"
#include "technique/timeline.h"

#include "anatomy/mirror.h"
#include "anatomy/pose.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

const ContentPack& calf() {
  static const ContentPack pack = [] {
    IssueList issues;
    auto read = read_content(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "content/calf", issues);
    INFO(to_string(issues));
    REQUIRE(read);
    return std::move(*read);
  }();
  return pack;
}

struct Leg {
  Atlas atlas;
  std::shared_ptr<const LegCoordinates> coordinates;
  std::optional<ContactGround> ground;

  explicit Leg(Side side) {
    IssueList issues;
    auto read = read_pack(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "models/lower_leg", issues);
    INFO(to_string(issues));
    REQUIRE(read);
    atlas = side == read->side ? std::move(*read) : mirrored(*read);
    auto made = LegCoordinates::make(atlas);
    REQUIRE(made);
    coordinates = std::make_shared<const LegCoordinates>(std::move(*made));
    ground = ContactGround::make(atlas, coordinates);
    REQUIRE(ground);
  }
};

} // namespace

TEST_CASE("on the shipped leg every tool touches at its phases, enters nothing and rests at the end") {
  ContactFit worst;
  for (const Side side : {Side::right, Side::left}) {
    const Leg leg(side);
    const auto& skin = leg.ground->skin();
    for (const Technique& technique : calf().techniques) {
      if (technique.kind != TechniqueKind::press || technique.tools.front() == "pincer")
        continue;
      const Tool& tool = *calf().tool(technique.tools.front());
      for (const TechniquePoint& reached : technique.points) {
        if (!reached.offered)
          continue;
        const TriggerPoint& point = *calf().point(reached.point);
        const Timeline timeline(technique, PointOnLeg{point.id, point.site.s.typical, point.site.a_deg.typical},
                                tool.shape == ToolShape::cylinder);
        for (const TimelineSpan& span : timeline.spans())
          for (const float share : {0.0f, 0.5f, 0.98f}) {
            const TechniqueMoment now = timeline.at(span.start_s + share * span.seconds);
            const float pressure = now[Channel::pressure];
            if (!now.touch.touching || pressure < 1)
              continue;
            Pose pose;
            pose.ankle_deg = now[Channel::ankle_deg];
            pose.knee_deg = now[Channel::knee_deg];
            const auto posed = leg.ground->finer(posed_positions(skin, segment_matrices(leg.atlas, pose)));
            const auto spot =
                leg.ground->spot({now.touch.s, now.touch.a_deg}, posed, now.touch.across_mm, now.touch.along_mm);
            INFO(technique.id << " " << point.id << " phase " << timeline.phases()[span.phase].id << " " << share
                              << " s " << now.touch.s << " a " << now.touch.a_deg << " pressure " << pressure);
            REQUIRE(spot);
            const Contact contact = press(spot->frame, spot->skin, tool, pressure, spot->thickness_mm);
            std::vector<glm::vec3> moved(posed.size());
            for (std::size_t i = 0; i < posed.size(); ++i)
              moved[i] = dented(contact, posed[i], 1, true);
            const ContactFit fit = measure(contact, posed, moved, leg.ground->triangles());
            INFO("gap " << fit.gap_mm << " in " << fit.penetration_mm << " edge " << fit.longest_edge_mm << " far "
                        << fit.far_shift_mm << " dent " << contact.tip_mm << " tissue " << contact.thickness_mm
                        << " patch radius " << contact.patch_mm);
            worst.longest_edge_mm = std::max(worst.longest_edge_mm, fit.longest_edge_mm);
            worst.penetration_mm = std::max(worst.penetration_mm, fit.penetration_mm);
            CHECK(fit.gap_mm <= 1);
            CHECK(fit.penetration_mm <= 0.5f);
            CHECK(fit.far_shift_mm == 0);
          }
      }
    }
  }
  INFO("longest edge " << worst.longest_edge_mm << " deepest " << worst.penetration_mm);
  CHECK(worst.longest_edge_mm <= 4);
}
