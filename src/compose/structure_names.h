#pragma once
// What a structure is called, in the words of the reader.

#include "base/catalogue.h"
#include "state/app_state.h"

#include <string>

namespace calfscope {

// Of the atlas's structure with this index. Patient and clinician names come from the content pack, then from the
// program's catalogue ("structure.<id>"), then from the model; Latin ones from the model, with the abbreviations of
// anatomical atlases (M., A., V., N., Lig.). A structure without a Latin name keeps its English one.
std::string structure_name(const AppState& state, std::size_t structure, LabelNames names, const Catalogue& text);

// "Musculus tibialis posterior" -> "M. tibialis posterior".
std::string abbreviated_latin(std::string latin);

} // namespace calfscope
