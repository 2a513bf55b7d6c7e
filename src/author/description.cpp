#include "author/description.h"

#include "base/files.h"
#include "base/json_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace calfscope {
namespace {

constexpr float least_step_mm = 0.1f; // between rows and points that follow each other
constexpr float widest_mm = 200;      // half width of anything in a leg

// A row of numbers inside an array of arrays; empty, after a fault, if it is none.
std::vector<float> row_of(const JsonReader& reader, std::size_t count, std::string_view columns) {
  const nlohmann::json* value = reader.value();
  if (value == nullptr || !value->is_array() || value->size() != count) {
    reader.fault("", "should be a list of " + std::to_string(count) + " numbers (" + std::string(columns) + ")");
    return {};
  }
  std::vector<float> row;
  for (const auto& entry : *value) {
    // Beyond a metre there is no leg, and grids would outgrow the memory.
    if (!entry.is_number() || !(std::abs(entry.get<double>()) <= 1000)) {
      reader.fault("", "number " + std::to_string(row.size() + 1) + " should be a number between -1000 and 1000");
      return {};
    }
    row.push_back(entry.get<float>());
  }
  return row;
}

std::vector<glm::vec2> table_of(const JsonReader& reader, std::string_view key, std::string_view columns) {
  std::vector<glm::vec2> table;
  for (const JsonReader& element : reader.elements(key)) {
    const auto row = row_of(element, 2, columns);
    if (row.empty())
      continue;
    if (!table.empty() && !(row[0] <= table.back().x - least_step_mm))
      element.fault("", "should stand below the row before it: rows run from the top down");
    table.emplace_back(row[0], row[1]);
  }
  if (table.empty())
    reader.fault(key, "should hold at least one row (" + std::string(columns) + ")");
  return table;
}

std::vector<glm::vec2> try_table_of(const JsonReader& reader, std::string_view key, std::string_view columns) {
  return reader.has(key) ? table_of(reader, key, columns) : std::vector<glm::vec2>{};
}

struct NumberRange {
  double least = -1000, most = 1000;
};

float within(const JsonReader& reader, std::string_view key, double value, NumberRange range) {
  if (!(value >= range.least && value <= range.most)) {
    reader.fault(key, fmt::format("{} should lie between {} and {}", value, range.least, range.most));
    return static_cast<float>(range.least);
  }
  return static_cast<float>(value);
}

float number_of(const JsonReader& reader, std::string_view key, NumberRange range = {}) {
  if (reader.has(key))
    if (const auto value = reader.try_number(key))
      return within(reader, key, *value, range);
  if (!reader.has(key))
    reader.number(key); // says that it is missing
  return static_cast<float>(range.least);
}

float number_or(const JsonReader& reader, std::string_view key, float fallback, NumberRange range = {}) {
  const auto value = reader.try_number(key);
  return value ? within(reader, key, *value, range) : fallback;
}

// Exactly `count` numbers within a metre, or none and a fault.
std::vector<double> places_of(const JsonReader& reader, std::string_view key, std::size_t count) {
  auto numbers = reader.numbers(key, count);
  for (const double number : numbers)
    within(reader, key, number, {});
  return numbers;
}

glm::vec3 vector_of(const JsonReader& reader, std::string_view key) {
  const auto numbers = places_of(reader, key, 3);
  return numbers.size() == 3 ? glm::vec3(numbers[0], numbers[1], numbers[2]) : glm::vec3(0);
}

bool sized(float half_mm) {
  return half_mm > 0.05f && half_mm <= widest_mm;
}

bool too_near(glm::vec3 a, glm::vec3 b) {
  return glm::distance(a, b) < least_step_mm;
}

Sections read_sections(const JsonReader& reader) {
  reader.allow_only({"range_mm", "levels"});
  Sections sections;
  const auto range = places_of(reader, "range_mm", 2);
  if (range.size() == 2) {
    sections.top_mm = static_cast<float>(range[0]);
    sections.bottom_mm = static_cast<float>(range[1]);
    if (!(sections.top_mm > sections.bottom_mm))
      reader.fault("range_mm", "should name the upper end first");
  }
  for (const JsonReader& element : reader.elements("levels")) {
    const auto row = row_of(element, section_numbers,
                            "y, centre x, centre z, half width, half depth, turn, exponent, bend, taper, side");
    if (row.empty())
      continue;
    const SectionLevel level{row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9]};
    if (!sections.levels.empty() && !(level.y_mm <= sections.levels.back().y_mm - least_step_mm))
      element.fault("", "should stand below the level before it: levels run from the top down");
    if (!sized(level.half_width_mm) || !sized(level.half_depth_mm))
      element.fault("", "half width and half depth should be above 0 and at most 200");
    if (!(level.exponent >= 1.5f && level.exponent <= 3.5f))
      element.fault("", "the exponent should lie between 1.5 and 3.5, or sections kink");
    if (std::abs(level.taper) > 0.6f || std::abs(level.side) > 0.5f || std::abs(level.bend_mm) > 16)
      element.fault("", "bend should stay within 16, taper within 0.6, side within 0.5, or sections kink");
    sections.levels.push_back(level);
  }
  if (sections.levels.size() < 2)
    reader.fault("levels", "should hold at least two levels");
  return sections;
}

