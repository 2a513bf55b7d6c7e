#pragma once
// Painted pain as JSON: in state files, and in a file of its own for the command line.

#include "base/json_document.h"
#include "painmap/painted_skin.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>

namespace calfscope {

// A list of { "on": "leg", "s": 0.96, "a_deg": -12.5, "levels": "37aa" }; on the foot "f" and "w" instead of "s" and
// "a_deg".
nlohmann::json to_json(const PaintedSkin& painted);

// Reads such a list. Faults go to the reader's issues.
PaintedSkin read_painted(const JsonReader& parent, std::string_view key);

// A state file, or { "painted": [...], "strokes": [...] }, where a stroke is what the action
// paint_pain takes: { "on": "sole", "points": [[0.1, 0.3], [0.1, 0.7]], "stroke": true, "radius_mm": 15 }. nullopt and issues with file
// and line if the file is not such, or if a stroke misses this leg.
std::optional<PaintedSkin> load_painted(const std::filesystem::path& file, const SkinPlaces& places, IssueList& issues);

} // namespace calfscope
