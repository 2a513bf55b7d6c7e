#pragma once
// What is written below the picture of a film: what is done now, how hard, the breath, and where in its time.

#include "base/catalogue.h"
#include "frame/flat_drawing.h"
#include "state/app_state.h"

namespace calfscope {

// Height of the band at the bottom of a picture of this height, px.
int caption_height(int picture_height);

// The band, drawn at the bottom of a picture of this size; to be laid over it.
FlatDrawing film_caption(const AppState& state, glm::ivec2 size, const Catalogue& text);

// Words in lines no wider than this; what does not fit into `most_lines` ends in ….
std::vector<std::string> wrapped(std::string_view words, float line_px, float width_px, std::size_t most_lines);

} // namespace calfscope
