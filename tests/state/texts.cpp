#include "base/catalogue.h"
#include "compose/compose.h"
#include "sample_state.h"
#include "state/options.h"

#include <catch2/catch.hpp>

using namespace calfscope;

TEST_CASE("everything the tables name has its texts in the catalogue") {
  Catalogue texts;
  IssueList issues;
  REQUIRE(texts.load(std::filesystem::path(CALFSCOPE_SOURCE_DIR) / "content/program/text/en.json", issues));
  const auto needs = [&](const std::string& key) {
    INFO(key);
    CHECK(texts.has(key));
    if (texts.has(key))
      CHECK_FALSE(texts(key).empty());
  };
  for (const ActionInfo& action : action_table()) {
    needs("action." + std::string(action.id) + ".label");
    needs("action." + std::string(action.id) + ".help");
  }
  for (const Command& command : command_table())
    needs("command." + std::string(command.id) + ".label");
  for (const OptionInfo& option : option_table()) {
    needs("option." + std::string(option.id) + ".label");
    needs("option." + std::string(option.id) + ".help");
  }
  for (const KindInfo& kind : kind_table)
    needs("kind." + std::string(kind.id));
  for (const std::string_view view : view_ids)
    needs("view." + std::string(view));
  for (const std::string_view place : place_ids)
    needs("place." + std::string(place));
  for (const std::string_view panel : panel_ids)
    needs("panel." + std::string(panel) + ".title");
  for (const LegendEntry& entry : legend(test::open_small_leg()))
    needs(entry.name_key);
  needs("notice.action_refused");
}
