#pragma once
// Whether everything that a content pack shows has its words, and all words belong to something.

#include "base/json_document.h"
#include "content/content_pack.h"

#include <map>

namespace calfscope {

// The words of one file, and which of them something has taken.
class WordList {
public:
  // `file` is its name in text/ without ".json".
  WordList(const JsonDocument& texts, std::string file, IssueList& issues);

  void may_have(const std::string& key);
  void name(const Origin& at, const std::string& key);     // must have it; else the fault is at whoever asks
  void wordings(const Origin& at, const std::string& key); // the same for patient and clinician
  void find_unused();                                      // a fault for each word that was never asked for

private:
  void collect(const JsonReader& reader, const std::string& prefix);
  bool take(const std::string& key);

  const JsonDocument& texts_;
  std::string file_;
  IssueList& issues_;
  std::map<std::string, bool> found_;
};

void check_words(const ContentPack& pack, const std::string& language, const JsonDocument& texts, IssueList& issues);

// Letters of one text, beyond which no panel could show it.
inline constexpr std::size_t most_letters = 2000;

} // namespace calfscope
