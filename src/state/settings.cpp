#include "state/settings.h"

#include "base/files.h"
#include "base/json_document.h"
#include "state/app_state.h"
#include "state/options.h"
#include "state/value_json.h"

#include <fmt/format.h>

namespace calfscope {
namespace {

constexpr int most_broken_files = 100;

// Moves the file beside itself, so that nothing a person wrote is lost; the new path, or an empty one.
std::filesystem::path set_aside(const std::filesystem::path& file) {
  for (int n = 1; n <= most_broken_files; ++n) {
    std::filesystem::path aside = file;
    aside += fmt::format(".broken-{}", n);
    std::error_code error;
    if (std::filesystem::exists(aside, error))
      continue;
    std::filesystem::rename(file, aside, error);
    return error ? std::filesystem::path{} : aside;
  }
  return {};
}

std::optional<JsonDocument> load_object(const std::filesystem::path& file, IssueList& issues) {
  auto document = JsonDocument::load(file, issues);
  if (document && !document->root().is_object()) {
    issues.error(file.string(), 1, "", "expected an object of settings");
    return std::nullopt;
  }
  return document;
}

} // namespace

std::filesystem::path settings_file() {
  const std::filesystem::path folder = config_folder();
  return folder.empty() ? folder : folder / "settings.json";
}

Settings load_settings(const std::filesystem::path& file, IssueList& issues) {
  AppState state;
  std::error_code error;
  if (file.empty() || !std::filesystem::exists(file, error))
    return state.settings;
  IssueList faults;
  const auto document = load_object(file, faults);
  if (!document) {
    for (Issue issue : faults.all()) { // the program runs on with its defaults, so these are no errors
      issue.severity = Severity::warning;
      issues.add(std::move(issue));
    }
    const std::filesystem::path aside = set_aside(file);
    issues.warning(file.string(), 0, "",
                   aside.empty() ? "the settings could not be read, and the file could not be moved aside"
                                 : fmt::format("the settings could not be read; the file was kept as {}",
                                               aside.filename().string()));
    return state.settings;
  }
  for (const OptionInfo& option : option_table()) {
    if (option.scope != OptionScope::settings)
      continue;
    const auto found = document->root().find(option.id);
    if (found == document->root().end())
      continue;
    const auto value = value_from(*found);
    IssueList own;
    if (value && set_option(state, option, *value, own))
      continue;
    issues.warning(document->file(), document->line_of(fmt::format("/{}", option.id)), std::string(option.id),
                   own.empty() ? "this value cannot be used; the default is kept"
                               : own.all().front().message + "; the default is kept");
  }
  return state.settings;
}

bool save_settings(const Settings& settings, const std::filesystem::path& file, IssueList& issues) {
  if (file.empty()) {
    issues.error("", 0, "settings",
                 "the system names no folder for settings (neither XDG_CONFIG_HOME nor HOME is set)");
    return false;
  }
  nlohmann::json json = nlohmann::json::object();
  std::error_code error;
  if (std::filesystem::exists(file, error)) {
    IssueList ignored; // a broken file was set aside when it was read
    if (const auto document = load_object(file, ignored))
      json = document->root();
  }
  AppState state;
  state.settings = settings;
  for (const OptionInfo& option : option_table())
    if (option.scope == OptionScope::settings)
      json[std::string(option.id)] = to_json(option_value(state, option));
  // A path that is no UTF-8 (last_model) loses the bytes that JSON cannot hold, the other settings are kept.
  return write_atomic(file, json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n", issues);
}

} // namespace calfscope
