#include "content/content_values.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace calfscope {
namespace {

constexpr std::size_t longest_id = 64;

bool is_id(std::string_view text) {
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && text.size() <= longest_id && is_small(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_small(c) || (c >= '0' && c <= '9') || c == '_'; });
}

std::string shortened(std::string_view text) {
  return text.size() <= longest_id ? std::string(text) : std::string(text.substr(0, longest_id)) + "…";
}

bool has_text(const JsonReader& from, std::string_view key) {
  return from.has(key) && from.value()->at(std::string(key)).is_string();
}

bool right_length(const JsonReader& from, std::string_view key, std::size_t size, std::size_t fewest) {
  if (size == 0 && fewest > 0)
    from.fault(key, say(ContentFault::empty_list));
  else if (size < fewest)
    from.fault(key, say(ContentFault::too_few, size, fewest));
  else if (size > longest_list)
    from.fault(key, say(ContentFault::too_many, size, longest_list));
  else
    return true;
  return false;
}

} // namespace

Origin origin_of(const JsonReader& at) {
  return {at.file(), at.line(), at.pointer()};
}

std::string read_words(const JsonReader& from, std::string_view key) {
  std::string text = from.text(key);
  if (text.empty() && has_text(from, key))
    from.fault(key, say(ContentFault::empty_text));
  return text;
}

std::string read_id(const JsonReader& from, std::string_view key) {
  std::string id = from.text(key);
  if (has_text(from, key) && !is_id(id))
    from.fault(key, say(ContentFault::bad_id, shortened(id), longest_id));
  return id;
}

std::vector<std::string> read_ids(const JsonReader& from, std::string_view key, std::size_t fewest) {
  std::vector<std::string> ids = from.texts(key);
  const bool is_list = from.has(key) && from.value()->at(std::string(key)).is_array();
  if (is_list && !right_length(from, key, ids.size(), fewest))
    ids.clear();
  std::set<std::string> seen;
  for (const std::string& id : ids) {
    if (!is_id(id))
      from.fault(key, say(ContentFault::bad_id, shortened(id), longest_id));
    if (!seen.insert(id).second)
      from.fault(key, say(ContentFault::named_twice, shortened(id)));
  }
  return ids;
}

float read_in_range(const JsonReader& from, std::string_view key, float lowest, float highest) {
  const double given = from.number(key); // says where it is missing or no number
  if (given >= lowest && given <= highest)
    return static_cast<float>(given);
  if (from.has(key) && from.value()->at(std::string(key)).is_number())
    from.fault(key, say(ContentFault::out_of_range, given, lowest, highest));
  return lowest;
}

int read_whole(const JsonReader& from, std::string_view key, int lowest, int highest) {
  const float value = read_in_range(from, key, static_cast<float>(lowest), static_cast<float>(highest));
  if (value == std::floor(value))
    return static_cast<int>(value);
  from.fault(key, say(ContentFault::no_whole_number, value));
  return lowest;
}

namespace {

Span span_at(const JsonReader& at, float lowest, float highest, float widest) {
  const double low = at.number("from"), high = at.number("to");
  const bool both = at.has("from") && at.has("to");
  if (both && !(low < high))
    at.fault("from", say(ContentFault::from_not_less));
  if (both && (low < lowest || high > highest))
    at.fault("", say(ContentFault::span_out_of_range, low, high, lowest, highest));
  else if (both && high - low > static_cast<double>(widest) + 1e-4)
    at.fault("", say(ContentFault::span_too_wide, high - low, widest));
  else
    return {static_cast<float>(low), static_cast<float>(high)};
  return {lowest, highest};
}

} // namespace

Span read_span(const JsonReader& from, std::string_view key, float lowest, float highest, float widest) {
  const JsonReader at = from.object(key);
  at.allow_only({"from", "to"});
  return span_at(at, lowest, highest, widest);
}

Typical read_typical(const JsonReader& from, std::string_view key, float lowest, float highest, float widest) {
  Typical out;
  const JsonReader at = from.object(key);
  at.allow_only({"typical", "from", "to"});
  out.range = span_at(at, lowest, highest, widest);
  if (at.has("typical"))
    out.typical = read_in_range(at, "typical", lowest, highest);
  else
    at.number("typical");
  if (!out.range.contains(out.typical) && at.has("typical"))
    at.fault("typical", say(ContentFault::typical_outside, out.typical, out.range.from, out.range.to));
  return out;
}

std::vector<JsonReader> read_list(const JsonReader& from, std::string_view key, std::size_t fewest) {
  std::vector<JsonReader> out = from.elements(key);
  const bool is_list = from.has(key) && from.value()->at(std::string(key)).is_array();
  if (is_list && !right_length(from, key, out.size(), fewest))
    out.clear();
  return out;
}

Claim read_claim(const JsonReader& from, bool with_id) {
  Claim claim;
  if (with_id)
    claim.id = read_id(from, "id");
  claim.origin = origin_of(from);
  if (from.has("basis"))
    claim.basis = from.texts("basis");
  if (claim.basis.size() > 1 && !right_length(from, "basis", claim.basis.size(), 1))
    claim.basis.resize(1);
  std::set<std::string> seen;
  for (const std::string& id : claim.basis)
    if (!seen.insert(id).second)
      from.fault("basis", say(ContentFault::named_twice, shortened(id)));
  if (claim.basis.empty())
    from.fault("basis", say(ContentFault::no_source));
  claim.confidence = read_choice(from, "confidence", confidence_ids, Confidence::low);
  return claim;
}

std::vector<Claim> read_claims(const JsonReader& from, std::string_view key, std::size_t fewest) {
  std::vector<Claim> out;
  for (const JsonReader& element : read_list(from, key, fewest)) {
    element.allow_only({"id", "basis", "confidence"});
    out.push_back(read_claim(element, true));
  }
  return out;
}

} // namespace calfscope
