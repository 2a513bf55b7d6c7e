#pragma once
// The program's icons, drawn as strokes on a grid of 24 by 24, so that they are sharp at every scale.

#include <imgui.h>

#include <cstdint>

namespace calfscope {

enum class Icon : std::uint8_t {
  none,
  eye,
  eye_off,
  ghost,
  isolate,
  fit,
  home,
  search,
  undo,
  redo,
  plane,
  joint,
  perspective,
  parallel,
  sun,
  moon,
  gear,
  help,
  info,
  close,
  chevron_left,
  chevron_right,
  chevron_down,
  chevron_up,
  copy,
  warning,
  error,
  check,
  layers,
  flip,
  reset,
  folder,
  camera,
  leg,
  palette,
  notebook,
  play,
  pause,
  names,
  section,
};

// Middle of the icon, its edge length in pixels.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size_px, ImU32 colour);

} // namespace calfscope
