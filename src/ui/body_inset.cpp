// A small figure of the body, from the front or the back, with a spot where pain is felt that the leg does not show.
#include "ui/content_widgets.h"
#include "ui/point_parts.h"
#include "ui/widgets.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

enum class Facing : std::uint8_t { front, back };

// Where a region lies on the figure: heights from the crown 0 to the soles 1, sideways from the midline in the same
// measure, towards the side of the leg that is shown.
struct BodyPlace {
  std::string_view region;
  Facing facing;
  float aside, down, radius;
};
constexpr std::array<BodyPlace, 2> body_places{{
    {"sacroiliac_same_side", Facing::back, 0.026f, 0.445f, 0.021f},
    {"jaw_same_side", Facing::front, 0.03f, 0.102f, 0.014f},
}};

// A figure of limbs with round ends, heights as above; drawn once larger for the outline and once for the body.
struct Limb {
  float x1, y1, r1, x2, y2, r2;
};
// One half; the other is its mirror image. The last is the trunk's middle.
constexpr std::array<Limb, 14> limbs{{
    {0.0f, 0.055f, 0.046f, 0.0f, 0.085f, 0.040f},     // head
    {0.0f, 0.11f, 0.024f, 0.0f, 0.165f, 0.028f},      // neck
    {0.022f, 0.185f, 0.030f, 0.085f, 0.196f, 0.032f}, // shoulder
    {0.042f, 0.215f, 0.056f, 0.034f, 0.33f, 0.050f},  // chest
    {0.034f, 0.33f, 0.050f, 0.034f, 0.42f, 0.054f},   // waist
    {0.036f, 0.42f, 0.055f, 0.042f, 0.475f, 0.056f},  // hip
    {0.100f, 0.205f, 0.030f, 0.120f, 0.335f, 0.024f}, // upper arm
    {0.120f, 0.335f, 0.024f, 0.138f, 0.455f, 0.017f}, // forearm
    {0.138f, 0.455f, 0.017f, 0.145f, 0.505f, 0.018f}, // hand
    {0.051f, 0.48f, 0.050f, 0.050f, 0.70f, 0.033f},   // thigh
    {0.050f, 0.70f, 0.033f, 0.052f, 0.775f, 0.034f},  // knee to calf
    {0.052f, 0.775f, 0.034f, 0.050f, 0.94f, 0.019f},  // shin
    {0.050f, 0.955f, 0.019f, 0.060f, 0.978f, 0.020f}, // foot
    {0.0f, 0.2f, 0.05f, 0.0f, 0.45f, 0.06f},
}};

class Figure {
public:
  Figure(ImDrawList& list, const Rect& where, float side) : list_(list), where_(where), side_(side) {}

  ImVec2 at(float aside, float down) const {
    return {where_.centre().x + aside * where_.height(), where_.min.y + down * where_.height()};
  }
  ImVec2 on_side(float aside, float down) const { return at(side_ * aside, down); }
  float px(float share) const { return share * where_.height(); }

  void limb(const Limb& limb, float mirror, float more_px, ImU32 colour) const {
    const ImVec2 a = at(mirror * limb.x1, limb.y1), b = at(mirror * limb.x2, limb.y2);
    const float ra = px(limb.r1) + more_px, rb = px(limb.r2) + more_px;
    list_.AddCircleFilled(a, ra, colour, 24);
    list_.AddCircleFilled(b, rb, colour, 24);
    const float dx = b.x - a.x, dy = b.y - a.y, length = std::max(std::sqrt(dx * dx + dy * dy), 1e-3f);
    const ImVec2 n{-dy / length, dx / length};
    list_.AddQuadFilled({a.x + n.x * ra, a.y + n.y * ra}, {b.x + n.x * rb, b.y + n.y * rb},
                        {b.x - n.x * rb, b.y - n.y * rb}, {a.x - n.x * ra, a.y - n.y * ra}, colour);
  }
  void body(float more_px, ImU32 colour) const {
    for (const Limb& one : limbs)
      for (const float mirror : {-1.0f, 1.0f})
        limb(one, mirror, more_px, colour);
  }

private:
  ImDrawList& list_;
  Rect where_;
  float side_; // of the leg on this figure: + right on the paper
};

