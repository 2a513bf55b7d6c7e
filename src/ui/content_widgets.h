#pragma once
// How panels show what a content pack says: its words for the chosen reader, and beside every claim what it rests on.

#include "content/content_pack.h"
#include "ui/widgets.h"

namespace calfscope {

// Words of the open pack for the reader the person has chosen. Only with a pack.
const std::string& say(const Ui& ui, std::string_view key);
const std::string& region_name(const Ui& ui, std::string_view region);
const std::string& muscle_name(const Ui& ui, std::string_view structure);
void audience_switch(const Ui& ui);

// A heading that folds away what stands under it; true while that is shown.
bool section(const Ui& ui, const std::string& id, std::string_view title);

struct ClaimLook {
  std::string_view lead = {}; // "•", "3."
  bool small = false;
};
// A sentence and, quietly behind it, its basis; pointing at the basis gives the full citations.
void claim(const Ui& ui, const Claim& said, std::string_view text, const ClaimLook& look = {});

// Patterns that differ without colour, as on the skin.
enum class Pattern : std::uint8_t { solid, stippled, hatched, netted };
void draw_swatch(const Ui& ui, ImDrawList& list, const Rect& where, glm::vec3 colour, Pattern pattern);

// A disc with a point's number.
void draw_number(const Ui& ui, ImDrawList& list, ImVec2 centre, float radius_px, int number, bool chosen);

glm::vec3 urgency_colour(const Ui& ui, std::string_view urgency);

} // namespace calfscope
