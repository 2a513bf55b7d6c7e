#pragma once
// The way from a command line to a state, shared by the window, `render` and `bench`.

#include "cli/command_line.h"
#include "state/app_state.h"

#include <optional>

namespace calfscope {

// Where --model leads: an existing path, or the name of a pack in the data folder or among the shipped ones.
std::filesystem::path model_path(const std::string& model);

// Where --content leads: a folder, or the pack that ships.
std::filesystem::path content_path(const std::string& content);

// Opens the leg the line asks for and applies --state, every option and --script's actions up to its end (waits pass
// at once). `person` are the settings of a window; without one the defaults hold, and --state brings its viewport and
// theme, so that the picture becomes the one it was. nullopt if there is nothing to show or the line is wrong;
// `wrong_usage` tells which.
std::optional<AppState> start_session(const CommandLine& line, const Viewport& viewport, IssueList& issues,
                                      bool& wrong_usage, const std::optional<Settings>& person = {});

// "1280x720" -> pixels; nullopt and an issue if it is none or beyond 16…8192.
std::optional<glm::ivec2> parse_size(const std::string& text, IssueList& issues);

// Writes --dump-state, if asked for.
bool write_dump(const CommandLine& line, const AppState& state, IssueList& issues);

} // namespace calfscope
