#include "platform/program_feed.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <sstream>

extern char** environ;

namespace calfscope {
namespace {

constexpr std::size_t most_complaints = 4000;

// Everything of an end that the other side writes into a file without a name.
std::string last_of(int file) {
  const off_t size = lseek(file, 0, SEEK_END);
  const off_t from = std::max<off_t>(0, size - static_cast<off_t>(most_complaints));
  std::string text(static_cast<std::size_t>(std::max<off_t>(size - from, 0)), '\0');
  const ssize_t got = pread(file, text.data(), text.size(), from);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

} // namespace

struct ProgramFeed::Process {
  pid_t child = 0;
  int input = -1;
  int errors = -1;
  ~Process() {
    if (input >= 0)
      close(input);
    if (errors >= 0)
      close(errors);
    if (child > 0) {
      kill(child, SIGTERM);
      waitpid(child, nullptr, 0);
    }
  }
};

ProgramFeed::ProgramFeed(std::unique_ptr<Process> process) : process_(std::move(process)) {}
ProgramFeed::~ProgramFeed() = default;
ProgramFeed::ProgramFeed(ProgramFeed&&) noexcept = default;
ProgramFeed& ProgramFeed::operator=(ProgramFeed&&) noexcept = default;

std::optional<ProgramFeed> ProgramFeed::start(const std::vector<std::string>& words) {
  if (words.empty())
    return std::nullopt;
  std::vector<char*> arguments;
  for (const std::string& word : words)
    arguments.push_back(const_cast<char*>(word.c_str())); // posix_spawnp only reads them
  arguments.push_back(nullptr);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return std::nullopt;
  auto process = std::make_unique<Process>();
  process->input = ends[1];
  process->errors = memfd_create("complaints", MFD_CLOEXEC);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (process->errors >= 0)
    posix_spawn_file_actions_adddup2(&files, process->errors, STDERR_FILENO);
  const int failed = posix_spawnp(&process->child, arguments[0], &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  close(ends[0]);
  if (failed != 0) {
    process->child = 0;
    return std::nullopt;
  }
  return ProgramFeed(std::move(process));
}

bool ProgramFeed::feed(std::span<const std::uint8_t> bytes) {
  // A pipe whose reader has gone must end in an answer, not in our own end.
  static const auto ignored = signal(SIGPIPE, SIG_IGN);
  static_cast<void>(ignored);
  while (!bytes.empty()) {
    const ssize_t written = write(process_->input, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

ProgramFeed::End ProgramFeed::finish() {
  End end;
  if (process_->input >= 0)
    close(process_->input);
  process_->input = -1;
  int status = -1; // not a clean end, should it not be told
  while (process_->child > 0 && waitpid(process_->child, &status, 0) < 0 && errno == EINTR) {
  }
  process_->child = 0;
  end.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (process_->errors >= 0)
    end.complaints = last_of(process_->errors);
  return end;
}

std::string find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string file = (folder.empty() ? "." : folder) + "/" + name;
    if (access(file.c_str(), X_OK) == 0)
      return file;
  }
  return {};
}

} // namespace calfscope
