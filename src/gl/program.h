#pragma once
// A linked vertex and fragment shader, and its uniforms by name.

#include "gl/objects.h"

#include <glm/glm.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace calfscope::gl {

void delete_program(Id id);

struct ProgramFiles {
  std::string vertex;   // "surface.vert"
  std::string fragment; // "surface.frag"
  std::vector<std::string> defines{};
};

class Program {
public:
  Program() = default;
  // Reads, compiles, links. Throws std::runtime_error with file, line and the driver's message.
  Program(const std::filesystem::path& folder, const ProgramFiles& files);

  void use() const;
  // A name that the shader does not have (or that its variant does not need) is passed over. The program must be in
  // use.
  void set(std::string_view name, int value) const;
  void set(std::string_view name, float value) const;
  void set(std::string_view name, glm::vec2 value) const;
  void set(std::string_view name, glm::ivec2 value) const;
  void set(std::string_view name, glm::ivec4 value) const;
  void set(std::string_view name, glm::vec3 value) const;
  void set(std::string_view name, glm::vec4 value) const;
  void set(std::string_view name, const glm::mat3& value) const;
  void set(std::string_view name, const glm::mat4& value) const;
  // Connects the uniform block to a slot (Buffer::bind_uniforms); passed over if the variant has none.
  void bind_block(const char* name, unsigned int slot) const;

  struct AttributeSlot {
    std::string name;
    int slot = 0;
  };
  std::vector<AttributeSlot> attribute_slots() const;
  std::vector<std::string> uniform_names() const; // without those of blocks
  explicit operator bool() const { return static_cast<bool>(handle_); }

private:
  struct Location {
    std::string name;
    int location;
  };
  int location(std::string_view name) const;

  Handle<delete_program> handle_;
  std::vector<Location> locations_; // sorted by name
};

} // namespace calfscope::gl
