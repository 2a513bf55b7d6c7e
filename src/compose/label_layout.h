#pragma once
// Where names stand beside a picture, in two columns along its outline: no two overlap, lines to the same side do not
// cross, and little changes from one picture to the next. Space: pixels, x right, y down.

#include <glm/glm.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

struct LabelWish {
  std::string id;
  glm::vec2 anchor{0};
  float width_px = 50;
  int lines = 1;    // of its text
  float weight = 1; // the heavier ones get the room
};

struct LabelRoom {
  glm::vec2 lower{0}, upper{1}; // where labels may stand
  float line_px = 14;
  // Rectangles within it that something else covers: lower x, y, upper x, y.
  std::vector<glm::vec4> covered;
  // How far the picture reaches to either side at a height; nullopt where there is nothing.
  struct Reach {
    float left = 0, right = 0;
  };
  std::vector<std::pair<float, Reach>> outline; // by falling or rising height, px
};

struct PlacedLabel {
  std::string id;
  bool right = true; // stands right of the picture, its text goes on to the right
  glm::vec2 at{0};   // middle of the near end
};

// Sides and order that the last layout wanted; the next one keeps to them unless they have become clearly worse.
struct LabelLayoutMemory {
  std::map<std::string, bool> right;                // the side
  std::vector<std::string> order_left, order_right; // from the top
};

// Labels for which there is no room are left out, the lightest first.
std::vector<PlacedLabel> lay_out_labels(std::vector<LabelWish> wishes, const LabelRoom& room,
                                        LabelLayoutMemory& memory);

// Height that a label takes, in lines.
constexpr float label_height_lines(int lines) {
  return 1.15f * static_cast<float>(lines) + 0.3f;
}

} // namespace calfscope
