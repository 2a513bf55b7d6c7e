#include "platform/window.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace calfscope {
namespace {

std::string last_glfw_fault; // GLFW reports through a callback without user data

void remember_fault(int code, const char* text) {
  last_glfw_fault = std::string(text ? text : "unknown fault") + " (GLFW " + std::to_string(code) + ")";
}

struct NamedKey {
  int code;
  const char* name;
};

// Keys that print nothing, or whose printed sign says too little.
constexpr std::array<NamedKey, 62> named_keys{{
    {GLFW_KEY_SPACE, "Space"},
    {GLFW_KEY_ESCAPE, "Escape"},
    {GLFW_KEY_ENTER, "Enter"},
    {GLFW_KEY_TAB, "Tab"},
    {GLFW_KEY_BACKSPACE, "Backspace"},
    {GLFW_KEY_INSERT, "Insert"},
    {GLFW_KEY_DELETE, "Delete"},
    {GLFW_KEY_RIGHT, "Right"},
    {GLFW_KEY_LEFT, "Left"},
    {GLFW_KEY_DOWN, "Down"},
    {GLFW_KEY_UP, "Up"},
    {GLFW_KEY_PAGE_UP, "PageUp"},
    {GLFW_KEY_PAGE_DOWN, "PageDown"},
    {GLFW_KEY_HOME, "Home"},
    {GLFW_KEY_END, "End"},
    {GLFW_KEY_CAPS_LOCK, "CapsLock"},
    {GLFW_KEY_MENU, "Menu"},
    {GLFW_KEY_PAUSE, "Pause"},
    {GLFW_KEY_F1, "F1"},
    {GLFW_KEY_F2, "F2"},
    {GLFW_KEY_F3, "F3"},
    {GLFW_KEY_F4, "F4"},
    {GLFW_KEY_F5, "F5"},
    {GLFW_KEY_F6, "F6"},
    {GLFW_KEY_F7, "F7"},
    {GLFW_KEY_F8, "F8"},
    {GLFW_KEY_F9, "F9"},
    {GLFW_KEY_F10, "F10"},
    {GLFW_KEY_F11, "F11"},
    {GLFW_KEY_F12, "F12"},
    {GLFW_KEY_KP_0, "Keypad 0"},
    {GLFW_KEY_KP_1, "Keypad 1"},
    {GLFW_KEY_KP_2, "Keypad 2"},
    {GLFW_KEY_KP_3, "Keypad 3"},
    {GLFW_KEY_KP_4, "Keypad 4"},
    {GLFW_KEY_KP_5, "Keypad 5"},
    {GLFW_KEY_KP_6, "Keypad 6"},
    {GLFW_KEY_KP_7, "Keypad 7"},
    {GLFW_KEY_KP_8, "Keypad 8"},
    {GLFW_KEY_KP_9, "Keypad 9"},
    {GLFW_KEY_KP_ADD, "+"},
    {GLFW_KEY_KP_SUBTRACT, "-"},
    {GLFW_KEY_KP_ENTER, "Enter"},
    {GLFW_KEY_KP_DECIMAL, "Keypad ."},
    {GLFW_KEY_LEFT_SHIFT, "Shift"},
    {GLFW_KEY_RIGHT_SHIFT, "Shift"},
    {GLFW_KEY_LEFT_CONTROL, "Ctrl"},
    {GLFW_KEY_RIGHT_CONTROL, "Ctrl"},
    {GLFW_KEY_LEFT_ALT, "Alt"},
    {GLFW_KEY_RIGHT_ALT, "Alt"},
    {GLFW_KEY_0, "0"},
    {GLFW_KEY_1, "1"},
    {GLFW_KEY_2, "2"},
    {GLFW_KEY_3, "3"},
    {GLFW_KEY_4, "4"},
    {GLFW_KEY_5, "5"},
    {GLFW_KEY_6, "6"},
    {GLFW_KEY_7, "7"},
    {GLFW_KEY_8, "8"},
    {GLFW_KEY_9, "9"},
    {GLFW_KEY_LEFT_SUPER, "Super"},
    {GLFW_KEY_RIGHT_SUPER, "Super"},
}};

// The sign on the key in the person's own layout, so that Ctrl+Z is where their Z is. On a layout without Latin letters
// the key in the same place of a US keyboard answers.
std::string name_of_key(int code, int scancode) {
  for (const NamedKey& named : named_keys)
    if (named.code == code)
      return named.name;
  const auto is_ascii = [](unsigned char letter) { return letter > 32 && letter < 127; };
  if (const char* printed = glfwGetKeyName(code, scancode); printed && is_ascii(static_cast<unsigned char>(printed[0])))
    return std::string(1, static_cast<char>(std::toupper(static_cast<unsigned char>(printed[0]))));
  if (code >= GLFW_KEY_SPACE && code <= GLFW_KEY_GRAVE_ACCENT)
    return std::string(1, static_cast<char>(code)); // GLFW numbers these keys by their ASCII sign
  return "Key " + std::to_string(code);
}

Modifiers modifiers_from(int bits) {
  return {.control = (bits & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER)) != 0,
          .shift = (bits & GLFW_MOD_SHIFT) != 0,
          .alt = (bits & GLFW_MOD_ALT) != 0};
}

