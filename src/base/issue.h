#pragma once
// A fault found in something a person gave us (a file, a flag, a mesh), said so that they can find and mend it.

#include <filesystem>
#include <string>
#include <vector>

namespace calfscope {

enum class Severity { note, warning, error };

struct Issue {
  Severity severity = Severity::error;
  std::string file;    // path as the user knows it; empty if no file is concerned
  int line = 0;        // 1-based; 0 = no line applies (binary files, whole-file faults)
  std::string key;     // JSON pointer, structure id or option name; empty if none
  std::string message; // what is wrong and what was expected, one sentence

  bool operator==(const Issue&) const = default;
};

// Every fault, in the order found: checks go on after the first one.
class IssueList {
public:
  void add(Issue issue) { issues_.push_back(std::move(issue)); }
  void error(std::string file, int line, std::string key, std::string message);
  void warning(std::string file, int line, std::string key, std::string message);
  void note(std::string file, int line, std::string key, std::string message);
  void append(const IssueList& other);

  bool has_errors() const;
  bool empty() const { return issues_.empty(); }
  const std::vector<Issue>& all() const { return issues_; }

private:
  std::vector<Issue> issues_;
};

// "models/x/model.json:12: structures/3/kind: error: …", the form editors can jump to.
std::string to_string(const Issue& issue);
std::string to_string(const IssueList& issues);

// Exit codes of the program (conventions, "Program").
enum class ExitCode : int { ok = 0, input_has_faults = 1, wrong_usage = 2, machine_cannot = 3 };

} // namespace calfscope
