// The opening card: what a trigger point is, how its pain travels, and what is not known.
#include "ui/content_widgets.h"
#include "ui/dialog.h"
#include "ui/panels.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// A close-up: fibres, among them the taut band with its spot, pressed from above; the ache goes elsewhere.
void draw_close_up(const Ui& ui) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x - ui.px(12), height = ui.px(150);
  const Rect where{at, {at.x + width, at.y + height}};
  const SceneColours& scene = ui.theme.scene;
  list.AddRectFilled(where.min, where.max, colour_u32(ui.theme.ui.field), ui.px(ui.theme.size.radius));
  list.PushClipRect(where.min, where.max, true);
  const float left = at.x + ui.px(16), right = at.x + width * 0.62f;
  const float top = at.y + ui.px(40), bottom = at.y + height - ui.px(16);
  const glm::vec3 muscle = scene.materials[static_cast<std::size_t>(Material::muscle)];
  constexpr int fibres = 13, taut = 6;
  const float spot_x = left + (right - left) * 0.45f;
  const auto y_of = [&](int fibre, float x) {
    const float along = (x - left) / (right - left);
    const float swell = 0.72f + 0.28f * std::sin(3.14159f * along);
    const float share = (static_cast<float>(fibre) - (fibres - 1) / 2.0f) / (fibres - 1);
    return (top + bottom) / 2 + share * (bottom - top) * swell;
  };
  for (int fibre = 0; fibre < fibres; ++fibre) {
    constexpr int steps = 40;
    for (int k = 0; k <= steps; ++k) {
      const float x = left + (right - left) * static_cast<float>(k) / steps;
      list.PathLineTo({x, y_of(fibre, x)});
    }
    const bool band = fibre == taut;
    list.PathStroke(colour_u32(band ? scene.taut_band : muscle, band ? 1.0f : 0.55f), 0, ui.px(band ? 6.f : 4.5f));
  }
  const ImVec2 spot{spot_x, y_of(taut, spot_x)};
  for (int ring = 3; ring > 0; --ring)
    list.AddCircleFilled(spot, ui.px(9) + ui.px(6) * static_cast<float>(ring),
                         colour_u32(scene.overlay.essential, 0.13f));
  list.AddCircleFilled(spot, ui.px(9), colour_u32(scene.overlay.essential));
  const ImU32 ink = colour_u32(ui.theme.ui.text);
  const float line = std::max(ui.px(1.5f), 1.0f);
  // The finger that presses.
  const ImVec2 tip{spot.x, spot.y - ui.px(15)};
  list.AddLine({tip.x, at.y + ui.px(28)}, tip, ink, ui.px(2));
  list.AddTriangleFilled({tip.x - ui.px(5), tip.y - ui.px(7)}, {tip.x + ui.px(5), tip.y - ui.px(7)}, tip, ink);
  draw_text(ui, list, ui.fonts.small_strong, ink, {spot.x - width / 4, at.y + ui.px(9)}, width / 2,
            ui.text("ui.explain.press"), Align::centre);
  // Names on the right, with lines to what they name.
  const float names = right + ui.px(24), room = where.max.x - names - ui.px(8);
  const auto name = [&](float y, ImVec2 target, const std::string& words) {
    list.AddLine({names - ui.px(6), y}, target, colour_u32(ui.theme.ui.text_quiet), line);
    draw_text(ui, list, ui.fonts.small, ink, {names, y - ui.fonts.small->FontSize / 2}, room, words);
  };
  name(at.y + height * 0.30f, {spot.x + ui.px(10), spot.y - ui.px(3)}, ui.text("ui.explain.spot"));
  name(at.y + height * 0.55f, {right - ui.px(18), y_of(taut, right - ui.px(18))}, ui.text("ui.explain.band"));
  name(at.y + height * 0.80f, {right - ui.px(30), y_of(10, right - ui.px(30))}, ui.text("ui.explain.fibres"));
  list.PopClipRect();
  ImGui::Dummy({width, height});
  space(ui, 8);
}

} // namespace

void draw_explain_dialog(const Ui& ui, const Rect& screen) {
  const float width = std::min(ui.px(640), screen.width() - ui.px(48));
  const float height = std::min(ui.px(720), screen.height() - ui.px(40));
  begin_dialog(ui, "explain", Panel::points, screen, {width, height});
  if (!ui.state.content) {
    paragraph(ui, ui.text("ui.layers.no_leg"), ui.theme.ui.text_quiet);
    end_dialog();
    return;
  }
  draw_close_up(ui);
  for (const ExplainCard& card : ui.state.content->explain) {
    const std::string key = "explain." + card.id;
    paragraph(ui, ui.state.content->text(key + ".title"), ui.theme.ui.text, ui.fonts.text_strong);
    space(ui, 2);
    for (const Claim& said : card.claims)
      claim(ui, said, say(ui, key + ".claims." + said.id), {.lead = "•"});
    space(ui, 12);
  }
  audience_switch(ui);
  end_dialog();
}

} // namespace calfscope
