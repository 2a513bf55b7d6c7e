#include "compose/section_sheet.h"

#include "compose/compose.h"
#include "compose/structure_names.h"
#include "compose/text_width.h"
#include "state/theme.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace calfscope {
namespace {

constexpr float least_width_mm = 122; // shown across, so that a calf fills the sheet and an ankle is seen to be thin

// Of the sheet's width for the section; the rest is for the names, which need more of a narrow sheet.
float section_share(float width_px, float line_px) {
  return width_px < 36 * line_px ? 0.4f : 0.5f;
}
constexpr float near_mm = 12; // a trigger point farther from the plane is not in it

struct Pen {
  FlatDrawing& drawing;
  const Theme& theme;
  float line_px;

  void fill(std::vector<FlatLine> lines, glm::vec3 colour, float opacity = 1) const {
    drawing.shapes.emplace_back(FlatFill{std::move(lines), colour, opacity});
  }
  void stroke(FlatLine line, bool closed, float width_px, glm::vec3 colour, float opacity = 1) const {
    drawing.shapes.emplace_back(FlatStroke{std::move(line), closed, width_px, colour, opacity});
  }
  void disc(glm::vec2 at, float radius_px, glm::vec3 colour) const {
    drawing.shapes.emplace_back(FlatDisc{at, radius_px, colour, 1});
  }
  void write(std::string text, glm::vec2 at, FlatAlign align, glm::vec3 ink, float size = 1) const {
    drawing.shapes.emplace_back(FlatText{std::move(text), at, align, size * line_px, ink, theme.ui.panel, 1});
  }
};

// Two muscles of the same colour are told apart by a thin line between them.
glm::vec3 rim_of(glm::vec3 colour) {
  return 0.55f * colour;
}

std::vector<FlatLine> on_sheet(const SectionSheet& sheet, const SectionPiece& piece) {
  std::vector<FlatLine> lines;
  for (const FlatLine& line : piece.lines) {
    FlatLine& out = lines.emplace_back();
    for (const glm::vec2 p : line)
      out.push_back(sheet.to_px(p));
  }
  return lines;
}

bool is_hidden(const AppState& state, std::size_t structure) {
  return show_of(state, structure) == Show::hidden && state.atlas->structures[structure].kind != Kind::skin;
}

std::string_view chosen_structure(const AppState& state) {
  if (!state.document.selected.empty())
    return state.document.selected;
  const TriggerPoint* point = chosen_point(state);
  return point ? std::string_view(point->muscle) : std::string_view{};
}

void draw_pieces(const Pen& pen, const AppState& state, const SectionSheet& sheet, const std::string& hovered) {
  const std::string_view chosen = chosen_structure(state);
  for (const SectionPiece& piece : sheet.cut->pieces) {
    if (is_hidden(state, piece.structure))
      continue;
    const Structure& structure = state.atlas->structures[piece.structure];
    const bool skin = structure.id == "skin";
    const glm::vec3 own = own_colour(state, piece.structure);
    glm::vec3 colour = skin ? pen.theme.scene.fat : own;
    if (structure.id == hovered && !skin)
      colour = glm::mix(colour, glm::vec3(1), 0.25f);
    else if (!chosen.empty() && structure.id != chosen && !skin)
      colour = glm::mix(colour, glm::vec3(glm::dot(colour, glm::vec3(0.3f, 0.59f, 0.11f))), 0.3f);
    const auto lines = on_sheet(sheet, piece);
    pen.fill(lines, colour);
    const float width = skin ? std::max(2.0f, 1.6f * sheet.px_per_mm) : std::max(1.0f, 0.35f * sheet.px_per_mm);
    for (const FlatLine& line : lines)
      pen.stroke(line, true, width, skin ? own : rim_of(colour), skin ? 1.0f : 0.8f);
  }
  for (const SectionPiece& piece : sheet.cut->pieces)
    if (const Structure& structure = state.atlas->structures[piece.structure];
        structure.id == chosen || (structure.id == hovered && structure.id != "skin"))
      for (const FlatLine& line : on_sheet(sheet, piece)) {
        const float width = structure.id == chosen ? 0.2f * pen.line_px : 0.13f * pen.line_px;
        pen.stroke(line, true, width + 2, pen.theme.ui.panel, 0.7f);
        pen.stroke(line, true, width, pen.theme.scene.outline);
      }
}

// What of a name stands on a line of its own.
std::vector<std::string> wrapped(const std::string& name, float line_px, float width_px) {
  std::vector<std::string> lines(1);
  std::size_t from = 0;
  while (from < name.size()) {
    const std::size_t space = std::min(name.find(' ', from), name.size());
    const std::string word = name.substr(from, space - from);
    const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
    if (!lines.back().empty() && widest_text_px(longer, line_px) > width_px)
      lines.push_back(word);
    else
      lines.back() = longer;
    from = space + 1;
  }
  for (std::string& line : lines)
    line = shortened_to(line, line_px, width_px);
  return lines;
}

float weight_of(const Structure& structure, const SectionPiece& piece, bool chosen) {
  if (chosen)
    return 1e6f;
  switch (structure.kind) {
  case Kind::muscle:
    return 40 + piece.area_mm2;
  case Kind::bone:
    return 100 + 0.5f * piece.area_mm2;
  case Kind::tendon:
    return 220 + piece.area_mm2;
  case Kind::nerve:
    return 160;
  case Kind::vessel:
    return structure.id.find("artery") != std::string::npos ? 90.0f : 60.0f;
  case Kind::ligament:
    return 20 + 0.2f * piece.area_mm2;
  default:
    return 0;
  }
}

// The chosen trigger point, if it lies at this level.
struct PointMark {
  glm::vec2 core{0}, skin{0}; // px
  float core_px = 0;          // radius
  int number = 0;
  std::string depth;
};
constexpr const char* point_label = "#point"; // among the names

std::optional<PointMark> point_mark(const AppState& state, const Catalogue& text, const SectionSheet& sheet) {
  const BoundPoint* place = chosen_place(state);
  const TriggerPoint* point = chosen_point(state);
  if (!place || !point)
    return std::nullopt;
  const auto core = section_place(state, *sheet.cut, place->core_mm);
  const auto skin = section_place(state, *sheet.cut, place->skin.position);
  if (!core || !skin || std::abs(core->off_mm) > near_mm)
    return std::nullopt;
  return PointMark{sheet.to_px(core->at), sheet.to_px(skin->at), point->core_radius_mm * sheet.px_per_mm, point->number,
                   text.format("section.depth", {{"mm", fmt::format("{:.0f}", place->d_mm)}})};
}

void draw_names(const Pen& pen, const AppState& state, const Catalogue& text, const SectionSheet& sheet,
                LabelLayoutMemory& memory) {
  const LabelNames names = state.document.labels == LabelNames::off ? LabelNames::patient : state.document.labels;
  const float line_px = pen.line_px;
  const glm::vec2 size(pen.drawing.size);
  LabelRoom room{.lower = {0.3f * line_px, 2.2f * line_px},
                 .upper = {size.x - 0.3f * line_px, size.y - 2.4f * line_px},
                 .line_px = line_px,
                 .covered = {},
                 .outline = {}};
  const float left = sheet.to_px(sheet.cut->lower).x, right = sheet.to_px(sheet.cut->upper).x;
  const float column = std::max(0.5f * (1 - section_share(size.x, line_px)) * size.x - 1.2f * line_px, 5 * line_px);
  for (float y = room.lower.y; y < room.upper.y; y += 0.5f * line_px)
    room.outline.push_back({y, {left + 0.6f * line_px, right - 0.6f * line_px}});

  struct Named {
    std::vector<std::string> lines;
    glm::vec2 anchor;
    bool chosen;
  };
  std::map<std::string, Named> named;
  std::vector<LabelWish> wishes;
  const std::string_view chosen = chosen_structure(state);
  for (const SectionPiece& piece : sheet.cut->pieces) {
    const Structure& structure = state.atlas->structures[piece.structure];
    const float weight = weight_of(structure, piece, structure.id == chosen);
    if (weight <= 0 || is_hidden(state, piece.structure))
      continue;
    Named own{wrapped(structure_name(state, piece.structure, names, text), line_px, column),
              sheet.to_px(piece.label_at), structure.id == chosen};
    float width = 0;
    for (const std::string& line : own.lines)
      width = std::max(width, widest_text_px(line, line_px));
    wishes.push_back({structure.id, own.anchor, width, static_cast<int>(own.lines.size()), weight});
    named.emplace(structure.id, std::move(own));
  }
  if (const auto mark = point_mark(state, text, sheet)) {
    wishes.push_back({point_label, mark->core, widest_text_px(mark->depth, line_px), 1, 2e6f});
    named.emplace(point_label, Named{{mark->depth}, mark->core, true});
  }
  for (const PlacedLabel& label : lay_out_labels(std::move(wishes), room, memory)) {
    const Named& own = named.at(label.id);
    const glm::vec3 ink = own.chosen ? pen.theme.scene.outline : pen.theme.ui.text;
    const float side = label.right ? -1.0f : 1.0f;
    const glm::vec2 from = label.at + glm::vec2(0.25f * side * line_px, 0);
    const FlatLine leader{from, from + glm::vec2(0.5f * side * line_px, 0), own.anchor};
    pen.stroke(leader, false, 2.6f, pen.theme.ui.panel, 0.55f);
    pen.stroke(leader, false, 1.1f, ink, 0.85f);
    pen.disc(own.anchor, 0.17f * line_px + 1, pen.theme.ui.panel);
    pen.disc(own.anchor, 0.17f * line_px, ink);
    const float first = label.at.y - 0.575f * line_px * static_cast<float>(own.lines.size() - 1);
    for (std::size_t i = 0; i < own.lines.size(); ++i)
      pen.write(own.lines[i], {label.at.x, first + 1.15f * line_px * static_cast<float>(i)},
                label.right ? FlatAlign::left : FlatAlign::right, ink);
  }
}

// The core, the way to it from the skin, and the number.
void draw_point(const Pen& pen, const PointMark& mark) {
  const glm::vec3 ink = pen.theme.scene.hotspot_chosen, dark(0.07f, 0.08f, 0.10f);
  const float width = std::max(1.5f, 0.12f * pen.line_px);
  pen.stroke({mark.skin, mark.core}, false, width + 2.4f, dark, 0.75f);
  pen.stroke({mark.skin, mark.core}, false, width, ink);
  const float radius = std::max(mark.core_px, 0.25f * pen.line_px);
  pen.disc(mark.core, radius + 1.6f, dark);
  pen.disc(mark.core, radius, ink);
  const glm::vec2 way = mark.skin - mark.core;
  const float disc = 0.62f * pen.line_px;
  const glm::vec2 at = mark.skin + way / std::max(glm::length(way), 1e-3f) * (disc + 1.5f);
  pen.disc(at, disc + 1.6f, dark);
  pen.disc(at, disc, ink);
  const float size = mark.number > 9 ? 0.75f : 0.95f;
  pen.drawing.shapes.emplace_back(
      FlatText{std::to_string(mark.number), at, FlatAlign::middle, size * pen.line_px, dark, ink, 1});
}

void draw_frame(const Pen& pen, const Catalogue& text, const SectionSheet& sheet) {
  const glm::vec2 size(pen.drawing.size);
  const float line = pen.line_px;
  const bool medial_right = sheet.cut->side == Side::right; // x goes to the subject's left
  const float top = 1.1f * line;
  const glm::vec3 quiet = pen.theme.ui.text_quiet;
  pen.write(text(medial_right ? "picture.lateral" : "picture.medial"), {0.6f * line, top}, FlatAlign::left,
            pen.theme.ui.text, 1.3f);
  pen.write(text(medial_right ? "picture.medial" : "picture.lateral"), {size.x - 0.6f * line, top}, FlatAlign::right,
            pen.theme.ui.text, 1.3f);
  pen.write(text("section.anterior"), {0.5f * size.x, top}, FlatAlign::middle, quiet);
  pen.write(text("picture.seen.below"), {size.x - 0.6f * line, size.y - 1.0f * line}, FlatAlign::right, quiet);
  // The scale: whole centimetres, as long as a third of the sheet at most.
  float mm = 10;
  for (const float longer : {20.0f, 50.0f})
    if (longer * sheet.px_per_mm <= 0.3f * size.x)
      mm = longer;
  const glm::vec2 from(0.7f * line, size.y - 0.8f * line), to = from + glm::vec2(mm * sheet.px_per_mm, 0);
  const glm::vec2 tick(0, 0.3f * line);
  for (const FlatLine& part : {FlatLine{from, to}, FlatLine{from - tick, from + tick}, FlatLine{to - tick, to + tick}})
    pen.stroke(part, false, 1.6f, pen.theme.ui.text);
  pen.write(text.format("section.scale", {{"cm", fmt::format("{:.0f}", mm / 10)}}),
            0.5f * (from + to) - glm::vec2(0, 0.75f * line), FlatAlign::middle, quiet);
  if (sheet.cut->empty())
    pen.write(text("section.nothing"), 0.5f * size, FlatAlign::middle, quiet);
}

} // namespace

