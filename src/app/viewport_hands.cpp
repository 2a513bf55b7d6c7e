#include "app/viewport_hands.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace calfscope {
namespace {

constexpr float zoom_per_notch = 1.16f;
constexpr float turn_deg_per_notch = 4;       // sideways scrolling
constexpr float inertia_least_deg_per_s = 60; // slower drags stop where they are let go
constexpr float inertia_most_deg_per_s = 500;
constexpr float inertia_decay_s = 0.22f;

} // namespace

void ViewportHands::stop_turning(HandWishes& wishes) {
  if (!turns_on())
    return;
  turning_deg_per_s_ = glm::vec2(0);
  wishes.gesture_ends = true;
}

void ViewportHands::begin(const InputEvent& event, const HandSettings& settings, HandWishes& wishes) {
  const bool plain_left = event.button == MouseButton::left && event.modifiers == Modifiers{};
  const bool turns = event.button == MouseButton::left || (settings.brush && event.button == MouseButton::right);
  DragKind kind = turns && !event.modifiers.shift ? DragKind::orbit : DragKind::pan;
  if (plain_left && settings.paints)
    kind = DragKind::paint;
  else if (plain_left && settings.on_tool)
    kind = DragKind::carry;
  drag_ = Drag{.button = event.button,
               .kind = kind,
               .began_px = event.position_px,
               .last_px = event.position_px,
               .began_s = event.time_s,
               .may_hold = plain_left && settings.on_point};
  if (kind == DragKind::paint) {
    drag_->moved = true;
    wishes.gesture_begins = true;
    wishes.paint = {event.position_px / glm::max(settings.size_px, glm::vec2(1))};
  }
  drag_speed_deg_per_s_ = glm::vec2(0);
  last_move_s_ = event.time_s;
}

void ViewportHands::drag_to(const InputEvent& event, const HandSettings& settings, HandWishes& wishes) {
  if (!drag_->moved) {
    if (glm::distance(event.position_px, drag_->began_px) < click_wander * settings.scale)
      return;
    drag_->moved = true;
    drag_->may_hold = false;
    if (std::exchange(drag_->holds, false))
      wishes.press = false;
    wishes.gesture_begins = true;
  }
  const glm::vec2 by = event.position_px - drag_->last_px;
  const glm::vec2 from_px = std::exchange(drag_->last_px, event.position_px);
  if (by == glm::vec2(0))
    return;
  if (drag_->kind == DragKind::paint) {
    const glm::vec2 size = glm::max(settings.size_px, glm::vec2(1));
    wishes.paint = {from_px / size, event.position_px / size};
    return;
  }
  if (drag_->kind == DragKind::carry) {
    wishes.carry = event.position_px / glm::max(settings.size_px, glm::vec2(1));
    return;
  }
  if (drag_->kind == DragKind::pan) {
    wishes.actions.push_back({"camera_pan", {{"by", by / glm::max(settings.size_px, glm::vec2(1))}}});
    return;
  }
  const glm::vec2 by_deg = by / settings.scale * orbit_deg_per_pixel;
  wishes.actions.push_back({"camera_orbit", {{"by_deg", by_deg}}});
  const auto seconds = static_cast<float>(std::max(event.time_s - last_move_s_, 0.004));
  drag_speed_deg_per_s_ = glm::mix(drag_speed_deg_per_s_, by_deg / seconds, 0.4f);
  last_move_s_ = event.time_s;
}

