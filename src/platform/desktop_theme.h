#pragma once
// Whether the desktop is set to dark or to light.

#include <optional>
#include <string_view>

namespace calfscope {

// Asks the desktop's settings portal, then GNOME's settings; nullopt if neither has an opinion. May take seconds where
// the desktop does not answer: not for the thread of the window.
std::optional<bool> desktop_prefers_dark();

// What `gdbus` prints for the portal's color-scheme, and `gsettings` for GNOME's.
std::optional<bool> dark_from_portal(std::string_view answer);
std::optional<bool> dark_from_gsettings(std::string_view answer);

} // namespace calfscope