// X11 tells the modifiers as they were before the event, so a modifier's own press and release must be added.
Modifiers modifiers_after(int bits, int code, bool pressed) {
  Modifiers modifiers = modifiers_from(bits);
  switch (code) {
  case GLFW_KEY_LEFT_SHIFT:
  case GLFW_KEY_RIGHT_SHIFT:
    modifiers.shift = pressed;
    break;
  case GLFW_KEY_LEFT_CONTROL:
  case GLFW_KEY_RIGHT_CONTROL:
  case GLFW_KEY_LEFT_SUPER:
  case GLFW_KEY_RIGHT_SUPER:
    modifiers.control = pressed;
    break;
  case GLFW_KEY_LEFT_ALT:
  case GLFW_KEY_RIGHT_ALT:
    modifiers.alt = pressed;
    break;
  default:
    break;
  }
  return modifiers;
}

std::string explain_missing_display() {
  return "cannot open a window: " + last_glfw_fault +
         ". Start it from a graphical session, or use `calfscope render`, which needs no display";
}

std::string explain_missing_gl() {
  return "cannot open a window with OpenGL 4.1 core: " + last_glfw_fault +
         ". Install or update the graphics driver (Debian: libgl1-mesa-dri draws without a graphics card)";
}

} // namespace

double now_s() {
  return glfwGetTime();
}

struct Window::Impl {
  GLFWwindow* handle = nullptr;
  std::array<GLFWcursor*, 6> cursors{};
  CursorShape cursor = CursorShape::arrow;
  glm::ivec2 smallest{0};
  float fixed_scale = 0;
  std::vector<InputEvent> events;
  Modifiers modifiers;
  glm::vec2 pointer_px{0};
  double fetch_began_s = 0;
  double fetch_ended_s = 0; // of the fetch before the present one

  static Impl& of(GLFWwindow* window) { return *static_cast<Impl*>(glfwGetWindowUserPointer(window)); }

  ~Impl() {
    for (GLFWcursor* shape : cursors)
      if (shape)
        glfwDestroyCursor(shape);
    if (handle)
      glfwDestroyWindow(handle);
    glfwTerminate();
  }

  InputEvent& add(EventKind kind) {
    InputEvent event;
    event.kind = kind;
    event.time_s = now_s();
    // What lay ready when the fetch began may be as old as the end of the fetch before.
    const bool lay_ready = event.time_s - fetch_began_s < 0.002;
    event.earliest_s = lay_ready ? fetch_ended_s : event.time_s;
    event.position_px = pointer_px;
    event.modifiers = modifiers;
    return events.emplace_back(std::move(event));
  }

  // GLFW speaks in screen units, which differ from pixels on some systems.
  glm::vec2 to_pixels(double x, double y) const {
    glm::ivec2 window{1}, framebuffer{1};
    glfwGetWindowSize(handle, &window.x, &window.y);
    glfwGetFramebufferSize(handle, &framebuffer.x, &framebuffer.y);
    return glm::vec2(x, y) * glm::vec2(framebuffer) / glm::vec2(glm::max(window, glm::ivec2(1)));
  }

