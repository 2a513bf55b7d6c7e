#pragma once
// What the command line asked for, as values: main.cpp fills it, the commands read it. Nothing here knows CLI11.

#include "base/issue.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

struct CommandLine {
  std::string model;      // --model: pack folder, name of an imported pack, or a mesh file; empty = the leg that ships
  std::string content;    // --content: content pack folder; empty = the one that ships
  std::string unit;       // --unit of a mesh file; empty = guess
  std::string state;      // --state: a dump, or a picture that carries one, to start from
  std::string script;     // --script: actions to play
  std::string dump_state; // --dump-state: where the state is written at the end; "-" is standard output
  std::string output;     // -o
  std::string size;       // --size WxH
  bool quit_after_script = false;
  bool json = false;
  bool report = false;
  bool strip = false;                         // render --strip
  bool wordless = false;                      // render --wordless
  double fps = 25;                            // film
  double duration_s = 0;                      // film; 0 = all of it
  double step_s = 0.5;                        // contact --report
  std::map<std::string, std::string> options; // by id of the option table, as typed

  std::string kind;                                   // list KIND
  std::string path;                                   // check PATH
  std::string point;                                  // painmap, locate
  std::string technique;                              // contact
  std::vector<std::string> zones;                     // lookup --zone
  std::string at;                                     // lookup --at s,a
  std::string paint;                                  // lookup --paint FILE
  double radius_mm = 20;                              // lookup --at
  std::string recipe, from;                           // import
  std::string description;                            // author
  std::optional<double> leg_length_mm, calf_girth_mm; // author
  double grid_mm = 0;                                 // author; 0 = its own default
};

// One function per command; each prints its results on stdout and its faults on stderr.
ExitCode run_view(const CommandLine& line);
ExitCode run_render(const CommandLine& line);
ExitCode run_slice(const CommandLine& line);
ExitCode run_film(const CommandLine& line);
ExitCode run_list(const CommandLine& line);
ExitCode run_check(const CommandLine& line);
ExitCode run_import(const CommandLine& line);
ExitCode run_author(const CommandLine& line);
ExitCode run_bench(const CommandLine& line);
ExitCode run_painmap(const CommandLine& line);
ExitCode run_lookup(const CommandLine& line);
ExitCode run_locate(const CommandLine& line);
ExitCode run_contact(const CommandLine& line);

// Faults on stderr; input_has_faults if one of them is an error.
ExitCode report(const IssueList& issues);

// A progress bar on stderr when it is a terminal, otherwise a line at every new step.
class ProgressLine {
public:
  ProgressLine();
  ~ProgressLine();
  void operator()(double fraction, std::string_view step);

private:
  bool terminal_ = false;
  std::string step_;
  int shown_percent_ = -1;
};

} // namespace calfscope
