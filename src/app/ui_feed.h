#pragma once
// Hands the window's events to the panels in portions that they can take in one frame: a key that went down and up
// while a slow picture was drawn becomes two frames, so that nothing a person did is lost.

#include "platform/input_event.h"
#include "ui/input.h"

#include <deque>
#include <vector>

namespace calfscope {

class UiFeed {
public:
  void push(std::vector<InputEvent> events);
  bool empty() const { return waiting_.empty(); }

  // The input of the panels' next frame, and the events that are in it, in order.
  struct Portion {
    UiInput input;
    std::vector<InputEvent> events;
  };
  Portion next();
  Portion still() const { return {held_, {}}; } // nothing new, for panels that need a frame to settle

private:
  std::deque<InputEvent> waiting_;
  UiInput held_; // keys, buttons and pointer as they stand
};

} // namespace calfscope
