#include "import/mesh_source.h"

#include "base/files.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <functional>
#include <memory>

namespace calfscope {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_file = 200u << 20;
constexpr std::size_t most_entries = 100'000;
constexpr std::size_t most_bytes = std::size_t{1} << 30; // of all files wanted

struct CloseArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};

// Calls entry(name, handle) for every plain file; stops when it returns false. Empty if fine, else what is wrong.
std::string walk_archive(const fs::path& path, const std::function<bool(const std::string&, archive*)>& visit) {
  const std::unique_ptr<archive, CloseArchive> handle(archive_read_new());
  archive_read_support_format_zip(handle.get());
  archive_read_support_format_tar(handle.get());
  archive_read_support_format_7zip(handle.get());
  archive_read_support_filter_all(handle.get());
  const auto reason = [&] {
    const char* text = archive_error_string(handle.get());
    return std::string(text ? text : "unknown fault");
  };
  if (archive_read_open_filename(handle.get(), path.c_str(), 1 << 16) != ARCHIVE_OK)
    return reason();
  archive_entry* entry = nullptr;
  while (true) {
    const int result = archive_read_next_header(handle.get(), &entry);
    if (result == ARCHIVE_EOF)
      return "";
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
      return reason();
    const char* name = archive_entry_pathname(entry);
    if (name && archive_entry_filetype(entry) == AE_IFREG && !visit(name, handle.get()))
      return "";
  }
}

} // namespace

std::optional<MeshSource> MeshSource::open(const fs::path& path, IssueList& issues) {
  MeshSource source;
  source.path_ = path;
  std::error_code error;
  if (fs::is_directory(path, error))
    return source;
  if (!fs::exists(path, error)) {
    issues.error(path.string(), 0, "", "does not exist; a folder or a zip archive was expected");
    return std::nullopt;
  }
  source.is_archive_ = true;
  bool too_many = false;
  const std::string fault = walk_archive(path, [&](const std::string& name, archive*) {
    source.entries_.push_back(name);
    too_many = source.entries_.size() > most_entries;
    return !too_many;
  });
  if (!fault.empty() || too_many) {
    issues.error(path.string(), 0, "",
                 too_many ? "holds more than 100000 files" : "cannot be read as an archive: " + fault);
    return std::nullopt;
  }
  std::sort(source.entries_.begin(), source.entries_.end());
  return source;
}

std::optional<std::string> MeshSource::find(const std::string& name) const {
  const auto here = [&](const std::string& candidate) {
    std::error_code error;
    return is_archive_ ? std::binary_search(entries_.begin(), entries_.end(), candidate)
                       : fs::is_regular_file(path_ / candidate, error);
  };
  // Recipes come from others: their names may not lead out of the folder.
  const fs::path asked(name);
  if (asked.is_absolute() || std::find(asked.begin(), asked.end(), "..") != asked.end())
    return std::nullopt;
  std::string candidate = name;
  while (true) {
    if (here(candidate))
      return candidate;
    const auto slash = candidate.find('/');
    if (slash == std::string::npos)
      return std::nullopt;
    candidate = candidate.substr(slash + 1);
  }
}

std::map<std::string, std::string> MeshSource::read(const std::vector<std::string>& names, IssueList& issues) const {
  std::map<std::string, std::string> out;
  if (!is_archive_) {
    for (const std::string& name : names)
      if (auto text = read_text(path_ / name, issues, largest_file))
        out.emplace(name, std::move(*text));
    return out;
  }
  std::size_t total = 0;
  const std::string fault = walk_archive(path_, [&](const std::string& name, archive* handle) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      return true;
    std::string bytes;
    char buffer[1 << 16];
    while (true) {
      const auto count = archive_read_data(handle, buffer, sizeof buffer);
      if (count == 0)
        break;
      if (count < 0) {
        const char* reason = archive_error_string(handle);
        issues.error(shown(name), 0, "", std::string("is damaged: ") + (reason ? reason : "unknown fault"));
        return true;
      }
      bytes.append(buffer, static_cast<std::size_t>(count));
      total += static_cast<std::size_t>(count);
      // The size in the archive's index may lie, so it is the bytes that are counted.
      if (bytes.size() > largest_file) {
        issues.error(shown(name), 0, "", "is larger than 200 MB");
        return true;
      }
      if (total > most_bytes) {
        issues.error(path_.string(), 0, "", "unpacks to more than 1024 MB; reading was stopped");
        return false;
      }
    }
    out.emplace(name, std::move(bytes));
    return out.size() < names.size();
  });
  if (!fault.empty())
    issues.error(path_.string(), 0, "", "is damaged: " + fault);
  return out;
}

std::string MeshSource::shown(const std::string& name) const {
  return is_archive_ ? path_.string() + ":" + name : (path_ / name).string();
}

} // namespace calfscope
