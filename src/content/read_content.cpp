#include "content/read_content.h"

#include "content/content_links.h"
#include "content/content_values.h"
#include "content/content_words.h"
#include "content/read_points.h"
#include "content/read_techniques.h"

#include <algorithm>
#include <regex>

namespace calfscope {
namespace {

constexpr int known_format = 1;
constexpr std::array<std::string_view, 3> region_place_ids{"leg", "sole", "off_model"};
constexpr std::array<std::string_view, 2> side_wall_ids{"medial", "lateral"};
enum class SideWall : std::uint8_t { medial, lateral };
constexpr std::array<std::string_view, 2> shown_as_ids{"inset", "text"};
enum class ShownAs : std::uint8_t { inset, text };
constexpr std::array<std::string_view, 4> urgency_ids{"emergency", "same_day", "soon", "routine"};
enum class Urgency : std::uint8_t { emergency, same_day, soon, routine };
constexpr std::array<std::string_view, 9> source_kind_ids{"study",   "review",  "consensus", "practitioner", "textbook",
                                                          "article", "anatomy", "derived",   "design"};
enum class SourceKind : std::uint8_t {
  study,
  review,
  consensus,
  practitioner,
  textbook,
  article,
  anatomy,
  derived,
  design
};

RegionShape read_leg_box(const JsonReader& from) {
  RegionShape shape;
  shape.s = read_span(from, "s", lowest_s, highest_s, highest_s - lowest_s);
  shape.a_deg = read_span(from, "a", -360, 360, 360);
  return shape;
}

void read_regions(const JsonReader& root, ContentPack& pack) {
  root.allow_only({"format", "regions", "unions"});
  for (const JsonReader& at : read_list(root, "regions", 1)) {
    Region region;
    region.id = read_id(at, "id");
    const RegionPlace place = read_choice(at, "place", region_place_ids, RegionPlace::off_model);
    if (place == RegionPlace::leg) {
      at.allow_only({"id", "place", "s", "a", "basis", "confidence"});
      region.shape = read_leg_box(at);
    } else if (place == RegionPlace::sole) {
      at.allow_only({"id", "place", "f", "w", "side_wall", "basis", "confidence"});
      region.shape.f = read_span(at, "f", 0, 1, 1);
      region.shape.w = read_span(at, "w", 0, 1, 1);
      if (at.has("side_wall")) {
        const SideWall wall = read_choice(at, "side_wall", side_wall_ids, SideWall::medial);
        region.shape.medial_wall = wall == SideWall::medial;
        region.shape.lateral_wall = wall == SideWall::lateral;
      }
    } else if (one_of(region_place_ids, at.text("place"))) {
      at.allow_only({"id", "place", "shown_as", "basis", "confidence"});
      if (at.has("shown_as"))
        region.words_only = read_choice(at, "shown_as", shown_as_ids, ShownAs::inset) == ShownAs::text;
    }
    region.shape.place = place;
    region.claim = read_claim(at, true);
    pack.regions.push_back(std::move(region));
  }
  for (const JsonReader& at : read_list(root, "unions")) {
    at.allow_only({"id", "of"});
    pack.unions.push_back({read_id(at, "id"), read_ids(at, "of", 2), origin_of(at)});
  }
}

void read_muscles(const JsonReader& root, ContentPack& pack) {
  root.allow_only({"format", "muscles"});
  for (const JsonReader& at : read_list(root, "muscles", 1)) {
    at.allow_only({"id", "facts"});
    pack.muscles.push_back({read_id(at, "id"), read_claims(at, "facts", 1), origin_of(at)});
  }
}

void read_zones(const JsonReader& root, ContentPack& pack) {
  root.allow_only({"format", "zones"});
  for (const JsonReader& at : read_list(root, "zones", 1)) {
    at.allow_only({"id", "severity", "s", "a", "holds", "holds_landmarks", "basis", "confidence"});
    NoPressZone zone;
    zone.id = read_id(at, "id");
    zone.severity = read_choice(at, "severity", press_severity_ids, PressSeverity::forbid);
    zone.shape = read_leg_box(at);
    if (at.has("holds"))
      zone.holds = read_ids(at, "holds");
    if (at.has("holds_landmarks"))
      zone.holds_landmarks = read_ids(at, "holds_landmarks");
    zone.claim = read_claim(at, true);
    pack.zones.push_back(std::move(zone));
  }
}

std::string read_urgency(const JsonReader& at) {
  return std::string(id_in(urgency_ids, read_choice(at, "urgency", urgency_ids, Urgency::routine)));
}

void read_look_alikes(const JsonReader& root, ContentPack& pack) {
  root.allow_only({"format", "look_alikes"});
  for (const JsonReader& at : read_list(root, "look_alikes", 1)) {
    at.allow_only({"id", "urgency", "regions", "basis", "confidence"});
    LookAlike other;
    other.id = read_id(at, "id");
    other.urgency = read_urgency(at);
    for (const JsonReader& felt : read_list(at, "regions", 1)) {
      felt.allow_only({"region", "weight"});
      other.regions.push_back({read_id(felt, "region"), read_in_range(felt, "weight", 0.05f, 1)});
    }
    other.claim = read_claim(at, true);
    pack.look_alikes.push_back(std::move(other));
  }
}

void read_tests(const JsonReader& root, ContentPack& pack) {
  root.allow_only({"format", "tests"});
  for (const JsonReader& at : read_list(root, "tests", 1)) {
    at.allow_only({"id", "separates", "basis", "confidence"});
    TellingTest test;
    test.id = read_id(at, "id");
    for (const JsonReader& group : at.elements("separates")) {
      std::vector<std::string> ids;
      if (group.is_array())
        for (const auto& id : *group.value())
          if (id.is_string())
            ids.push_back(id.get<std::string>());
      if (!group.is_array() || ids.empty() || ids.size() != group.value()->size())
        group.fault("", say(ContentFault::no_group));
      if (ids.size() > longest_list) {
        group.fault("", say(ContentFault::too_many, ids.size(), longest_list));
        ids.clear();
      }
      test.separates.push_back(std::move(ids));
    }
    if (test.separates.size() != 2)
      at.fault("separates", say(ContentFault::not_two_groups));
    test.claim = read_claim(at, true);
    pack.tests.push_back(std::move(test));
  }
}

void read_palpation(const JsonReader& root, ContentPack& pack) {
  root.allow_only({"format", "steps"});
  pack.palpation = read_claims(root, "steps", 1);
}

void read_red_flags(const JsonReader& root, ContentPack& pack) {
  root.allow_only({"format", "flags", "ask_first", "stop_signs", "see_professional", "after_effects"});
  for (const JsonReader& at : read_list(root, "flags", 1)) {
    at.allow_only({"id", "urgency", "question_order", "basis", "confidence"});
    pack.red_flags.push_back({read_claim(at, true), read_urgency(at), read_whole(at, "question_order", 1, 99)});
  }
  pack.ask_first = read_claims(root, "ask_first");
  pack.stop_signs = read_claims(root, "stop_signs");
  pack.see_professional = read_claims(root, "see_professional");
  pack.after_effects = read_claims(root, "after_effects");
}

void read_explain(const JsonReader& root, ContentPack& pack) {
  root.allow_only({"format", "cards"});
  for (const JsonReader& at : read_list(root, "cards", 1)) {
    at.allow_only({"id", "claims"});
    pack.explain.push_back({read_id(at, "id"), read_claims(at, "claims", 1), origin_of(at)});
  }
}

void read_sources(const JsonReader& root, ContentPack& pack) {
  static const std::regex right("S[1-9][0-9]{0,2}|BASE|TU|DER|DES");
  root.allow_only({"format", "sources"});
  for (const JsonReader& at : read_list(root, "sources", 1)) {
    at.allow_only({"id", "kind", "citation", "locator", "weak"});
    const std::string id = read_words(at, "id");
    if (!id.empty() && !std::regex_match(id, right))
      at.fault("id", say(ContentFault::bad_source_id, id.substr(0, 64)));
    const SourceKind kind = read_choice(at, "kind", source_kind_ids, SourceKind::study);
    pack.sources.push_back({id, std::string(id_in(source_kind_ids, kind)), read_words(at, "citation"),
                            at.text("locator"), at.boolean("weak"), origin_of(at)});
  }
}

void read_pack_file(const JsonReader& root, ContentPack& pack) {
  static const std::regex version("[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}"), language("[a-z]{2}(-[A-Z]{2})?");
  root.allow_only({"format", "id", "version", "languages", "licence"});
  pack.id = read_id(root, "id");
  pack.version = read_words(root, "version");
  if (!pack.version.empty() && !std::regex_match(pack.version, version))
    root.fault("version", say(ContentFault::bad_version, pack.version.substr(0, 64)));
  pack.licence = read_words(root, "licence");
  const std::vector<std::string> given = root.texts("languages");
  for (const std::string& id : given) {
    if (std::regex_match(id, language)) // it becomes the name of a file
      pack.languages.push_back(id);
    else
      root.fault("languages", say(ContentFault::bad_language, id.substr(0, 64)));
  }
  if (given.empty() && root.has("languages"))
    root.fault("languages", say(ContentFault::empty_list));
}

void read_points_file(const JsonReader& root, ContentPack& pack) {
  root.allow_only({"format", "points"});
  read_points(root, pack);
}

struct Part {
  const char* name;
  void (*read)(const JsonReader&, ContentPack&);
};

constexpr std::array<Part, 11> parts{{{"pack.json", read_pack_file},
                                      {"sources.json", read_sources},
                                      {"regions.json", read_regions},
                                      {"points.json", read_points_file},
                                      {"muscles.json", read_muscles},
                                      {"zones.json", read_zones},
                                      {"look_alikes.json", read_look_alikes},
                                      {"tests.json", read_tests},
                                      {"palpation.json", read_palpation},
                                      {"red_flags.json", read_red_flags},
                                      {"explain.json", read_explain}}};

} // namespace

std::optional<ContentPack> read_content(const std::filesystem::path& folder, IssueList& issues) {
  IssueList found;
  ContentPack pack;
  for (const Part& part : parts) {
    const auto document = JsonDocument::load(folder / part.name, found);
    if (!document)
      continue;
    const JsonReader root(*document, "", found);
    if (!root.is_object()) {
      found.error(document->file(), 1, "", say(ContentFault::not_an_object));
      continue;
    }
    const double format = root.number("format");
    if (root.has("format") && format != known_format)
      root.fault("format", say(ContentFault::unknown_format, known_format));
    part.read(root, pack);
  }
  std::vector<JsonDocument> texts;
  for (const std::string& language : pack.languages)
    if (auto document = JsonDocument::load(folder / "text" / (language + ".json"), found))
      texts.push_back(std::move(*document));
  if (!found.has_errors()) {
    check_links(pack, found);
    for (std::size_t i = 0; i < texts.size(); ++i)
      check_words(pack, pack.languages[i], texts[i], found);
  }
  if (!pack.languages.empty() && !texts.empty()) // the first is the pack's own
    pack.text.load(texts.front().file(), found);
  if (!found.has_errors())
    read_techniques(folder, pack, found);
  issues.append(found);
  if (found.has_errors())
    return std::nullopt;
  return pack;
}

} // namespace calfscope
