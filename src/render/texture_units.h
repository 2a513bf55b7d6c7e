#pragma once
// Which texture unit holds what, so that passes never displace each other's textures.

namespace calfscope::render {

inline constexpr unsigned int noise_unit = 0; // bound for the whole frame
inline constexpr unsigned int scene_unit = 1;
inline constexpr unsigned int background_unit = 2;
inline constexpr unsigned int sum_unit = 3;
inline constexpr unsigned int weight_unit = 4;
inline constexpr unsigned int depth_unit = 5;
inline constexpr unsigned int occlusion_unit = 6;
inline constexpr unsigned int pass_unit = 7; // whatever a pass reads for itself

} // namespace calfscope::render
