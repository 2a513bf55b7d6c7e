#pragma once
// What picture tests share: one context and renderer per program, simple solids, and questions to pictures.

#include "frame/frame.h"
#include "render/renderer.h"

#include <glm/glm.hpp>

#include <functional>
#include <memory>

namespace calfscope::test {

// Throws if the machine has no OpenGL. The first call makes the context.
Renderer& renderer();

std::shared_ptr<SurfaceMesh> make_sphere(float radius_mm, glm::vec3 centre = glm::vec3(0), int rings = 48);
// Closed cylinder along y from -half to +half, its upper half bound to segment 1 with a soft passage.
std::shared_ptr<SurfaceMesh> make_bending_rod(float radius_mm, float half_mm);

DrawItem item_of(std::shared_ptr<const SurfaceMesh> mesh, Material material = Material::plain,
                 glm::vec3 colour = {0.7f, 0.3f, 0.2f});

// Orthographic from +Z, `height_mm` fitting the height of the picture; grey background, no floor.
Frame frame_of(std::vector<DrawItem> items, float height_mm = 200);

// Draws and reads; fails the test on any GL error.
Image picture_of(const Frame& frame, glm::ivec2 size = {160, 160});

glm::ivec3 pixel(const Image& image, int x, int y);
// Pixels for which two pictures of the same size differ by more than `tolerance` in any channel.
int differing_pixels(const Image& a, const Image& b, int tolerance);
float brightness(glm::ivec3 colour);

} // namespace calfscope::test