  // Where the pointer is now. Events carry `pointer_px` instead, where it was at their turn: a press must not be moved
  // to where the hand has gone while a slow picture was drawn.
  glm::vec2 pointer_now() const {
    double x = 0, y = 0;
    glfwGetCursorPos(handle, &x, &y);
    return to_pixels(x, y);
  }

  float scale() const {
    if (fixed_scale > 0)
      return fixed_scale;
    float x = 1, y = 1;
    glfwGetWindowContentScale(handle, &x, &y);
    return std::clamp(x, 0.5f, 4.0f);
  }

  void limit_size() const {
    const glm::ivec2 least = glm::ivec2(glm::ceil(glm::vec2(smallest) * scale()));
    glfwSetWindowSizeLimits(handle, least.x, least.y, GLFW_DONT_CARE, GLFW_DONT_CARE);
  }

  void listen() {
    glfwSetWindowUserPointer(handle, this);
    glfwSetKeyCallback(handle, [](GLFWwindow* window, int code, int scancode, int action, int bits) {
      Impl& self = of(window);
      self.modifiers = modifiers_after(bits, code, action != GLFW_RELEASE);
      InputEvent& event = self.add(EventKind::key);
      event.key = name_of_key(code, scancode);
      event.pressed = action != GLFW_RELEASE;
      event.repeated = action == GLFW_REPEAT;
    });
    glfwSetCharCallback(handle, [](GLFWwindow* window, unsigned int codepoint) {
      of(window).add(EventKind::character).character = codepoint;
    });
    glfwSetMouseButtonCallback(handle, [](GLFWwindow* window, int button, int action, int bits) {
      if (button > GLFW_MOUSE_BUTTON_MIDDLE)
        return;
      Impl& self = of(window);
      self.modifiers = modifiers_from(bits);
      InputEvent& event = self.add(EventKind::button);
      event.button = static_cast<MouseButton>(button);
      event.pressed = action == GLFW_PRESS;
    });
    glfwSetCursorPosCallback(handle, [](GLFWwindow* window, double x, double y) {
      Impl& self = of(window);
      self.pointer_px = self.to_pixels(x, y);
      self.add(EventKind::move);
    });
    glfwSetCursorEnterCallback(handle, [](GLFWwindow* window, int entered) {
      if (!entered)
        of(window).add(EventKind::leave);
    });
    glfwSetScrollCallback(handle, [](GLFWwindow* window, double x, double y) {
      of(window).add(EventKind::scroll).scroll = {static_cast<float>(x), static_cast<float>(y)};
    });
    glfwSetDropCallback(handle, [](GLFWwindow* window, int count, const char** paths) {
      InputEvent& event = of(window).add(EventKind::drop);
      for (int i = 0; i < count; ++i)
        event.files.emplace_back(paths[i]);
    });
    glfwSetFramebufferSizeCallback(handle, [](GLFWwindow* window, int, int) { of(window).add(EventKind::resize); });
    glfwSetWindowContentScaleCallback(handle, [](GLFWwindow* window, float, float) {
      of(window).limit_size();
      of(window).add(EventKind::resize);
    });
    glfwSetWindowFocusCallback(handle, [](GLFWwindow* window, int focused) {
      if (focused)
        return;
      of(window).modifiers = {}; // what is let go elsewhere is never told
      of(window).add(EventKind::focus_lost);
    });
    glfwSetWindowRefreshCallback(handle, [](GLFWwindow* window) { of(window).add(EventKind::repaint); });
    glfwSetWindowCloseCallback(handle, [](GLFWwindow* window) {
      glfwSetWindowShouldClose(window, GLFW_FALSE); // the program decides
      of(window).add(EventKind::close);
    });
  }

  template <typename Fetch>
  void fetch(Fetch&& fetch_events) {
    fetch_began_s = now_s();
    fetch_events();
    fetch_ended_s = now_s();
  }
};