void draw_figure(const Ui& ui, const Rect& where, const BodyPlace& place, glm::vec3 colour) {
  // From behind a right side stands on the right, from the front on the left.
  const bool right_leg = ui.state.document.side == Side::right;
  const float side = (right_leg == (place.facing == Facing::back)) ? 1.0f : -1.0f;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Figure figure(list, where, side);
  const ImU32 line = colour_u32(ui.theme.ui.text_quiet);
  const ImU32 skin = colour_u32(mix(ui.theme.ui.panel_raised, ui.theme.ui.text_quiet, 0.22f));
  const float width = std::max(ui.px(1.2f), 1.0f);
  figure.body(width, line);
  figure.body(0, skin);
  const auto stroke = [&](ImVec2 a, ImVec2 b, ImVec2 c) { list.AddBezierQuadratic(a, b, c, line, width); };
  if (place.facing == Facing::back) {
    list.AddLine(figure.at(0, 0.2f), figure.at(0, 0.43f), line, width);
    list.AddLine(figure.at(0, 0.465f), figure.at(0, 0.525f), line, width);
    for (const float x : {-1.0f, 1.0f}) { // below the buttocks, behind the knees
      stroke(figure.at(x * 0.012f, 0.53f), figure.at(x * 0.05f, 0.545f), figure.at(x * 0.085f, 0.525f));
      stroke(figure.at(x * 0.035f, 0.725f), figure.at(x * 0.05f, 0.73f), figure.at(x * 0.065f, 0.725f));
    }
  } else {
    for (const float x : {-1.0f, 1.0f}) { // collar bones, kneecaps
      stroke(figure.at(x * 0.012f, 0.185f), figure.at(x * 0.05f, 0.178f), figure.at(x * 0.085f, 0.185f));
      stroke(figure.at(x * 0.035f, 0.735f), figure.at(x * 0.05f, 0.745f), figure.at(x * 0.065f, 0.735f));
      list.AddCircleFilled(figure.at(x * 0.016f, 0.062f), std::max(figure.px(0.006f), 1.0f), line, 12); // eyes
    }
    stroke(figure.at(-0.013f, 0.098f), figure.at(0, 0.104f), figure.at(0.013f, 0.098f));
    list.AddCircleFilled(figure.at(0, 0.39f), std::max(figure.px(0.005f), 1.0f), line, 12);
  }
  const ImVec2 spot = figure.on_side(place.aside, place.down);
  const float radius = std::max(figure.px(place.radius), ui.px(3));
  list.AddCircleFilled(spot, radius, colour_u32(colour, 0.9f), 24);
  list.AddCircle(spot, radius + ui.px(4), colour_u32(colour), 32, ui.px(1.6f)); // found also without colour
}

} // namespace

void draw_body_inset(const Ui& ui, const TriggerPoint& point) {
  const OverlayColours& colours = ui.theme.scene.overlay;
  for (const auto* pains : {&point.essential, &point.spillover})
    for (const ReferredPain& pain : *pains) {
      const auto place = std::find_if(body_places.begin(), body_places.end(),
                                      [&](const BodyPlace& one) { return one.region == pain.region; });
      if (place == body_places.end())
        continue;
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float height = ui.px(190), width = ui.px(84);
      const bool essential = pains == &point.essential && !pain.optional;
      draw_figure(ui, {at, {at.x + width, at.y + height}}, *place, essential ? colours.essential : colours.spillover);
      const float indent = width + ui.px(10);
      ImGui::SetCursorScreenPos({at.x + indent, at.y + ui.px(24)});
      ImGui::BeginGroup();
      ImGui::PushID(&pain);
      paragraph(ui, region_name(ui, pain.region), ui.theme.ui.text, ui.fonts.text_strong);
      paragraph(ui, ui.text(place->facing == Facing::back ? "ui.body.from_behind" : "ui.body.from_the_front"),
                ui.theme.ui.text_quiet, ui.fonts.small);
      paragraph(ui, say(ui, "regions." + pain.region + ".landmarks"), ui.theme.ui.text_quiet, ui.fonts.small);
      if (pain.optional)
        paragraph(ui, ui.text("ui.body.rare"), ui.theme.ui.text_quiet, ui.fonts.small);
      ImGui::PopID();
      ImGui::EndGroup();
      ImGui::SetCursorScreenPos({at.x, std::max(at.y + height + ui.px(6), ImGui::GetCursorScreenPos().y)});
      ImGui::Dummy({0, 0});
    }
}

} // namespace calfscope
