#pragma once
// The kinds of values that content files are made of: ids, ranges, claims. Every fault names file, line and key.

#include "base/json_document.h"
#include "base/table.h"
#include "content/content_faults.h"
#include "content/content_pack.h"

#include <fmt/ranges.h>

namespace calfscope {

// Levels that a leg has, and the deepest that anything lies under its skin.
inline constexpr float lowest_s = -0.36f, highest_s = 1.3f, deepest_mm = 120;
// Of a list: far beyond any pack, and little enough to be laid on a leg in a moment.
inline constexpr std::size_t longest_list = 500;

Origin origin_of(const JsonReader& at);

// A text that says something.
std::string read_words(const JsonReader& from, std::string_view key);
// "lower_case_with_underscores"
std::string read_id(const JsonReader& from, std::string_view key);
std::vector<std::string> read_ids(const JsonReader& from, std::string_view key, std::size_t fewest = 0);

// A number that must be there and lie in a range; the lowest possible one where it does not.
float read_in_range(const JsonReader& from, std::string_view key, float lowest, float highest);
int read_whole(const JsonReader& from, std::string_view key, int lowest, int highest);

template <typename Enum, std::size_t N>
Enum read_choice(const JsonReader& from, std::string_view key, const std::array<std::string_view, N>& ids,
                 Enum otherwise) {
  const std::string value = from.text(key);
  if (const auto found = find_in<Enum>(ids, value))
    return *found;
  if (from.has(key) && from.value()->at(std::string(key)).is_string())
    from.fault(key, say(ContentFault::none_of, value, fmt::join(ids, ", ")));
  return otherwise;
}

// "from" < "to" within the possible; at most `widest` from one to the other.
Span read_span(const JsonReader& from, std::string_view key, float lowest, float highest, float widest);
// The same with a "typical" between them.
Typical read_typical(const JsonReader& from, std::string_view key, float lowest, float highest, float widest);

// Objects of a list, no more than a pack of this kind can sensibly hold.
std::vector<JsonReader> read_list(const JsonReader& from, std::string_view key, std::size_t fewest = 0);

// Basis and confidence; the id where claims have one.
Claim read_claim(const JsonReader& from, bool with_id);
// A list of claims that hold nothing else.
std::vector<Claim> read_claims(const JsonReader& from, std::string_view key, std::size_t fewest = 0);

} // namespace calfscope
