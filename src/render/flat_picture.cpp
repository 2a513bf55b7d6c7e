#include "render/flat_picture.h"

#include "render/text_sprite.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

// Coverage is measured on this many lines per pixel, exactly along each.
constexpr int lines_per_pixel = 4;

class Canvas {
public:
  explicit Canvas(Image& image) : image_(image) {}

  void paint(const FlatFill& fill);
  void paint(const FlatStroke& stroke);
  void paint(const FlatDisc& disc);
  void paint(const FlatText& text);

private:
  void blend(int x, int y, glm::vec3 colour, float share) {
    if (x < 0 || y < 0 || x >= image_.width || y >= image_.height || !(share > 0))
      return;
    std::uint8_t* pixel =
        image_.rgba.data() +
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(image_.width) + static_cast<std::size_t>(x)) * 4;
    const float a = std::min(share, 1.0f);
    for (int k = 0; k < 3; ++k)
      pixel[k] = static_cast<std::uint8_t>(
          std::lround((1 - a) * static_cast<float>(pixel[k]) + a * 255 * std::clamp(colour[k], 0.0f, 1.0f)));
  }
  // Calls visit(x, y) for the pixels of a box that lie on the image.
  template <typename Visit>
  void over(glm::vec2 lower, glm::vec2 upper, Visit visit) {
    const glm::ivec2 size(image_.width, image_.height);
    const glm::ivec2 from = glm::clamp(glm::ivec2(glm::floor(glm::max(lower, glm::vec2(-4)))), glm::ivec2(0), size);
    const glm::ivec2 to =
        glm::clamp(glm::ivec2(glm::ceil(glm::min(upper, glm::vec2(size) + 4.0f))), glm::ivec2(0), size);
    for (int y = from.y; y < to.y; ++y)
      for (int x = from.x; x < to.x; ++x)
        visit(x, y);
  }

  Image& image_;
};

void Canvas::paint(const FlatFill& fill) {
  float top = 1e9f, bottom = -1e9f;
  for (const FlatLine& line : fill.lines)
    for (const glm::vec2 p : line) {
      top = std::min(top, p.y);
      bottom = std::max(bottom, p.y);
    }
  const int first = std::max(static_cast<int>(std::floor(std::max(top, -1.0f))), 0);
  const int last =
      std::min(static_cast<int>(std::ceil(std::min(bottom, static_cast<float>(image_.height)))), image_.height - 1);
  struct Crossing {
    float x;
    int turn;
  };
  std::vector<Crossing> crossings;
  std::vector<float> cover(static_cast<std::size_t>(image_.width));
  for (int y = first; y <= last; ++y) {
    std::fill(cover.begin(), cover.end(), 0.0f);
    for (int k = 0; k < lines_per_pixel; ++k) {
      const float at = static_cast<float>(y) + (static_cast<float>(k) + 0.5f) / lines_per_pixel;
      crossings.clear();
      for (const FlatLine& line : fill.lines)
        for (std::size_t i = 0; i < line.size(); ++i) {
          const glm::vec2 a = line[i], b = line[i + 1 == line.size() ? 0 : i + 1];
          if ((a.y <= at) != (b.y <= at))
            crossings.push_back({a.x + (b.x - a.x) * (at - a.y) / (b.y - a.y), b.y > a.y ? 1 : -1});
        }
      std::sort(crossings.begin(), crossings.end(), [](const Crossing& a, const Crossing& b) { return a.x < b.x; });
      int turns = 0;
      for (std::size_t i = 0; i + 1 < crossings.size(); ++i) {
        turns += crossings[i].turn;
        if (turns == 0)
          continue;
        const float from = std::clamp(crossings[i].x, 0.0f, static_cast<float>(image_.width));
        const float to = std::clamp(crossings[i + 1].x, 0.0f, static_cast<float>(image_.width));
        for (int x = static_cast<int>(from); x < image_.width && static_cast<float>(x) < to; ++x)
          cover[static_cast<std::size_t>(x)] +=
              (std::min(to, static_cast<float>(x + 1)) - std::max(from, static_cast<float>(x))) / lines_per_pixel;
      }
    }
    for (int x = 0; x < image_.width; ++x)
      blend(x, y, fill.colour, fill.opacity * cover[static_cast<std::size_t>(x)]);
  }
}

