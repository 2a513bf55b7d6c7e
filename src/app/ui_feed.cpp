#include "app/ui_feed.h"

#include <set>
#include <utility>

namespace calfscope {
namespace {

constexpr glm::vec2 nowhere{-1e6f, -1e6f};

} // namespace

void UiFeed::push(std::vector<InputEvent> events) {
  for (InputEvent& event : events)
    waiting_.push_back(std::move(event));
}

UiFeed::Portion UiFeed::next() {
  Portion portion;
  std::set<std::string> keys_changed;
  std::set<MouseButton> buttons_changed;
  bool scrolled = false;
  bool moved = false;
  bool key_pressed = false;
  std::u32string typed;
  glm::vec2 wheel{0};

  // Whether the panels could still tell this event from those already in the portion.
  const auto fits = [&](const InputEvent& event) {
    switch (event.kind) {
    case EventKind::move:
    case EventKind::leave:
      return buttons_changed.empty() && !scrolled; // a press belongs to where it happened
    case EventKind::button:
      // What is dragged follows the pointer only while the button is down, so the last move comes before the release.
      return !buttons_changed.contains(event.button) && !scrolled && (event.pressed || !moved);
    case EventKind::scroll:
      return buttons_changed.empty();
    case EventKind::key:
      // One new key at a time: it may open a field that the next one is meant for.
      return event.repeated || (event.pressed ? !key_pressed : !keys_changed.contains(event.key));
    default:
      return true;
    }
  };

  while (!waiting_.empty() && fits(waiting_.front())) {
    InputEvent event = std::move(waiting_.front());
    waiting_.pop_front();
    switch (event.kind) {
    case EventKind::move:
      held_.pointer_px = event.position_px;
      moved = true;
      break;
    case EventKind::leave:
      held_.pointer_px = nowhere;
      break;
    case EventKind::button:
      held_.pointer_px = event.position_px;
      held_.buttons[static_cast<std::size_t>(event.button)] = event.pressed;
      buttons_changed.insert(event.button);
      break;
    case EventKind::scroll:
      wheel += event.scroll;
      scrolled = true;
      break;
    case EventKind::key:
      if (event.pressed)
        held_.keys_down.insert(event.key);
      else
        held_.keys_down.erase(event.key);
      keys_changed.insert(event.key);
      key_pressed |= event.pressed && !event.repeated;
      break;
    case EventKind::character:
      typed.push_back(event.character);
      break;
    case EventKind::focus_lost: // releases that happen elsewhere are never told
      held_.keys_down.clear();
      held_.buttons = {};
      break;
    default:
      break;
    }
    held_.control = event.modifiers.control;
    held_.shift = event.modifiers.shift;
    held_.alt = event.modifiers.alt;
    portion.events.push_back(std::move(event));
  }
  portion.input = held_;
  portion.input.typed = std::move(typed);
  portion.input.wheel = wheel;
  return portion;
}

} // namespace calfscope
