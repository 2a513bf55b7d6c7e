#pragma once
// One argument of an action or one option: a small value that menus, scripts and the command line can all write.

#include <glm/glm.hpp>

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace calfscope {

class Value {
public:
  using Numbers = std::vector<double>;
  using Texts = std::vector<std::string>;

  Value() : Value(false) {}
  Value(bool v) : held_(v) {}
  Value(int v) : held_(static_cast<double>(v)) {}
  Value(float v) : held_(static_cast<double>(v)) {}
  Value(double v) : held_(v) {}
  Value(const char* v) : held_(std::string(v)) {}
  Value(std::string_view v) : held_(std::string(v)) {}
  Value(std::string v) : held_(std::move(v)) {}
  Value(Texts v) : held_(std::move(v)) {}
  Value(Numbers v) : held_(std::move(v)) {}
  Value(glm::vec2 v) : held_(Numbers{v.x, v.y}) {}
  Value(glm::vec3 v) : held_(Numbers{v.x, v.y, v.z}) {}

  const bool* boolean() const { return std::get_if<bool>(&held_); }
  const double* number() const { return std::get_if<double>(&held_); }
  const std::string* text() const { return std::get_if<std::string>(&held_); }
  const Texts* texts() const { return std::get_if<Texts>(&held_); }
  const Numbers* numbers() const { return std::get_if<Numbers>(&held_); }

  // What is held, or false, 0, nothing if it is something else: for values whose type was checked before.
  bool as_boolean() const;
  double as_number() const;
  const std::string& as_text() const;
  const Texts& as_texts() const;
  const Numbers& as_numbers() const;

  bool operator==(const Value&) const = default;

private:
  std::variant<bool, double, std::string, Texts, Numbers> held_;
};

// "0.45", "true", "skin,muscle": as a person would type it.
std::string to_string(const Value& value);

using Arguments = std::map<std::string, Value, std::less<>>;

} // namespace calfscope
