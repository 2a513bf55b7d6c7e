#pragma once
// The declared leg, made longer or shorter, thicker or thinner.

#include "author/description.h"

#include <optional>

namespace calfscope {

inline constexpr double shortest_leg_mm = 340, longest_leg_mm = 450;    // knee joint line to Achilles insertion
inline constexpr double thinnest_calf_mm = 300, thickest_calf_mm = 460; // largest girth

// Joints and foot scale evenly with the square root of the length, the rest of the length comes from the shafts between
// the knee and the ankle. Soft tissue is spread about the tibia until the largest girth is met; volumes follow.
AnatomyDescription fitted_to(AnatomyDescription anatomy, std::optional<double> leg_length_mm,
                             std::optional<double> calf_girth_mm);

} // namespace calfscope
