#include "content/content_links.h"

#include "content/content_faults.h"

#include <algorithm>
#include <set>

namespace calfscope {
namespace {

Span both(const Span& one, const std::optional<Span>& other) {
  return other ? Span{std::max(one.from, other->from), std::min(one.to, other->to)} : one;
}

class Links {
public:
  Links(const ContentPack& pack, IssueList& issues) : pack_(pack), issues_(issues) {
    for (const Source& source : pack.sources)
      sources_.insert(source.id);
  }

  void check() {
    const auto id = [](const auto& entry) { return entry.id; };
    const auto of_claim = [](const auto& entry) { return entry.claim.origin; };
    const auto own = [](const auto& entry) { return entry.origin; };
    unique(pack_.sources, id, own);
    unique(pack_.zones, id, of_claim);
    unique(pack_.look_alikes, id, of_claim);
    unique(pack_.tests, id, of_claim);
    unique(pack_.muscles, id, own);
    unique(pack_.explain, id, own);
    regions();
    points();
    candidates();
    red_flags();
    for (const NoPressZone& zone : pack_.zones)
      sourced(zone.claim);
    for (const MuscleFacts& muscle : pack_.muscles)
      claims(muscle.facts);
    for (const ExplainCard& card : pack_.explain)
      claims(card.claims);
    for (const auto* list :
         {&pack_.palpation, &pack_.ask_first, &pack_.stop_signs, &pack_.see_professional, &pack_.after_effects})
      claims(*list);
  }

private:
  template <typename... Values>
  void fault(const Origin& at, ContentFault fault, const Values&... values) {
    issues_.error(at.file, at.line, at.key, say(fault, values...));
  }

  void sourced(const Claim& claim) {
    for (const std::string& id : claim.basis)
      if (!sources_.contains(id))
        fault(claim.origin, ContentFault::unknown_source, id);
  }

  void claims(const std::vector<Claim>& list) {
    unique(
        list, [](const Claim& claim) { return claim.id; }, [](const Claim& claim) { return claim.origin; });
    for (const Claim& claim : list)
      sourced(claim);
  }

  template <typename T, typename Value, typename Place>
  void unique(const std::vector<T>& list, Value value, Place place, ContentFault twice = ContentFault::id_twice) {
    std::set<decltype(value(list.front()))> seen;
    for (const T& entry : list)
      if (!seen.insert(value(entry)).second)
        fault(place(entry), twice, value(entry));
  }

  void regions() {
    std::set<std::string> seen;
    for (const Region& region : pack_.regions) {
      sourced(region.claim);
      if (!seen.insert(region.id).second)
        fault(region.claim.origin, ContentFault::id_twice, region.id);
    }
    for (const RegionUnion& whole : pack_.unions) {
      if (!seen.insert(whole.id).second)
        fault(whole.origin, ContentFault::id_twice, whole.id);
      for (const std::string& part : whole.of)
        if (!pack_.region(part))
          fault(whole.origin, ContentFault::unknown_region, part);
    }
  }

  void referred(const ReferredPain& pain) {
    sourced(pain.claim);
    const std::vector<const Region*> regions = pack_.regions_named(pain.region);
    if (regions.empty())
      fault(pain.claim.origin, ContentFault::unknown_region, pain.region);
    if (!pain.within.narrows())
      return;
    for (const Region* region : regions) {
      const RegionShape& shape = region->shape;
      const bool leg = shape.place == RegionPlace::leg, sole = shape.place == RegionPlace::sole;
      if (((pain.within.s || pain.within.a_deg) && !leg) || ((pain.within.f || pain.within.w) && !sole)) {
        fault(pain.claim.origin, ContentFault::narrowed_elsewhere, region->id);
        continue;
      }
      const auto left = [](const Span& span, const std::optional<Span>& part) {
        const Span rest = both(span, part);
        return !part || rest.from < rest.to;
      };
      if (!left(shape.s, pain.within.s) || !left(shape.a_deg, pain.within.a_deg) || !left(shape.f, pain.within.f) ||
          !left(shape.w, pain.within.w))
        fault(pain.claim.origin, ContentFault::nothing_left, region->id);
    }
  }

  void points() {
    unique(
        pack_.points, [](const TriggerPoint& p) { return p.id; }, [](const TriggerPoint& p) { return p.origin; });
    unique(
        pack_.points, [](const TriggerPoint& p) { return p.number; }, [](const TriggerPoint& p) { return p.origin; },
        ContentFault::number_twice);
    for (const TriggerPoint& point : pack_.points) {
      sourced(point.site.claim);
      sourced(point.band.claim);
      for (const auto* list : {&point.essential, &point.spillover})
        for (const ReferredPain& pain : *list)
          referred(pain);
      for (const auto* list : {&point.symptoms, &point.provoked_by, &point.prevalence, &point.notes})
        claims(*list);
      for (const std::string& id : point.look_alikes)
        if (!pack_.look_alike(id))
          fault(point.origin, ContentFault::unknown_look_alike, id);
      for (const std::string& id : point.finding)
        if (std::none_of(pack_.palpation.begin(), pack_.palpation.end(), [&](const Claim& c) { return c.id == id; }))
          fault(point.origin, ContentFault::unknown_step, id);
    }
  }

  // What a look-up ranks, and what tells it apart.
  void candidates() {
    for (const LookAlike& other : pack_.look_alikes) {
      sourced(other.claim);
      if (pack_.point(other.id))
        fault(other.claim.origin, ContentFault::id_twice, other.id);
      for (const LookAlike::Felt& felt : other.regions)
        if (pack_.regions_named(felt.region).empty())
          fault(other.claim.origin, ContentFault::unknown_region, felt.region);
    }
    for (const TellingTest& test : pack_.tests) {
      sourced(test.claim);
      std::set<std::string> seen;
      for (const auto& group : test.separates)
        for (const std::string& id : group) {
          if (!pack_.point(id) && !pack_.look_alike(id))
            fault(test.claim.origin, ContentFault::unknown_candidate, id);
          if (!seen.insert(id).second)
            fault(test.claim.origin, ContentFault::in_both_groups, id);
        }
    }
  }

  void red_flags() {
    unique(
        pack_.red_flags, [](const RedFlag& flag) { return flag.claim.id; },
        [](const RedFlag& flag) { return flag.claim.origin; });
    unique(
        pack_.red_flags, [](const RedFlag& flag) { return flag.question_order; },
        [](const RedFlag& flag) { return flag.claim.origin; }, ContentFault::number_twice);
    for (const RedFlag& flag : pack_.red_flags)
      sourced(flag.claim);
  }

  const ContentPack& pack_;
  IssueList& issues_;
  std::set<std::string, std::less<>> sources_;
};

} // namespace

void check_links(const ContentPack& pack, IssueList& issues) {
  Links(pack, issues).check();
}

} // namespace calfscope
