#include "state/search.h"

#include "support/small_leg.h"

#include <catch2/catch.hpp>

using namespace calfscope;

namespace {

std::string best(std::string_view text) {
  static const auto leg = test::small_leg();
  const auto hits = search_structures(*leg, text);
  return hits.empty() ? "" : hits.front().structure;
}

} // namespace

TEST_CASE("a structure is found by name, Latin name, synonym, id or FMA id, in any case and word order") {
  for (const auto* text :
       {"gastrocnemius, medial head", "MEDIAL HEAD", "head medial gastro", "gastrocnemius med", "caput mediale",
        "gastrocnemius_medial_head", "FMA45956", "fma 45956", "45956", " fma:45956 "})
    CHECK(best(text) == "gastrocnemius_medial_head");
  CHECK(best("achilles") == "calcaneal_tendon");
  CHECK(best("second heart") == "soleus");
  CHECK(best("SÓLEUS") == "soleus");
  CHECK(best("sóleus") == "soleus");
  CHECK(best("sol") == "soleus");
}

TEST_CASE("a slip of the finger still finds it") {
  CHECK(best("soleis") == "soleus");
  CHECK(best("sloeus") == "soleus");
  CHECK(best("gastrocnemus lateral") == "gastrocnemius_lateral_head");
  CHECK(best("achiles") == "calcaneal_tendon");
}

TEST_CASE("better matches come first and nonsense finds nothing") {
  const auto leg = test::small_leg();
  const auto hits = search_structures(*leg, "tibia");
  REQUIRE(hits.size() >= 3);
  CHECK(hits[0].structure == "tibia");
  for (std::size_t i = 1; i < hits.size(); ++i)
    CHECK(hits[i - 1].score >= hits[i].score);
  for (const auto* text : {"", "   ", "!?", "xyzzy", "4595", "FMA4", "soleus spleen"})
    CHECK(search_structures(*leg, text).empty());
  CHECK(search_structures(*leg, "t", 2).size() == 2);
}

TEST_CASE("any text can be searched for") {
  const auto leg = test::small_leg();
  std::string text(5000, 'a');
  CHECK(search_structures(*leg, text).empty());
  text.clear();
  for (int byte = 1; byte < 256; ++byte)
    text += static_cast<char>(byte);
  search_structures(*leg, text);
  search_structures(*leg, "\xc3");
}

TEST_CASE("the text that matched is told") {
  const auto leg = test::small_leg();
  CHECK(search_structures(*leg, "achilles").front().matched == "Achilles tendon");
  CHECK(search_structures(*leg, "45956").front().matched == "FMA45956");
  CHECK(search_structures(*leg, "soleus").front().matched == "Soleus");
}
