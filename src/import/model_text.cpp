#include "import/model_text.h"

#include "base/json_document.h"
#include "import/units.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace calfscope {
namespace {

constexpr std::string_view format_name = "calfscope-model-1";

glm::vec3 vector_of(const std::vector<double>& numbers) {
  return numbers.size() == 3
             ? glm::vec3(static_cast<float>(numbers[0]), static_cast<float>(numbers[1]), static_cast<float>(numbers[2]))
             : glm::vec3(0);
}

// Millimetres from a list of three metres. Computed in double, so that 0.1234 m is the float nearest to 123.4 mm.
glm::vec3 mm_of(const std::vector<double>& metres) {
  std::vector<double> mm;
  for (const double m : metres)
    mm.push_back(m / m_per_mm);
  return vector_of(mm);
}

// Three metres as millimetres; nullopt and an issue if they are none, or lie a kilometre away.
std::optional<glm::vec3> place_mm(const JsonReader& reader, std::string_view key) {
  constexpr double farthest_m = 1000;
  const auto metres = reader.numbers(key, 3);
  if (metres.size() != 3)
    return std::nullopt;
  if (std::any_of(metres.begin(), metres.end(), [](double m) { return std::abs(m) > farthest_m; })) {
    reader.fault(key, "lies more than 1000 m from the origin");
    return std::nullopt;
  }
  return mm_of(metres);
}

// An id that is well formed and new.
std::optional<std::string> new_id(const JsonReader& reader, std::set<std::string>& seen) {
  std::string id = reader.text("id");
  if (id.empty())
    return std::nullopt;
  if (!is_id(id)) {
    reader.fault("id", "\"" + id + "\" is no id: only a-z, 0-9 and _ are allowed");
    return std::nullopt;
  }
  if (!seen.insert(id).second) {
    reader.fault("id", "\"" + id + "\" is given twice");
    return std::nullopt;
  }
  return id;
}

std::vector<std::string> try_texts(const JsonReader& reader, std::string_view key) {
  return reader.has(key) ? reader.texts(key) : std::vector<std::string>{};
}

void read_structures(const JsonReader& root, const JsonDocument& document, ModelText& model) {
  std::set<std::string> seen;
  for (const JsonReader& reader : root.elements("structures")) {
    if (!reader.is_object()) {
      reader.fault("", "must be an object");
      continue;
    }
    reader.allow_only({"id", "kind", "name", "latin", "synonyms", "fma", "group", "source"});
    Structure structure;
    const auto id = new_id(reader, seen);
    const std::string kind = reader.text("kind");
    structure.name = reader.text("name");
    structure.latin = reader.try_text("latin").value_or("");
    structure.synonyms = try_texts(reader, "synonyms");
    structure.fma = reader.try_text("fma").value_or("");
    structure.group = reader.try_text("group").value_or("");
    structure.source = reader.try_text("source").value_or("");
    const auto known = kind_from(kind);
    if (!kind.empty() && !known)
      reader.fault("kind", "\"" + kind + "\" is no kind of tissue");
    if (!structure.fma.empty() && !is_fma_id(structure.fma))
      reader.fault("fma", "\"" + structure.fma + "\" is no FMA id such as FMA22558");
    if (!id || !known)
      continue;
    structure.id = *id;
    structure.kind = *known;
    model.structure_lines[*id] = document.line_of(reader.pointer());
    model.atlas.structures.push_back(std::move(structure));
  }
}

void read_landmarks(const JsonReader& root, Atlas& atlas) {
  std::set<std::string> seen;
  for (const JsonReader& reader : root.elements("landmarks")) {
    reader.allow_only({"id", "position_m", "how"});
    const auto id = new_id(reader, seen);
    const auto position = place_mm(reader, "position_m");
    if (id && position)
      atlas.landmarks.push_back({*id, *position, reader.try_text("how").value_or("")});
  }
}

void read_joints(const JsonReader& root, Atlas& atlas) {
  atlas.segments = {Segment{.id = "shank", .joint = ""}};
  std::set<std::string> seen;
  for (const JsonReader& reader : root.elements("joints")) {
    reader.allow_only({"id", "moves", "parent", "centre_m", "axis", "range_deg"});
    Segment segment;
    const auto joint = new_id(reader, seen);
    segment.id = reader.text("moves");
    const std::string parent = reader.text("parent");
    const auto centre = place_mm(reader, "centre_m");
    const auto axis = reader.numbers("axis", 3);
    const auto range = reader.numbers("range_deg", 2);
    bool sound = joint && centre && axis.size() == 3 && range.size() == 2 && !parent.empty();
    if (!segment.id.empty() && (!is_id(segment.id) || atlas.segment_index(segment.id) >= 0)) {
      reader.fault("moves", "\"" + segment.id + "\" is no id, or is moved by two joints");
      sound = false;
    }
    segment.parent = atlas.segment_index(parent);
    if (!parent.empty() && segment.parent < 0) {
      reader.fault("parent", "\"" + parent + "\" is neither the shank nor moved by a joint above");
      sound = false;
    }
    const float length = glm::length(vector_of(axis));
    if (axis.size() == 3 && std::abs(length - 1) > 0.01f) {
      reader.fault("axis", "must be of length 1");
      sound = false;
    }
    if (range.size() == 2 && range[0] > range[1]) {
      reader.fault("range_deg", "begins above its end");
      sound = false;
    }
    if (range.size() == 2 && (range[0] < -180 || range[1] > 180)) {
      reader.fault("range_deg", "must lie between -180 and 180");
      sound = false;
    }
    if (sound && atlas.segments.size() >= max_segments) {
      reader.fault("", "is one joint too many: a leg has at most " + std::to_string(max_segments - 1));
      break;
    }
    if (!sound || segment.id.empty())
      continue;
    segment.joint = *joint;
    segment.centre_mm = *centre;
    segment.axis = vector_of(axis) / length;
    segment.lowest_deg = static_cast<float>(range[0]);
    segment.highest_deg = static_cast<float>(range[1]);
    atlas.segments.push_back(std::move(segment));
  }
}

struct BellyEndKey {
  const char* key;
  float BellyEnds::*member;
};
constexpr BellyEndKey belly_end_keys[] = {{"gastrocnemius_medial", &BellyEnds::gastrocnemius_medial},
                                          {"gastrocnemius_lateral", &BellyEnds::gastrocnemius_lateral},
                                          {"soleus", &BellyEnds::soleus}};

void read_belly_ends(const JsonReader& root, Atlas& atlas) {
  if (!root.has("belly_ends"))
    return;
  const JsonReader reader = root.object("belly_ends");
  reader.allow_only({"gastrocnemius_medial", "gastrocnemius_lateral", "soleus"});
  for (const BellyEndKey& entry : belly_end_keys) {
    const auto s = reader.try_number(entry.key);
    if (!s)
      continue;
    if (*s < 0 || *s > 1)
      reader.fault(entry.key, "must lie between 0 (knee joint line) and 1 (Achilles insertion)");
    else
      atlas.belly_ends.*entry.member = static_cast<float>(*s);
  }
}

// Metres with a resolution of a tenth of a micrometre, so that a text made twice is the same text.
double metres(float mm) {
  return std::round(static_cast<double>(mm) * 1e4) / 1e7;
}

nlohmann::ordered_json metres_of(glm::vec3 mm) {
  return {metres(mm.x), metres(mm.y), metres(mm.z)};
}

double shortened(float value) {
  return std::round(static_cast<double>(value) * 1e7) / 1e7;
}

} // namespace

