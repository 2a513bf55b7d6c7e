#include "author/description.h"
#include "base/json_document.h"
#include "cli/command_line.h"
#include "cli/session.h"
#include "content/bind.h"
#include "content/read_content.h"
#include "import/open_model.h"
#include "import/pack.h"
#include "technique/contact_sweep.h"

#include <cstdio>

namespace calfscope {
namespace {

std::string_view id_of(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

void print_json(const IssueList& issues) {
  nlohmann::json list = nlohmann::json::array();
  for (const Issue& issue : issues.all())
    list.push_back({{"severity", id_of(issue.severity)},
                    {"file", issue.file},
                    {"line", issue.line},
                    {"key", issue.key},
                    {"message", issue.message}});
  std::puts(list.dump(2).c_str());
}

// Alone, and on the leg that it is to lie on.
void check_content(const CommandLine& line, const std::filesystem::path& path, IssueList& issues) {
  auto pack = read_content(path, issues);
  const auto atlas = open_model(model_path(line.model), line.unit, issues);
  if (!pack || !atlas)
    return;
  const auto coordinates = LegCoordinates::make(*atlas);
  if (!coordinates) {
    issues.warning(atlas->id, 0, "", "this model has no leg levels: the places of the content were not tried on it");
    return;
  }
  const auto bound = BoundContent::make(std::make_shared<const ContentPack>(std::move(*pack)), *atlas, *coordinates);
  bound->check(*atlas, *coordinates, issues);
  if (const auto ground = ContactGround::make(*atlas, std::make_shared<const LegCoordinates>(*coordinates)))
    check_techniques({*atlas, *bound, *ground}, issues);
}

// Fibular head and neck, popliteal vessels and free Achilles have to fall into their no-press zones, or the zones would
// protect nothing on this leg (conventions, "Space").
void check_no_press(const CommandLine& line, const std::filesystem::path& path, IssueList& issues) {
  IssueList already_said, found;
  const auto atlas = read_pack(path, already_said);
  const auto coordinates = atlas ? LegCoordinates::make(*atlas) : std::nullopt;
  if (!coordinates)
    return; // told by check_pack
  auto pack = read_content(content_path(line.content), issues);
  if (!pack)
    return;
  BoundContent::make(std::make_shared<const ContentPack>(std::move(*pack)), *atlas, *coordinates)
      ->check_zones(*atlas, *coordinates, found);
  const std::string file = (path / "model.json").string();
  for (const Issue& issue : found.all()) {
    if (issue.severity == Severity::error)
      issues.error(file, 0, "no-press zones", issue.message);
    if (issue.severity == Severity::warning)
      issues.warning(file, 0, "no-press zones", issue.message);
  }
}

} // namespace

ExitCode run_check(const CommandLine& line) {
  IssueList issues;
  const std::filesystem::path path = model_path(line.path);
  std::error_code error;
  if (std::filesystem::exists(path / "pack.json", error) && !std::filesystem::exists(path / "model.json", error)) {
    check_content(line, path, issues);
  } else if (std::filesystem::is_directory(path, error)) {
    check_pack(path, issues);
    check_no_press(line, path, issues);
    if (std::filesystem::exists(path / "anatomy.json", error))
      read_anatomy(path / "anatomy.json", issues);
  } else if (path.extension() == ".json") {
    read_anatomy(path, issues);
  } else {
    open_model(path, line.unit, issues);
  }
  if (line.json)
    print_json(issues);
  const ExitCode code = report(issues);
  if (code == ExitCode::ok && !line.json)
    std::printf("%s: no faults\n", path.string().c_str());
  return code;
}

} // namespace calfscope
