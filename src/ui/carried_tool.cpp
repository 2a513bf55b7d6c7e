// What a hand is told that has carried the tool off: whether one may press there, and why not.
#include "state/technique_state.h"
#include "ui/content_widgets.h"
#include "ui/panels.h"

namespace calfscope {

void draw_carried_note(const Ui& ui, const Rect& free) {
  const auto stage = stage_of(ui.state);
  if (!stage->zones)
    return;
  const ZonesTouched& zones = *stage->zones;
  const bool forbidden = !zones.forbidden.empty();
  const std::string& zone = forbidden ? zones.forbidden : zones.caution;
  const ContentPack& pack = *ui.state.content;
  const std::string title =
      zone.empty() ? ui.text("ui.technique.carried.free")
                   : ui.text.format(forbidden ? "ui.technique.carried.forbid" : "ui.technique.carried.caution",
                                    {{"zone", pack.text("zones." + zone + ".name")}});
  const std::string& why = zone.empty() ? ui.text("ui.technique.carried.free_help") : say(ui, "zones." + zone + ".why");
  const float width = std::min(ui.px(460), free.width() - ui.px(24));
  float& known = ui.memory.heights["carried"];
  const float left = free.centre().x - width / 2, top = free.min.y + ui.px(12);
  const Rect where{{left, top}, {left + width, top + (known > 0 ? known : ui.px(110))}};
  cover(ui, where);
  begin_panel(ui, "carried", where, {.scroll = false});
  const glm::vec3 ink = forbidden ? ui.theme.ui.error : zone.empty() ? ui.theme.ui.text : ui.theme.ui.warning;
  paragraph(ui, title, ink, ui.fonts.text_strong);
  paragraph(ui, why, ui.theme.ui.text, ui.fonts.small);
  space(ui, 4);
  if (chip_button(ui, "back", ui.text("ui.technique.carried.back"), false))
    ui.emit({"put_tool_back", {}});
  known = ImGui::GetCursorPosY() + ui.px(10);
  end_panel();
}

} // namespace calfscope
