#pragma once
// ImGui's context, its fonts and its drawing: one per window. Knows no panel.

#include "state/theme.h"
#include "ui/fonts.h"
#include "ui/input.h"

#include <functional>
#include <string>

struct ImGuiContext;

namespace calfscope {

enum class PointerShape : std::uint8_t { arrow, text, hand, resize_horizontal, resize_vertical };

struct Clipboard {
  std::function<std::string()> read;
  std::function<void(const std::string&)> write;
};

// Whether pictures are drawn with OpenGL (a context must be current) or only laid out, as tests of behaviour do.
enum class UiDrawing : std::uint8_t { opengl, none };

class UiContext {
public:
  explicit UiContext(UiDrawing drawing, Clipboard clipboard = {});
  ~UiContext();
  UiContext(const UiContext&) = delete;
  UiContext& operator=(const UiContext&) = delete;

  // A frame of the panels. `text_size_px` in logical pixels, `scale` as effective_scale() gives it.
  void begin(const UiInput& input, const Theme& theme, float text_size_px, float scale);
  void end();
  // Draws the frame that ended last into the bound framebuffer, over what is there.
  void draw();

  const Fonts& fonts() const { return fonts_; }
  const IssueList& issues() const { return issues_; } // fonts that were not found
  bool wants_pointer() const;                         // the pointer is over a panel, or was pressed there
  bool wants_text() const;                            // a text field has the keyboard
  PointerShape pointer_shape() const;

private:
  void use_fonts(const Theme& theme, float text_size_px, float scale);

  ImGuiContext* context_ = nullptr;
  UiDrawing drawing_;
  Clipboard clipboard_;
  std::string clipboard_text_; // keeps what ImGui asked for alive
  Fonts fonts_;
  FontSizes font_sizes_{0, 0, 0, 0};
  IssueList issues_;
  std::string_view styled_theme_;
  float styled_scale_ = 0;
};

// Framebuffer pixels per logical pixel: the display's scale times the person's, but never so much that less than the
// smallest layout (1024 by 640 logical pixels) is left.
float effective_scale(glm::ivec2 framebuffer, float display_scale, float ui_scale);
inline constexpr glm::vec2 smallest_layout{1024, 640};

} // namespace calfscope
