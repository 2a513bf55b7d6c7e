#include "state/paint_file.h"

#include "base/table.h"
#include "state/value_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

using nlohmann::json;

struct AxisNames {
  const char* first;
  const char* second;
};
AxisNames axes_of(PaintSheet sheet) {
  return sheet == PaintSheet::leg ? AxisNames{"s", "a_deg"} : AxisNames{"f", "w"};
}

// Bins are named by their middles; five digits are far less than a bin.
double rounded(float value) {
  return std::round(static_cast<double>(value) * 1e5) / 1e5;
}

std::optional<PaintSheet> sheet_of(const JsonReader& reader) {
  const std::string id = reader.try_text("on").value_or("leg");
  const auto sheet = find_in<PaintSheet>(paint_sheet_ids, id);
  if (!sheet)
    reader.fault("on", fmt::format("expected one of {}, got \"{}\"", fmt::join(paint_sheet_ids, ", "), id));
  return sheet;
}

void read_run(const JsonReader& reader, PaintedSkin& painted) {
  const auto sheet = sheet_of(reader);
  if (!sheet)
    return;
  const AxisNames axes = axes_of(*sheet);
  reader.allow_only({"on", axes.first, axes.second, "levels"});
  const glm::vec2 at(reader.number(axes.first), reader.number(axes.second));
  if (!painted.add({{*sheet, at}, reader.text("levels")}))
    reader.fault("levels", "expected levels 0 to 9 or a, one for each bin, from a place on the skin on");
}

// [[0.9, 10], [1, 20]] or [0.9, 10, 1, 20].
std::vector<PaintSpot> read_spots(const JsonReader& reader, PaintSheet sheet) {
  const auto value = reader.has("points") ? value_from((*reader.value())["points"]) : std::nullopt;
  std::string why;
  if (auto spots = spots_from(sheet, value && value->numbers() ? value->as_numbers() : Value::Numbers{}, why))
    return std::move(*spots);
  reader.fault("points", why);
  return {};
}

void read_stroke(const JsonReader& reader, const SkinPlaces& places, PaintedSkin& painted) {
  reader.allow_only({"points", "stroke", "on", "radius_mm", "intensity", "erase"});
  const auto sheet = sheet_of(reader);
  if (!sheet)
    return;
  BrushStroke stroke;
  stroke.radius_mm = static_cast<float>(reader.try_number("radius_mm").value_or(stroke.radius_mm));
  stroke.intensity = static_cast<float>(reader.try_number("intensity").value_or(1));
  stroke.erase = reader.try_boolean("erase").value_or(false);
  if (!(stroke.radius_mm >= brush_smallest_mm && stroke.radius_mm <= brush_largest_mm))
    reader.fault("radius_mm", fmt::format("expected {} to {} mm", brush_smallest_mm, brush_largest_mm));
  else if (!(stroke.intensity >= 0 && stroke.intensity <= 1))
    reader.fault("intensity", "expected 0 to 1");
  else {
    std::vector<PaintSpot> spots = read_spots(reader, *sheet);
    if (reader.try_boolean("stroke").value_or(false))
      spots = joined(places, spots, stroke.radius_mm);
    if (!spots.empty() && paint(painted, places, spots, stroke) == 0)
      reader.fault("points", "none of these places lies on the skin of this leg");
  }
}

} // namespace

json to_json(const PaintedSkin& painted) {
  json list = json::array();
  for (const PaintRun& run : painted.runs()) {
    const AxisNames axes = axes_of(run.from.sheet);
    list.push_back({{"on", id_in(paint_sheet_ids, run.from.sheet)},
                    {axes.first, rounded(run.from.at.x)},
                    {axes.second, rounded(run.from.at.y)},
                    {"levels", run.levels}});
  }
  return list;
}

PaintedSkin read_painted(const JsonReader& parent, std::string_view key) {
  PaintedSkin painted;
  for (const JsonReader& reader : parent.elements(key))
    read_run(reader, painted);
  return painted;
}

std::optional<PaintedSkin> load_painted(const std::filesystem::path& file, const SkinPlaces& places,
                                        IssueList& issues) {
  IssueList own;
  PaintedSkin painted;
  if (const auto document = JsonDocument::load(file, own)) {
    const JsonReader root(*document, "", own);
    if (root.is_object() && root.has("document")) {
      if (const JsonReader inner = root.object("document"); inner.has("painted"))
        painted = read_painted(inner, "painted");
    } else if (!root.is_object() || (!root.has("painted") && !root.has("strokes"))) {
      root.fault("", "expected an object with \"painted\" or \"strokes\", or a state file");
    } else {
      root.allow_only({"painted", "strokes"});
      if (root.has("painted"))
        painted = read_painted(root, "painted");
      if (root.has("strokes"))
        for (const JsonReader& stroke : root.elements("strokes"))
          read_stroke(stroke, places, painted);
    }
  }
  const bool good = !own.has_errors();
  issues.append(own);
  return good ? std::optional(painted) : std::nullopt;
}

} // namespace calfscope
