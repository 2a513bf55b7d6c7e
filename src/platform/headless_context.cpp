#include "platform/headless_context.h"

#include <epoxy/egl.h>

#include <array>
#include <string>
#include <vector>

namespace calfscope {

struct HeadlessContext::Impl {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (display == EGL_NO_DISPLAY)
      return;
    eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (context != EGL_NO_CONTEXT)
      eglDestroyContext(display, context);
    eglTerminate(display);
  }
};

namespace {

std::string error_text() {
  constexpr std::array<const char*, 15> names{"EGL_SUCCESS",       "EGL_NOT_INITIALIZED",     "EGL_BAD_ACCESS",
                                              "EGL_BAD_ALLOC",     "EGL_BAD_ATTRIBUTE",       "EGL_BAD_CONFIG",
                                              "EGL_BAD_CONTEXT",   "EGL_BAD_CURRENT_SURFACE", "EGL_BAD_DISPLAY",
                                              "EGL_BAD_MATCH",     "EGL_BAD_NATIVE_PIXMAP",   "EGL_BAD_NATIVE_WINDOW",
                                              "EGL_BAD_PARAMETER", "EGL_BAD_SURFACE",         "EGL_CONTEXT_LOST"};
  const EGLint code = eglGetError();
  const std::size_t index = static_cast<std::size_t>(code - EGL_SUCCESS);
  return index < names.size() ? names[index] : "error " + std::to_string(code);
}

// Empty = a 4.1 context on this display is current; else why not.
std::string make_context(EGLDisplay display, EGLContext& context) {
  if (!eglBindAPI(EGL_OPENGL_API))
    return "no desktop OpenGL: " + error_text();
  // A pixel-buffer surface is asked for because every driver has such a config; none is ever made.
  const EGLint wanted[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint found = 0;
  if (!eglChooseConfig(display, wanted, &config, 1, &found) || found == 0)
    config = EGL_NO_CONFIG_KHR;
  const EGLint version[] = {
      EGL_CONTEXT_MAJOR_VERSION,           4,       EGL_CONTEXT_MINOR_VERSION, 1, EGL_CONTEXT_OPENGL_PROFILE_MASK,
      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
  context = eglCreateContext(display, config, EGL_NO_CONTEXT, version);
  if (context == EGL_NO_CONTEXT)
    return "no OpenGL 4.1 core context: " + error_text();
  if (!eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context))
    return "the context cannot work without a surface: " + error_text();
  return {};
}

} // namespace

HeadlessContext::HeadlessContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HeadlessContext::~HeadlessContext() = default;

void HeadlessContext::make_current() const {
  eglMakeCurrent(impl_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, impl_->context);
}

std::unique_ptr<HeadlessContext> HeadlessContext::create(IssueList& issues) {
  std::string tried;
  const auto attempt = [&](const std::string& way, EGLDisplay display) -> std::unique_ptr<HeadlessContext> {
    auto impl = std::make_unique<Impl>();
    std::string reason;
    if (display == EGL_NO_DISPLAY)
      reason = "no display of this kind";
    else if (!eglInitialize(display, nullptr, nullptr))
      reason = "cannot be initialised: " + error_text();
    else {
      impl->display = display;
      reason = make_context(display, impl->context);
    }
    if (reason.empty())
      return std::unique_ptr<HeadlessContext>(new HeadlessContext(std::move(impl)));
    tried += (tried.empty() ? "" : "; ") + way + ": " + reason;
    return nullptr;
  };

  const bool platforms = epoxy_has_egl() && epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_base");
  if (platforms && epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless")) {
    if (auto context = attempt("EGL without a surface",
                               eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr)))
      return context;
  }
  if (platforms && epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_device")) {
    EGLint count = 0;
    eglQueryDevicesEXT(0, nullptr, &count);
    std::vector<EGLDeviceEXT> devices(static_cast<std::size_t>(count));
    eglQueryDevicesEXT(count, devices.data(), &count);
    for (EGLint i = 0; i < count; ++i)
      if (auto context =
              attempt("EGL device " + std::to_string(i),
                      eglGetPlatformDisplayEXT(EGL_PLATFORM_DEVICE_EXT, devices[static_cast<std::size_t>(i)], nullptr)))
        return context;
  }
  if (tried.empty())
    tried = "EGL offers neither surfaceless contexts nor devices";
  issues.error("", 0, "",
               "no OpenGL 4.1 without a display on this machine (" + tried +
                   "); on Debian the packages libegl1 and libgl1-mesa-dri provide it");
  return nullptr;
}

} // namespace calfscope
