// The shader files: they compile in every variant, keep to OpenGL 4.1, and declare their attribute slots once.

#include "base/files.h"
#include "gl/debug.h"
#include "gl/program.h"
#include "gl/shader_source.h"
#include "render/gpu_mesh.h"
#include "render/stage.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <regex>

using namespace calfscope;
namespace fs = std::filesystem;

namespace {

const fs::path shader_folder = fs::path(CALFSCOPE_SOURCE_DIR) / "shaders";

std::string text_of(const fs::path& path) {
  IssueList issues;
  const auto text = read_text(path, issues);
  REQUIRE(text);
  return *text;
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      files.push_back(entry.path());
  REQUIRE(!files.empty());
  return files;
}

// Every subset of the flags, each with every one of the choices.
std::vector<std::vector<std::string>> variants(const std::vector<std::string>& choices,
                                               const std::vector<std::string>& flags) {
  std::vector<std::vector<std::string>> out;
  for (const std::string& choice : choices)
    for (std::size_t bits = 0; bits < std::size_t{1} << flags.size(); ++bits) {
      std::vector<std::string> defines;
      if (!choice.empty())
        defines.push_back(choice);
      for (std::size_t i = 0; i < flags.size(); ++i)
        if (bits >> i & 1)
          defines.push_back(flags[i]);
      out.push_back(defines);
    }
  return out;
}

struct Family {
  std::string vertex, fragment;
  std::vector<std::vector<std::string>> variants;
};

std::vector<Family> all_families() {
  const auto plain = std::vector<std::vector<std::string>>{{}};
  const auto skinned = variants({""}, {"SKINNED", "DENTED"});
  return {
      {"surface.vert", "surface.frag",
       variants({"", "FIBROUS", "HARD"}, {"SKINNED", "DENTED", "BLENDED", "FAR", "PAINTED", "OPENED"})},
      {"surface.vert", "surface.frag", variants({"BARE"}, {"SKINNED", "DENTED", "BLENDED", "PAINTED", "OPENED"})},
      {"surface.vert", "glow.frag", variants({""}, {"SKINNED", "DENTED", "VEILED"})},
      {"surface.vert", "outline_mask.frag", skinned},
      {"depth_only.vert", "nothing.frag", skinned},
      {"cap.vert", "nothing.frag", plain},
      {"cap.vert", "cap.frag",
       variants({"CUT_PLAIN", "CUT_MUSCLE", "CUT_TENDON", "CUT_BONE", "CUT_FAT", "CUT_VESSEL", "CUT_NERVE"},
                {"BLENDED", "OPENED"})},
      {"floor.vert", "floor.frag", plain},
      {"fullscreen.vert", "resolve.frag", variants({"SAMPLES 2"}, {"BLENDED", "OCCLUSION"})},
      {"fullscreen.vert", "smooth.frag", plain},
      {"fullscreen.vert", "merge.frag", plain},
      {"fullscreen.vert", "background.frag", plain},
      {"fullscreen.vert", "occlusion.frag", plain},
      {"fullscreen.vert", "occlusion_blur.frag", plain},
      {"fullscreen.vert", "shadow_heights.frag", plain},
      {"fullscreen.vert", "shadow_blur.frag", plain},
      {"fullscreen.vert", "glow_over.frag", plain},
      {"fullscreen.vert", "outline.frag", plain},
      {"fullscreen.vert", "present.frag", plain},
      {"fullscreen.vert", "label.frag", plain},
      {"fullscreen.vert", "marker.frag", plain},
      {"line.vert", "line.frag", plain},
  };
}

} // namespace

TEST_CASE("every shader compiles and links in every variant") {
  test::renderer();
  for (const Family& family : all_families())
    for (const auto& defines : family.variants) {
      std::string name = family.vertex + " " + family.fragment;
      for (const std::string& define : defines)
        name += " " + define;
      INFO(name);
      CHECK_NOTHROW(gl::Program(shader_folder, {family.vertex, family.fragment, defines}));
    }
  for (const std::string& error : gl::take_errors())
    FAIL_CHECK(error);
}

TEST_CASE("every shader stage file is among those that are compiled here") {
  std::map<std::string, bool> compiled;
  for (const Family& family : all_families())
    compiled[family.vertex] = compiled[family.fragment] = true;
  for (const fs::path& path : files_below(shader_folder))
    if (path.extension() != ".glsl") {
      INFO(path);
      CHECK(compiled[path.filename().string()]);
    }
}

