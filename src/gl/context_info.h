#pragma once
// What the current context can do.

#include <string>

namespace calfscope::gl {

struct ContextInfo {
  std::string renderer; // "llvmpipe (LLVM 15.0.6, 256 bits)"
  std::string version;  // "4.1 (Core Profile) Mesa 22.3.6"
  int major = 0;
  int minor = 0;
  bool software = false; // no GPU: the processor draws, and the triangle count decides the speed
};

// A context must be current.
ContextInfo context_info();

} // namespace calfscope::gl
