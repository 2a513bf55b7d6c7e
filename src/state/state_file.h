#pragma once
// The state as JSON: dumped for tests and reports, and read back as the picture's document (--state FILE).

#include "base/issue.h"
#include "frame/viewport.h"
#include "state/document.h"
#include "state/settings.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace calfscope {

struct AppState;
enum class Place : std::uint8_t;

nlohmann::json to_json(const Document& document);
// Everything a test wants to know; the part under "document" can be read back.
nlohmann::json dump_state(const AppState& state);
std::string dump_state_text(const AppState& state); // indented, ends with a newline

// Reads a document out of a dump or a bare document; what is missing keeps `base`. nullopt on faults, all named with
// line.
std::optional<Document> parse_document(std::string_view text, std::string file, const Document& base,
                                       IssueList& issues);

// What else of a dump decides how its picture looked; absent from a bare document. Faults are left to parse_document.
struct SavedLook {
  std::string model_path; // as in AppState
  std::optional<Viewport> viewport;
  std::optional<ThemeChoice> theme; // dark or light, as shown
  std::optional<Place> place;
  std::optional<double> pain_s, technique_s; // how far they had come
};
SavedLook parse_look(std::string_view text);

// What every saved picture carries, by PNG keyword: the program, title, attribution and licence of the leg, and under
// state_keyword the dump of the state that the picture shows, with the model's name in place of its path.
std::vector<std::pair<std::string, std::string>> picture_texts(const AppState& state);
inline constexpr std::string_view state_keyword = "calfscope-state";

} // namespace calfscope
