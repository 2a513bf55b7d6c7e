// Before a technique is played for the first time: who must not do it, and what means stop.
#include "ui/content_widgets.h"
#include "ui/dialog.h"
#include "ui/panels.h"

#include <algorithm>

namespace calfscope {

void draw_stop_signs_dialog(const Ui& ui, const Rect& screen) {
  const float width = std::min(ui.px(620), screen.width() - ui.px(48));
  const float height = std::min(ui.px(700), screen.height() - ui.px(40));
  begin_dialog(ui, "stop_signs", Panel::stop_signs, screen, {width, height});
  if (!ui.state.content) {
    end_dialog();
    return;
  }
  const ContentPack& pack = *ui.state.content;
  paragraph(ui, ui.text("ui.technique.signs.do_not"), ui.theme.ui.text, ui.fonts.text_strong);
  for (const RedFlag& flag : pack.red_flags)
    claim(ui, flag.claim, say(ui, "red_flags." + flag.claim.id + ".question"), {.lead = "•", .small = true});
  space(ui, 4);
  paragraph(ui, say(ui, "red_flags_note"), ui.theme.ui.warning, ui.fonts.small_strong);
  space(ui, 10);
  paragraph(ui, ui.text("ui.technique.signs.stop"), ui.theme.ui.error, ui.fonts.text_strong);
  for (const Claim& sign : pack.stop_signs)
    claim(ui, sign, say(ui, "stop_signs." + sign.id), {.lead = "•", .small = true});
  space(ui, 12);
  if (button(ui, "understood", ui.text("ui.technique.signs.understood"),
             {.icon = Icon::play, .look = ButtonLook::primary}))
    ui.emit({"stop_signs_read", {}});
  end_dialog();
}

} // namespace calfscope
