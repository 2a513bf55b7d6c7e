#pragma once
// FlatDrawing -> pixels, on the CPU: no context is needed.

#include "frame/flat_drawing.h"
#include "render/image.h"

namespace calfscope {

// Opaque, with smooth edges. Text is left out where there is no font.
Image draw_flat(const FlatDrawing& drawing);

// A drawing laid over an opaque image of the same size; its background is not drawn.
void draw_flat_over(Image& image, const FlatDrawing& drawing);

} // namespace calfscope
