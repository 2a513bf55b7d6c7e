#include "state/search.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace calfscope {
namespace {

// UTF-8 letters with accents that anatomical names use, to their base letter.
constexpr std::pair<std::string_view, char> folded_letters[] = {
    {"à", 'a'}, {"á", 'a'}, {"â", 'a'}, {"ä", 'a'}, {"ç", 'c'}, {"è", 'e'}, {"é", 'e'}, {"ê", 'e'},
    {"ë", 'e'}, {"í", 'i'}, {"î", 'i'}, {"ï", 'i'}, {"ñ", 'n'}, {"ó", 'o'}, {"ô", 'o'}, {"ö", 'o'},
    {"ú", 'u'}, {"û", 'u'}, {"ü", 'u'}, {"À", 'a'}, {"Á", 'a'}, {"Â", 'a'}, {"Ä", 'a'}, {"Ç", 'c'},
    {"È", 'e'}, {"É", 'e'}, {"Ê", 'e'}, {"Ë", 'e'}, {"Í", 'i'}, {"Î", 'i'}, {"Ï", 'i'}, {"Ñ", 'n'},
    {"Ó", 'o'}, {"Ô", 'o'}, {"Ö", 'o'}, {"Ú", 'u'}, {"Û", 'u'}, {"Ü", 'u'}};

// Lower case, no accents; everything that is no letter or digit parts words. Unknown UTF-8 stays as it is.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  const auto finish = [&] {
    if (!word.empty())
      out.push_back(std::exchange(word, {}));
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      if (std::isalnum(byte))
        word += static_cast<char>(std::tolower(byte));
      else if (byte != '\'')
        finish();
      ++i;
      continue;
    }
    const auto folded = std::find_if(std::begin(folded_letters), std::end(folded_letters), [&](const auto& letter) {
      return text.substr(i, letter.first.size()) == letter.first;
    });
    if (folded != std::end(folded_letters)) {
      word += folded->second;
      i += folded->first.size();
    } else {
      word += text[i++];
    }
  }
  finish();
  return out;
}

// One letter too much, too little, another, or two swapped.
bool nearly_equal(std::string_view a, std::string_view b) {
  if (a.size() > b.size())
    std::swap(a, b);
  if (b.size() - a.size() > 1)
    return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i])
    ++i;
  if (a.size() != b.size())
    return a.substr(i) == b.substr(i + 1);
  if (i == a.size() || a.substr(i + 1) == b.substr(i + 1))
    return true;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
}

float word_score(std::string_view typed, std::string_view word) {
  if (word == typed)
    return 1;
  if (word.starts_with(typed))
    return 0.9f;
  if (typed.size() >= 3 && word.find(typed) != std::string_view::npos)
    return 0.6f;
  if (typed.size() >= 4 && (nearly_equal(typed, word) || nearly_equal(typed, word.substr(0, typed.size()))))
    return 0.4f;
  return 0;
}

// 0 if one of the words typed is not found at all.
float text_score(const std::vector<std::string>& typed, std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  float sum = 0;
  for (const std::string& wanted : typed) {
    float best = 0;
    for (const std::string& word : words)
      best = std::max(best, word_score(wanted, word));
    if (best == 0)
      return 0;
    sum += best;
  }
  const float found = sum / static_cast<float>(typed.size());
  // Of two texts that hold the words, the one that holds little else comes first.
  const float coverage = std::min(1.0f, static_cast<float>(typed.size()) / static_cast<float>(words.size()));
  const bool begins = !words.empty() && words.front().starts_with(typed.front());
  return 0.8f * found + 0.1f * coverage + (begins ? 0.1f : 0.0f);
}

std::optional<SearchHit> match(const Structure& structure, const std::vector<std::string>& typed) {
  SearchHit best{structure.id, structure.name, 0};
  const auto consider = [&](const std::string& text, float weight) {
    if (const float score = weight * text_score(typed, text); score > best.score) {
      best.score = score;
      best.matched = text;
    }
  };
  consider(structure.name, 1);
  consider(structure.latin, 0.97f);
  for (const std::string& synonym : structure.synonyms)
    consider(synonym, 0.95f);
  consider(structure.id, 0.9f);
  // FMA ids are typed with and without the letters; a part of a number means nothing.
  const std::string number = structure.fma.starts_with("FMA") ? structure.fma.substr(3) : structure.fma;
  if (typed.size() == 1 && !number.empty() && (typed[0] == number || typed[0] == "fma" + number))
    best = {structure.id, structure.fma, 1};
  if (typed.size() == 2 && typed[0] == "fma" && typed[1] == number)
    best = {structure.id, structure.fma, 1};
  if (best.score == 0)
    return std::nullopt;
  return best;
}

} // namespace

std::vector<SearchHit> search_structures(const Atlas& atlas, std::string_view text, std::size_t limit) {
  const std::vector<std::string> typed = words_of(text.substr(0, 200));
  if (typed.empty())
    return {};
  std::vector<std::pair<SearchHit, std::string_view>> found; // with the name, for equal ranks
  for (const Structure& structure : atlas.structures)
    if (auto hit = match(structure, typed))
      found.emplace_back(std::move(*hit), structure.name);
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.first.score != b.first.score ? a.first.score > b.first.score : a.second < b.second;
  });
  std::vector<SearchHit> out;
  for (auto& [hit, name] : found)
    if (out.size() < limit)
      out.push_back(std::move(hit));
  return out;
}

} // namespace calfscope
