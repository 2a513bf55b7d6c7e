#pragma once
// Where the fonts lie that panels and pictures are written with.

#include <cstdint>
#include <filesystem>
#include <optional>

namespace calfscope {

enum class FontWeight : std::uint8_t { regular, semibold };

// The folder with Inter's files, from the list of places where systems keep it; nullopt if it is nowhere.
std::optional<std::filesystem::path> find_font_folder();

// Inter, or a sans-serif font that most systems have; nullopt if there is none of them.
std::optional<std::filesystem::path> find_font_file(FontWeight weight);

} // namespace calfscope
