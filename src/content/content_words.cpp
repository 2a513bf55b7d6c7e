#include "content/content_words.h"

#include "content/content_faults.h"

#include <algorithm>

namespace calfscope {
WordList::WordList(const JsonDocument& texts, std::string file, IssueList& issues)
    : texts_(texts), file_(std::move(file)), issues_(issues) {
  collect(JsonReader(texts, "", issues), "");
}

void WordList::collect(const JsonReader& reader, const std::string& prefix) {
  for (const std::string& key : reader.keys()) {
    const auto& value = reader.value()->at(key);
    if (value.is_object()) {
      collect(reader.object(key), prefix + key + ".");
      continue;
    }
    const auto text = reader.try_text(key);
    found_[prefix + key] = false;
    if (text && text->find_first_not_of(" \t\n") == std::string::npos)
      reader.fault(key, say(ContentFault::words_empty));
    else if (text && text->size() > most_letters)
      reader.fault(key, say(ContentFault::words_too_long, text->size(), most_letters));
  }
}

bool WordList::take(const std::string& key) {
  const auto at = found_.find(key);
  if (at == found_.end())
    return false;
  at->second = true;
  return true;
}

void WordList::may_have(const std::string& key) {
  take(key);
}

void WordList::name(const Origin& at, const std::string& key) {
  if (!take(key))
    issues_.error(at.file, at.line, at.key, say(ContentFault::no_name, file_, key));
}

void WordList::wordings(const Origin& at, const std::string& key) {
  const bool patient = take(key + ".patient"), clinician = take(key + ".clinician");
  if (!patient || !clinician)
    issues_.error(at.file, at.line, at.key, say(ContentFault::no_wordings, file_, key));
}

void WordList::find_unused() {
  for (const auto& [key, used] : found_) {
    if (used)
      continue;
    std::string pointer = "/" + key;
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    issues_.error(texts_.file(), texts_.line_of(pointer), pointer.substr(1), say(ContentFault::words_unused));
  }
}

namespace {

class Words : private WordList {
public:
  Words(const ContentPack& pack, const std::string& language, const JsonDocument& texts, IssueList& issues)
      : WordList(texts, language, issues), pack_(pack), texts_(texts) {}

  void check() {
    const Origin whole{texts_.file(), 1, ""};
    name(whole, "pack.title");
    may_have("pack.summary");
    for (const char* key : {"basis.BASE", "basis.TU", "basis.DER", "basis.DES", "basis.weak", "confidence.high",
                            "confidence.medium", "confidence.low", "urgency.emergency", "urgency.same_day",
                            "urgency.soon", "urgency.routine", "severity.forbid", "severity.caution", "layer.calf",
                            "layer.neighbour", "strength.essential", "strength.spillover", "strength.optional"})
      name(whole, key);
    wordings(whole, "no_press_anywhere");
    wordings(whole, "red_flags_note");
    places();
    points();
    rest();
    find_unused();
  }

private:
  void claims(const std::vector<Claim>& list, const std::string& stem) {
    for (const Claim& claim : list)
      wordings(claim.origin, stem + "." + claim.id);
  }

  void region(const Origin& at, const std::string& id) {
    for (const char* word : {".name", ".clinician_name", ".landmarks"})
      name(at, "regions." + id + word);
  }

  void places() {
    for (const Region& one : pack_.regions)
      region(one.claim.origin, one.id);
    for (const RegionUnion& several : pack_.unions)
      region(several.origin, several.id);
    for (const NoPressZone& zone : pack_.zones) {
      name(zone.claim.origin, "zones." + zone.id + ".name");
      wordings(zone.claim.origin, "zones." + zone.id + ".why");
    }
    for (const MuscleFacts& muscle : pack_.muscles) {
      for (const char* word : {".name", ".clinician_name", ".latin_name"})
        name(muscle.origin, "muscles." + muscle.id + word);
      claims(muscle.facts, "muscles." + muscle.id + ".facts");
    }
  }

  void points() {
    for (const TriggerPoint& point : pack_.points) {
      const std::string stem = "points." + point.id;
      name(point.origin, stem + ".name");
      name(point.origin, stem + ".short_name");
      wordings(point.origin, stem + ".where");
      wordings(point.origin, stem + ".sureness");
      claims(point.symptoms, stem + ".symptoms");
      claims(point.provoked_by, stem + ".provoked_by");
      claims(point.prevalence, stem + ".prevalence");
      claims(point.notes, stem + ".notes");
    }
  }

  void rest() {
    for (const LookAlike& other : pack_.look_alikes) {
      const std::string stem = "look_alikes." + other.id;
      name(other.claim.origin, stem + ".name");
      wordings(other.claim.origin, stem + ".what");
      wordings(other.claim.origin, stem + ".tell_apart");
    }
    for (const TellingTest& test : pack_.tests)
      wordings(test.claim.origin, "tests." + test.id + ".question");
    claims(pack_.palpation, "palpation");
    for (const RedFlag& flag : pack_.red_flags)
      for (const char* word : {".question", ".signs", ".action"})
        wordings(flag.claim.origin, "red_flags." + flag.claim.id + word);
    for (const Claim& claim : pack_.ask_first) {
      name(claim.origin, "ask_first." + claim.id + ".name");
      wordings(claim.origin, "ask_first." + claim.id + ".rule");
    }
    claims(pack_.stop_signs, "stop_signs");
    claims(pack_.see_professional, "see_professional");
    claims(pack_.after_effects, "after_effects");
    for (const ExplainCard& card : pack_.explain) {
      name(card.origin, "explain." + card.id + ".title");
      claims(card.claims, "explain." + card.id + ".claims");
    }
  }

  const ContentPack& pack_;
  const JsonDocument& texts_;
};

} // namespace

void check_words(const ContentPack& pack, const std::string& language, const JsonDocument& texts, IssueList& issues) {
  Words(pack, language, texts, issues).check();
}

} // namespace calfscope
