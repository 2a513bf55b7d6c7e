#pragma once
// An OpenGL context on a machine without a display: EGL without a surface. Everything is drawn into framebuffers.

#include "base/issue.h"

#include <memory>

namespace calfscope {

class HeadlessContext {
public:
  // Makes an OpenGL 4.1 core context current on this thread: without a surface (Mesa), else on an EGL device (drivers
  // of GPU makers). nullptr and an issue that names what was tried if the machine has neither.
  static std::unique_ptr<HeadlessContext> create(IssueList& issues);
  ~HeadlessContext();
  HeadlessContext(const HeadlessContext&) = delete;
  HeadlessContext& operator=(const HeadlessContext&) = delete;

  void make_current() const;

private:
  struct Impl;
  explicit HeadlessContext(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace calfscope