bool is_id(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_fma_id(std::string_view text) {
  return text.starts_with("FMA") && text.size() > 3 &&
         text.find_first_not_of("0123456789", 3) == std::string_view::npos;
}

std::optional<ModelText> read_model_text(const std::filesystem::path& folder, IssueList& issues) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    issues.error(folder.string(), 0, "",
                 std::filesystem::exists(folder, error) ? "is no folder, a model pack is a folder with model.json"
                                                        : "does not exist");
    return std::nullopt;
  }
  const auto path = folder / "model.json";
  if (!std::filesystem::exists(path, error)) {
    issues.error(path.string(), 0, "", "is missing, so this folder is no model pack");
    return std::nullopt;
  }
  const auto document = JsonDocument::load(path, issues);
  if (!document)
    return std::nullopt;
  const JsonReader root(*document, "", issues);
  if (!root.is_object()) {
    root.fault("", "must be an object");
    return std::nullopt;
  }
  const std::string format = root.text("format");
  if (format != format_name) {
    root.fault("format", "is \"" + format + "\", this program reads \"" + std::string(format_name) + "\"");
    return std::nullopt;
  }
  root.allow_only({"format", "id", "title", "side", "units", "mesh", "licence", "attribution", "sources", "lacks",
                   "landmarks", "joints", "belly_ends", "structures"});
  ModelText model;
  model.file = path.string();
  Atlas& atlas = model.atlas;
  atlas.folder = folder;
  std::set<std::string> no_other;
  atlas.id = new_id(root, no_other).value_or("");
  atlas.title = root.text("title");
  const std::string side = root.text("side");
  if (const auto known = side_from(side))
    atlas.side = atlas.stored_side = *known;
  else if (!side.empty())
    root.fault("side", "\"" + side + "\" is neither \"right\" nor \"left\"");
  if (const std::string units = root.text("units"); !units.empty() && units != "m")
    root.fault("units", "must be \"m\": packs are in metres, as glTF is");
  model.mesh = root.text("mesh");
  model.mesh_line = document->line_of("/mesh");
  atlas.licence = root.text("licence");
  atlas.attribution = root.text("attribution");
  atlas.sources = root.texts("sources");
  atlas.lacks = try_texts(root, "lacks");
  read_landmarks(root, atlas);
  read_joints(root, atlas);
  read_belly_ends(root, atlas);
  read_structures(root, *document, model);
  return model;
}

