#include "content/content_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace calfscope {
namespace {

class Links {
public:
  Links(const ContentPack& pack, IssueList& issues) : pack_(pack), issues_(issues) {}

  void fault(const Origin& at, std::string message) { issues_.error(at.file, at.line, at.key, std::move(message)); }

  void sourced(const Claim& claim) {
    for (const std::string& id : claim.basis)
      if (!pack_.source(id))
        fault(claim.origin, fmt::format("the source \"{}\" is not in sources.json", id));
  }

  void worded(const Origin& at, const std::string& key) {
    const Catalogue& text = pack_.text;
    if (text.has(key) || (text.has(key + ".patient") && text.has(key + ".clinician")))
      return;
    fault(at, fmt::format("text/en.json has no words under \"{}\" (one text, or one for patient and one for clinician)",
                          key));
  }

  void claims(const std::vector<Claim>& list, const std::string& stem,
              std::initializer_list<const char*> words = {""}) {
    unique(
        list, [](const Claim& claim) { return claim.id; }, [](const Claim& claim) { return claim.origin; });
    for (const Claim& claim : list) {
      sourced(claim);
      for (const char* word : words)
        worded(claim.origin, stem + "." + claim.id + word);
    }
  }

  template <typename T, typename Id, typename Place>
  void unique(const std::vector<T>& list, Id id, Place place) {
    std::set<std::string> seen;
    for (const T& entry : list)
      if (!seen.insert(id(entry)).second)
        fault(place(entry), fmt::format("the id \"{}\" is given twice", id(entry)));
  }

  void region_known(const Origin& at, const std::string& id) {
    if (pack_.regions_named(id).empty())
      fault(at, fmt::format("the region \"{}\" is not in regions.json", id));
  }

  void referred(const TriggerPoint& point, const std::vector<ReferredPain>& list) {
    for (const ReferredPain& pain : list) {
      sourced(pain.claim);
      region_known(pain.claim.origin.file.empty() ? point.origin : pain.claim.origin, pain.region);
    }
  }

  void points() {
    unique(
        pack_.points, [](const TriggerPoint& p) { return p.id; }, [](const TriggerPoint& p) { return p.origin; });
    unique(
        pack_.points, [](const TriggerPoint& p) { return std::to_string(p.number); },
        [](const TriggerPoint& p) { return p.origin; });
    for (const TriggerPoint& point : pack_.points) {
      const std::string stem = "points." + point.id;
      worded(point.origin, stem + ".name");
      worded(point.origin, stem + ".short_name");
      worded(point.origin, stem + ".where");
      sourced(point.site.claim);
      sourced(point.band.claim);
      referred(point, point.essential);
      referred(point, point.spillover);
      claims(point.symptoms, stem + ".symptoms");
      claims(point.provoked_by, stem + ".provoked_by");
      claims(point.prevalence, stem + ".prevalence");
      claims(point.notes, stem + ".notes");
      for (const std::string& id : point.look_alikes)
        if (!pack_.look_alike(id))
          fault(point.origin, fmt::format("the look-alike \"{}\" is not in look_alikes.json", id));
      for (const std::string& id : point.finding)
        if (std::none_of(pack_.palpation.begin(), pack_.palpation.end(), [&](const Claim& c) { return c.id == id; }))
          fault(point.origin, fmt::format("the step \"{}\" is not in palpation.json", id));
    }
  }

  void regions() {
    unique(
        pack_.regions, [](const Region& r) { return r.id; }, [](const Region& r) { return r.claim.origin; });
    for (const Region& region : pack_.regions) {
      sourced(region.claim);
      worded(region.claim.origin, "regions." + region.id + ".name");
    }
    for (const RegionUnion& whole : pack_.unions)
      for (const std::string& part : whole.of)
        if (!pack_.region(part))
          fault(whole.origin, fmt::format("the region \"{}\" is not in regions.json", part));
  }

  void rest() {
    for (const MuscleFacts& muscle : pack_.muscles)
      claims(muscle.facts, "muscles." + muscle.id + ".facts");
    for (const NoPressZone& zone : pack_.zones) {
      sourced(zone.claim);
      worded(zone.claim.origin, "zones." + zone.id + ".name");
      worded(zone.claim.origin, "zones." + zone.id + ".why");
    }
    for (const LookAlike& other : pack_.look_alikes) {
      sourced(other.claim);
      worded(other.claim.origin, "look_alikes." + other.id + ".name");
      for (const LookAlike::Felt& felt : other.regions)
        region_known(other.claim.origin, felt.region);
    }
    for (const TellingTest& test : pack_.tests) {
      sourced(test.claim);
      worded(test.claim.origin, "tests." + test.id + ".question");
      for (const auto& group : test.separates)
        for (const std::string& id : group)
          if (!pack_.point(id) && !pack_.look_alike(id))
            fault(test.claim.origin, fmt::format("\"{}\" is neither a point nor a look-alike", id));
    }
    claims(pack_.palpation, "palpation");
    for (const RedFlag& flag : pack_.red_flags) {
      sourced(flag.claim);
      for (const char* word : {".question", ".signs", ".action"})
        worded(flag.claim.origin, "red_flags." + flag.claim.id + word);
    }
    claims(pack_.ask_first, "ask_first", {".name", ".rule"});
    claims(pack_.stop_signs, "stop_signs");
    claims(pack_.see_professional, "see_professional");
    claims(pack_.after_effects, "after_effects");
    for (const ExplainCard& card : pack_.explain)
      claims(card.claims, "explain." + card.id + ".claims");
  }

private:
  const ContentPack& pack_;
  IssueList& issues_;
};

} // namespace

void check_links(const ContentPack& pack, IssueList& issues) {
  Links links(pack, issues);
  links.regions();
  links.points();
  links.rest();
}

} // namespace calfscope
