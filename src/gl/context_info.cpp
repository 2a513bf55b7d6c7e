#include "gl/context_info.h"

#include <epoxy/gl.h>

namespace calfscope::gl {
namespace {

std::string text_of(GLenum name) {
  const GLubyte* text = glGetString(name);
  return text ? reinterpret_cast<const char*>(text) : "";
}

} // namespace

ContextInfo context_info() {
  ContextInfo info;
  info.renderer = text_of(GL_RENDERER);
  info.version = text_of(GL_VERSION);
  glGetIntegerv(GL_MAJOR_VERSION, &info.major);
  glGetIntegerv(GL_MINOR_VERSION, &info.minor);
  for (const char* name : {"llvmpipe", "softpipe", "swrast", "SwiftShader", "Software"})
    info.software = info.software || info.renderer.find(name) != std::string::npos;
  return info;
}

} // namespace calfscope::gl
