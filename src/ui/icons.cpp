#include "ui/icons.h"

#include <array>
#include <cmath>
#include <cstdlib>

namespace calfscope {
namespace {

struct Drawing {
  Icon icon;
  // M x y: move. L x y …: lines. C x1 y1 x2 y2 x y: Bézier. Z: close. O x y r: circle. D x y r: disc. Grid 0..24.
  const char* path;
};

constexpr std::array<Drawing, 39> drawings{{
    {Icon::eye, "M2.5 12 C5.5 6.8 8.6 5 12 5 C15.4 5 18.5 6.8 21.5 12 C18.5 17.2 15.4 19 12 19 C8.6 19 5.5 17.2 2.5 12 "
                "Z O12 12 3.1"},
    {Icon::eye_off,
     "M4 9.6 C2.9 11 2.7 11.6 2.5 12 C5.5 17.2 8.6 19 12 19 C13.6 19 15.1 18.6 16.6 17.7 M9.2 5.5 C10.1 5.2 11 5 12 5 "
     "C15.4 5 18.5 6.8 21.5 12 C20.9 13.1 20.2 14 19.5 14.9 M4 3.5 L20.5 20.5"},
    {Icon::ghost,
     "M5 20 L5 11.5 C5 6.6 8 3.6 12 3.6 C16 3.6 19 6.6 19 11.5 L19 20 L16.6 18 L14.3 20 L12 18 L9.7 20 L7.4 18 Z "
     "D9.5 11 1.1 D14.5 11 1.1"},
    {Icon::isolate, "M4 8.5 L4 4 L8.5 4 M15.5 4 L20 4 L20 8.5 M20 15.5 L20 20 L15.5 20 M8.5 20 L4 20 L4 15.5 D12 12 4"},
    {Icon::fit, "M4 9 L4 4 L9 4 M15 4 L20 4 L20 9 M20 15 L20 20 L15 20 M9 20 L4 20 L4 15"},
    {Icon::home, "M3.5 11.5 L12 4 L20.5 11.5 M6 9.8 L6 20 L18 20 L18 9.8 M10 20 L10 14.5 L14 14.5 L14 20"},
    {Icon::search, "O10.5 10.5 6 M15 15 L20.5 20.5"},
    {Icon::undo, "M8.5 4.5 L4 9 L8.5 13.5 M4 9 L14 9 C17.6 9 20 11.3 20 14.4 C20 17.6 17.6 19.8 14 19.8 L8.5 19.8"},
    {Icon::redo, "M15.5 4.5 L20 9 L15.5 13.5 M20 9 L10 9 C6.4 9 4 11.3 4 14.4 C4 17.6 6.4 19.8 10 19.8 L15.5 19.8"},
    {Icon::plane, "M3 15.5 L9.5 8.5 L21 8.5 L14.5 15.5 Z M8 5.5 L8 3.2 M12 5.5 L12 3.2 M16 5.5 L16 3.2 M8 18.5 L8 20.8 "
                  "M12 18.5 L12 20.8"},
    {Icon::joint, "M9 3 L9 9.6 M15 3 L15 9.6 O12 12 3 M9.8 14.2 L6.4 21 M14.2 14.2 L11.8 21"},
    {Icon::perspective, "M8 8 L16 8 L16 16 L8 16 Z M3 3 L8 8 M21 3 L16 8 M21 21 L16 16 M3 21 L8 16"},
    {Icon::parallel, "M4 8.5 L15.5 8.5 L15.5 20 L4 20 Z M4 8.5 L8.5 4 L20 4 L20 15.5 L15.5 20 M15.5 8.5 L20 4"},
    {Icon::sun, "O12 12 4.2 M12 2.5 L12 4.8 M12 19.2 L12 21.5 M2.5 12 L4.8 12 M19.2 12 L21.5 12 M5.3 5.3 L6.9 6.9 "
                "M17.1 17.1 L18.7 18.7 "
                "M5.3 18.7 L6.9 17.1 M17.1 6.9 L18.7 5.3"},
    {Icon::moon,
     "M19.8 14.2 C18.7 14.7 17.6 14.9 16.4 14.9 C11.9 14.9 9 12 9 7.6 C9 6.4 9.3 5.2 9.8 4.2 C6.3 5.2 4 8.3 4 12 "
     "C4 16.6 7.5 20 12 20 C15.6 20 18.7 17.7 19.8 14.2 Z"},
    {Icon::gear, "M4 6.5 L11 6.5 M17 6.5 L20 6.5 O14 6.5 2.4 M4 12 L6 12 M12 12 L20 12 O9 12 2.4 M4 17.5 L12 17.5 M18 "
                 "17.5 L20 17.5 O15 17.5 2.4"},
    {Icon::help,
     "O12 12 9 M9.4 9.6 C9.4 8 10.5 7 12 7 C13.6 7 14.7 8 14.7 9.4 C14.7 11.5 12 11.6 12 13.8 D12 16.7 1.1"},
    {Icon::info, "O12 12 9 M12 11 L12 16.5 D12 7.9 1.1"},
    {Icon::close, "M6 6 L18 18 M18 6 L6 18"},
    {Icon::chevron_left, "M14.5 6.5 L9 12 L14.5 17.5"},
    {Icon::play, "M8 5 L18.5 12 L8 19 Z"},
    {Icon::pause, "M8.5 5.5 L8.5 18.5 M15.5 5.5 L15.5 18.5"},
    {Icon::names,
     "M3.5 6 L9.5 6 M3.5 12 L8 12 M3.5 18 L9.5 18 M9.5 6 L17 9.5 M8 12 L16 12 M9.5 18 L17 14.5 D19 12 2.4"},
    {Icon::section,
     "O12 12 8.8 M5.5 13 C7 9.5 10 9.5 11.2 12.5 C10.5 16 7.5 17 5.5 13 M13 12.2 C14 9.2 17.5 9.5 18.6 12.8 "
     "C17.5 16.2 14.2 16.2 13 12.2 O12 6.9 1.7"},
    {Icon::chevron_right, "M9.5 6.5 L15 12 L9.5 17.5"},
    {Icon::chevron_down, "M6.5 9.5 L12 15 L17.5 9.5"},
    {Icon::chevron_up, "M6.5 14.5 L12 9 L17.5 14.5"},
    {Icon::copy, "M9 9 L20 9 L20 20 L9 20 Z M5.5 15 L4 15 L4 4 L15 4 L15 5.5"},
    {Icon::warning, "M12 4 L21 19.5 L3 19.5 Z M12 10 L12 14.2 D12 16.9 1.05"},
    {Icon::error, "O12 12 9 M12 7.2 L12 12.8 D12 16.2 1.1"},
    {Icon::check, "M5 12.5 L10 17.5 L19.5 7"},
    {Icon::layers, "M12 3.5 L21 8.2 L12 13 L3 8.2 Z M3.5 12.4 L12 17 L20.5 12.4 M3.5 16.4 L12 21 L20.5 16.4"},
    {Icon::flip, "M12 3 L12 21 M8.5 7 L8.5 17 L3 17 Z M15.5 7 L15.5 17 L21 17 Z"},
    {Icon::reset, "M4.5 5 L4.5 10 L9.5 10 M4.9 10 C6 6.6 8.8 4.5 12.3 4.5 C16.7 4.5 20 7.8 20 12.2 C20 16.6 16.7 20 "
                  "12.3 20 C9.3 20 6.8 18.6 5.5 16"},
    {Icon::folder, "M3.5 18.5 L3.5 5.5 L9.5 5.5 L11.5 8 L20.5 8 L20.5 18.5 Z"},
    {Icon::camera, "M3.5 7.5 L7.5 7.5 L9 5 L15 5 L16.5 7.5 L20.5 7.5 L20.5 19 L3.5 19 Z O12 13 3.6"},
    {Icon::leg,
     "M8.2 2.5 C7.4 7.5 7 10.5 8.4 15 C9 17 8.6 18.3 7.6 19.6 L7.6 21.3 L17.5 21.3 C17.6 19.9 16.6 19 14.8 18.4 "
     "C13.6 18 13.2 17.2 13.5 15.5 C14.5 10.8 16.4 8 15.6 2.5"},
    {Icon::palette, "M12 3.5 C7.3 3.5 3.5 7.3 3.5 12 C3.5 16.7 7.3 20.5 12 20.5 C14 20.5 14.2 18.9 13.4 17.8 C12.5 "
                    "16.5 13.2 15 14.8 15 "
                    "L17 15 C19.3 15 20.5 13.6 20.5 11.5 C20.5 7 16.7 3.5 12 3.5 Z D8 10 1.1 D12 7.6 1.1 D16 10 1.1"},
    {Icon::notebook, "M6 3.5 L19 3.5 L19 20.5 L6 20.5 Z M9.5 3.5 L9.5 20.5 M12.5 8 L16 8 M12.5 11.5 L16 11.5 M4 7.5 "
                     "L6 7.5 M4 12 L6 12 M4 16.5 L6 16.5"},
}};

class PathReader {
public:
  explicit PathReader(const char* at) : at_(at) {}

