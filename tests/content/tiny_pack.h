#pragma once
// The smallest content pack that has no faults, as JSON documents by file name, and how to write it into a folder.

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace calfscope::test {

using Pack = std::map<std::string, nlohmann::json>;

inline Pack tiny_pack() {
  const auto json = [](const char* text) { return nlohmann::json::parse(text); };
  return {
      {"pack.json",
       json(R"({"format": 1, "id": "tiny", "version": "1.0.0", "languages": ["en"], "licence": "CC0-1.0"})")},
      {"sources.json", json(R"({"format": 1, "sources": [
         {"id": "TU", "kind": "textbook", "citation": "textbook", "locator": "", "weak": true}]})")},
      {"regions.json", json(R"({"format": 1, "regions": [
         {"id": "calf", "place": "leg", "s": {"from": 0.1, "to": 0.5}, "a": {"from": -60, "to": 60},
          "basis": ["TU"], "confidence": "low"}], "unions": []})")},
      {"points.json", json(R"({"format": 1, "points": [
         {"id": "one", "number": 1, "layer": "calf", "muscle": "soleus",
          "site": {"s": {"typical": 0.3, "from": 0.2, "to": 0.4}, "a": {"typical": 0, "from": -10, "to": 10},
                   "d": {"typical": 20, "from": 10, "to": 30}, "basis": ["TU"], "confidence": "low"},
          "band": {"toward_midline_deg": 0, "deeper_deg": 0, "length_mm": 30, "tolerance_deg": 35,
                   "basis": ["TU"], "confidence": "low"},
          "core_radius_mm": 3.5, "halo_radius_mm": 12,
          "referral": {"essential": [{"region": "calf", "basis": ["TU"], "confidence": "low"}], "spillover": [],
                       "local_mm": 30},
          "symptoms": [], "provoked_by": [], "look_alikes": [], "finding": [], "prevalence": [], "notes": []}]})")},
      {"muscles.json", json(R"({"format": 1, "muscles": [
         {"id": "soleus", "facts": [{"id": "nerve", "basis": ["TU"], "confidence": "low"}]}]})")},
      {"zones.json", json(R"({"format": 1, "zones": [
         {"id": "hollow", "severity": "forbid", "s": {"from": -0.1, "to": 0.05}, "a": {"from": -60, "to": 30},
          "basis": ["TU"], "confidence": "low"}]})")},
      {"look_alikes.json", json(R"({"format": 1, "look_alikes": [
         {"id": "clot", "urgency": "same_day", "regions": [{"region": "calf", "weight": 1}],
          "basis": ["TU"], "confidence": "low"}]})")},
      {"tests.json", json(R"({"format": 1, "tests": [
         {"id": "swelling", "separates": [["one"], ["clot"]], "basis": ["TU"], "confidence": "low"}]})")},
      {"palpation.json", json(R"({"format": 1, "steps": [{"id": "feel", "basis": ["TU"], "confidence": "low"}]})")},
      {"red_flags.json", json(R"({"format": 1, "flags": [
         {"id": "breath", "urgency": "emergency", "question_order": 1, "basis": ["TU"], "confidence": "low"}],
         "ask_first": [], "stop_signs": [], "see_professional": [], "after_effects": []})")},
      {"explain.json", json(R"({"format": 1, "cards": [
         {"id": "what", "claims": [{"id": "band", "basis": ["TU"], "confidence": "low"}]}]})")},
      {"text/en.json", json(R"({
         "pack": {"title": "Tiny"},
         "regions": {"calf": {"name": "Calf", "clinician_name": "Calf", "landmarks": "the calf"}},
         "points": {"one": {"name": "One", "short_name": "1", "where": {"patient": "p", "clinician": "c"},
                            "sureness": {"patient": "p", "clinician": "c"}}},
         "muscles": {"soleus": {"name": "n", "clinician_name": "n", "latin_name": "n",
                                "facts": {"nerve": {"patient": "p", "clinician": "c"}}}},
         "zones": {"hollow": {"name": "n", "why": {"patient": "p", "clinician": "c"}}},
         "no_press_anywhere": {"patient": "p", "clinician": "c"},
         "look_alikes": {"clot": {"name": "n", "what": {"patient": "p", "clinician": "c"},
                                  "tell_apart": {"patient": "p", "clinician": "c"}}},
         "tests": {"swelling": {"question": {"patient": "p", "clinician": "c"}}},
         "palpation": {"feel": {"patient": "p", "clinician": "c"}},
         "red_flags": {"breath": {"question": {"patient": "p", "clinician": "c"},
                                  "signs": {"patient": "p", "clinician": "c"},
                                  "action": {"patient": "p", "clinician": "c"}}},
         "red_flags_note": {"patient": "p", "clinician": "c"},
         "explain": {"what": {"title": "t", "claims": {"band": {"patient": "p", "clinician": "c"}}}},
         "basis": {"BASE": "b", "TU": "t", "DER": "d", "DES": "d", "weak": "w"},
         "confidence": {"high": "h", "medium": "m", "low": "l"},
         "urgency": {"emergency": "e", "same_day": "d", "soon": "s", "routine": "r"},
         "severity": {"forbid": "f", "caution": "c"},
         "layer": {"calf": "c", "neighbour": "n"},
         "strength": {"essential": "e", "spillover": "s", "optional": "o"}})")},
  };
}

inline std::filesystem::path write(const Pack& pack, const std::filesystem::path& folder) {
  for (const auto& [name, document] : pack) {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << document.dump(2);
  }
  return folder;
}

// One thing that differs from the tiny pack.
struct Change {
  const char* file;
  const char* pointer;  // JSON pointer; "-" at its end adds to a list
  nlohmann::json value; // null: it is taken out
};

inline void apply(Pack& pack, const Change& change) {
  nlohmann::json& document = pack[change.file];
  const nlohmann::json::json_pointer at(change.pointer);
  if (change.value.is_null())
    document.at(at.parent_pointer()).erase(at.back());
  else
    document[at] = change.value;
}

} // namespace calfscope::test
