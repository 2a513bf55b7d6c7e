#pragma once
// A drawing on a flat sheet as plain values: sections, outlines, letters. Space: pixels, x right, y down, from the top
// left corner. Colours are sRGB.

#include <glm/glm.hpp>

#include <string>
#include <variant>
#include <vector>

namespace calfscope {

using FlatLine = std::vector<glm::vec2>;

// Everything that the lines wind around: outer ones run one way, holes the other. Each is closed by itself.
struct FlatFill {
  std::vector<FlatLine> lines;
  glm::vec3 colour{0};
  float opacity = 1;
};

struct FlatStroke {
  FlatLine line;
  bool closed = false;
  float width_px = 1;
  glm::vec3 colour{0};
  float opacity = 1;
};

struct FlatDisc {
  glm::vec2 at{0};
  float radius_px = 1;
  glm::vec3 colour{0};
  float opacity = 1;
};

enum class FlatAlign : std::uint8_t { left, middle, right };

struct FlatText {
  std::string text; // one line, UTF-8
  glm::vec2 at{0};  // height: middle of the line; sideways as `align` says
  FlatAlign align = FlatAlign::middle;
  float line_px = 16; // from line to line
  glm::vec3 ink{1};
  glm::vec3 surround{0}; // sets the letters off from what lies behind
  float opacity = 1;
};

struct FlatDrawing {
  glm::ivec2 size{0};
  glm::vec3 background{0};
  std::vector<std::variant<FlatFill, FlatStroke, FlatDisc, FlatText>> shapes; // the last on top
};

} // namespace calfscope