  // The next letter, 0 at the end.
  char letter() {
    skip_spaces();
    return *at_ ? *at_++ : '\0';
  }
  bool number_follows() {
    skip_spaces();
    return *at_ == '-' || *at_ == '.' || (*at_ >= '0' && *at_ <= '9');
  }
  float number() {
    char* end = nullptr;
    const float value = std::strtof(at_, &end);
    at_ = end;
    return value;
  }

private:
  void skip_spaces() {
    while (*at_ == ' ')
      ++at_;
  }
  const char* at_;
};

} // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size_px, ImU32 colour) {
  const Drawing* drawing = nullptr;
  for (const Drawing& candidate : drawings)
    if (candidate.icon == icon)
      drawing = &candidate;
  if (!drawing)
    return;
  const float unit = size_px / 24;
  const float thickness = std::max(size_px / 24 * 1.7f, 1.0f);
  const ImVec2 corner{std::round(centre.x - size_px / 2), std::round(centre.y - size_px / 2)};
  PathReader path(drawing->path);
  const auto point = [&] {
    const float x = path.number();
    path.number_follows(); // skips the space between
    return ImVec2(corner.x + x * unit, corner.y + path.number() * unit);
  };
  const auto finish = [&](ImDrawFlags flags) {
    if (list._Path.Size > 1)
      list.PathStroke(colour, flags, thickness);
    list.PathClear();
  };
  while (const char command = path.letter()) {
    path.number_follows();
    switch (command) {
    case 'M':
      finish(0);
      list.PathLineTo(point());
      break;
    case 'L':
      while (path.number_follows())
        list.PathLineTo(point());
      break;
    case 'C':
      while (path.number_follows()) {
        const ImVec2 first = point();
        path.number_follows();
        const ImVec2 second = point();
        path.number_follows();
        list.PathBezierCubicCurveTo(first, second, point());
      }
      break;
    case 'Z':
      finish(ImDrawFlags_Closed);
      break;
    case 'O':
    case 'D': {
      finish(0);
      const ImVec2 middle = point();
      path.number_follows();
      const float radius = path.number() * unit;
      if (command == 'O')
        list.AddCircle(middle, radius, colour, 0, thickness);
      else
        list.AddCircleFilled(middle, radius, colour);
      break;
    }
    default:
      break;
    }
  }
  finish(0);
}

} // namespace calfscope
