#pragma once
// What a frame asks for, worked out on the CPU: which surfaces are drawn how, and which part of the target they touch.

#include "frame/frame.h"
#include "frame/viewport.h"
#include "gl/state.h"
#include "render/mesh_cache.h"

#include <vector>

namespace calfscope::render {

struct PlannedItem {
  const DrawItem* item = nullptr;
  const GpuMesh* mesh = nullptr;
  const PaintedMesh* painted = nullptr; // if its overlay shows anything
  Bounds bounds;                        // posed, world
  glm::mat4 world_from_rest{1};         // exact if not skinned, else that of the main segment
  bool skinned = false;                 // the vertex shader blends segments
  std::size_t level = 0;                // of the mesh's triangles
  bool transparent = false;
  bool dented = false;       // a tool may reach it
  bool clipped = false;      // the plane may cut it
  bool opened = false;       // the keyhole may open it
  float nearness_mm = 0;     // distance of its box's centre before the eye
  float finest_pixel_mm = 0; // what a pixel of the scene target spans at its nearest point

  const IndexRange& triangles() const { return mesh->levels[level]; }
};

struct Plan {
  Viewport viewport;               // of the finished picture
  bool quick = false;              // a moving picture where the processor draws
  int samples = 1;                 // of the scene target per pixel and axis; of a quick one 1, or a little less
  glm::ivec2 scene_size{1};        // of the scene target, px
  Bounds scene;                    // for the depth range: the frame's box and what else is drawn
  std::vector<PlannedItem> opaque; // nearest first, so that hidden fragments are cheap
  std::vector<PlannedItem> transparent;
  std::vector<PlannedItem> glass; // those of `opaque` that the keyhole opens: drawn again, blended, inside it
  gl::Rect hole;                  // pixels of the scene target that the keyhole can touch
  gl::Rect content;               // pixels of the finished picture that surfaces can touch
  gl::Rect touched;               // the same with the floor: elsewhere the picture is background
  bool empty() const { return opaque.empty() && transparent.empty(); }
  bool blended() const { return !transparent.empty() || !glass.empty(); }
};

struct PlanOptions {
  bool quick = false; // coarse triangles where they do, and no more pixels than can be drawn in time
  int samples = 1;    // per pixel and axis, if not quick
};

// `frame` and `meshes` must outlive the plan.
Plan make_plan(const Frame& frame, glm::ivec2 size, MeshCache& meshes, const PlanOptions& options);

// The part of the scene target that may hold surfaces.
gl::Rect scene_content(const Plan& plan);
// Pixels of the scene target per pixel of the picture.
float scene_scale(const Plan& plan);

// The same with `pixels` more on every side, but no larger than `size`.
gl::Rect grown(const gl::Rect& rect, int pixels, glm::ivec2 size);
// What lies in both.
gl::Rect overlap(const gl::Rect& a, const gl::Rect& b);
// The smallest that holds both; an empty one adds nothing.
gl::Rect joined(const gl::Rect& a, const gl::Rect& b);

} // namespace calfscope::render
