#pragma once
// What lies round the leg while a technique is shown: the tool in the flesh, the hand, the body it belongs to.

#include "base/catalogue.h"
#include "frame/frame.h"
#include "state/app_state.h"

namespace calfscope {

struct Stage; // state/technique_state.h

// Adds the items and the contacts of the stage; nothing where no technique is shown. Without `text` nothing is written.
void add_technique(Frame& frame, const AppState& state, const Stage& stage, const Catalogue* text);

// Skin that is fine enough to lie round a tool takes the place of the pack's, with what is painted on it; nothing where
// no tool is shown.
void refine_skin(Frame& frame, const AppState& state, const Stage& stage);

// World from rest at a place of the skin, as the frame's pose and contacts have it: where marks on it go.
glm::vec3 posed_skin_place(const Frame& frame, const SurfaceMesh& skin, std::size_t triangle, glm::vec3 at_rest,
                           float share_to_skin);

} // namespace calfscope