std::string SectionSheet::structure_at(glm::vec2 px) const {
  const SectionPiece* piece = cut ? piece_at(*cut, to_mm(px)) : nullptr;
  return piece ? cut->atlas->structures[piece->structure].id : std::string{};
}

const SectionSheet& SectionDrawer::draw(const AppState& state, const Catalogue& text, glm::ivec2 size, float line_px,
                                        const std::string& hovered) {
  Key key{.cut = cutter_.cut(state),
          .content = state.leg_content.get(),
          .document = state.document,
          .theme = theme_of(state).id,
          .hovered = hovered,
          .size = size,
          .line_px = line_px};
  key.document.camera = {};
  if (key_ == key)
    return sheet_;
  key_ = key;
  sheet_ = {};
  sheet_.cut = key.cut;
  if (!key.cut || size.x <= 0 || size.y <= 0)
    return sheet_;
  const Theme& theme = theme_of(state);
  auto drawing = std::make_shared<FlatDrawing>(FlatDrawing{size, theme.ui.panel, {}});
  const glm::vec2 room(section_share(static_cast<float>(size.x), line_px) * static_cast<float>(size.x),
                       static_cast<float>(size.y) - 5.4f * line_px);
  const SectionCut& cut = *key.cut;
  const glm::vec2 extent = cut.empty() ? glm::vec2(least_width_mm) : cut.upper - cut.lower;
  sheet_.px_per_mm = std::min(room.x / std::max(extent.x, least_width_mm), room.y / std::max(extent.y, 1.0f));
  const glm::vec2 centre = cut.empty() ? glm::vec2(0) : 0.5f * (cut.lower + cut.upper);
  sheet_.middle_px = 0.5f * glm::vec2(size) - sheet_.px_per_mm * glm::vec2(centre.x, -centre.y);
  const Pen pen{*drawing, theme, line_px};
  draw_pieces(pen, state, sheet_, hovered);
  if (const auto mark = point_mark(state, text, sheet_))
    draw_point(pen, *mark);
  draw_names(pen, state, text, sheet_, labels_);
  draw_frame(pen, text, sheet_);
  sheet_.drawing = std::move(drawing);
  return sheet_;
}

std::string section_level_text(const AppState& state, const Catalogue& text) {
  const float mm =
      state.facts && state.facts->coordinates ? state.document.section.s * state.facts->coordinates->length_mm() : 0.0f;
  return text.format(mm >= 0 ? "section.below_knee" : "section.above_knee",
                     {{"cm", fmt::format("{:.1f}", std::abs(mm) / 10)}});
}

} // namespace calfscope