EllipsoidUnion read_ellipsoids(const JsonReader& reader) {
  EllipsoidUnion shape;
  shape.blend_mm = number_of(reader, "blend_mm", {0.1, 50});
  for (const JsonReader& element : reader.elements("ellipsoids")) {
    const auto r = row_of(element, 9, "centre x y z, radii, rotation vector");
    if (r.empty())
      continue;
    if (!sized(r[3]) || !sized(r[4]) || !sized(r[5]))
      element.fault("", "the three radii should be above 0 and at most 200");
    shape.ellipsoids.push_back({{r[0], r[1], r[2]}, {r[3], r[4], r[5]}, {r[6], r[7], r[8]}});
  }
  if (shape.ellipsoids.empty())
    reader.fault("ellipsoids", "should hold at least one ellipsoid");
  return shape;
}

Cord read_cord(const JsonReader& reader) {
  reader.allow_only({"points", "off_bones", "facing", "rooted", "under_skin_mm", "between_muscles", "lands_mm"});
  Cord cord;
  for (const JsonReader& element : reader.elements("points")) {
    const auto r = row_of(element, 5, "x, y, z, half width, half thickness");
    if (r.empty())
      continue;
    if (!sized(r[3]) || !sized(r[4]))
      element.fault("", "half width and half thickness should be above 0 and at most 200");
    if (!cord.points.empty() && too_near({r[0], r[1], r[2]}, cord.points.back().position_mm))
      element.fault("", "lies on the point before it");
    cord.points.push_back({{r[0], r[1], r[2]}, r[3], r[4]});
  }
  if (cord.points.size() < 2)
    reader.fault("points", "should hold at least two points");
  cord.off_bones = reader.try_boolean("off_bones").value_or(false);
  cord.rooted = reader.try_boolean("rooted").value_or(false);
  cord.between_muscles = reader.try_boolean("between_muscles").value_or(false);
  cord.lands_mm = number_or(reader, "lands_mm", 0, {0, 200});
  if (reader.has("under_skin_mm"))
    cord.under_skin_mm = number_of(reader, "under_skin_mm", {0.5, 30});
  if (reader.has("facing")) {
    cord.facing = vector_of(reader, "facing");
    if (glm::length(*cord.facing) < 1e-3f)
      reader.fault("facing", "should be a direction, not 0 0 0");
  }
  return cord;
}

Band read_band(const JsonReader& reader) {
  reader.allow_only({"points", "thickness_mm", "lift_mm", "closing_mm", "over"});
  Band band;
  for (const JsonReader& element : reader.elements("points")) {
    const auto r = row_of(element, 4, "x, y, z, half width");
    if (r.empty())
      continue;
    if (!sized(r[3]))
      element.fault("", "the half width should be above 0 and at most 200");
    if (!band.points.empty() && too_near({r[0], r[1], r[2]}, band.points.back()))
      element.fault("", "lies on the point before it");
    band.points.emplace_back(r[0], r[1], r[2], r[3]);
  }
  if (band.points.size() < 2)
    reader.fault("points", "should hold at least two points");
  band.thickness_mm = number_or(reader, "thickness_mm", band.thickness_mm, {0.1, 20});
  band.lift_mm = number_or(reader, "lift_mm", band.lift_mm, {-20, 20});
  band.closing_mm = number_or(reader, "closing_mm", band.closing_mm, {0, 40});
  const std::string over = reader.try_text("over").value_or("flesh");
  if (over != "flesh" && over != "skin")
    reader.fault("over", "should be \"flesh\" or \"skin\"");
  band.on_skin = over == "skin";
  return band;
}

