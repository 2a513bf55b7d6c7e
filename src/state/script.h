#pragma once
// A script is a list of named actions in a JSON file, played in order:
//   [ { "do": "select", "id": "soleus" }, { "do": "wait", "seconds": 1 }, { "do": "screenshot", "path": "x.png" } ]
// or an object with that list under "script".

#include "base/issue.h"
#include "state/action.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace calfscope {

struct AppState;

struct ScriptStep {
  Action action;
  double wait_s = 0; // for "wait": time that passes instead of an action
  int line = 0;      // in the file, for faults while playing
};

struct Script {
  std::string file;
  std::vector<ScriptStep> steps;
};

// Every fault is named with its line: unknown action, missing, extra or wrong argument.
std::optional<Script> parse_script(std::string_view text, std::string file, IssueList& issues);
std::optional<Script> load_script(const std::filesystem::path& file, IssueList& issues);

// Plays a script against a state whose clock the caller moves.
class ScriptPlayer {
public:
  ScriptPlayer() = default;
  explicit ScriptPlayer(Script script) : script_(std::move(script)) {}

  // Everything played, and a wait at the end has passed.
  bool done() const { return next_ >= script_.steps.size() && resume_at_s_ < 0; }
  // Plays steps up to the first wait that has not passed yet, or up to the first one that leaves a Request (so that the
  // app can serve it before the rest). Faults carry file and line; the script goes on. Call again after advance().
  void play(AppState& state, IssueList& issues);
  double wait_left_s(const AppState& state) const; // 0 if nothing is being waited for

private:
  Script script_;
  std::size_t next_ = 0;
  double resume_at_s_ = -1;
};

} // namespace calfscope
