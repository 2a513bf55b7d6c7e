// Opening a model from the disk: folders to walk, and what in them can be opened.
#include "ui/dialog.h"
#include "ui/panels.h"
#include "ui/widgets.h"

#include <algorithm>
#include <utility>

namespace fs = std::filesystem;

namespace calfscope {
namespace {

void draw_place(const Ui& ui, const fs::path& folder) {
  const float edge = 32;
  const float width = ImGui::GetContentRegionAvail().x - ui.px(12);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (icon_button(ui, "up", Icon::chevron_up,
                  {.enabled = folder.has_relative_path(), .size = edge, .tooltip = ui.text("ui.open.up")}))
    ui.memory.folders.begin(folder.parent_path());
  ImGui::SetCursorScreenPos({at.x + ui.px(edge + 2), at.y});
  if (icon_button(ui, "home", Icon::home, {.size = edge, .tooltip = ui.text("ui.open.home")}))
    ui.memory.folders.begin(first_folder());
  const float left = ui.px(2 * edge + 12);
  const std::size_t clipped_before = ui.out.clipped.size();
  draw_text(ui, *ImGui::GetWindowDrawList(), ui.fonts.text_strong, colour_u32(ui.theme.ui.text),
            {at.x + left, at.y + (ui.px(edge) - ui.fonts.text->FontSize) / 2}, width - left, folder.string());
  ui.out.clipped.resize(clipped_before); // a path may be as long as it likes
  ImGui::SetCursorScreenPos({at.x, at.y + ui.px(edge + 8)});
}

void draw_entry(const Ui& ui, const fs::path& folder, const FolderEntry& entry) {
  ImGui::PushID(entry.name.c_str());
  const Row line = row(ui, "entry", 30);
  ImGui::PopID();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = line.where.centre().y;
  draw_icon(list, entry.leads_on ? Icon::folder : Icon::leg, {line.where.min.x + ui.px(11), middle}, ui.px(17),
            colour_u32(entry.leads_on ? ui.theme.ui.text_quiet : ui.theme.ui.accent));
  const std::size_t clipped_before = ui.out.clipped.size();
  draw_text(ui, list, ui.fonts.text, colour_u32(ui.theme.ui.text),
            {line.where.min.x + ui.px(30), middle - ui.fonts.text->FontSize / 2}, line.where.width() - ui.px(36),
            entry.name);
  ui.out.clipped.resize(clipped_before); // so may a name
  if (!line.clicked)
    return;
  if (entry.leads_on) {
    ui.memory.folders.begin(folder / entry.name);
    return;
  }
  ui.emit({"open_model", {{"path", (folder / entry.name).string()}}});
  ui.emit({"close_panel", {{"panel", "open"}}});
}

} // namespace

void draw_open_dialog(const Ui& ui, const Rect& screen) {
  begin_dialog(ui, "open", Panel::open, screen,
               {std::min(ui.px(620), screen.width() - ui.px(48)), std::min(ui.px(560), screen.height() - ui.px(40))});
  if (!std::exchange(ui.memory.folders_are_fresh, true)) {
    const auto known = ui.memory.folders.listing();
    ui.memory.folders.begin(known ? known->folder : first_folder());
  }
  ui.out.reads_folder = ui.memory.folders.busy();
  const auto listing = ui.memory.folders.listing();
  if (!listing || ui.memory.folders.busy()) {
    paragraph(ui, ui.text("ui.open.reading"), ui.theme.ui.text_quiet);
    end_dialog();
    return;
  }
  draw_place(ui, listing->folder);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(6), 0));
  ImGui::BeginChild("entries", {0, -(ui.fonts.small->FontSize + ui.px(30))}, false,
                    ImGuiWindowFlags_AlwaysUseWindowPadding);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, ui.px(1)));
  for (const FolderEntry& entry : listing->entries)
    draw_entry(ui, listing->folder, entry);
  ImGui::PopStyleVar();
  if (listing->unreadable)
    paragraph(ui, ui.text("ui.open.unreadable"), ui.theme.ui.warning);
  else if (listing->entries.empty())
    paragraph(ui, ui.text("ui.open.nothing"), ui.theme.ui.text_quiet);
  else if (listing->cut_short)
    paragraph(ui, ui.text("ui.open.cut_short"), ui.theme.ui.text_quiet);
  ImGui::EndChild();
  ImGui::PopStyleVar();
  space(ui, 8);
  paragraph(ui, ui.text("ui.open.what"), ui.theme.ui.text_quiet, ui.fonts.small);
  end_dialog();
}

} // namespace calfscope
