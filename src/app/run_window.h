#pragma once
// The program with a window: events become actions, actions change the state, the state becomes a picture.

#include "app/model_loader.h"
#include "base/catalogue.h"
#include "base/issue.h"
#include "state/app_state.h"
#include "state/script.h"

#include <filesystem>
#include <optional>

namespace calfscope {

struct WindowOptions {
  std::filesystem::path program_root;    // holds shaders and content
  glm::ivec2 size{1440, 900};            // logical pixels
  float display_scale = 0;               // framebuffer pixels per logical pixel; 0 = what the system says
  std::filesystem::path content_folder;  // read again when a file in it is saved; empty = not
  OpenModel open_model;                  // for dropped files and the action "open_model"
  std::optional<std::string> open_first; // model to open once the window stands; empty text = the leg that ships
  std::optional<Script> script;          // played in real time
  std::filesystem::path settings_file;   // kept up to date; empty = settings are not kept
  std::filesystem::path dump_state;      // written at the end; empty = not
  std::filesystem::path window_picture;  // PNG of the window with its panels, written at the end; empty = not
  bool quit_after_script = false;
};

// Runs until the person quits. `state` may hold a leg already. Faults of a machine that cannot show a window go to
// `issues`.
ExitCode run_window(AppState state, const Catalogue& text, const WindowOptions& options, IssueList& issues);

} // namespace calfscope