std::unique_ptr<Window> Window::open(const WindowSettings& settings, IssueList& issues) {
  last_glfw_fault.clear();
  glfwSetErrorCallback(remember_fault);
  if (!glfwInit()) {
    issues.error("", 0, "", explain_missing_display());
    return nullptr;
  }
  auto impl = std::make_unique<Impl>();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 4);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 1);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, settings.scale > 0 ? GLFW_FALSE : GLFW_TRUE);
  glfwWindowHint(GLFW_DEPTH_BITS, 0); // the renderer brings its own depth
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "calfscope");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "calfscope");

  const float wanted = settings.scale > 0 ? settings.scale : 1.0f;
  glm::ivec2 size = glm::ivec2(glm::vec2(settings.size) * wanted);
  if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) {
    glm::ivec2 corner{0}, free{0};
    glfwGetMonitorWorkarea(monitor, &corner.x, &corner.y, &free.x, &free.y);
    float monitor_scale = 1;
    if (settings.scale <= 0)
      glfwGetMonitorContentScale(monitor, &monitor_scale, nullptr);
    if (free.x > 0 && free.y > 0) // never larger than the desk it stands on, unless the smallest size is
      size = glm::max(glm::min(size, glm::ivec2(glm::vec2(free) / monitor_scale)),
                      glm::ivec2(glm::vec2(settings.smallest) * wanted));
  }
  impl->handle = glfwCreateWindow(size.x, size.y, settings.title.c_str(), nullptr, nullptr);
  if (!impl->handle) {
    issues.error("", 0, "", explain_missing_gl());
    return nullptr;
  }
  impl->smallest = settings.smallest;
  impl->fixed_scale = settings.scale;
  glfwMakeContextCurrent(impl->handle);
  glfwSwapInterval(1);
  impl->limit_size();
  constexpr std::array<int, 6> shapes{GLFW_ARROW_CURSOR,     GLFW_IBEAM_CURSOR,   GLFW_HAND_CURSOR,
                                      GLFW_CROSSHAIR_CURSOR, GLFW_HRESIZE_CURSOR, GLFW_VRESIZE_CURSOR};
  for (std::size_t i = 0; i < shapes.size(); ++i)
    impl->cursors[i] = glfwCreateStandardCursor(shapes[i]); // null falls back to the arrow
  impl->listen();
  impl->pointer_px = impl->pointer_now();
  impl->fetch_ended_s = now_s();
  return std::unique_ptr<Window>(new Window(std::move(impl)));
}

Window::Window(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Window::~Window() = default;

glm::ivec2 Window::framebuffer_size() const {
  glm::ivec2 size{0};
  glfwGetFramebufferSize(impl_->handle, &size.x, &size.y);
  if (glfwGetWindowAttrib(impl_->handle, GLFW_ICONIFIED))
    return {0, 0};
  return size;
}

float Window::scale() const {
  return impl_->scale();
}

void Window::poll() {
  impl_->fetch(glfwPollEvents);
}

void Window::wait(std::optional<double> timeout_s) {
  impl_->fetch([&] {
    if (timeout_s)
      glfwWaitEventsTimeout(std::max(*timeout_s, 0.001));
    else
      glfwWaitEvents();
  });
}

std::vector<InputEvent> Window::take_events() {
  return std::exchange(impl_->events, {});
}

void Window::wake() {
  glfwPostEmptyEvent();
}

void Window::present() {
  glfwSwapBuffers(impl_->handle);
}

void Window::set_title(const std::string& title) {
  glfwSetWindowTitle(impl_->handle, title.c_str());
}

void Window::set_cursor(CursorShape shape) {
  if (shape == impl_->cursor)
    return;
  impl_->cursor = shape;
  glfwSetCursor(impl_->handle, impl_->cursors[static_cast<std::size_t>(shape)]);
}

std::string Window::clipboard() const {
  const char* text = glfwGetClipboardString(impl_->handle);
  return text ? text : "";
}

void Window::set_clipboard(const std::string& text) {
  glfwSetClipboardString(impl_->handle, text.c_str());
}

} // namespace calfscope