std::string model_text_of(const Atlas& atlas, const std::string& mesh) {
  using json = nlohmann::ordered_json;
  json root{{"format", format_name},
            {"id", atlas.id},
            {"title", atlas.title},
            {"side", id_of(atlas.side)},
            {"units", "m"},
            {"mesh", mesh},
            {"licence", atlas.licence},
            {"attribution", atlas.attribution},
            {"sources", atlas.sources},
            {"lacks", atlas.lacks}};
  json landmarks = json::array();
  for (const Landmark& landmark : atlas.landmarks)
    landmarks.push_back({{"id", landmark.id}, {"position_m", metres_of(landmark.position_mm)}, {"how", landmark.how}});
  root["landmarks"] = std::move(landmarks);
  json joints = json::array();
  for (const Segment& segment : atlas.segments) {
    if (segment.parent < 0)
      continue;
    joints.push_back({{"id", segment.joint},
                      {"moves", segment.id},
                      {"parent", atlas.segments[static_cast<std::size_t>(segment.parent)].id},
                      {"centre_m", metres_of(segment.centre_mm)},
                      {"axis", {shortened(segment.axis.x), shortened(segment.axis.y), shortened(segment.axis.z)}},
                      {"range_deg", {shortened(segment.lowest_deg), shortened(segment.highest_deg)}}});
  }
  root["joints"] = std::move(joints);
  json belly_ends = json::object();
  for (const BellyEndKey& entry : belly_end_keys)
    if (std::isfinite(atlas.belly_ends.*entry.member))
      belly_ends[entry.key] = shortened(atlas.belly_ends.*entry.member);
  root["belly_ends"] = std::move(belly_ends);
  json structures = json::array();
  for (const Structure& structure : atlas.structures) {
    json entry{{"id", structure.id}, {"kind", id_of(structure.kind)}, {"name", structure.name}};
    if (!structure.latin.empty())
      entry["latin"] = structure.latin;
    if (!structure.synonyms.empty())
      entry["synonyms"] = structure.synonyms;
    if (!structure.fma.empty())
      entry["fma"] = structure.fma;
    if (!structure.group.empty())
      entry["group"] = structure.group;
    if (!structure.source.empty())
      entry["source"] = structure.source;
    structures.push_back(std::move(entry));
  }
  root["structures"] = std::move(structures);
  return root.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace calfscope
