#pragma once
// One window with an OpenGL 4.1 core context, and everything a person does to it as a queue of events.

#include "base/issue.h"
#include "platform/input_event.h"

#include <glm/glm.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

struct WindowSettings {
  std::string title;
  glm::ivec2 size{1440, 900};     // logical pixels
  glm::ivec2 smallest{1024, 640}; // logical pixels
  float scale = 0;                // framebuffer pixels per logical pixel; 0 = what the system says
};

enum class CursorShape : std::uint8_t { arrow, text, hand, cross, resize_horizontal, resize_vertical };

class Window {
public:
  // Opens the window and makes its context current on this thread. nullptr and an issue in words if there is no
  // display or no OpenGL 4.1. Main thread only; one window at a time.
  static std::unique_ptr<Window> open(const WindowSettings& settings, IssueList& issues);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  glm::ivec2 framebuffer_size() const; // pixels; 0 0 while minimised
  float scale() const;                 // framebuffer pixels per logical pixel

  // Fetches what happened. poll() returns at once; wait() sleeps, without using the processor, until something
  // happens, wake() is called or the timeout ends.
  void poll();
  void wait(std::optional<double> timeout_s);
  std::vector<InputEvent> take_events();
  static void wake(); // from any thread

  void present(); // shows what was drawn into the default framebuffer

  void set_title(const std::string& title);
  void set_cursor(CursorShape shape);
  std::string clipboard() const;
  void set_clipboard(const std::string& text);

private:
  struct Impl;
  explicit Window(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Seconds on the steady clock that events carry.
double now_s();

} // namespace calfscope
