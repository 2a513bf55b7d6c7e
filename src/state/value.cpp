#include "state/value.h"

#include <fmt/format.h>

namespace calfscope {
namespace {

template <typename List, typename Text>
std::string joined(const List& list, Text text) {
  std::string out;
  for (const auto& element : list) {
    if (!out.empty())
      out += ',';
    out += text(element);
  }
  return out;
}

} // namespace

bool Value::as_boolean() const {
  const bool* held = boolean();
  return held && *held;
}

double Value::as_number() const {
  const double* held = number();
  return held ? *held : 0;
}

const std::string& Value::as_text() const {
  static const std::string nothing;
  const std::string* held = text();
  return held ? *held : nothing;
}

const Value::Texts& Value::as_texts() const {
  static const Texts nothing;
  const Texts* held = texts();
  return held ? *held : nothing;
}

const Value::Numbers& Value::as_numbers() const {
  static const Numbers nothing;
  const Numbers* held = numbers();
  return held ? *held : nothing;
}

std::string to_string(const Value& value) {
  if (const bool* flag = value.boolean())
    return *flag ? "true" : "false";
  if (const double* number = value.number())
    return fmt::format("{}", *number);
  if (const std::string* text = value.text())
    return *text;
  if (const Value::Texts* texts = value.texts())
    return joined(*texts, [](const std::string& text) { return text; });
  if (const Value::Numbers* numbers = value.numbers())
    return joined(*numbers, [](double number) { return fmt::format("{}", number); });
  return {};
}

} // namespace calfscope
