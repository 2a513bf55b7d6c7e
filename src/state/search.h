#pragma once
// Finding a structure by what a person types: name, Latin name, synonym or FMA id.

#include "anatomy/atlas.h"

#include <string>
#include <string_view>
#include <vector>

namespace calfscope {

struct SearchHit {
  std::string structure; // id
  std::string matched;   // the text that matched (a synonym, the FMA id); equals the name if that did
  float score = 0;       // 1 exact … 0
  bool operator==(const SearchHit&) const = default;
};

// Best first; equal ranks in the order of names. Case, accents, punctuation and word order do not matter; every word
// typed must begin a word of the text, or (ranked lower) stand within it, or (lowest) differ by one letter.
std::vector<SearchHit> search_structures(const Atlas& atlas, std::string_view text, std::size_t limit = 50);

} // namespace calfscope
