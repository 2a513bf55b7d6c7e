#pragma once
// Values as JSON, for scripts, settings and dumps.

#include "state/value.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>

namespace calfscope {

nlohmann::json to_json(const Value& value);
// nullopt for what no Value can hold: null, objects, mixed lists. Lists of lists of numbers become one list.
std::optional<Value> value_from(const nlohmann::json& json);

} // namespace calfscope
