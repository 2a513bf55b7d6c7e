#include "ui/folder_reader.h"

#include "base/mesh_files.h"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <tuple>

namespace fs = std::filesystem;

namespace calfscope {

FolderListing list_folder(const fs::path& folder) {
  FolderListing listing;
  listing.folder = folder;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    std::error_code unknown; // a link to nowhere is neither folder nor file
    if (name.empty() || name.front() == '.')
      continue;
    const bool is_folder = entry->is_directory(unknown);
    const bool offered = is_folder || (entry->is_regular_file(unknown) && is_mesh_file(entry->path()));
    if (!offered)
      continue;
    if (listing.entries.size() == most_entries) {
      listing.cut_short = true;
      break;
    }
    listing.entries.push_back({name, is_folder && !fs::exists(entry->path() / "model.json", unknown)});
  }
  listing.unreadable = static_cast<bool>(error);
  std::sort(listing.entries.begin(), listing.entries.end(), [](const FolderEntry& a, const FolderEntry& b) {
    return std::tuple(!a.leads_on, std::string_view(a.name)) < std::tuple(!b.leads_on, std::string_view(b.name));
  });
  return listing;
}

fs::path first_folder() {
  std::error_code error;
  const char* home = std::getenv("HOME");
  return home && fs::is_directory(home, error) ? fs::path(home) : fs::path("/");
}

// Outlives the reader while a thread still waits for a disk.
struct FolderReader::Shared {
  std::mutex mutex;
  int newest = 0;
  bool busy = false;
  std::shared_ptr<const FolderListing> listing;
};

FolderReader::FolderReader() : shared_(std::make_shared<Shared>()) {}

void FolderReader::begin(const fs::path& folder) {
  int ticket = 0;
  {
    const std::lock_guard lock(shared_->mutex);
    ticket = ++shared_->newest;
    shared_->busy = true;
  }
  std::thread([shared = shared_, folder, ticket] {
    auto listing = std::make_shared<const FolderListing>(list_folder(folder));
    const std::lock_guard lock(shared->mutex);
    if (ticket != shared->newest)
      return;
    shared->listing = std::move(listing);
    shared->busy = false;
  }).detach();
}

bool FolderReader::busy() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->busy;
}

std::shared_ptr<const FolderListing> FolderReader::listing() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->listing;
}

} // namespace calfscope
