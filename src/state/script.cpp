#include "state/script.h"

#include "base/files.h"
#include "base/json_document.h"
#include "state/app_state.h"
#include "state/value_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr double longest_wait_s = 3600;

// What does not depend on the leg is checked here; the rest is checked when the step is played.
void check_names(const JsonReader& step, const ActionInfo& info, const Arguments& args) {
  for (const auto& [name, value] : args)
    if (std::none_of(info.args.begin(), info.args.end(), [&, &key = name](const ArgSpec& s) { return s.name == key; }))
      step.fault(name, fmt::format("the action \"{}\" has no such argument", info.id));
  for (const ArgSpec& spec : info.args)
    if (spec.required && !args.contains(spec.name))
      step.fault("do", fmt::format("the action \"{}\" needs the argument \"{}\"", info.id, spec.name));
}

std::optional<ScriptStep> read_step(const JsonDocument& document, const JsonReader& reader) {
  if (!reader.is_object()) {
    reader.fault("", "expected an object such as { \"do\": \"select\", \"id\": \"soleus\" }");
    return std::nullopt;
  }
  ScriptStep step;
  step.line = document.line_of(reader.pointer());
  step.action.id = reader.text("do");
  if (step.action.id.empty())
    return std::nullopt;
  if (step.action.id == "wait") {
    reader.allow_only({"do", "seconds"});
    step.wait_s = reader.number("seconds");
    if (!(step.wait_s >= 0 && step.wait_s <= longest_wait_s))
      reader.fault("seconds", fmt::format("expected seconds from 0 to {}", longest_wait_s));
    return step;
  }
  for (const std::string& key : reader.keys()) {
    if (key == "do")
      continue;
    auto value = value_from((*reader.value())[key]);
    if (value)
      step.action.args.emplace(key, std::move(*value));
    else
      reader.fault(key, "expected true or false, a number, a text, or a list of one of these");
  }
  const ActionInfo* info = find_action(step.action.id);
  if (!info) {
    reader.fault("do", fmt::format("there is no action \"{}\"", step.action.id));
    return std::nullopt;
  }
  check_names(reader, *info, step.action.args);
  return step;
}

} // namespace

std::optional<Script> parse_script(std::string_view text, std::string file, IssueList& issues) {
  IssueList own;
  const auto document = JsonDocument::parse(text, file, own);
  Script script;
  script.file = std::move(file);
  if (document) {
    const JsonReader root(*document, "", own);
    if (root.is_object())
      root.allow_only({"script"});
    if (!root.is_array() && !root.has("script"))
      root.fault("", "expected a list of actions");
    else
      for (const JsonReader& reader : root.is_array() ? root.elements() : root.elements("script"))
        if (auto step = read_step(*document, reader))
          script.steps.push_back(std::move(*step));
  }
  issues.append(own);
  if (own.has_errors())
    return std::nullopt;
  return script;
}

std::optional<Script> load_script(const std::filesystem::path& file, IssueList& issues) {
  constexpr std::size_t most_bytes = 16u << 20;
  const auto text = read_text(file, issues, most_bytes);
  if (!text)
    return std::nullopt;
  return parse_script(*text, file.string(), issues);
}

void ScriptPlayer::play(AppState& state, IssueList& issues) {
  while (!done()) {
    if (wait_left_s(state) > 0)
      return;
    resume_at_s_ = -1;
    if (next_ >= script_.steps.size())
      return;
    const ScriptStep& step = script_.steps[next_];
    ++next_;
    if (step.action.id == "wait") {
      resume_at_s_ = state.clock_s + step.wait_s;
      continue;
    }
    IssueList own;
    apply(state, step.action, own);
    for (Issue issue : own.all()) {
      issue.file = script_.file;
      issue.line = step.line;
      issues.add(std::move(issue));
    }
    if (!state.requests.empty())
      return;
  }
}

double ScriptPlayer::wait_left_s(const AppState& state) const {
  return resume_at_s_ < 0 ? 0 : std::max(0.0, resume_at_s_ - state.clock_s);
}

} // namespace calfscope
