#include "render/programs.h"

#include "render/frame_block.h"

namespace calfscope::render {

const gl::Program& Programs::use(const gl::ProgramFiles& files) {
  std::string key = files.vertex + " " + files.fragment;
  for (const std::string& define : files.defines)
    key += " " + define;
  const auto found = programs_.find(key);
  if (found != programs_.end()) {
    found->second.use();
    return found->second;
  }
  const gl::Program& program = programs_.emplace(key, gl::Program(folder_, files)).first->second;
  program.use();
  program.bind_block("FrameBlock", frame_block_slot);
  return program;
}

const gl::Program& Programs::use_pass(const std::string& fragment, std::vector<std::string> defines) {
  return use({"fullscreen.vert", fragment, std::move(defines)});
}

} // namespace calfscope::render
