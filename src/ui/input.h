#pragma once
// What panels are told about mouse and keyboard for one of their frames, as plain values: filled from the window's
// events by the app, or by a test.

#include <glm/glm.hpp>

#include <array>
#include <set>
#include <string>

namespace calfscope {

struct UiInput {
  glm::ivec2 framebuffer{1280, 720};  // pixels
  float scale = 1;                    // pixels per logical pixel of the display
  float seconds = 1.0f / 60;          // since the last frame
  glm::vec2 pointer_px{-1e6f, -1e6f}; // outside everything while the pointer is not in the window
  std::array<bool, 3> buttons{};      // left, right, middle are down
  glm::vec2 wheel{0};                 // notches since the last frame
  std::set<std::string> keys_down;    // by the names of InputEvent::key
  std::u32string typed;
  bool control = false;
  bool shift = false;
  bool alt = false;
};

} // namespace calfscope
