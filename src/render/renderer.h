#pragma once
// Draws Frames. A finished picture is kept as a texture, one of moving and one of full quality, so that a window can
// show it again, and fade from one to the other, without drawing the leg. A context must be current in every call.

#include "frame/frame.h"
#include "render/image.h"

#include <filesystem>
#include <memory>

namespace calfscope {

class Renderer {
public:
  // `program_root` holds the folder shaders (find_program_root()). Throws std::runtime_error if the context is too old.
  explicit Renderer(const std::filesystem::path& program_root);
  ~Renderer();
  Renderer(Renderer&&) noexcept;
  Renderer& operator=(Renderer&&) noexcept;

  // Whether pictures of Quality::moving are coarser than full ones; only where the processor draws.
  bool moving_is_coarse() const;

  // Draws the frame in its quality and keeps the picture.
  void draw(const Frame& frame, glm::ivec2 size);

  // The same for a full picture in pieces, none of which takes long (about 40 ms without a GPU), so that input is heard
  // between them. begin_full drops an unfinished one; draw() does not disturb it. step_full returns true when the
  // picture is finished (and if none was begun). The older full picture stays until then.
  void begin_full(const Frame& frame, glm::ivec2 size);
  bool step_full();
  bool full_is_under_way() const;
  void abandon_full();

  // A picture by itself, in the frame's quality; leaves the kept ones and an unfinished one alone.
  Image picture_of(const Frame& frame, glm::ivec2 size);

  bool has_picture(Quality quality) const;
  glm::ivec2 picture_size(Quality quality) const; // 0 0 if none is kept

  // Shows the kept pictures in the framebuffer that is bound now: full_share 0 the moving one … 1 the full one. If only
  // one is kept it is shown; false if none is. outline_strength 0 … 1 lets outlines pulse without a new picture.
  bool present(float full_share, glm::ivec2 target_size, float outline_strength = 1);

  void finish() const; // waits until everything asked for has been drawn; for measuring

  Image read(Quality quality); // the kept picture with its outlines; empty if none is kept

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace calfscope
