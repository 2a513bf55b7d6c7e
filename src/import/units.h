#pragma once
// Files are in metres, the program in millimetres; these two factors are the only door between them.

namespace calfscope {

inline constexpr float mm_per_m = 1000.0f;
inline constexpr double m_per_mm = 0.001;

} // namespace calfscope
