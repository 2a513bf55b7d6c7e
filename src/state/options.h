#pragma once
// One table of options: it feeds the command line, the settings file and panel, `list options` and the documents.

#include "base/issue.h"
#include "state/value.h"

#include <optional>
#include <span>
#include <string_view>

namespace calfscope {

struct AppState;

enum class OptionType : std::uint8_t { boolean, number, text, choice, texts, structure };
enum class OptionScope : std::uint8_t {
  settings, // kept in settings.json
  document, // part of the picture, undone with it
  session,  // this run only
};

struct OptionInfo {
  std::string_view id; // "theme"; command line "--theme", _ as -; catalogue "option.<id>.label", "option.<id>.help"
  OptionScope scope = OptionScope::session;
  OptionType type = OptionType::text;
  double lowest = 0; // numbers
  double highest = 0;
  std::span<const std::string_view> choices = {}; // choice, and the elements of texts
  bool on_command_line = true;
  std::string_view unit = {}; // "mm", "deg", "px"; shown after the number
  Value (*get)(const AppState&) = nullptr;
  bool (*set)(AppState&, const Value&, IssueList&) = nullptr; // value is checked against type and range before
};

std::span<const OptionInfo> option_table();
const OptionInfo* find_option(std::string_view id);

Value option_value(const AppState& state, const OptionInfo& option);
Value option_default(const OptionInfo& option);
// Checked; false and an issue that says what was expected. `from` names the source in issues ("--theme", a file).
bool set_option(AppState& state, const OptionInfo& option, const Value& value, IssueList& issues,
                std::string_view from = {});
// From text as typed on the command line: "true", "0.4", "skin,muscle".
std::optional<Value> parse_value(const OptionInfo& option, std::string_view text, IssueList& issues,
                                 std::string_view from = {});

} // namespace calfscope