Packing read_packing(const JsonReader& reader) {
  constexpr NumberRange growths_mm{-60, 60};
  reader.allow_only({"compartment", "volume_cm3", "volume_source", "start_growth_mm", "own_growth_mm",
                     "growth_at_surface", "growth_in_depth", "growth_by_level", "front_limit", "behind", "fills_mm",
                     "lost_share"});
  Packing packing;
  packing.compartment = reader.text("compartment");
  if (reader.has("volume_cm3"))
    packing.volume_cm3 = reader.try_number("volume_cm3");
  if (packing.volume_cm3)
    within(reader, "volume_cm3", *packing.volume_cm3, {0.1, 5000});
  packing.volume_source = reader.try_text("volume_source").value_or("");
  packing.lost_share = reader.try_number("lost_share").value_or(packing.lost_share);
  within(reader, "lost_share", packing.lost_share, {-0.5, 0.5});
  packing.start_growth_mm = number_or(reader, "start_growth_mm", 0, growths_mm);
  if (reader.has("own_growth_mm"))
    packing.own_growth_mm = number_of(reader, "own_growth_mm", growths_mm);
  packing.growth_at_surface = number_or(reader, "growth_at_surface", 1, {0, 5});
  packing.growth_in_depth = number_or(reader, "growth_in_depth", 1, {0, 5});
  packing.growth_by_level = try_table_of(reader, "growth_by_level", "y, factor");
  packing.front_limit = try_table_of(reader, "front_limit", "y, z");
  packing.behind = reader.try_text("behind").value_or("");
  packing.fills_mm = try_table_of(reader, "fills_mm", "y, mm");
  return packing;
}

StructureDescription read_structure(const JsonReader& reader) {
  reader.allow_only({"id",       "kind",     "name",     "latin",    "fma",        "group",      "source",
                     "synonyms", "sections", "measured", "blend_mm", "ellipsoids", "ends",       "cords",
                     "bands",    "packing",  "fibres",   "mesh_mm",  "detail",     "cut_top_mm", "thinnest_mm"});
  StructureDescription out;
  out.id = reader.text("id");
  const std::string kind = reader.text("kind");
  if (const auto known = kind_from(kind))
    out.kind = *known;
  else
    reader.fault("kind", "\"" + kind +
                             "\" is no kind of tissue; use one of skin, fascia, muscle, tendon, ligament, "
                             "vessel, nerve, bone, other");
  out.name = reader.text("name");
  out.source = reader.text("source");
  out.latin = reader.try_text("latin").value_or("");
  out.fma = reader.try_text("fma").value_or("");
  out.group = reader.try_text("group").value_or("");
  if (reader.has("synonyms"))
    out.synonyms = reader.texts("synonyms");
  if (reader.has("sections"))
    out.sections = read_sections(reader.object("sections"));
  if (reader.has("measured"))
    out.measured = read_sections(reader.object("measured"));
  if (reader.has("ellipsoids"))
    out.ellipsoids = read_ellipsoids(reader);
  if (reader.has("ends"))
    for (const JsonReader& element : reader.elements("ends")) {
      element.allow_only({"blend_mm", "ellipsoids", "all_end_mm", "all_shaft_mm"});
      BoneEnd end{read_ellipsoids(element), number_of(element, "all_end_mm"), number_of(element, "all_shaft_mm")};
      if (std::abs(end.all_end_mm - end.all_shaft_mm) < least_step_mm)
        element.fault("all_shaft_mm", "should differ from all_end_mm");
      out.ends.push_back(std::move(end));
    }
  if (!out.ends.empty() && !out.sections)
    reader.fault("ends", "need sections to fade into");
  if (reader.has("cords"))
    for (const JsonReader& element : reader.elements("cords"))
      out.cords.push_back(read_cord(element));
  if (reader.has("bands"))
    for (const JsonReader& element : reader.elements("bands"))
      out.bands.push_back(read_band(element));
  if (reader.has("packing"))
    out.packing = read_packing(reader.object("packing"));
  if (out.packing && !out.sections)
    reader.fault("packing", "needs sections");
  if (reader.has("fibres")) {
    const JsonReader fibres = reader.object("fibres");
    fibres.allow_only({"pennation_deg", "midline_mm", "origin_tendon_mm", "insertion_tendon_mm"});
    out.fibres.pennation_deg = number_or(fibres, "pennation_deg", 0, {-90, 90});
    out.fibres.origin_tendon_mm = number_or(fibres, "origin_tendon_mm", 0, {0, 1000});
    out.fibres.insertion_tendon_mm = number_or(fibres, "insertion_tendon_mm", 0, {0, 1000});
    if (fibres.has("midline_mm")) {
      const auto line = places_of(fibres, "midline_mm", 6);
      if (line.size() == 6) {
        out.fibres.midline_upper_mm = {line[0], line[1], line[2]};
        out.fibres.midline_lower_mm = {line[3], line[4], line[5]};
      }
    }
  }
  out.mesh_mm = number_or(reader, "mesh_mm", 1, {0.3, 5});
  out.detail = number_or(reader, "detail", 0.2f, {0.001, 1});
  out.thinnest_mm = number_or(reader, "thinnest_mm", 0, {0, 20});
  out.cut_top_mm = number_or(reader, "cut_top_mm", 1e6f);
  if (!out.sections && !out.ellipsoids && out.cords.empty() && out.bands.empty())
    reader.fault("", "has no shape: give sections, ellipsoids, cords or bands");
  return out;
}

