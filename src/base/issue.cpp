#include "base/issue.h"

#include <algorithm>

namespace calfscope {

void IssueList::error(std::string file, int line, std::string key, std::string message) {
  add({Severity::error, std::move(file), line, std::move(key), std::move(message)});
}

void IssueList::warning(std::string file, int line, std::string key, std::string message) {
  add({Severity::warning, std::move(file), line, std::move(key), std::move(message)});
}

void IssueList::note(std::string file, int line, std::string key, std::string message) {
  add({Severity::note, std::move(file), line, std::move(key), std::move(message)});
}

void IssueList::append(const IssueList& other) {
  issues_.insert(issues_.end(), other.issues_.begin(), other.issues_.end());
}

bool IssueList::has_errors() const {
  return std::any_of(issues_.begin(), issues_.end(),
                     [](const Issue& issue) { return issue.severity == Severity::error; });
}

std::string to_string(const Issue& issue) {
  std::string text;
  if (!issue.file.empty()) {
    text += issue.file;
    if (issue.line > 0)
      text += ":" + std::to_string(issue.line);
    text += ": ";
  }
  if (!issue.key.empty())
    text += issue.key + ": ";
  switch (issue.severity) {
  case Severity::error:
    text += "error: ";
    break;
  case Severity::warning:
    text += "warning: ";
    break;
  case Severity::note:
    text += "note: ";
    break;
  }
  return text + issue.message;
}

std::string to_string(const IssueList& issues) {
  std::string text;
  for (const Issue& issue : issues.all())
    text += to_string(issue) + "\n";
  return text;
}

} // namespace calfscope
