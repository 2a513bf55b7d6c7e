#include "platform/desktop_theme.h"

#include "platform/run_program.h"

namespace calfscope {
namespace {

constexpr double patience_s = 5;

} // namespace

// (<<uint32 1>>,): 0 no preference, 1 dark, 2 light (XDG desktop portal, org.freedesktop.appearance).
std::optional<bool> dark_from_portal(std::string_view answer) {
  if (answer.find("uint32 1>") != std::string_view::npos)
    return true;
  if (answer.find("uint32 2>") != std::string_view::npos)
    return false;
  return std::nullopt;
}

std::optional<bool> dark_from_gsettings(std::string_view answer) {
  if (answer.find("prefer-dark") != std::string_view::npos)
    return true;
  if (answer.find("prefer-light") != std::string_view::npos)
    return false;
  return std::nullopt;
}

std::optional<bool> desktop_prefers_dark() {
  const auto portal =
      run_program({"gdbus", "call", "--session", "--timeout", "1", "--dest", "org.freedesktop.portal.Desktop",
                   "--object-path", "/org/freedesktop/portal/desktop", "--method",
                   "org.freedesktop.portal.Settings.Read", "org.freedesktop.appearance", "color-scheme"},
                  patience_s);
  if (const auto dark = dark_from_portal(portal.value_or("")))
    return dark;
  return dark_from_gsettings(
      run_program({"gsettings", "get", "org.gnome.desktop.interface", "color-scheme"}, patience_s).value_or(""));
}

} // namespace calfscope