TEST_CASE("shaders keep to what OpenGL 4.1 and GLSL ES 3.00 share") {
  // The loader puts the version in front; a driver that can do more would not notice these words.
  static const std::regex forbidden(
      R"(#version|#extension|\bdouble\b|\bdvec|samplerBuffer|sampler1D|image2D|\bbuffer\b|\bshared\b|atomic|binding\s*=|)"
      R"(\bsubroutine\b|sampler2DMS|textureGather|textureQueryLod|\bfma\(|\bdFdxFine|\bdFdyFine|packUnorm4x8|imageLoad|)"
      R"(texture2D\(|gl_FragColor|\bvarying\b)");
  for (const fs::path& path : files_below(shader_folder)) {
    static const std::regex comment("//[^\n]*");
    const std::string text = std::regex_replace(text_of(path), comment, "");
    std::smatch found;
    const bool any = std::regex_search(text, found, forbidden);
    INFO(path << " " << found.str());
    CHECK_FALSE(any);
  }
}

TEST_CASE("a shader's text begins with version 410 core") {
  CHECK(gl::read_shader(shader_folder, "surface.frag", {}).text.rfind("#version 410 core\n", 0) == 0);
}

TEST_CASE("the GL module calls no function that came after OpenGL 4.1") {
  static const std::regex later(
      R"(\bgl(Create(Textures|Buffers|Framebuffers|VertexArrays|Renderbuffers|Samplers)|Named\w+|Texture(Storage|SubImage|Parameter)\w*|)"
      R"(BindTextureUnit|BindTextures|DispatchCompute\w*|MemoryBarrier\w*|TexStorage\w+|CopyImageSubData|BufferStorage|)"
      R"(ClearTex\w+|ClearBuffer(Sub)?Data|InvalidateFramebuffer|MultiDraw\w+Indirect|VertexAttribBinding|BindVertexBuffer|ClipControl|)"
      R"(TexBuffer\w*|FramebufferTexture\()\b)");
  for (const char* module : {"gl", "render", "platform"})
    for (const fs::path& path : files_below(fs::path(CALFSCOPE_SOURCE_DIR) / "src" / module)) {
      const std::string text = text_of(path);
      INFO(path);
      CHECK_FALSE(std::regex_search(text, later));
    }
}

TEST_CASE("attribute slots are the same in the shader file, in the program and in the mesh copy") {
  test::renderer();
  const std::map<std::string, int> expected{{"a_position", render::slot_position},
                                            {"a_normal", render::slot_normal},
                                            {"a_fibre", render::slot_fibre},
                                            {"a_shares", render::slot_shares},
                                            {"a_segment", render::slot_segment},
                                            {"a_weight", render::slot_weight},
                                            {"a_streak", render::slot_streak},
                                            {"a_field", render::slot_field},
                                            {"a_bend_0", render::slot_bend_0},
                                            {"a_bend_1", render::slot_bend_0 + 1},
                                            {"a_bend_2", render::slot_bend_0 + 2},
                                            {"a_bend_3", render::slot_bend_0 + 3},
                                            {"a_bend_normal_0", render::slot_bend_normal_0},
                                            {"a_bend_normal_1", render::slot_bend_normal_0 + 1},
                                            {"a_bend_normal_2", render::slot_bend_normal_0 + 2},
                                            {"a_bend_normal_3", render::slot_bend_normal_0 + 3}};

  std::map<std::string, int> declared;
  const std::string text = text_of(shader_folder / "attributes.glsl");
  static const std::regex line(R"(layout\(location = (\d+)\) in \w+ (\w+);)");
  for (auto it = std::sregex_iterator(text.begin(), text.end(), line); it != std::sregex_iterator(); ++it)
    declared[(*it)[2]] = std::stoi((*it)[1]);
  CHECK(declared == expected);

  const gl::Program program(shader_folder, {"surface.vert", "surface.frag", {"FIBROUS", "SKINNED", "PAINTED"}});
  for (const auto& slot : program.attribute_slots()) {
    INFO(slot.name);
    REQUIRE(expected.contains(slot.name));
    CHECK(expected.at(slot.name) == slot.slot);
  }
}

TEST_CASE("a shader file that is missing or wrong is named with its line") {
  test::renderer();
  const fs::path folder = fs::path(CALFSCOPE_BINARY_DIR) / "wrong_shaders";
  IssueList issues;
  REQUIRE(write_atomic(folder / "wants.frag", "\n#include \"not_there.glsl\"\nvoid main() {}\n", issues));
  REQUIRE(write_atomic(folder / "good.vert", "void main() { gl_Position = vec4(0.0); }\n", issues));
  REQUIRE(write_atomic(folder / "bad.glsl", "float f() {\n  return nonsense;\n}\n", issues));
  REQUIRE(write_atomic(folder / "bad.frag", "#include \"bad.glsl\"\nvoid main() {}\n", issues));
  CHECK_THROWS_WITH(gl::Program(folder, {"good.vert", "wants.frag"}),
                    Catch::Contains("not_there.glsl") && Catch::Contains("wants.frag:2"));
  CHECK_THROWS_WITH(gl::Program(folder, {"good.vert", "bad.frag"}), Catch::Contains("bad.glsl:2"));
  gl::take_errors(); // some drivers report it a second time
}
