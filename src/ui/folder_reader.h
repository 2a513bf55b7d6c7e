#pragma once
// Which models a folder offers, read without keeping the window waiting.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace calfscope {

struct FolderEntry {
  std::string name;      // without its path
  bool leads_on = false; // a folder that is no model: going into it is what one can do
  bool operator==(const FolderEntry&) const = default;
};

struct FolderListing {
  std::filesystem::path folder;
  std::vector<FolderEntry> entries; // folders, then model folders and mesh files, by name; hidden ones are left out
  bool cut_short = false;           // there are more than most_entries
  bool unreadable = false;
};
inline constexpr std::size_t most_entries = 2000;

// May take long where a disk or a network does.
FolderListing list_folder(const std::filesystem::path& folder);

std::filesystem::path first_folder(); // the person's home, else the root

// Lists one folder at a time on a thread of its own.
class FolderReader {
public:
  FolderReader();
  void begin(const std::filesystem::path& folder); // an older request is forgotten
  bool busy() const;
  std::shared_ptr<const FolderListing> listing() const; // of the newest request that was finished; null before

private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

} // namespace calfscope
