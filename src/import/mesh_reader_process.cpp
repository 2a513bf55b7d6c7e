#include "import/mesh_reader_process.h"

#include "import/foreign.h"
#include "import/mesh_reader.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char** environ;

namespace calfscope {
namespace {

constexpr const char* child_word = "--read-mesh-as-child";
constexpr int result_descriptor = 3;
// What the child says with its exit code when it cannot say it in words.
constexpr int exit_out_of_memory = 40;

std::filesystem::path& reader_program() {
  static std::filesystem::path program = "/proc/self/exe";
  return program;
}

class Descriptor {
public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0)
      ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

private:
  int number_;
};

std::string everything_in(int descriptor) {
  std::string out;
  const off_t size = ::lseek(descriptor, 0, SEEK_END);
  if (size <= 0 || ::lseek(descriptor, 0, SEEK_SET) != 0)
    return out;
  out.resize(static_cast<std::size_t>(size));
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t count = ::read(descriptor, out.data() + done, out.size() - done);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      break;
    done += static_cast<std::size_t>(count);
  }
  out.resize(done);
  return out;
}

// Waits for the child; kills it when its time is over. nullopt then.
std::optional<int> wait_for(pid_t child, std::chrono::seconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  auto pause = std::chrono::milliseconds(1);
  while (true) {
    int status = 0;
    const pid_t done = ::waitpid(child, &status, WNOHANG);
    if (done == child)
      return status;
    if (done < 0 && errno != EINTR)
      return std::nullopt;
    if (std::chrono::steady_clock::now() >= end) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      return std::nullopt;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds(20));
  }
}

// Of the child to the parent, which holds it twice while it takes it apart.
std::size_t largest_answer(std::size_t memory_bytes) {
  return memory_bytes / 4;
}

std::string what_happened(std::optional<int> status, const ReaderLimits& limits) {
  const std::string seconds = std::to_string(limits.time.count());
  if (!status)
    return "takes longer than " + seconds + " s to read; reading was stopped";
  if (WIFSIGNALED(*status)) {
    if (WTERMSIG(*status) == SIGXCPU)
      return "takes longer than " + seconds + " s to read; reading was stopped";
    if (WTERMSIG(*status) == SIGXFSZ)
      return "holds more than " + std::to_string(largest_answer(limits.memory_bytes) >> 20) + " MiB of meshes";
    if (WTERMSIG(*status) == SIGKILL)
      return "could not be read: the system stopped the reader, probably for want of memory";
    return std::string("is damaged: the mesh reader crashed on it (") + ::strsignal(WTERMSIG(*status)) + ")";
  }
  if (WEXITSTATUS(*status) == exit_out_of_memory)
    return "needs more than " + std::to_string(limits.memory_bytes >> 20) + " MiB of memory to read";
  return "could not be read: the mesh reader ended with code " + std::to_string(WEXITSTATUS(*status));
}

void limit_itself(std::size_t memory_bytes, std::size_t seconds) {
  const auto set = [](auto what, std::size_t value) {
    const rlimit limit{.rlim_cur = value, .rlim_max = value + 1}; // at the hard limit of time there is no word left
    ::setrlimit(what, &limit);
  };
#if !defined(__SANITIZE_ADDRESS__) // its shadow memory alone is larger
  set(RLIMIT_AS, memory_bytes);
#endif
  set(RLIMIT_FSIZE, largest_answer(memory_bytes));
  set(RLIMIT_CPU, seconds);
  set(RLIMIT_CORE, 0);
}

bool write_everything(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

} // namespace

std::optional<std::vector<NamedMesh>> read_in_child(const std::filesystem::path& file, const ReaderLimits& limits,
                                                    IssueList& issues) {
  const auto fault = [&](const std::string& message) {
    issues.error(file.string(), 0, "", message);
    return std::nullopt;
  };
  // Beyond the reach of another descriptor 3, so that dup2 below really copies it without the close-on-exec mark.
  const Descriptor made(::memfd_create("calfscope-mesh", MFD_CLOEXEC));
  const Descriptor result(made.get() < 0 ? -1 : ::fcntl(made.get(), F_DUPFD_CLOEXEC, result_descriptor + 1));
  if (result.get() < 0)
    return fault(std::string("could not be read: no memory for the result: ") + std::strerror(errno));

  const std::string program = reader_program().string();
  const std::string name = file.string();
  const std::string memory = std::to_string(limits.memory_bytes);
  const std::string seconds = std::to_string(limits.time.count());
  const char* arguments[] = {program.c_str(), child_word, name.c_str(), memory.c_str(), seconds.c_str(), nullptr};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, result.get(), result_descriptor);
  pid_t child = 0;
  const int error = ::posix_spawn(&child, program.c_str(), &actions, nullptr, const_cast<char**>(arguments), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    return fault(std::string("could not be read: the mesh reader does not start: ") + std::strerror(error));

  const auto status = wait_for(child, limits.time);
  if (!status || !WIFEXITED(*status) || WEXITSTATUS(*status) != 0)
    return fault(what_happened(status, limits));
  auto stream = mesh_stream_from(everything_in(result.get()));
  if (!stream)
    return fault("could not be read: the mesh reader answered nonsense");
  if (!stream->fault.empty())
    return fault(stream->fault);
  return std::move(stream->meshes);
}

std::optional<int> run_as_mesh_reader(int argc, char** argv) {
  if (argc != 5 || std::string_view(argv[1]) != child_word)
    return std::nullopt;
  limit_itself(std::strtoull(argv[3], nullptr, 10), std::strtoull(argv[4], nullptr, 10));
  try {
    return write_everything(result_descriptor, to_bytes(read_meshes_here(argv[2]))) ? 0 : 1;
  } catch (const std::bad_alloc&) {
    return exit_out_of_memory;
  }
}

void set_mesh_reader_program(std::filesystem::path program) {
  reader_program() = std::move(program);
}

} // namespace calfscope
