#pragma once
// The shader programs, made when first needed and kept.

#include "gl/program.h"

#include <filesystem>
#include <map>

namespace calfscope::render {

class Programs {
public:
  explicit Programs(std::filesystem::path shader_folder) : folder_(std::move(shader_folder)) {}

  // In use and with its frame block connected. Throws if it does not compile.
  const gl::Program& use(const gl::ProgramFiles& files);
  // A full-screen pass.
  const gl::Program& use_pass(const std::string& fragment, std::vector<std::string> defines = {});

  // For tests: everything made so far.
  const std::map<std::string, gl::Program>& all() const { return programs_; }

private:
  std::filesystem::path folder_;
  std::map<std::string, gl::Program> programs_;
};

} // namespace calfscope::render
