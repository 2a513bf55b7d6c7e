#pragma once
// Mouse and touchpad on the picture: turning, moving, zooming, clicking. Takes events, gives actions; knows no window
// and no panel.

#include "platform/input_event.h"
#include "state/action.h"

#include <glm/glm.hpp>

#include <optional>
#include <vector>

namespace calfscope {

struct HandSettings {
  glm::vec2 size_px{1280, 720}; // of the picture
  float scale = 1;              // pixels per logical pixel
  bool invert_zoom = false;
  bool inertia = true;
  bool brush = false;    // taken in hand: the right button turns, too
  bool paints = false;   // and over skin: a press of the left button paints
  bool on_tool = false;  // over the tool of a technique: a press of the left button carries it
  bool on_point = false; // over the chosen point's mark, which may be pressed and held
};

// What the hands want, in this order.
struct HandWishes {
  bool gesture_begins = false;
  std::vector<Action> actions;
  bool gesture_ends = false;
  std::vector<glm::vec2> paint;          // a piece of a stroke, fractions of the picture
  std::optional<glm::vec2> carry;        // the tool is taken there, fractions of the picture
  std::optional<bool> press;             // the thumb comes down, or is lifted
  std::optional<glm::vec2> click;        // fractions of the picture, origin top left
  std::optional<glm::vec2> double_click; // its first click was given as `click` before
};

class ViewportHands {
public:
  // `on_panels`: the pointer is over a panel, or was pressed there. `under_pointer_mm`: the surface point that a zoom
  // keeps in place, if something is there.
  HandWishes take(const InputEvent& event, bool on_panels, const HandSettings& settings,
                  std::optional<glm::vec3> under_pointer_mm);
  // The turning on after a quick drag; call once a frame while turns_on().
  HandWishes advance(double seconds);

  // A press that stays where it is becomes a thumb on the point: when to ask for it next, and asking.
  std::optional<double> hold_due_in(double now_s) const;
  HandWishes hold(double now_s);

  bool dragging() const { return drag_.has_value() && drag_->moved; }
  bool pressed() const { return drag_.has_value(); }
  bool painting() const { return drag_.has_value() && drag_->kind == DragKind::paint; }
  bool turns_on() const { return turning_deg_per_s_ != glm::vec2(0); }

private:
  enum class DragKind : std::uint8_t { orbit, pan, paint, carry };
  struct Drag {
    MouseButton button = MouseButton::left;
    DragKind kind = DragKind::orbit;
    glm::vec2 began_px{0};
    glm::vec2 last_px{0};
    bool moved = false; // beyond the distance that a click may wander
    double began_s = 0;
    bool may_hold = false;
    bool holds = false;
  };
  struct Click {
    glm::vec2 at_px{0};
    double time_s = -1e9;
  };

  void begin(const InputEvent& event, const HandSettings& settings, HandWishes& wishes);
  void drag_to(const InputEvent& event, const HandSettings& settings, HandWishes& wishes);
  void release(const InputEvent& event, const HandSettings& settings, HandWishes& wishes);
  void zoom(const InputEvent& event, const HandSettings& settings, std::optional<glm::vec3> under, HandWishes& wishes);
  void stop_turning(HandWishes& wishes);

  std::optional<Drag> drag_;
  Click last_click_;
  glm::vec2 drag_speed_deg_per_s_{0}; // smoothed
  double last_move_s_ = 0;
  glm::vec2 turning_deg_per_s_{0};
};

inline constexpr float click_wander = 4; // logical pixels
inline constexpr double press_and_hold_s = 0.4;
inline constexpr double double_click_s = 0.45;     // between two clicks
inline constexpr float orbit_deg_per_pixel = 0.4f; // logical pixels

} // namespace calfscope
