#include "state/value_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace calfscope {

nlohmann::json to_json(const Value& value) {
  if (const bool* flag = value.boolean())
    return *flag;
  if (const double* number = value.number())
    return *number;
  if (const std::string* text = value.text())
    return *text;
  if (const Value::Texts* texts = value.texts())
    return *texts;
  return value.as_numbers();
}

std::optional<Value> value_from(const nlohmann::json& json) {
  if (json.is_boolean())
    return Value(json.get<bool>());
  if (json.is_number())
    return Value(json.get<double>());
  if (json.is_string())
    return Value(json.get<std::string>());
  if (!json.is_array())
    return std::nullopt;
  if (!json.empty() && std::all_of(json.begin(), json.end(), [](const auto& e) { return e.is_number(); }))
    return Value(json.get<Value::Numbers>());
  // [[0.9, 10], [1, 20]] is the same as [0.9, 10, 1, 20].
  if (!json.empty() && std::all_of(json.begin(), json.end(), [](const auto& e) { return e.is_array(); })) {
    Value::Numbers numbers;
    for (const auto& inner : json)
      for (const auto& number : inner) {
        if (!number.is_number())
          return std::nullopt;
        numbers.push_back(number.template get<double>());
      }
    return Value(std::move(numbers));
  }
  if (std::all_of(json.begin(), json.end(), [](const auto& e) { return e.is_string(); }))
    return Value(json.get<Value::Texts>());
  return std::nullopt;
}

} // namespace calfscope
