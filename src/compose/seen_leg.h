#pragma once
// What of the leg is seen from where the camera stands, on a coarse raster of the free area: how far the nearest solid
// surface lies in each cell, and how far the leg reaches to either side. A few milliseconds, no GPU.

#include "frame/frame.h"
#include "frame/viewport.h"
#include "geometry/plane_section.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace calfscope {

// World to pixels of the target (from its top left) and to the distance before the camera's plane, mm.
class Sight {
public:
  Sight(const Camera& camera, const Viewport& viewport);
  struct At {
    glm::vec2 px{0};
    float depth_mm = 0; // <= 0: behind the eye
  };
  At operator()(glm::vec3 point_mm) const;
  float px_per_mm(float depth_mm) const; // how large a millimetre appears at this depth

private:
  glm::mat4 clip_from_world_;
  glm::vec4 depth_row_;
  glm::vec2 size_;
  float px_per_mm_at_target_ = 1;
  float target_depth_mm_ = 0; // 0: parallel projection
};

// Positions of every item's mesh as the pose has them; made once per pose.
class PosedMeshes {
public:
  const std::vector<glm::vec3>& positions(const std::shared_ptr<const SurfaceMesh>& mesh, const Frame& frame);

private:
  std::vector<glm::mat4> segments_;
  BendShares bends_{};
  std::vector<std::pair<std::shared_ptr<const SurfaceMesh>, std::vector<glm::vec3>>> posed_;
};

class SeenLeg {
public:
  // `viewport`: of the target that the frame is made for.
  SeenLeg(const Frame& frame, const Viewport& viewport, PosedMeshes& meshes);

  const Sight& sight() const { return sight_; }
  // Whether a point on a surface is seen: nothing solid lies before it by more than the raster can tell. `slack` > 1 is
  // kinder to what was seen before.
  bool sees(glm::vec3 point_mm, float slack = 1) const;

  // How far anything drawn reaches in a row of the target, px from its left edge; nullopt where nothing is.
  struct Reach {
    float left = 0, right = 0;
  };
  std::optional<Reach> reach_at(float y_px) const;
  float cell_px() const { return cell_px_; }
  int rows() const { return static_cast<int>(reach_.size()); }
  float row_middle_px(int row) const { return lower_.y + (static_cast<float>(row) + 0.5f) * cell_px_; }
  std::optional<Reach> reach_of_row(int row) const;

private:
  void draw(const DrawItem& item, const std::vector<glm::vec3>& positions, const Frame& frame);

  Sight sight_;
  glm::vec2 lower_{0}; // of the free area, px
  float cell_px_ = 1;
  float cell_mm_ = 1; // at the camera's target
  glm::ivec2 cells_{0};
  std::vector<float> depth_;   // per cell, mm; infinite where nothing solid is
  std::vector<bool> cut_open_; // cells that show the filled cut; empty if nothing is cut
  std::vector<Reach> reach_;   // per row; left > right where nothing is
  glm::vec2 hole_px_{0};       // of the keyhole
  float hole_radius_px_ = 0, hole_depth_mm_ = 0;
};

} // namespace calfscope
