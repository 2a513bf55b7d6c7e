#include "state/action.h"

#include "state/app_state.h"
#include "state/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr double run_gap_s = 0.8; // steps closer together than this are one turn of the wheel

std::string listed(std::span<const std::string_view> choices) {
  return fmt::format("{}", fmt::join(choices, ", "));
}

bool finite(const Value::Numbers& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](double n) { return std::isfinite(n) && std::abs(n) < 1e9; });
}

// What is wrong with the value, or an empty text. Numbers beyond the range are brought back into it.
std::string fault_of(const AppState& state, const ArgSpec& spec, Value& value) {
  switch (spec.type) {
  case ArgType::any:
    return {};
  case ArgType::boolean:
    return value.boolean() ? "" : "expected true or false";
  case ArgType::text:
    return value.text() ? "" : "expected a text";
  case ArgType::number:
    if (!value.number() || !std::isfinite(value.as_number()))
      return "expected a number";
    if (spec.lowest < spec.highest)
      value = std::clamp(value.as_number(), spec.lowest, spec.highest);
    return {};
  case ArgType::choice:
    if (!value.text() || !one_of(spec.choices, value.as_text()))
      return fmt::format("expected one of {}, got \"{}\"", listed(spec.choices), to_string(value));
    return {};
  case ArgType::texts:
    if (!value.texts())
      return "expected a list of texts";
    for (const std::string& text : value.as_texts())
      if (!spec.choices.empty() && !one_of(spec.choices, text))
        return fmt::format("\"{}\" is none of {}", text, listed(spec.choices));
    return {};
  case ArgType::structure:
    if (!value.text())
      return "expected the id of a structure";
    if (!state.atlas || state.atlas->index_of(value.as_text()) < 0)
      return fmt::format("this leg has no structure \"{}\"", value.as_text());
    return {};
  case ArgType::vec2:
    return value.numbers() && value.as_numbers().size() == 2 && finite(value.as_numbers()) ? ""
                                                                                           : "expected two numbers";
  case ArgType::numbers:
    return value.numbers() && finite(value.as_numbers()) ? "" : "expected a list of numbers";
  case ArgType::vec3:
    return value.numbers() && value.as_numbers().size() == 3 && finite(value.as_numbers()) ? ""
                                                                                           : "expected three numbers";
  }
  return {};
}

bool check_arguments(const AppState& state, const ActionInfo& info, Arguments& args, IssueList& issues) {
  bool good = true;
  const auto fault = [&](std::string_view name, std::string message) {
    issues.error("", 0, fmt::format("{}.{}", info.id, name), std::move(message));
    good = false;
  };
  for (const auto& [name, value] : args)
    if (std::none_of(info.args.begin(), info.args.end(), [&, &key = name](const ArgSpec& s) { return s.name == key; }))
      fault(name, "there is no such argument");
  for (const ArgSpec& spec : info.args) {
    const auto found = args.find(spec.name);
    if (found == args.end()) {
      if (spec.required)
        fault(spec.name, "this argument is missing");
    } else if (std::string message = fault_of(state, spec, found->second); !message.empty()) {
      fault(spec.name, std::move(message));
    }
  }
  return good;
}

} // namespace

const ActionInfo* find_action(std::string_view id) {
  for (const ActionInfo& info : action_table())
    if (info.id == id)
      return &info;
  return nullptr;
}

bool perform(AppState& state, const Action& action, IssueList& issues) {
  const ActionInfo* info = find_action(action.id);
  if (!info) {
    issues.error("", 0, action.id, "there is no action of this name");
    return false;
  }
  Arguments args = action.args;
  if (!check_arguments(state, *info, args, issues))
    return false;
  if (info->enabled && !info->enabled(state, args)) {
    issues.error("", 0, action.id, "this is not possible now");
    return false;
  }
  if (!info->run(state, args, issues))
    return false;
  tame(state);
  return true;
}

bool apply(AppState& state, const Action& action, IssueList& issues) {
  const Document before = state.document;
  const std::optional<Flight> flight = state.flight;
  if (!perform(state, action, issues)) {
    // An action made of several may have done some of them.
    state.document = before;
    state.flight = flight;
    follow_side(state);
    return false;
  }
  const ActionInfo* info = find_action(action.id);
  if (info->undo != Undo::none && !(state.document == before))
    record(state.history, before, info->id, info->undo == Undo::run, state.clock_s);
  return true;
}

bool apply(AppState& state, const Action& action) {
  IssueList issues;
  if (apply(state, action, issues))
    return true;
  notify(state, Severity::warning, "notice.action_refused", {}, to_string(issues));
  return false;
}

bool enabled(const AppState& state, const Action& action) {
  const ActionInfo* info = find_action(action.id);
  if (!info)
    return false;
  Arguments args = action.args;
  IssueList ignored;
  return check_arguments(state, *info, args, ignored) && (!info->enabled || info->enabled(state, args));
}

void begin_gesture(AppState& state) {
  state.history.in_gesture = true;
  state.history.gesture_recorded = false;
}

void end_gesture(AppState& state) {
  state.history.in_gesture = false;
  state.history.gesture_recorded = false;
  state.history.last_action.clear();
}

void record(History& history, const Document& before, std::string_view action, bool run, double now_s) {
  const bool goes_on =
      run && history.last_action == action && now_s - history.last_action_at_s < run_gap_s && !history.past.empty();
  const bool same_gesture = history.in_gesture && history.gesture_recorded;
  if (!goes_on && !same_gesture) {
    history.past.push_back({before, std::string(action)});
    if (history.past.size() > history_limit)
      history.past.erase(history.past.begin());
  }
  history.gesture_recorded = history.in_gesture;
  history.future.clear();
  history.last_action = action;
  history.last_action_at_s = now_s;
}

} // namespace calfscope