void ViewportHands::release(const InputEvent& event, const HandSettings& settings, HandWishes& wishes) {
  const Drag drag = *drag_;
  drag_.reset();
  if (drag.moved) {
    const float speed = glm::length(drag_speed_deg_per_s_);
    const bool still_quick = event.time_s - last_move_s_ < 0.06;
    if (settings.inertia && drag.kind == DragKind::orbit && still_quick && speed > inertia_least_deg_per_s)
      turning_deg_per_s_ = drag_speed_deg_per_s_ * std::min(1.0f, inertia_most_deg_per_s / speed);
    else
      wishes.gesture_ends = true;
    return;
  }
  if (drag.holds) {
    wishes.press = false;
    return;
  }
  if (drag.button != MouseButton::left)
    return;
  const glm::vec2 at = event.position_px / glm::max(settings.size_px, glm::vec2(1));
  const bool near = glm::distance(event.position_px, last_click_.at_px) < 2 * click_wander * settings.scale;
  // The second click may have waited for a slow picture; what counts is when it can have happened.
  if (near && event.earliest_s - last_click_.time_s < double_click_s) {
    wishes.double_click = at;
    last_click_ = {};
  } else {
    wishes.click = at;
    last_click_ = {event.position_px, event.time_s};
  }
}

void ViewportHands::zoom(const InputEvent& event, const HandSettings& settings, std::optional<glm::vec3> under,
                         HandWishes& wishes) {
  const float notches = settings.invert_zoom ? -event.scroll.y : event.scroll.y;
  if (notches != 0) {
    const glm::vec2 at = event.position_px / glm::max(settings.size_px, glm::vec2(1));
    Action action{"camera_zoom", {{"factor", std::clamp(std::pow(zoom_per_notch, notches), 0.1f, 10.0f)}, {"at", at}}};
    if (under)
      action.args["point_mm"] = *under;
    wishes.actions.push_back(std::move(action));
  }
  if (event.scroll.x != 0)
    wishes.actions.push_back({"camera_orbit", {{"by_deg", glm::vec2(event.scroll.x * turn_deg_per_notch, 0)}}});
}

HandWishes ViewportHands::take(const InputEvent& event, bool on_panels, const HandSettings& settings,
                               std::optional<glm::vec3> under_pointer_mm) {
  HandWishes wishes;
  switch (event.kind) {
  case EventKind::button:
    if (event.pressed && !drag_ && !on_panels) {
      stop_turning(wishes);
      begin(event, settings, wishes);
    } else if (!event.pressed && drag_ && drag_->button == event.button) {
      drag_to(event, settings, wishes);
      release(event, settings, wishes);
    }
    break;
  case EventKind::move:
    if (drag_)
      drag_to(event, settings, wishes);
    break;
  case EventKind::scroll:
    if (!on_panels && !drag_) {
      stop_turning(wishes);
      zoom(event, settings, under_pointer_mm, wishes);
    }
    break;
  case EventKind::key:
    if (event.pressed)
      stop_turning(wishes);
    break;
  case EventKind::focus_lost:
    if (drag_ && drag_->moved)
      wishes.gesture_ends = true;
    if (drag_ && drag_->holds)
      wishes.press = false;
    drag_.reset();
    break;
  default:
    break;
  }
  return wishes;
}

std::optional<double> ViewportHands::hold_due_in(double now_s) const {
  if (!drag_ || !drag_->may_hold || drag_->holds)
    return std::nullopt;
  return std::max(0.0, drag_->began_s + press_and_hold_s - now_s);
}

HandWishes ViewportHands::hold(double now_s) {
  HandWishes wishes;
  if (const auto due = hold_due_in(now_s); due && *due <= 0) {
    drag_->holds = true;
    wishes.press = true;
  }
  return wishes;
}

HandWishes ViewportHands::advance(double seconds) {
  HandWishes wishes;
  if (!turns_on())
    return wishes;
  const auto dt = static_cast<float>(std::clamp(seconds, 0.0, 0.1));
  wishes.actions.push_back({"camera_orbit", {{"by_deg", turning_deg_per_s_ * dt}}});
  turning_deg_per_s_ *= std::exp(-dt / inertia_decay_s);
  if (glm::length(turning_deg_per_s_) < 4) {
    turning_deg_per_s_ = glm::vec2(0);
    wishes.gesture_ends = true;
  }
  return wishes;
}

} // namespace calfscope
