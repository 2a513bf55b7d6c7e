#pragma once
// How a person likes the program: kept between runs, never undone.

#include "base/issue.h"
#include "base/table.h"

#include <filesystem>
#include <string>

namespace calfscope {

enum class ThemeChoice : std::uint8_t { dark, light, system };
inline constexpr std::array<std::string_view, 3> theme_ids{"dark", "light", "system"};

enum class RenderQuality : std::uint8_t { automatic, fast, fine };
inline constexpr std::array<std::string_view, 3> quality_ids{"automatic", "fast", "fine"};

struct Settings {
  ThemeChoice theme = ThemeChoice::dark;
  std::string language = "en";
  float ui_scale = 1;          // 0.75 … 3, on top of the display's own scale
  float text_size_px = 15;     // logical pixels
  bool reduced_motion = false; // no camera flights, no pulses
  bool invert_zoom = false;
  bool orbit_inertia = true;
  RenderQuality quality = RenderQuality::automatic;
  bool show_legend = true;
  bool show_orientation_cube = true;
  bool show_hints = true;
  std::string last_model; // opened at the next start; empty = the leg that ships

  bool operator==(const Settings&) const = default;
};

// Where they are kept: config_folder()/settings.json; empty path if the system names no such folder.
std::filesystem::path settings_file();

// Reads what the file says over the defaults. A missing file is fine. A value out of range is named and its default
// kept. A file that is no JSON object is moved to settings.json.broken-N and named by a warning.
Settings load_settings(const std::filesystem::path& file, IssueList& issues);

// Written atomically; keys in the file that this version does not know stay as they are. false and an issue if it
// cannot be written.
bool save_settings(const Settings& settings, const std::filesystem::path& file, IssueList& issues);

} // namespace calfscope
