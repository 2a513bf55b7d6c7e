#pragma once
// Whether everything that a content pack shows has its words, and all words belong to something.

#include "base/json_document.h"
#include "content/content_pack.h"

namespace calfscope {

void check_words(const ContentPack& pack, const std::string& language, const JsonDocument& texts, IssueList& issues);

// Letters of one text, beyond which no panel could show it.
inline constexpr std::size_t most_letters = 2000;

} // namespace calfscope
