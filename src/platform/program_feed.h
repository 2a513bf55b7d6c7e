#pragma once
// Another program that is fed through its standard input, piece by piece, as for a film: ours goes on meanwhile.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace calfscope {

class ProgramFeed {
public:
  // `words`: the program (looked up in PATH) and its arguments. nullopt if it cannot be started.
  static std::optional<ProgramFeed> start(const std::vector<std::string>& words);
  ~ProgramFeed(); // ends it if it still runs
  ProgramFeed(ProgramFeed&&) noexcept;
  ProgramFeed& operator=(ProgramFeed&&) noexcept;

  // Blocks until it has taken all of it. False once it takes no more, because it has ended.
  bool feed(std::span<const std::uint8_t> bytes);

  struct End {
    int status = 0;         // as it exited; 128 and more: by a signal
    std::string complaints; // the last of what it wrote to its standard error
  };
  // Says that no more comes and waits for its end.
  End finish();

private:
  struct Process;
  explicit ProgramFeed(std::unique_ptr<Process> process);
  std::unique_ptr<Process> process_;
};

// Where a program stands in PATH; empty if it is in none of its folders.
std::string find_program(const std::string& name);

} // namespace calfscope
