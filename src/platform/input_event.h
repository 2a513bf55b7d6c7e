#pragma once
// What a person did to the window, as plain values in the order it happened. Nothing is dropped between two pictures:
// a key pressed and released while a slow frame was drawn still arrives as two events.

#include <glm/glm.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace calfscope {

enum class EventKind : std::uint8_t {
  key,       // pressed, repeated or released
  character, // text typed, after the keyboard layout and compose keys
  button,    // mouse button pressed or released
  move,      // pointer moved
  leave,     // pointer left the window
  scroll,    // wheel or touchpad
  drop,      // files dropped on the window
  resize,    // framebuffer size or content scale changed
  focus_lost,
  repaint, // the system wants the window's content again
  close,   // the person asks to close the window
};

enum class MouseButton : std::uint8_t { left, right, middle };

struct Modifiers {
  bool control = false; // Command on macOS counts as control
  bool shift = false;
  bool alt = false;
  bool operator==(const Modifiers&) const = default;
};

struct InputEvent {
  EventKind kind = EventKind::repaint;
  double time_s = 0; // when the event was received, seconds on a steady clock
  double earliest_s =
      0; // earliest moment at which it can have happened: later than this only by waiting for the program

  // key: the name as printed on this keyboard's layout ("Z", "1", "/"), or "Escape", "F1", "Left", "PageUp", "Keypad
  // 5".
  std::string key;
  bool pressed = false; // key, button
  bool repeated = false;
  Modifiers modifiers;    // key, button, scroll
  char32_t character = 0; // character
  MouseButton button = MouseButton::left;
  glm::vec2 position_px{0};                 // move, button, scroll, drop: framebuffer pixels, origin top left
  glm::vec2 scroll{0};                      // in wheel notches, fractional from a touchpad; + y is away from the person
  std::vector<std::filesystem::path> files; // drop
};

} // namespace calfscope
