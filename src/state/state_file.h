#pragma once
// The state as JSON: dumped for tests and reports, and read back as the picture's document (--state FILE).

#include "base/issue.h"
#include "state/document.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace calfscope {

struct AppState;

nlohmann::json to_json(const Document& document);
// Everything a test wants to know; the part under "document" can be read back.
nlohmann::json dump_state(const AppState& state);
std::string dump_state_text(const AppState& state); // indented, ends with a newline

// Reads a document out of a dump or a bare document; what is missing keeps `base`. nullopt on faults, all named with
// line.
std::optional<Document> parse_document(std::string_view text, std::string file, const Document& base,
                                       IssueList& issues);
std::optional<Document> load_document(const std::filesystem::path& file, const Document& base, IssueList& issues);

} // namespace calfscope
