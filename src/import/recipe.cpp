#include "import/recipe.h"

#include "base/json_document.h"
#include "import/model_text.h"

#include <cmath>
#include <set>

namespace calfscope {
namespace {

constexpr std::string_view format_name = "calfscope-recipe-1";

MuscleRun run_of(const JsonReader& reader) {
  const std::string run = reader.try_text("run").value_or("down");
  if (run == "forward")
    return MuscleRun::forward;
  if (run == "medial")
    return MuscleRun::medial;
  if (run != "down")
    reader.fault("run", "\"" + run + "\" is none of \"down\", \"forward\", \"medial\"");
  return MuscleRun::down;
}

// An id that the pack made of it may carry.
std::string id_of(const JsonReader& reader) {
  std::string id = reader.text("id");
  if (!id.empty() && !is_id(id))
    reader.fault("id", "\"" + id + "\" is no id: only a-z, 0-9 and _ are allowed");
  return id;
}

RecipeStructure read_structure(const JsonReader& reader, Kind default_kind) {
  reader.allow_only({"id", "kind", "name", "latin", "synonyms", "fma", "group", "source", "note", "file", "element",
                     "english", "optional", "remesh_mm", "thin_out_mm", "refine", "run", "pennation_deg"});
  RecipeStructure out;
  Structure& structure = out.structure;
  structure.id = id_of(reader);
  structure.kind = default_kind;
  if (const auto kind = reader.try_text("kind")) {
    if (const auto known = kind_from(*kind))
      structure.kind = *known;
    else
      reader.fault("kind", "\"" + *kind + "\" is no kind of tissue");
  }
  structure.name = reader.text("name");
  structure.latin = reader.try_text("latin").value_or("");
  if (reader.has("synonyms"))
    structure.synonyms = reader.texts("synonyms");
  structure.fma = reader.try_text("fma").value_or("");
  if (!structure.fma.empty() && !is_fma_id(structure.fma))
    reader.fault("fma", "\"" + structure.fma + "\" is no FMA id such as FMA22558");
  structure.group = reader.try_text("group").value_or("");
  out.file = reader.try_text("file").value_or(structure.id);
  out.element = reader.text("element");
  out.english = reader.try_text("english").value_or("");
  structure.source = reader.try_text("source").value_or("BodyParts3D " + out.element + ", " + out.english);
  if (const auto note = reader.try_text("note"))
    structure.source += "; " + *note;
  out.optional = reader.try_boolean("optional").value_or(false);
  out.remesh_mm = static_cast<float>(reader.try_number("remesh_mm").value_or(0));
  if (out.remesh_mm < 0 || (out.remesh_mm > 0 && out.remesh_mm < 0.2f) || out.remesh_mm > 5)
    reader.fault("remesh_mm", "must lie between 0.2 and 5");
  out.thin_out_mm = static_cast<float>(reader.try_number("thin_out_mm").value_or(0));
  if (out.thin_out_mm < 0 || out.thin_out_mm > 2)
    reader.fault("thin_out_mm", "must lie between 0 and 2");
  out.refine = reader.try_boolean("refine").value_or(false);
  out.run = run_of(reader);
  out.pennation_deg = static_cast<float>(reader.try_number("pennation_deg").value_or(0));
  if (!(std::abs(out.pennation_deg) <= 60))
    reader.fault("pennation_deg", "must lie between -60 and 60");
  return out;
}

bool is_axis(const std::string& axis) {
  const std::string_view name = axis.starts_with('-') ? std::string_view(axis).substr(1) : std::string_view(axis);
  return name == "x" || name == "y" || name == "z";
}

std::vector<RecipeLayout> read_layouts(const JsonReader& root) {
  std::vector<RecipeLayout> out;
  for (const JsonReader& reader : root.elements("layouts")) {
    reader.allow_only({"name", "file", "mm_per_unit", "axes"});
    RecipeLayout layout;
    layout.name = reader.text("name");
    layout.file = reader.text("file");
    layout.mm_per_unit = reader.number("mm_per_unit");
    if (layout.mm_per_unit <= 0 || layout.mm_per_unit > 1e6)
      reader.fault("mm_per_unit", "must be above 0 and at most 1000000");
    const auto axes = reader.texts("axes");
    std::set<std::string> used;
    for (std::size_t i = 0; i < axes.size() && i < 3; ++i) {
      layout.axes[i] = axes[i];
      used.insert(axes[i].substr(axes[i].starts_with('-') ? 1 : 0));
    }
    if (axes.size() != 3 || used.size() != 3 || !is_axis(axes[0]) || !is_axis(axes[1]) || !is_axis(axes[2]))
      reader.fault("axes", "must name each of x, y, z once, with or without a minus sign");
    out.push_back(std::move(layout));
  }
  return out;
}

} // namespace

std::optional<Recipe> read_recipe(const std::filesystem::path& file, IssueList& issues) {
  const auto document = JsonDocument::load(file, issues);
  if (!document)
    return std::nullopt;
  const std::size_t faults_before = issues.all().size();
  const JsonReader root(*document, "", issues);
  if (const std::string format = root.text("format"); format != format_name) {
    root.fault("format", "is \"" + format + "\", this program reads \"" + std::string(format_name) + "\"");
    return std::nullopt;
  }
  root.allow_only({"format", "id", "title", "side", "licence", "attribution", "changes", "sources", "lacks", "layouts",
                   "crop_s", "skin", "structures"});
  Recipe recipe;
  recipe.id = id_of(root);
  recipe.title = root.text("title");
  if (const auto side = side_from(root.text("side")))
    recipe.side = *side;
  else
    root.fault("side", "must be \"right\" or \"left\"");
  if (recipe.side == Side::left)
    root.fault("side", "only recipes for right legs are understood; the program shows the other side by itself");
  recipe.licence = root.text("licence");
  recipe.attribution = root.text("attribution");
  recipe.changes = root.text("changes");
  recipe.sources = root.texts("sources");
  recipe.lacks = root.texts("lacks");
  recipe.layouts = read_layouts(root);
  recipe.crop_s = static_cast<float>(root.number("crop_s"));
  if (recipe.crop_s > -0.05f || recipe.crop_s < -2)
    root.fault("crop_s", "must lie above the knee, between -2 and -0.05");
  recipe.skin = read_structure(root.object("skin"), Kind::skin);
  std::set<std::string> seen{recipe.skin.structure.id};
  for (const JsonReader& reader : root.elements("structures")) {
    recipe.structures.push_back(read_structure(reader, Kind::other));
    if (const std::string& id = recipe.structures.back().structure.id; !seen.insert(id).second)
      reader.fault("id", "\"" + id + "\" is given twice");
  }
  if (issues.all().size() != faults_before)
    return std::nullopt;
  return recipe;
}

} // namespace calfscope
