#include "ui/orientation_cube.h"

#include "ui/widgets.h"

#include <algorithm>
#include <cmath>

namespace calfscope {
namespace {

constexpr float viewer_distance = 5.2f; // in half edges of the cube: a gentle perspective

struct Projected {
  ImVec2 at;
  float depth; // grows away from the viewer
};

class CubeProjection {
public:
  CubeProjection(const Camera& camera, const Rect& where)
      : right_(right_of(camera)), up_(up_of(camera)), forward_(forward_of(camera)), centre_(where.centre()),
        radius_(std::min(where.width(), where.height()) * 0.30f), parallel_(camera.orthographic) {}

  Projected operator()(glm::vec3 point) const {
    const float depth = glm::dot(point, forward_);
    const float size = parallel_ ? radius_ : radius_ * viewer_distance / (viewer_distance + depth);
    return {{centre_.x + glm::dot(point, right_) * size, centre_.y - glm::dot(point, up_) * size}, depth};
  }
  bool faces_viewer(glm::vec3 normal) const {
    if (parallel_)
      return glm::dot(normal, forward_) < -0.01f;
    return glm::dot(normal, -viewer_distance * forward_ - normal) > 0;
  }
  float facing(glm::vec3 normal) const { return -glm::dot(normal, forward_); }

private:
  glm::vec3 right_, up_, forward_;
  ImVec2 centre_;
  float radius_;
  bool parallel_;
};

bool inside(const std::array<ImVec2, 4>& corners, ImVec2 p) {
  bool positive = false, negative = false;
  for (std::size_t i = 0; i < 4; ++i) {
    const ImVec2 a = corners[i], b = corners[(i + 1) % 4];
    const float turn = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    positive |= turn > 0;
    negative |= turn < 0;
  }
  return !(positive && negative);
}

// Writes a word onto the face: laid out flat by the font, then each corner of its letters moved into the picture.
void write_on_face(const Ui& ui, ImDrawList& list, const CubeFace& face, const CubeProjection& project,
                   std::string_view word, glm::vec3 ink, float opacity) {
  ImFont* font = ui.fonts.small_strong;
  const ImVec2 size = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, word.data(), word.data() + word.size());
  const int first = list.VtxBuffer.Size;
  list.PushClipRectFullScreen(); // letters are laid out at 0 0 first, which must not be clipped away
  list.AddText(font, font->FontSize, {0, 0}, colour_u32(ink, opacity), word.data(), word.data() + word.size());
  list.PopClipRect();
  const glm::vec3 across = glm::cross(face.up, face.normal);   // reads from left to right seen from outside
  const float unit = std::min(1.62f / size.x, 0.52f / size.y); // of half edges per pixel
  for (int i = first; i < list.VtxBuffer.Size; ++i) {
    ImVec2& at = list.VtxBuffer[i].pos;
    const float u = (at.x - size.x / 2) * unit, v = (size.y / 2 - at.y) * unit;
    at = project(face.normal + u * across + v * face.up).at;
  }
}

} // namespace

std::array<CubeFace, 6> cube_faces(Side side) {
  const float medial = side == Side::right ? 1.0f : -1.0f; // the subject's left is medial on a right leg
  const glm::vec3 y(0, 1, 0), z(0, 0, 1);
  return {{{StandardView::posterior, -z, y},
           {StandardView::anterior, z, y},
           {StandardView::medial, {medial, 0, 0}, y},
           {StandardView::lateral, {-medial, 0, 0}, y},
           {StandardView::top, y, z},
           {StandardView::plantar, -y, z}}};
}

void draw_orientation_cube(const Ui& ui, const Rect& where) {
  begin_bare("orientation_cube", where);
  ImGui::SetCursorScreenPos(where.min);
  const bool clicked = ImGui::InvisibleButton("cube", {where.width(), where.height()});
  const bool over_cube = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const UiColours& colours = ui.theme.ui;
  const CubeProjection project(camera_now(ui.state), where);
  const ImVec2 pointer = ImGui::GetIO().MousePos;

  list.AddCircleFilled(where.centre(), where.width() * 0.5f, colour_u32(colours.panel, 0.42f), 48);
  const CubeFace* hovered = nullptr;
  const auto faces = cube_faces(ui.state.document.side);
  for (const CubeFace& face : faces) {
    if (!project.faces_viewer(face.normal))
      continue;
    const glm::vec3 across = glm::cross(face.up, face.normal);
    std::array<ImVec2, 4> corners;
    constexpr std::array<glm::vec2, 4> signs{{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}};
    for (std::size_t i = 0; i < 4; ++i)
      corners[i] = project(face.normal + signs[i].x * across + signs[i].y * face.up).at;
    const bool over = over_cube && inside(corners, pointer);
    if (over)
      hovered = &face;
    const float facing = std::clamp(project.facing(face.normal), 0.0f, 1.0f);
    const glm::vec3 fill = over ? colours.accent : mix(colours.field, colours.panel_raised, facing);
    list.AddConvexPolyFilled(corners.data(), 4, colour_u32(fill, 0.96f));
    list.AddPolyline(corners.data(), 4, colour_u32(over ? colours.accent : colours.border), ImDrawFlags_Closed,
                     std::max(ui.px(1), 1.0f));
    const std::string key = "ui.cube." + std::string(id_in(view_ids, face.view));
    const glm::vec3 ink = over ? colours.on_accent : mix(colours.text_quiet, colours.text, facing);
    write_on_face(ui, list, face, project, ui.text(key), ink, 0.25f + 0.75f * std::sqrt(facing));
  }
  ImGui::End();

  if (!hovered)
    return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (clicked)
    ui.emit({"view", {{"name", id_in(view_ids, hovered->view)}}});
}

} // namespace calfscope
