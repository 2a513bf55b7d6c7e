#include "ui/ui_context.h"

#include "ui/style.h"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace calfscope {
namespace {

constexpr std::array<std::pair<ImGuiKey, const char*>, 21> mapped_keys{{
    {ImGuiKey_Tab, "Tab"},
    {ImGuiKey_LeftArrow, "Left"},
    {ImGuiKey_RightArrow, "Right"},
    {ImGuiKey_UpArrow, "Up"},
    {ImGuiKey_DownArrow, "Down"},
    {ImGuiKey_PageUp, "PageUp"},
    {ImGuiKey_PageDown, "PageDown"},
    {ImGuiKey_Home, "Home"},
    {ImGuiKey_End, "End"},
    {ImGuiKey_Insert, "Insert"},
    {ImGuiKey_Delete, "Delete"},
    {ImGuiKey_Backspace, "Backspace"},
    {ImGuiKey_Space, "Space"},
    {ImGuiKey_Enter, "Enter"},
    {ImGuiKey_Escape, "Escape"},
    {ImGuiKey_A, "A"},
    {ImGuiKey_C, "C"},
    {ImGuiKey_V, "V"},
    {ImGuiKey_X, "X"},
    {ImGuiKey_Y, "Y"},
    {ImGuiKey_Z, "Z"},
}};

} // namespace

float effective_scale(glm::ivec2 framebuffer, float display_scale, float ui_scale) {
  const glm::vec2 most = glm::vec2(framebuffer) / smallest_layout;
  const float wanted = std::min({display_scale * ui_scale, most.x, most.y});
  // In steps, so that dragging the window's edge does not build new fonts for every pixel.
  return std::max(std::floor(wanted * 20 + 0.01f) / 20, 0.5f);
}

UiContext::UiContext(UiDrawing drawing, Clipboard clipboard) : drawing_(drawing), clipboard_(std::move(clipboard)) {
  IMGUI_CHECKVERSION();
  context_ = ImGui::CreateContext();
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr; // the program keeps its own settings
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = false; // a blinking caret would never let the program rest
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  for (std::size_t i = 0; i < mapped_keys.size(); ++i)
    io.KeyMap[mapped_keys[i].first] = static_cast<int>(i);
  if (clipboard_.read && clipboard_.write) {
    io.ClipboardUserData = this;
    io.GetClipboardTextFn = [](void* user) {
      auto& self = *static_cast<UiContext*>(user);
      self.clipboard_text_ = self.clipboard_.read();
      return self.clipboard_text_.c_str();
    };
    io.SetClipboardTextFn = [](void* user, const char* text) { static_cast<UiContext*>(user)->clipboard_.write(text); };
  }
  if (drawing_ == UiDrawing::opengl)
    ImGui_ImplOpenGL3_Init("#version 410 core");
}

UiContext::~UiContext() {
  ImGui::SetCurrentContext(context_);
  if (drawing_ == UiDrawing::opengl)
    ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext(context_);
}

void UiContext::use_fonts(const Theme& theme, float text_size_px, float scale) {
  const float text = text_size_px * scale;
  const FontSizes sizes{.text_px = text,
                        .small_px = text * theme.size.text_small / theme.size.text,
                        .title_px = text * theme.size.text_title / theme.size.text,
                        .display_px = text * 1.9f};
  if (sizes == font_sizes_)
    return;
  font_sizes_ = sizes;
  issues_ = {};
  const bool uploaded = drawing_ == UiDrawing::opengl && fonts_.text; // the first upload is the backend's own
  if (uploaded)
    ImGui_ImplOpenGL3_DestroyFontsTexture();
  fonts_ = build_fonts(sizes, issues_);
  if (uploaded)
    ImGui_ImplOpenGL3_CreateFontsTexture();
}

void UiContext::begin(const UiInput& input, const Theme& theme, float text_size_px, float scale) {
  ImGui::SetCurrentContext(context_);
  use_fonts(theme, text_size_px, scale);
  if (theme.id != styled_theme_ || scale != styled_scale_) {
    apply_style(theme, scale);
    styled_theme_ = theme.id;
    styled_scale_ = scale;
  }
  ImGuiIO& io = ImGui::GetIO();
  io.FontDefault = fonts_.text;
  io.DisplaySize = {static_cast<float>(input.framebuffer.x), static_cast<float>(input.framebuffer.y)};
  io.DisplayFramebufferScale = {1, 1};
  io.DeltaTime = std::clamp(input.seconds, 1e-4f, 0.5f);
  const bool outside = input.pointer_px.x < -1e5f;
  io.MousePos = outside ? ImVec2(-FLT_MAX, -FLT_MAX) : ImVec2(input.pointer_px.x, input.pointer_px.y);
  for (std::size_t i = 0; i < input.buttons.size(); ++i)
    io.MouseDown[i] = input.buttons[i];
  io.MouseWheel = input.wheel.y;
  io.MouseWheelH = input.wheel.x;
  io.KeyCtrl = input.control;
  io.KeyShift = input.shift;
  io.KeyAlt = input.alt;
  for (std::size_t i = 0; i < mapped_keys.size(); ++i)
    io.KeysDown[i] = input.keys_down.contains(mapped_keys[i].second);
  for (const char32_t letter : input.typed)
    io.AddInputCharacter(letter);
  if (drawing_ == UiDrawing::opengl)
    ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
}

void UiContext::end() {
  ImGui::Render();
}

void UiContext::draw() {
  if (drawing_ == UiDrawing::opengl)
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

bool UiContext::wants_pointer() const {
  return ImGui::GetIO().WantCaptureMouse;
}
bool UiContext::wants_text() const {
  return ImGui::GetIO().WantTextInput;
}

PointerShape UiContext::pointer_shape() const {
  switch (ImGui::GetMouseCursor()) {
  case ImGuiMouseCursor_TextInput:
    return PointerShape::text;
  case ImGuiMouseCursor_Hand:
    return PointerShape::hand;
  case ImGuiMouseCursor_ResizeEW:
    return PointerShape::resize_horizontal;
  case ImGuiMouseCursor_ResizeNS:
    return PointerShape::resize_vertical;
  default:
    return PointerShape::arrow;
  }
}

} // namespace calfscope
