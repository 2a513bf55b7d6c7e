// Reads the command line and hands it to one command. CLI11 is named here alone: it is slow to compile.

#include "base/version.h"
#include "cli/command_line.h"
#include "import/foreign.h"
#include "state/options.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>

namespace {

using calfscope::CommandLine;
using calfscope::ExitCode;

// --kinds-shown for the option "kinds_shown".
std::string flag_of(std::string_view option_id) {
  std::string flag = "--" + std::string(option_id);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

std::string help_of(const calfscope::OptionInfo& option) {
  std::string help;
  for (const std::string_view choice : option.choices)
    help += (help.empty() ? "" : "|") + std::string(choice);
  if (option.type == calfscope::OptionType::number)
    help += std::to_string(option.lowest).substr(0, std::to_string(option.lowest).find('.') + 2) + " … " +
            std::to_string(option.highest).substr(0, std::to_string(option.highest).find('.') + 2);
  if (!option.unit.empty())
    help += " " + std::string(option.unit);
  return help;
}

void add_model_options(CLI::App& command, CommandLine& line) {
  command.add_option("--model", line.model,
                     "pack folder, name of an imported pack, or a mesh file (default: the leg that ships)");
  command.add_option("--unit", line.unit, "unit of a mesh file (default: guessed from its size)")
      ->check(CLI::IsMember({"mm", "cm", "m", "in"}));
  command.add_option("--content", line.content, "content pack folder (default: the one that ships)");
}

void add_side_option(CLI::App& command, CommandLine& line) {
  command
      .add_option_function<std::string>(
          "--side", [&](const std::string& side) { line.options["side"] = side; }, "right|left")
      ->check(CLI::IsMember({"right", "left"}));
}

void add_picture_options(CLI::App& command, CommandLine& line) {
  add_model_options(command, line);
  command.add_option("--state", line.state,
                     "start from a state written by --dump-state, or from a picture that the program saved");
  command.add_option("--script", line.script, "play the actions of a JSON file");
  command.add_option("--dump-state", line.dump_state, "write the state at the end to a file, or - for standard output");
  for (const calfscope::OptionInfo& option : calfscope::option_table()) {
    if (!option.on_command_line)
      continue;
    const std::string id(option.id);
    const auto store = [&line, id](const std::string& text) { line.options[id] = text; };
    if (option.type == calfscope::OptionType::boolean)
      command.add_option_function<std::string>(flag_of(id), store, help_of(option))
          ->expected(0, 1)
          ->default_str("true");
    else
      command.add_option_function<std::string>(flag_of(id), store, help_of(option));
  }
}

void add_size_option(CLI::App& command, CommandLine& line) {
  command.add_option("--size", line.size, "WIDTHxHEIGHT in pixels");
}

void add_window_options(CLI::App& command, CommandLine& line) {
  add_size_option(command, line);
  command.add_option("--screenshot", line.output, "write a PNG of the window at the end");
  command.add_flag("--quit-after-script", line.quit_after_script, "close the window when the script has been played");
}

} // namespace

int main(int argc, char** argv) {
  // The child that reads foreign meshes is this same program; it must do nothing else first.
  if (const auto code = calfscope::run_as_mesh_reader(argc, argv))
    return *code;

  CommandLine line;
  CLI::App app{"Calfscope shows the lower leg in 3D: its muscles, what lies under them, and where things are."};
  app.set_version_flag("--version", "calfscope " + std::string(calfscope::program_version()));
  app.require_subcommand(0, 1);
  app.footer(
      "Exit codes: 0 fine, 1 the input has faults, 2 wrong usage, 3 this machine cannot (no OpenGL 4.1, no display).");
  add_picture_options(app, line);
  add_window_options(app, line);

  CLI::App* view = app.add_subcommand("view", "open the window (the default)");
  add_picture_options(*view, line);
  add_window_options(*view, line);
  CLI::App* render = app.add_subcommand("render", "render one picture, without a display");
  add_picture_options(*render, line);
  render->add_option("-o,--output", line.output, "PNG to write")->required();
  add_size_option(*render, line);
  render->add_flag("--strip", line.strip,
                   "stills side by side: of the chosen technique, else of the chosen point's pain");
  render->add_flag("--wordless", line.wordless, "a strip without the words below its stills");

  CLI::App* film = app.add_subcommand("film", "a technique, or the pain of a point, as a film, without a display");
  add_picture_options(*film, line);
  film->add_option("-o,--output", line.output, ".mp4, .webm or .gif (by FFmpeg), or a folder for PNG files")
      ->required();
  add_size_option(*film, line);
  film->add_option("--fps", line.fps, "frames per second, 1 … 60 (25)");
  film->add_option("--duration", line.duration_s, "seconds of film, from its beginning; 0, the default: all of it");

  CLI::App* slice = app.add_subcommand("slice", "draw a cross-section of the leg, named and to scale");
  add_picture_options(*slice, line);
  slice->add_option("-o,--output", line.output, "PNG to write")->required();
  add_size_option(*slice, line);

  CLI::App* list = app.add_subcommand("list", "list what the program or the model has");
  list->add_option("kind", line.kind,
                   "structures|landmarks|points|zones|regions|techniques|sources|views|actions|options")
      ->required()
      ->check(CLI::IsMember({"structures", "landmarks", "points", "zones", "regions", "techniques", "sources", "views",
                             "actions", "options"}));
  add_model_options(*list, line);
  list->add_flag("--json", line.json, "as JSON");

  CLI::App* check =
      app.add_subcommand("check", "name every fault of a model pack, a described leg, a content pack or a mesh file");
  check->add_option("path", line.path, "folder or file")->required();
  add_model_options(*check, line); // --model: the leg a content pack is tried on
  check->add_flag("--json", line.json, "as JSON");

  CLI::App* import = app.add_subcommand("import", "make a model pack from meshes, by a recipe");
  import->add_option("--recipe", line.recipe, "recipe file")->required();
  import->add_option("--from", line.from, "folder or zip with the meshes")->required();
  import->add_option("-o,--output", line.output, "folder of the new pack")->required();

  CLI::App* author = app.add_subcommand("author", "build the leg from its description");
  author->add_option("--description", line.description, "anatomy.json (default: the one that ships)");
  author->add_option("--leg-length", line.leg_length_mm, "knee joint line to Achilles insertion, mm, 340 … 450");
  author->add_option("--calf-girth", line.calf_girth_mm, "largest girth of the calf, mm, 300 … 460");
  author->add_option("--grid", line.grid_mm, "voxel size, mm (default: its own)");
  add_side_option(*author, line);
  author->add_option("-o,--output", line.output, "folder of the new pack");
  author->add_flag("--report", line.report, "print the table of measures");
  author->add_flag("--json", line.json, "the report as JSON");

  CLI::App* bench = app.add_subcommand("bench", "measure loading, frames and picking on this machine");
  add_model_options(*bench, line);
  add_size_option(*bench, line);
  bench->add_flag("--json", line.json, "as JSON");

  CLI::App* painmap = app.add_subcommand("painmap", "where a trigger point's pain is felt: areas and distances");
  CLI::App* locate = app.add_subcommand("locate", "where a trigger point is on a person, from what can be felt");
  CLI::App* lookup = app.add_subcommand("lookup", "what overlaps a pain: trigger points and look-alikes");
  CLI::App* contact = app.add_subcommand("contact", "how a technique's tool lies in the tissue, over its time");
  contact->add_option("--technique", line.technique, "id of the technique; `list techniques` names them");
  contact->add_option("--point", line.point, "id of the trigger point; `list points` names them");
  contact->add_flag("--report", line.report, "a table of every technique on every point, the worst of all moments");
  contact->add_option("--step", line.step_s, "seconds between the moments of the report (0.5)");
  for (CLI::App* command : {painmap, locate})
    command->add_option("--point", line.point, "id of the trigger point; `list points` names them")->required();
  locate->add_option("--leg-length", line.leg_length_mm, "knee joint line to Achilles insertion, mm, 340 … 450");
  lookup->add_option("--zone", line.zones, "region where it hurts; may be given several times; `list regions`");
  lookup->add_option("--at", line.at, "place where it hurts: level s, azimuth a in degrees, as \"0.62,14\"");
  lookup->add_option("--paint", line.paint, "file with what was painted as hurting: a state, or strokes as JSON");
  lookup->add_option("--radius", line.radius_mm, "of the place given with --at, mm, 5 … 100");
  for (CLI::App* command : {painmap, locate, lookup, contact}) {
    add_model_options(*command, line);
    add_side_option(*command, line);
    command->add_flag("--json", line.json, "as JSON");
  }

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& error) {
    return app.exit(error);
  } catch (const CLI::CallForVersion& error) {
    return app.exit(error);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return static_cast<int>(ExitCode::wrong_usage);
  }

  const auto run = [&]() -> ExitCode {
    if (render->parsed())
      return run_render(line);
    if (film->parsed())
      return run_film(line);
    if (slice->parsed())
      return run_slice(line);
    if (list->parsed())
      return run_list(line);
    if (check->parsed())
      return run_check(line);
    if (import->parsed())
      return run_import(line);
    if (author->parsed())
      return run_author(line);
    if (bench->parsed())
      return run_bench(line);
    if (painmap->parsed())
      return run_painmap(line);
    if (locate->parsed())
      return run_locate(line);
    if (lookup->parsed())
      return run_lookup(line);
    if (contact->parsed())
      return run_contact(line);
    return run_view(line);
  };
  try {
    return static_cast<int>(run());
  } catch (const std::bad_alloc&) {
    std::fputs("calfscope: error: there is not enough memory for this\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "calfscope: error: %s\n", error.what());
  }
  return static_cast<int>(ExitCode::machine_cannot);
}
