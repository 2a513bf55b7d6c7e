#include "technique/skin_lines.h"

#include <algorithm>

namespace calfscope {
namespace {

// Design choices: far enough to reach from under a ball, near enough to see what bends.
constexpr int lines_beside = 4;
constexpr float apart_mm = 13, reach_mm = 55, step_mm = 3;
constexpr float off_skin_mm = 0.5f;

bool is_under(const Contact& contact, glm::vec3 point) {
  const glm::vec3 from = point - dragged_origin(contact);
  const float u = dot(from, contact.frame.across), v = dot(from, contact.frame.along);
  return dot(from, contact.frame.into) < tool_face_mm(contact, u, v) + 1;
}

} // namespace

SkinLines::SkinLines(const ContactGround& ground, LegPlace middle) : middle_(middle) {
  for (int i = -lines_beside; i <= lines_beside; ++i) {
    std::vector<ContactGround::SkinPlace> line;
    for (float way = -reach_mm; way <= reach_mm; way += step_mm)
      if (const auto place = ground.skin_place(middle, static_cast<float>(i) * apart_mm, way))
        line.push_back(*place);
    if (line.size() > 1)
      lines_.push_back(std::move(line));
  }
}

std::vector<SkinLines::Line> SkinLines::posed(std::span<const glm::vec3> posed_finer_skin,
                                              std::span<const Contact> contacts) const {
  std::vector<Line> out;
  for (const auto& line : lines_) {
    Line shown;
    const auto break_off = [&] {
      if (shown.size() > 1)
        out.push_back(shown);
      shown.clear();
    };
    for (const ContactGround::SkinPlace& place : line) {
      glm::vec3 at = posed_place(place, posed_finer_skin);
      for (const Contact& contact : contacts)
        at = dented(contact, at, 1, true);
      if (std::any_of(contacts.begin(), contacts.end(), [&](const Contact& c) { return is_under(c, at); })) {
        break_off();
        continue;
      }
      const glm::uvec3 t = place.corners;
      const glm::vec3 normal =
          cross(posed_finer_skin[t.y] - posed_finer_skin[t.x], posed_finer_skin[t.z] - posed_finer_skin[t.x]);
      const glm::vec3 outward = length(normal) > 0 ? normalize(normal) : glm::vec3(0);
      shown.push_back({at + off_skin_mm * outward, outward});
    }
    break_off();
  }
  return out;
}

} // namespace calfscope