Aponeurosis read_aponeurosis(const JsonReader& reader) {
  reader.allow_only({"on", "joins", "turn_deg", "range_mm", "half_width_mm", "centre_x_mm", "thickness_mm", "source"});
  Aponeurosis out;
  out.on = reader.text("on");
  out.joins = reader.text("joins");
  out.turn_deg = number_of(reader, "turn_deg");
  const auto range = places_of(reader, "range_mm", 2);
  if (range.size() == 2) {
    out.top_mm = static_cast<float>(range[0]);
    out.bottom_mm = static_cast<float>(range[1]);
    if (!(out.top_mm > out.bottom_mm))
      reader.fault("range_mm", "should name the upper end first");
  }
  out.half_width_mm = table_of(reader, "half_width_mm", "y, half width");
  out.centre_x_mm = table_of(reader, "centre_x_mm", "y, x");
  out.thickness_mm = table_of(reader, "thickness_mm", "y, thickness");
  return out;
}

SkinDescription read_skin(const JsonReader& reader) {
  reader.allow_only({"top_mm", "closing_mm", "wide_closing_mm", "wide_share", "leg_cover_mm", "foot_cover_mm",
                     "least_cover_mm", "calf_fat_mm", "calf_fat_level_mm", "shin_less_mm", "heel_pad_mm", "web_mm",
                     "floor_mm", "girths", "toes", "source"});
  constexpr NumberRange covers_mm{0, 40};
  constexpr NumberRange balls_mm{1, 80};
  SkinDescription out;
  out.top_mm = number_of(reader, "top_mm", {0, 400});
  out.closing_mm = number_or(reader, "closing_mm", out.closing_mm, balls_mm);
  out.wide_closing_mm = number_or(reader, "wide_closing_mm", out.wide_closing_mm, balls_mm);
  out.wide_share = try_table_of(reader, "wide_share", "y, share");
  out.leg_cover_mm = number_or(reader, "leg_cover_mm", out.leg_cover_mm, covers_mm);
  out.foot_cover_mm = number_or(reader, "foot_cover_mm", out.foot_cover_mm, covers_mm);
  out.least_cover_mm = number_or(reader, "least_cover_mm", out.least_cover_mm, covers_mm);
  out.calf_fat_mm = number_or(reader, "calf_fat_mm", out.calf_fat_mm, covers_mm);
  out.calf_fat_level_mm = number_or(reader, "calf_fat_level_mm", out.calf_fat_level_mm);
  out.shin_less_mm = number_or(reader, "shin_less_mm", out.shin_less_mm, covers_mm);
  out.heel_pad_mm = number_or(reader, "heel_pad_mm", out.heel_pad_mm, covers_mm);
  out.web_mm = number_or(reader, "web_mm", out.web_mm, {-100, 100});
  out.floor_mm = number_or(reader, "floor_mm", out.floor_mm);
  out.girths = table_of(reader, "girths", "y, girth");
  for (const glm::vec2 girth : out.girths)
    if (!(girth.y >= 50 && girth.y <= 1000))
      reader.fault("girths", fmt::format("a girth of {} at {} is none of a leg: 50 to 1000", girth.y, girth.x));
  for (const JsonReader& element : reader.elements("toes")) {
    ToeTube toe;
    for (const JsonReader& point : element.elements()) {
      const auto r = row_of(point, 4, "x, y, z, radius");
      if (r.empty())
        continue;
      if (!sized(r[3]))
        point.fault("", "the radius should be above 0 and at most 200");
      if (!toe.points.empty() && too_near({r[0], r[1], r[2]}, toe.points.back()))
        point.fault("", "lies on the point before it");
      toe.points.emplace_back(r[0], r[1], r[2], r[3]);
    }
    if (toe.points.size() < 2)
      element.fault("", "should hold at least two points");
    out.toes.push_back(std::move(toe));
  }
  return out;
}

