#include "compose/structure_names.h"

#include <array>
#include <utility>

namespace calfscope {

std::string abbreviated_latin(std::string latin) {
  using Short = std::pair<std::string_view, std::string_view>;
  static constexpr std::array short_forms{Short{"Musculus ", "M. "},     Short{"Musculi ", "Mm. "},
                                          Short{" musculi ", " m. "},    Short{" musculorum ", " mm. "},
                                          Short{"Arteria ", "A. "},      Short{" arteriae ", " a. "},
                                          Short{"Vena ", "V. "},         Short{"Nervus ", "N. "},
                                          Short{"Ligamentum ", "Lig. "}, Short{"Ramus ", "R. "}};
  for (const auto& [whole, abbreviated] : short_forms)
    if (const auto at = latin.find(whole); at != std::string::npos)
      latin.replace(at, whole.size(), abbreviated);
  return latin;
}

std::string structure_name(const AppState& state, std::size_t structure, LabelNames names, const Catalogue& text) {
  const Structure& entry = state.atlas->structures[structure];
  if (names == LabelNames::latin && !entry.latin.empty())
    return abbreviated_latin(entry.latin);
  const bool patient = names == LabelNames::patient;
  if (state.content && (patient || names == LabelNames::clinician)) {
    const std::string key = "muscles." + entry.id + (patient ? ".name" : ".clinician_name");
    if (state.content->text.has(key))
      return state.content->text(key);
  }
  if (const std::string key = "structure." + entry.id; patient && text.has(key))
    return text(key);
  return entry.name;
}

} // namespace calfscope
