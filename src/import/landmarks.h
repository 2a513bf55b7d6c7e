#pragma once
// Landmarks found on the surfaces of a right leg, by rules an anatomist would give: highest point, most medial point,
// centre of a fitted circle.

#include "anatomy/atlas.h"

namespace calfscope {

// Midpoint of the two areas of the tibial plateau, in whatever place the tibia stands: the origin of a pack.
// `tibia` in mm, axes as in the conventions.
glm::vec3 tibial_plateau_midpoint(const TriMesh& tibia);

// Every landmark whose structures are there, for an atlas whose origin is the tibial plateau. Ids and rules as in
// conventions ("Space") and in the reference measurements; `how` tells the rule. A structure that is missing, or too
// small to show the feature, only costs its own landmarks.
std::vector<Landmark> find_landmarks(const Atlas& atlas);

// Lower ends of the bellies as fractions s of the long axis; NaN where the muscle or the landmarks are missing.
BellyEnds find_belly_ends(const Atlas& atlas);

} // namespace calfscope
