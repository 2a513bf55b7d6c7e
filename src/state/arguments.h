#pragma once
// Reads the arguments of an action; they have been checked against its table entry before.

#include "state/value.h"

#include <string>
#include <string_view>

namespace calfscope {

inline const Value* argument(const Arguments& args, std::string_view name) {
  const auto found = args.find(name);
  return found == args.end() ? nullptr : &found->second;
}

inline std::string text(const Arguments& args, std::string_view name) {
  const Value* value = argument(args, name);
  return value ? value->as_text() : std::string{};
}

inline double number(const Arguments& args, std::string_view name, double fallback = 0) {
  const Value* value = argument(args, name);
  return value && value->number() ? value->as_number() : fallback;
}

inline float real(const Arguments& args, std::string_view name, float fallback) {
  return static_cast<float>(number(args, name, fallback));
}

inline bool boolean(const Arguments& args, std::string_view name, bool fallback) {
  const Value* value = argument(args, name);
  return value && value->boolean() ? value->as_boolean() : fallback;
}

inline glm::vec2 vec2(const Arguments& args, std::string_view name, glm::vec2 fallback = glm::vec2(0)) {
  const Value* value = argument(args, name);
  if (!value || value->as_numbers().size() != 2)
    return fallback;
  return {value->as_numbers()[0], value->as_numbers()[1]};
}

inline glm::vec3 vec3(const Arguments& args, std::string_view name, glm::vec3 fallback) {
  const Value* value = argument(args, name);
  if (!value || value->as_numbers().size() != 3)
    return fallback;
  return {value->as_numbers()[0], value->as_numbers()[1], value->as_numbers()[2]};
}

} // namespace calfscope
