#pragma once
// Each panel of the shell, drawn into the place the shell gives it.

#include "ui/ui.h"

namespace calfscope {

void draw_top_bar(const Ui& ui, const Rect& where);
void draw_bottom_bar(const Ui& ui, const Rect& where);
void draw_layers_panel(const Ui& ui, const Rect& where);
void draw_card_panel(const Ui& ui, const Rect& most); // as tall as it needs, at most `most`
void draw_point_card(const Ui& ui, const Rect& most); // of the chosen trigger point
void draw_lookup_panel(const Ui& ui, const Rect& where);
void draw_explain_dialog(const Ui& ui, const Rect& screen); // what a trigger point is
void draw_section_panel(const Ui& ui, const Rect& most);    // the cross-section
void draw_search_results(const Ui& ui, const Rect& most);
void draw_clip_panel(const Ui& ui, const Rect& most); // these two stand on the bottom edge of `most`
void draw_pose_panel(const Ui& ui, const Rect& most);
void draw_legend(const Ui& ui, ImVec2 bottom_left);
void draw_settings_panel(const Ui& ui, const Rect& where);
void draw_shortcuts_dialog(const Ui& ui, const Rect& screen);
void draw_about_dialog(const Ui& ui, const Rect& screen);
void draw_open_dialog(const Ui& ui, const Rect& screen);
void draw_release_panel(const Ui& ui, const Rect& where); // points and techniques to choose from
void draw_technique_card(const Ui& ui, const Rect& most);
float technique_player_height(const Ui& ui);
void draw_carried_note(const Ui& ui, const Rect& free); // over the picture, while a hand has carried the tool off
void draw_technique_player(const Ui& ui, const Rect& where);
void draw_stop_signs_dialog(const Ui& ui, const Rect& screen);
void draw_journal_page(const Ui& ui, const Rect& where);
void draw_notices(const Ui& ui, const Rect& area);
void draw_hover_name(const Ui& ui, const Rect& picture);
void draw_picture_marks(const Ui& ui);                 // the brush, and the thumb on the chosen point
void draw_attribution(const Ui& ui, const Rect& line); // one line; the whole text stands in the panel "about"

// What is typed into the search field and how its list is walked by keys; the field stands in the top bar.
void draw_search_field(const Ui& ui, ImVec2 at, float width_px);
Rect search_field_rect(const Ui& ui, const Rect& top_bar);

} // namespace calfscope
