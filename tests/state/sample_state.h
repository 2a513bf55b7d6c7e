#pragma once
// A state with the small leg open, and a way to throw actions at it.

#include "state/action.h"
#include "state/app_state.h"
#include "support/small_leg.h"

#include <random>

namespace calfscope::test {

inline AppState open_small_leg(Side side = Side::right) {
  static const std::shared_ptr<const Atlas> leg = small_leg();
  AppState state;
  open_leg(state, leg, side);
  return state;
}

inline bool applied(AppState& state, std::string_view id, Arguments args = {}) {
  IssueList issues;
  return apply(state, {std::string(id), std::move(args)}, issues);
}

// An argument that the action may take; numbers sometimes beyond their range, where they are to be brought back.
inline Value random_argument(const AppState& state, const ArgSpec& spec, std::mt19937& random) {
  const auto real = [&](double lowest, double highest) {
    return std::uniform_real_distribution<double>(lowest, highest)(random);
  };
  const auto pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
  switch (spec.type) {
  case ArgType::boolean:
    return real(0, 1) < 0.5;
  case ArgType::number: {
    const double span = spec.highest - spec.lowest;
    return real(spec.lowest - 0.1 * span, spec.highest + 0.1 * span);
  }
  case ArgType::choice:
    return spec.choices[pick(spec.choices.size())];
  case ArgType::texts: {
    Value::Texts texts;
    for (const std::string_view choice : spec.choices)
      if (real(0, 1) < 0.7)
        texts.emplace_back(choice);
    return texts;
  }
  case ArgType::structure:
    return state.atlas->structures[pick(state.atlas->structures.size())].id;
  case ArgType::vec2:
    return Value::Numbers{real(-2, 2), real(-2, 2)};
  case ArgType::vec3:
    return Value::Numbers{real(-500, 500), real(-500, 500), real(-500, 500)};
  case ArgType::numbers: // places on the leg, as pairs
    return Value::Numbers{real(0, 1), real(-180, 180), real(0, 1), real(-180, 180)};
  case ArgType::text:
  case ArgType::any:
    return "soleus";
  }
  return false;
}

inline Action random_action(const AppState& state, const ActionInfo& info, std::mt19937& random) {
  Action action{std::string(info.id), {}};
  for (const ArgSpec& spec : info.args)
    if (spec.required || random() % 2 == 0)
      action.args.emplace(std::string(spec.name), random_argument(state, spec, random));
  return action;
}

// What a frame draws of a structure; null if it leaves it out.
inline const DrawItem* item_of(const AppState& state, const Frame& frame, std::string_view id) {
  const int index = state.atlas->index_of(id);
  for (const DrawItem& item : frame.items)
    if (static_cast<int>(item.structure) == index)
      return &item;
  return nullptr;
}

} // namespace calfscope::test
