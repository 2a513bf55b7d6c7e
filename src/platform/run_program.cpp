#include "platform/run_program.h"

#include <algorithm>
#include <chrono>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace calfscope {
namespace {

constexpr std::size_t most_output = 1 << 20;

// -1 if it could not be started.
pid_t start(const std::vector<std::string>& arguments, int output) {
  std::vector<char*> words;
  for (const std::string& argument : arguments)
    words.push_back(const_cast<char*>(argument.c_str())); // posix_spawnp only reads them
  words.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP); // Ctrl+C in our terminal is not meant for it
  pid_t child = -1;
  if (posix_spawnp(&child, words[0], &files, &attributes, words.data(), environ) != 0)
    child = -1;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return child;
}

void read_what_is_there(int from, std::string& output) {
  char block[4096];
  ssize_t size = 0;
  while (output.size() < most_output && (size = read(from, block, sizeof block)) > 0)
    output.append(block, static_cast<std::size_t>(size));
}

} // namespace

std::optional<std::string> run_program(const std::vector<std::string>& arguments, double limit_s) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
    return std::nullopt;
  const pid_t child = start(arguments, ends[1]);
  close(ends[1]);
  std::string output;
  int status = -1;
  bool ended = false;
  using clock = std::chrono::steady_clock;
  const auto until = clock::now() + std::chrono::duration<double>(limit_s);
  // The end of the pipe says nothing: what the program leaves in the background may hold it open.
  while (child > 0 && !ended && clock::now() < until) {
    pollfd readable{ends[0], POLLIN, 0};
    poll(&readable, 1, 5);
    read_what_is_there(ends[0], output);
    ended = waitpid(child, &status, WNOHANG) == child;
    if (!ended && (readable.revents & POLLHUP))
      usleep(2000); // it closed its output before it ended
  }
  if (child > 0 && !ended) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }
  read_what_is_there(ends[0], output);
  close(ends[0]);
  if (!ended || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return std::nullopt;
  return output;
}

} // namespace calfscope
