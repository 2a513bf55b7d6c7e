#pragma once
// A content pack for the small leg: two points, three regions, a zone, a look-alike.

#include "content/content_pack.h"

#include <memory>

namespace calfscope::test {

inline Claim claim(std::string id) {
  return {std::move(id), {"TU"}, Confidence::medium, {"small.json", 1, ""}};
}

inline Region region(std::string id, Span s, Span a_deg) {
  Region out;
  out.id = std::move(id);
  out.shape.s = s;
  out.shape.a_deg = a_deg;
  out.claim = claim(out.id);
  return out;
}

inline TriggerPoint point(std::string id, int number, std::string muscle, Typical s, Typical a_deg, Typical d_mm,
                          std::string felt) {
  TriggerPoint out;
  out.id = std::move(id);
  out.number = number;
  out.layer = "calf";
  out.muscle = std::move(muscle);
  out.site.s = s;
  out.site.a_deg = a_deg;
  out.site.d_mm = d_mm;
  out.essential.push_back({std::move(felt), {}, false, claim("")});
  out.origin = {"small.json", 1, "/points/" + out.id};
  return out;
}

// The point of the soleus is called "soleus", as is a region: a word that is right wherever an id is asked for.
inline std::shared_ptr<const ContentPack> small_content() {
  ContentPack pack;
  pack.id = "small";
  pack.sources.push_back({"TU", "textbook", "textbook, unconfirmed", "", false, {}});
  pack.regions = {region("knee", {-0.2f, 0.05f}, {-45, 45}), region("calf", {0.1f, 0.5f}, {-60, 60}),
                  region("soleus", {0.6f, 0.95f}, {-40, 40})};
  pack.unions.push_back({"all", {"knee", "calf", "soleus"}, {}});
  pack.points = {
      point("gastroc", 1, "gastrocnemius_medial_head", {0.25f, {0.2f, 0.3f}}, {28, {15, 40}}, {22, {15, 35}}, "knee"),
      point("soleus", 5, "soleus", {0.4f, {0.3f, 0.5f}}, {0, {-15, 15}}, {40, {30, 55}}, "soleus")};
  NoPressZone zone;
  zone.id = "hollow";
  zone.shape.s = {-0.15f, 0.05f};
  zone.shape.a_deg = {-60, 60};
  zone.claim = claim("hollow");
  pack.zones.push_back(zone);
  LookAlike other;
  other.id = "sore_knee";
  other.urgency = "routine";
  other.regions.push_back({"knee", 1});
  other.claim = claim("sore_knee");
  pack.look_alikes.push_back(other);
  pack.tests.push_back({"bend", {{"gastroc"}, {"soleus", "sore_knee"}}, claim("bend")});
  // A technique, its tool and its mistake of the same name, so that any of them can be asked for at random.
  Tool ball;
  ball.id = "soleus";
  ball.diameter_mm = 60;
  ball.claim = claim("soleus");
  pack.tools.push_back(ball);
  Technique technique;
  technique.id = "soleus";
  technique.tools = {"soleus"};
  technique.posture = "standing";
  Phase phase;
  phase.id = "press";
  phase.seconds = 20;
  phase.touch.at = TouchAt::point;
  phase.motion[static_cast<std::size_t>(Channel::pressure)] = {Motion::Kind::to, 6, {}, 1};
  phase.claim = claim("press");
  technique.phases.push_back(phase);
  technique.mistakes.push_back({"press", phase, {}, {}, claim("soleus")});
  pack.techniques.push_back(technique);
  pack.text.set("points.gastroc.name", "Gastrocnemius point");
  pack.text.set("points.soleus.name", "Soleus point");
  pack.text.set("points.gastroc.short_name", "Gastrocnemius");
  pack.text.set("points.soleus.short_name", "Soleus");
  return std::make_shared<const ContentPack>(std::move(pack));
}

} // namespace calfscope::test