void check_references(const JsonReader& root, const AnatomyDescription& anatomy) {
  std::set<std::string> ids;
  const auto elements = root.elements("structures");
  for (std::size_t i = 0; i < anatomy.structures.size(); ++i) {
    const StructureDescription& structure = anatomy.structures[i];
    if (!ids.insert(structure.id).second)
      elements[i].fault("id", "\"" + structure.id + "\" is given twice");
    if (!structure.packing)
      continue;
    const auto& known = anatomy.compartments;
    if (std::none_of(known.begin(), known.end(),
                     [&](const Compartment& c) { return c.id == structure.packing->compartment; }))
      elements[i].object("packing").fault("compartment",
                                          "\"" + structure.packing->compartment + "\" is not among the compartments");
    const std::string& wall = structure.packing->behind;
    const StructureDescription* sheet = anatomy.find(wall);
    if (!wall.empty() && (sheet == nullptr || !sheet->sections))
      elements[i].object("packing").fault("behind",
                                          "\"" + wall + "\" is no structure with sections of this description");
  }
  if (!anatomy.aponeurosis)
    return;
  const StructureDescription* on = anatomy.find(anatomy.aponeurosis->on);
  if (on == nullptr || !on->packing)
    root.fault("aponeurosis", "\"" + anatomy.aponeurosis->on + "\" is no packed muscle of this description");
  const StructureDescription* joins = anatomy.find(anatomy.aponeurosis->joins);
  if (joins == nullptr || !joins->sections)
    root.fault("aponeurosis",
               "\"" + anatomy.aponeurosis->joins + "\" is no structure with sections of this description");
}

std::optional<AnatomyDescription> read_document(const JsonDocument& document, IssueList& issues) {
  AnatomyDescription anatomy;
  IssueList found;
  const JsonReader root(document, "", found);
  if (!root.is_object()) {
    issues.error(document.file(), 1, "", "should be a JSON object");
    return std::nullopt;
  }
  root.allow_only({"format", "id", "title", "licence", "attribution", "about", "sources", "lacks", "insertion_y_mm",
                   "structures", "compartments", "aponeurosis", "skin", "landmarks"});
  if (const std::string format = root.text("format"); format != "calfscope-anatomy-1")
    root.fault("format", "should be \"calfscope-anatomy-1\"");
  anatomy.file = document.file();
  anatomy.id = root.text("id");
  anatomy.title = root.text("title");
  anatomy.licence = root.text("licence");
  anatomy.attribution = root.text("attribution");
  anatomy.sources = root.texts("sources");
  if (root.has("lacks"))
    anatomy.lacks = root.texts("lacks");
  anatomy.insertion_y_mm = number_of(root, "insertion_y_mm", {-800, -100}); // below the knee
  for (const JsonReader& element : root.elements("compartments")) {
    element.allow_only({"id", "head_start_mm"});
    anatomy.compartments.push_back({element.text("id"), number_of(element, "head_start_mm", {-60, 60})});
  }
  for (const JsonReader& element : root.elements("structures"))
    anatomy.structures.push_back(read_structure(element));
  if (root.has("aponeurosis"))
    anatomy.aponeurosis = read_aponeurosis(root.object("aponeurosis"));
  anatomy.skin = read_skin(root.object("skin"));
  for (const JsonReader& element : root.elements("landmarks")) {
    element.allow_only({"id", "position_mm", "how"});
    anatomy.landmarks.push_back({element.text("id"), vector_of(element, "position_mm"), element.text("how")});
  }
  check_references(root, anatomy);
  const bool sound = !found.has_errors();
  issues.append(found);
  return sound ? std::optional(std::move(anatomy)) : std::nullopt;
}

} // namespace

const StructureDescription* AnatomyDescription::find(std::string_view structure_id) const {
  for (const StructureDescription& structure : structures)
    if (structure.id == structure_id)
      return &structure;
  return nullptr;
}

std::optional<AnatomyDescription> parse_anatomy(std::string_view text, std::string file, IssueList& issues) {
  const auto document = JsonDocument::parse(text, std::move(file), issues);
  return document ? read_document(*document, issues) : std::nullopt;
}

std::optional<AnatomyDescription> read_anatomy(const std::filesystem::path& path, IssueList& issues) {
  const auto document = JsonDocument::load(path, issues);
  return document ? read_document(*document, issues) : std::nullopt;
}

} // namespace calfscope
