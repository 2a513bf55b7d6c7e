// Times on this machine, for docs/performance.md. Medians, because the same run varies by a quarter on a shared
// machine; nothing here passes or fails.

#include "anatomy/mirror.h"
#include "base/files.h"
#include "cli/command_line.h"
#include "cli/session.h"
#include "compose/compose.h"
#include "compose/pick.h"
#include "geometry/skinning.h"
#include "import/open_model.h"
#include "platform/headless_context.h"
#include "render/renderer.h"
#include "state/action.h"
#include "state/technique_state.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>

namespace calfscope {
namespace {

struct Row {
  std::string id;
  std::string what;
  double median = 0;
  double lowest = 0;
  double highest = 0;
  double processor = 0; // median of all threads together; steadier than the clock where other programs run
  int rounds = 0;
};

double processor_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

Row measured(std::string id, std::string what, int rounds, const std::function<void()>& work) {
  std::vector<double> times, processor;
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const double processor_start = processor_ms();
    work();
    processor.push_back(processor_ms() - processor_start);
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  std::sort(processor.begin(), processor.end());
  const std::size_t middle = times.size() / 2;
  return {std::move(id), std::move(what), times[middle], times.front(), times.back(), processor[middle], rounds};
}

constexpr int frame_rounds = 15;
constexpr int work_rounds = 5;

// Turns the camera a little each time, as a drag does, and draws.
Row frames(Renderer& renderer, AppState state, glm::ivec2 size, Quality quality, std::string id, std::string what) {
  const auto draw = [&] {
    state.document.camera.yaw_deg += 3;
    renderer.draw(compose(state, {.quality = quality}), size);
    renderer.finish();
  };
  for (int i = 0; i < 3; ++i) // the first use of a pass compiles it
    draw();
  return measured(std::move(id), std::move(what), frame_rounds, draw);
}

AppState with_skin(AppState state, bool ghosted) {
  state.document.highlight = Highlight::none;
  state.document.overrides.clear();
  for (const Structure& structure : state.atlas->structures)
    if (structure.kind == Kind::skin)
      state.document.overrides[structure.id] = ghosted ? Show::ghosted : Show::hidden;
  return state;
}

std::vector<Row> core_rows(const CommandLine& line, const AppState& state, glm::ivec2 size) {
  std::vector<Row> rows;
  const auto path = model_path(line.model);
  rows.push_back(measured("read_pack_ms", "read the model", work_rounds, [&] {
    IssueList ignored;
    open_model(path, line.unit, ignored);
  }));
  rows.push_back(measured("mirror_ms", "show the other side", work_rounds, [&] { mirrored(*state.atlas); }));
  if (state.leg_content) {
    const auto bind = [&] { return BoundContent::make(state.content, *state.atlas, *state.facts->coordinates); };
    rows.push_back(measured("bind_ms", "bind the content to the leg", work_rounds, bind));
    rows.push_back(measured("pain_map_first_ms", "bind, and the first pain map", work_rounds,
                            [&] { bind()->pain_map(state.content->points.front().id); }));
    const auto bound = bind();
    bound->pain_map(state.content->points.front().id);
    std::size_t next = 1;
    rows.push_back(measured("pain_map_ms", "another pain map", static_cast<int>(bound->points().size()) - 1,
                            [&] { bound->pain_map(bound->points()[next++].id); }));
    const std::vector<float> painted = painted_regions(*bound, {"heel_plantar", "heel_posterior"});
    rows.push_back(measured("lookup_ms", "look up a painted heel", work_rounds, [&] { look_up(*bound, painted); }));
  }
  rows.push_back(measured("compose_ms", "compose a frame", 50, [&] { compose(state, {}); }));
  rows.push_back(measured("pick_first_ms", "first pick: build the rays' tree", 1, [&] {
    Picker picker;
    picker.pick(state, compose(state, {}), size, {0.5f, 0.5f});
  }));
  Picker picker;
  const Frame frame = compose(state, {});
  picker.pick(state, frame, size, {0.5f, 0.5f});
  rows.push_back(measured("pick_ms", "pick under the pointer", 200, [&] {
    picker.pick(state, frame, size, {0.5f, 0.5f});
  }));
  return rows;
}

// A ball held into the calf: every joint's flesh is bent and most of the calf gives way. nullopt where this leg or
// content cannot show it.
std::optional<AppState> with_technique(AppState state) {
  IssueList ignored;
  const bool shown = state.leg_content &&
                     apply(state, {"select_technique", {{"id", "massage_ball"}, {"point", "gastroc_1"}}}, ignored) &&
                     apply(state, {"technique_seek", {{"seconds", 20}}}, ignored);
  return shown && !stage_of(state)->contacts.empty() ? std::optional(std::move(state)) : std::nullopt;
}

// The leg alone, everything of it solid, without what lies round it.
Frame leg_alone(const AppState& state) {
  Frame frame = compose(state, {.quality = Quality::full});
  std::erase_if(frame.items, [&](const DrawItem& item) { return item.structure >= state.atlas->structures.size(); });
  for (DrawItem& item : frame.items) {
    item.opacity = 1;
    item.ghost = 0;
  }
  frame.keyhole.reset();
  frame.markers.clear();
  return frame;
}

// What shaders/pose.glsl and contact.glsl do for every vertex, done by the C++ that they are held to.
std::vector<Row> touch_rows(const AppState& state) {
  const auto technique = with_technique(state);
  if (!technique)
    return {};
  std::vector<Row> rows;
  AppState played = *technique;
  rows.push_back(measured("stage_ms", "how leg and tool lie, one moment", frame_rounds, [&] {
    seek_technique(played, played.technique.seconds + 0.1);
    stage_of(played);
  }));
  const Frame frame = leg_alone(*technique);
  std::vector<std::vector<glm::vec3>> posed(frame.items.size());
  rows.push_back(measured("pose_reference_ms", "pose the whole leg, processor", work_rounds, [&] {
    for (std::size_t i = 0; i < frame.items.size(); ++i) {
      posed[i] = posed_positions(*frame.items[i].mesh, frame.segments, frame.bends);
      posed_normals(*frame.items[i].mesh, frame.segments, frame.bends);
    }
  }));
  rows.push_back(measured("dent_reference_ms", "dent the whole leg, processor", work_rounds, [&] {
    for (std::size_t i = 0; i < frame.items.size(); ++i) {
      const DrawItem& item = frame.items[i];
      const bool skin = item.material == Material::skin || item.material == Material::nail;
      std::vector<glm::vec3> moved = posed[i];
      for (std::size_t v = 0; v < moved.size() && !item.is_rigid; ++v) {
        const TissueShares shares = v < item.mesh->shares.size() ? item.mesh->shares[v] : TissueShares{};
        for (const Contact& contact : frame.contacts)
          moved[v] = dented(contact, moved[v], skin ? 1 : shares.depth, skin);
      }
    }
  }));
  return rows;
}

// In a picture so small that vertices are nearly all of its work.
std::vector<Row> touch_picture_rows(Renderer& renderer, const AppState& state) {
  const auto technique = with_technique(state);
  if (!technique)
    return {};
  constexpr glm::ivec2 size(64, 36);
  Frame frame = leg_alone(*technique);
  const auto draw = [&] {
    renderer.draw(frame, size);
    renderer.finish();
  };
  std::vector<Row> rows;
  const auto row = [&](const char* id, const char* what) {
    draw();
    rows.push_back(measured(id, what, frame_rounds, draw));
  };
  row("pose_and_dent_shader_ms", "tiny picture, posed and dented by shaders");
  frame.contacts.clear();
  row("pose_shader_ms", "tiny picture, posed by shaders");
  frame.segments.clear();
  frame.bends = {};
  row("rest_shader_ms", "tiny picture of the leg at rest");
  return rows;
}

std::vector<Row> picture_rows(const AppState& state, glm::ivec2 size, const std::filesystem::path& root,
                              IssueList& issues) {
  std::vector<Row> rows;
  std::unique_ptr<HeadlessContext> context;
  rows.push_back(measured("context_ms", "OpenGL context", 1, [&] { context = HeadlessContext::create(issues); }));
  if (!context)
    return {};
  std::unique_ptr<Renderer> renderer;
  rows.push_back(measured("first_picture_ms", "renderer and first full picture", 1, [&] {
    renderer = std::make_unique<Renderer>(root);
    renderer->draw(compose(state, {}), size);
    renderer->finish();
  }));
  rows.push_back(frames(*renderer, with_skin(state, false), size, Quality::moving, "frame_moving_opaque_ms",
                        "frame while moving, opaque"));
  rows.push_back(frames(*renderer, with_skin(state, true), size, Quality::moving, "frame_moving_ghost_ms",
                        "frame while moving, skin ghosted"));
  rows.push_back(
      frames(*renderer, state, size, Quality::moving, "frame_moving_start_ms", "frame while moving, start view"));
  rows.push_back(
      frames(*renderer, with_skin(state, true), size, Quality::full, "frame_full_ms", "full picture, skin ghosted"));
  rows.push_back(frames(*renderer, state, size, Quality::full, "frame_full_start_ms", "full picture, start view"));
  if (const auto technique = with_technique(state))
    rows.push_back(frames(*renderer, *technique, size, Quality::moving, "frame_moving_technique_ms",
                          "frame while moving, ball in the calf"));
  for (Row& row : touch_picture_rows(*renderer, state))
    rows.push_back(std::move(row));
  return rows;
}

} // namespace

ExitCode run_bench(const CommandLine& line) {
  IssueList issues;
  const auto size = parse_size(line.size.empty() ? "1280x720" : line.size, issues);
  bool wrong_usage = !size;
  const auto state = size ? start_session(line, {.size = *size}, issues, wrong_usage) : std::nullopt;
  const auto root = find_program_root();
  if (!state || !root) {
    report(issues);
    return wrong_usage ? ExitCode::wrong_usage : ExitCode::input_has_faults;
  }
  std::vector<Row> rows = core_rows(line, *state, *size);
  for (Row& row : touch_rows(*state))
    rows.push_back(std::move(row));
  const std::vector<Row> pictures = picture_rows(*state, *size, *root, issues);
  rows.insert(rows.end(), pictures.begin(), pictures.end());

  if (line.json) {
    nlohmann::json list = nlohmann::json::array();
    for (const Row& row : rows)
      list.push_back({{"id", row.id},
                      {"what", row.what},
                      {"median", row.median},
                      {"lowest", row.lowest},
                      {"highest", row.highest},
                      {"processor", row.processor},
                      {"rounds", row.rounds}});
    std::puts(list.dump(2).c_str());
  } else {
    std::printf("%dx%d, milliseconds: median (lowest … highest) of rounds; processor, all threads\n", size->x, size->y);
    for (const Row& row : rows)
      std::printf("%-42s %9.3f  (%.3f … %.3f) of %d; %.3f\n", row.what.c_str(), row.median, row.lowest, row.highest,
                  row.rounds, row.processor);
  }
  report(issues);
  return pictures.empty() ? ExitCode::machine_cannot : ExitCode::ok;
}

} // namespace calfscope
