#include "app/ui_feed.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

InputEvent key(std::string name, bool pressed) {
  InputEvent event;
  event.kind = EventKind::key;
  event.key = std::move(name);
  event.pressed = pressed;
  return event;
}

InputEvent button(MouseButton which, bool pressed, glm::vec2 at = {10, 10}) {
  InputEvent event;
  event.kind = EventKind::button;
  event.button = which;
  event.pressed = pressed;
  event.position_px = at;
  return event;
}

InputEvent move(glm::vec2 to) {
  InputEvent event;
  event.kind = EventKind::move;
  event.position_px = to;
  return event;
}

} // namespace

TEST_CASE("a key that went down and up during one slow frame is seen down by the panels") {
  UiFeed feed;
  feed.push({key("Escape", true), key("Escape", false)});
  const auto first = feed.next();
  CHECK(first.input.keys_down.contains("Escape"));
  CHECK(first.events.size() == 1);
  const auto second = feed.next();
  CHECK_FALSE(second.input.keys_down.contains("Escape"));
  CHECK(feed.empty());
}

TEST_CASE("two clicks during one slow frame become two presses, each where it happened") {
  UiFeed feed;
  feed.push({move({5, 5}), button(MouseButton::left, true, {5, 5}), button(MouseButton::left, false, {5, 5}),
             move({90, 40}), button(MouseButton::left, true, {90, 40}), button(MouseButton::left, false, {90, 40})});
  std::vector<glm::vec2> presses;
  bool was_down = false;
  while (!feed.empty()) {
    const auto portion = feed.next();
    if (portion.input.buttons[0] && !was_down)
      presses.push_back(portion.input.pointer_px);
    was_down = portion.input.buttons[0];
  }
  CHECK(presses == std::vector<glm::vec2>{{5, 5}, {90, 40}});
  CHECK_FALSE(was_down);
}

TEST_CASE("keys that come in one burst are heard one by one, each with its letter") {
  UiFeed feed;
  InputEvent slash, letter;
  slash.kind = letter.kind = EventKind::character;
  slash.character = U'/';
  letter.character = U's';
  feed.push({key("/", true), slash, key("/", false), key("S", true), letter, key("S", false)});
  CHECK(feed.next().input.typed == U"/");
  CHECK(feed.still().input.typed.empty());
  CHECK(feed.still().events.empty());
  CHECK(feed.next().input.typed == U"s");
}

TEST_CASE("movement alone is taken in one portion") {
  UiFeed feed;
  std::vector<InputEvent> path;
  for (int i = 0; i < 100; ++i)
    path.push_back(move({static_cast<float>(i), 3}));
  feed.push(path);
  const auto portion = feed.next();
  CHECK(portion.events.size() == 100);
  CHECK(portion.input.pointer_px == glm::vec2(99, 3));
  CHECK(feed.empty());
}

TEST_CASE("a drag that ends within one slow frame is seen where it ended before the button is let go") {
  UiFeed feed;
  feed.push({button(MouseButton::left, true, {5, 5}), move({40, 5}), move({90, 5}),
             button(MouseButton::left, false, {90, 5})});
  std::vector<glm::vec2> held;
  UiFeed::Portion last;
  while (!feed.empty()) {
    last = feed.next();
    if (last.input.buttons[0])
      held.push_back(last.input.pointer_px);
  }
  CHECK(held == std::vector<glm::vec2>{{5, 5}, {90, 5}});
  CHECK_FALSE(last.input.buttons[0]);
}

TEST_CASE("no event is lost or reordered, whatever the mixture") {
  UiFeed feed;
  std::vector<InputEvent> all;
  for (int i = 0; i < 300; ++i) {
    const int kind = i * 7919 % 5;
    InputEvent event = kind == 0   ? key(std::string(1, static_cast<char>('A' + i % 3)), i % 2 == 0)
                       : kind == 1 ? button(static_cast<MouseButton>(i % 3), i % 4 < 2)
                       : kind == 2 ? move({static_cast<float>(i), 0})
                                   : InputEvent{};
    if (kind == 3) {
      event.kind = EventKind::scroll;
      event.scroll = {0, 1};
    } else if (kind == 4) {
      event.kind = EventKind::character;
      event.character = U'x';
    }
    event.time_s = i;
    all.push_back(event);
  }
  feed.push(all);
  double expected = 0;
  float wheel = 0;
  std::size_t typed = 0;
  while (!feed.empty()) {
    const auto portion = feed.next();
    REQUIRE_FALSE(portion.events.empty()); // it always gets on
    for (const InputEvent& event : portion.events)
      CHECK(event.time_s == expected++);
    wheel += portion.input.wheel.y;
    typed += portion.input.typed.size();
  }
  CHECK(expected == 300);
  CHECK(wheel == 60);
  CHECK(typed == 60);
}

TEST_CASE("keys and buttons held when the window loses the keyboard are let go") {
  UiFeed feed;
  InputEvent lost;
  lost.kind = EventKind::focus_lost;
  feed.push({key("Shift", true), button(MouseButton::left, true), lost});
  UiFeed::Portion last;
  while (!feed.empty())
    last = feed.next();
  CHECK(last.input.keys_down.empty());
  CHECK_FALSE(last.input.buttons[0]);
}