// Pixel by pixel the distance to the nearest piece of the line, so that pieces that meet do not add up.
void Canvas::paint(const FlatStroke& stroke) {
  const std::size_t count = stroke.line.size();
  if (count < 2)
    return;
  const float half = 0.5f * stroke.width_px, reach = half + 1;
  glm::vec2 lower(1e9f), upper(-1e9f);
  for (const glm::vec2 p : stroke.line) {
    lower = glm::min(lower, p - reach);
    upper = glm::max(upper, p + reach);
  }
  lower = glm::max(glm::floor(lower), glm::vec2(0));
  upper = glm::min(glm::ceil(upper), glm::vec2(image_.width, image_.height));
  const glm::ivec2 from(lower), size = glm::max(glm::ivec2(upper) - from, glm::ivec2(0));
  if (size.x == 0 || size.y == 0)
    return;
  std::vector<float> cover(static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y), 0.0f);
  for (std::size_t i = 0; i + (stroke.closed ? 0 : 1) < count; ++i) {
    const glm::vec2 a = stroke.line[i], b = stroke.line[(i + 1) % count], way = b - a;
    const float squared = std::max(glm::dot(way, way), 1e-9f);
    over(glm::min(a, b) - reach, glm::max(a, b) + reach, [&](int x, int y) {
      const glm::vec2 p = glm::vec2(x, y) + 0.5f;
      const float along = std::clamp(glm::dot(p - a, way) / squared, 0.0f, 1.0f);
      const float share = std::clamp(half + 0.5f - glm::distance(p, a + along * way), 0.0f, 1.0f);
      const glm::ivec2 cell = glm::ivec2(x, y) - from;
      if (share <= 0 || cell.x < 0 || cell.y < 0 || cell.x >= size.x || cell.y >= size.y)
        return;
      float& known =
          cover[static_cast<std::size_t>(cell.y) * static_cast<std::size_t>(size.x) + static_cast<std::size_t>(cell.x)];
      known = std::max(known, share);
    });
  }
  for (int y = 0; y < size.y; ++y)
    for (int x = 0; x < size.x; ++x)
      blend(from.x + x, from.y + y, stroke.colour,
            stroke.opacity *
                cover[static_cast<std::size_t>(y) * static_cast<std::size_t>(size.x) + static_cast<std::size_t>(x)]);
}

void Canvas::paint(const FlatDisc& disc) {
  over(disc.at - disc.radius_px - 1.0f, disc.at + disc.radius_px + 1.0f, [&](int x, int y) {
    const float off = glm::distance(glm::vec2(x, y) + 0.5f, disc.at);
    blend(x, y, disc.colour, disc.opacity * std::clamp(disc.radius_px + 0.5f - off, 0.0f, 1.0f));
  });
}

void Canvas::paint(const FlatText& text) {
  const render::TextSprite sprite = render::write_sprite(text.text, static_cast<int>(std::lround(text.line_px)));
  if (sprite.size.x == 0)
    return;
  float left = text.at.x;
  if (text.align != FlatAlign::left)
    left -= static_cast<float>(sprite.size.x) * (text.align == FlatAlign::middle ? 0.5f : 1.0f);
  const glm::ivec2 corner(glm::round(glm::vec2(left, text.at.y - 0.5f * static_cast<float>(sprite.size.y))));
  for (int y = 0; y < sprite.size.y; ++y)
    for (int x = 0; x < sprite.size.x; ++x) {
      const std::size_t at =
          2 * (static_cast<std::size_t>(sprite.size.y - 1 - y) * static_cast<std::size_t>(sprite.size.x) +
               static_cast<std::size_t>(x)); // its rows come from the bottom
      const float letters = static_cast<float>(sprite.pairs[at]) / 255,
                  around = static_cast<float>(sprite.pairs[at + 1]) / 255;
      blend(corner.x + x, corner.y + y, text.surround, text.opacity * 0.75f * around);
      blend(corner.x + x, corner.y + y, text.ink, text.opacity * letters);
    }
}

} // namespace

void draw_flat_over(Image& image, const FlatDrawing& drawing) {
  Canvas canvas(image);
  for (const auto& shape : drawing.shapes)
    std::visit([&](const auto& one) { canvas.paint(one); }, shape);
}

Image draw_flat(const FlatDrawing& drawing) {
  Image image{std::max(drawing.size.x, 0), std::max(drawing.size.y, 0), {}};
  const auto pixels = static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height);
  const glm::vec3 ground = glm::clamp(drawing.background, 0.0f, 1.0f) * 255.0f;
  image.rgba.reserve(4 * pixels);
  for (std::size_t i = 0; i < pixels; ++i)
    image.rgba.insert(image.rgba.end(), {static_cast<std::uint8_t>(std::lround(ground.x)),
                                         static_cast<std::uint8_t>(std::lround(ground.y)),
                                         static_cast<std::uint8_t>(std::lround(ground.z)), 255});
  draw_flat_over(image, drawing);
  return image;
}

} // namespace calfscope
