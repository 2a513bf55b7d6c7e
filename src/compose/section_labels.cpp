#include "compose/section_labels.h"

#include "geometry/skinning.h"

#include <algorithm>
#include <limits>

namespace calfscope {
namespace {

constexpr float facing_least = 0.05f;   // cosine; flatter than this the face is not seen
constexpr float facing_straight = 0.5f; // the name of the direction helps
constexpr float letters_apart = 0.35f;  // sine between view and medial axis; below it both ends fall together
constexpr float letter_offset_lines = 1.1f;
constexpr float note_offset_lines = 1.2f;
constexpr float note_size = 0.72f;

// The cut face in axes of its own: u towards medial, v across, mm.
struct Face {
  glm::vec3 u{1, 0, 0}, v{0, 0, 1};
  glm::vec2 lower{std::numeric_limits<float>::max()}, upper{std::numeric_limits<float>::lowest()};
  bool empty() const { return lower.x > upper.x; }
  void add(glm::vec3 p) {
    const glm::vec2 at(glm::dot(p, u), glm::dot(p, v));
    lower = glm::min(lower, at);
    upper = glm::max(upper, at);
  }
};

void add_crossings(const TriMesh& mesh, std::span<const glm::vec3> positions, const Plane& plane, Face& face) {
  for (const auto& triangle : mesh.triangles)
    for (int i = 0; i < 3; ++i) {
      const glm::vec3 a = positions[triangle[static_cast<std::size_t>(i)]];
      const glm::vec3 b = positions[triangle[static_cast<std::size_t>((i + 1) % 3)]];
      const float da = plane.distance_mm(a), db = plane.distance_mm(b);
      if ((da < 0) != (db < 0))
        face.add(a + (b - a) * (da / (da - db)));
    }
}

// The skin goes around everything else, so it alone is asked where it is shown.
void measure(const Frame& frame, const Plane& plane, Face& face) {
  const bool skin = std::any_of(frame.items.begin(), frame.items.end(),
                                [](const DrawItem& item) { return item.clipped && item.material == Material::skin; });
  for (const DrawItem& item : frame.items) {
    if (!item.clipped || (skin && item.material != Material::skin))
      continue;
    const TriMesh& mesh = item.mesh->surface;
    if (frame.segments.empty())
      add_crossings(mesh, mesh.positions, plane, face);
    else
      add_crossings(mesh, posed_positions(*item.mesh, frame.segments, frame.bends), plane, face);
  }
}

const char* direction_key(glm::vec3 normal, glm::vec3 medial) {
  constexpr float mostly = 0.8f;
  if (std::abs(normal.y) > mostly)
    return normal.y < 0 ? "picture.seen.below" : "picture.seen.above";
  if (std::abs(normal.z) > mostly)
    return normal.z < 0 ? "picture.seen.behind" : "picture.seen.front";
  if (std::abs(normal.x) > mostly)
    return glm::dot(normal, medial) > 0 ? "picture.seen.medial" : "picture.seen.lateral";
  return nullptr;
}

} // namespace

std::vector<Label> section_labels(const Frame& frame, Side side, const Catalogue& text) {
  if (!frame.clip)
    return {};
  const Plane& plane = *frame.clip;
  const glm::vec3 medial(side == Side::right ? 1.0f : -1.0f, 0, 0);
  const glm::vec3 in_plane = medial - plane.normal * glm::dot(medial, plane.normal);
  const bool has_ends = glm::length(in_plane) > 0.4f; // else the cut divides medial from lateral
  Face face;
  face.u = has_ends ? glm::normalize(in_plane) : glm::vec3(0, 0, 1);
  face.v = glm::cross(plane.normal, face.u);
  measure(frame, plane, face);
  if (face.empty())
    return {};
  const glm::vec2 middle = 0.5f * (face.lower + face.upper);
  const auto at = [&](float u, float v) { return u * face.u + v * face.v + plane.offset_mm * plane.normal; };

  const glm::vec3 centre = at(middle.x, middle.y), forward = forward_of(frame.camera);
  const glm::vec3 to_eye = frame.camera.orthographic ? -forward : glm::normalize(eye_of(frame.camera) - centre);
  const float facing = glm::dot(to_eye, plane.normal);
  if (facing < facing_least)
    return {};

  const auto on_screen = [&](glm::vec3 direction) { // x right, y down
    return glm::vec2(glm::dot(direction, right_of(frame.camera)), -glm::dot(direction, up_of(frame.camera)));
  };
  std::vector<Label> labels;
  const glm::vec2 u_seen = on_screen(face.u), v_seen = on_screen(face.v);
  if (has_ends && glm::length(u_seen) > letters_apart) {
    const glm::vec2 outward = glm::normalize(u_seen) * letter_offset_lines;
    labels.push_back({text("picture.medial"), at(face.upper.x, middle.y), outward});
    labels.push_back({text("picture.lateral"), at(face.lower.x, middle.y), -outward});
  }
  const char* key = direction_key(plane.normal, medial);
  if (key && facing > facing_straight) {
    const float uppermost = v_seen.y > 0 ? face.lower.y : face.upper.y; // below stands the window's legend
    labels.push_back({text(key), at(middle.x, uppermost), {0, -note_offset_lines}, note_size});
  }
  return labels;
}

} // namespace calfscope
