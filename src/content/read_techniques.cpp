#include "content/read_techniques.h"

#include "content/content_values.h"
#include "content/content_words.h"

#include <algorithm>
#include <set>

namespace calfscope {
namespace {

// A number within its range where it is given.
float in_range(const JsonReader& from, std::string_view key, float otherwise, float lowest, float highest) {
  return from.has(key) ? read_in_range(from, key, lowest, highest) : otherwise;
}

std::optional<Span> try_span(const JsonReader& from, std::string_view key, float lowest, float highest) {
  if (!from.has(key))
    return std::nullopt;
  return read_span(from, key, lowest, highest, highest - lowest);
}

constexpr std::array<std::string_view, 6> posture_ids{"floor_sit",     "floor_sit_crossed", "chair",
                                                      "ankle_on_knee", "wall_lunge",        "standing"};
constexpr std::array<std::string_view, 8> camera_ids{"posterior", "anterior", "medial",  "lateral",
                                                     "plantar",   "top",      "contact", "body"};
constexpr float shortest_phase_s = 0.5f, longest_phase_s = 600;
constexpr int most_loops = 60;
constexpr int known_format = 1;

Motion read_motion(const JsonReader& from, std::string_view key, Span bounds) {
  Motion motion;
  const nlohmann::json& value = (*from.value())[std::string(key)];
  if (value.is_string()) {
    motion.kind = Motion::Kind::of_point;
    if (value.get<std::string>() != "point")
      from.fault(key, "a number, \"point\", or {\"swing\", \"cycles\"} is possible here");
  } else if (value.is_object()) {
    const JsonReader at = from.object(key);
    at.allow_only({"swing", "cycles"});
    motion.kind = Motion::Kind::swing;
    const JsonReader swing = at.object("swing");
    swing.allow_only({"from", "to"});
    motion.swing = {read_in_range(swing, "from", bounds.from, bounds.to),
                    read_in_range(swing, "to", bounds.from, bounds.to)};
    if (motion.swing.from == motion.swing.to)
      swing.fault("", "swings from where it goes to: a number alone says that");
    if (at.has("cycles")) // it ends where it began
      motion.cycles = static_cast<float>(read_whole(at, "cycles", 1, 1000));
  } else {
    motion.kind = Motion::Kind::to;
    motion.to = in_range(from, key, 0, bounds.from, bounds.to);
  }
  return motion;
}

void read_motions(const JsonReader& from, std::array<Motion, channel_count>& motions) {
  for (std::size_t i = 0; i < channel_count; ++i)
    if (from.has(channel_ids[i]))
      motions[i] = read_motion(from, channel_ids[i], channel_ranges[i]);
}

// What each way of touching may say; what it says beside that would be read by nobody.
void allow_for(const JsonReader& at, TouchAt kind) {
  switch (kind) {
  case TouchAt::none:
    return at.allow_only({"at"});
  case TouchAt::point:
    return at.allow_only({"at", "rock_mm", "cycles", "along"});
  case TouchAt::path:
  case TouchAt::to_point:
    return at.allow_only({"at", "s", "rock_mm", "cycles", "along"});
  case TouchAt::strokes:
    return at.allow_only({"at", "s", "a_deg", "strokes", "rock_mm", "cycles", "along"});
  }
}

Touch read_touch(const JsonReader& at) {
  Touch touch;
  touch.at = read_choice(at, "at", touch_ids, TouchAt::none);
  if (!one_of(touch_ids, at.text("at")))
    return touch;
  allow_for(at, touch.at);
  if (touch.at == TouchAt::path || touch.at == TouchAt::strokes) {
    const JsonReader s = at.object("s");
    s.allow_only({"from", "to"});
    touch.from_s = read_in_range(s, "from", lowest_s, highest_s);
    touch.to_s = read_in_range(s, "to", lowest_s, highest_s);
  } else if (touch.at == TouchAt::to_point) {
    touch.from_s = read_in_range(at, "s", lowest_s, highest_s);
  }
  if (touch.at == TouchAt::strokes) {
    touch.a_deg = read_in_range(at, "a_deg", -180, 180);
    touch.strokes = static_cast<float>(read_whole(at, "strokes", 1, 100));
  }
  if (at.has("rock_mm")) {
    touch.rock_mm = read_in_range(at, "rock_mm", 1, 60);
    touch.rock_cycles = static_cast<float>(read_whole(at, "cycles", 1, 200));
    touch.along = at.try_boolean("along").value_or(false);
  } else if (at.has("cycles") || at.has("along"))
    at.fault(at.has("cycles") ? "cycles" : "along", "says how it rocks, but there is no \"rock_mm\"");
  return touch;
}

// Sets what stands in `at` over what `phase` already says: a phase over nothing, a mistake over its phase.
void read_phase_over(const JsonReader& at, Phase& phase) {
  if (at.has("seconds"))
    phase.seconds = read_in_range(at, "seconds", shortest_phase_s, longest_phase_s);
  if (at.has("loops"))
    phase.loops = read_whole(at, "loops", 1, most_loops);
  if (at.has("touch"))
    phase.touch = read_touch(at.object("touch"));
  read_motions(at, phase.motion);
  phase.breathing = at.try_boolean("breathing").value_or(phase.breathing);
  phase.eases = at.try_boolean("eases").value_or(phase.eases);
  phase.pinned = at.try_boolean("pinned").value_or(phase.pinned);
  phase.drinks = at.try_boolean("drinks").value_or(phase.drinks);
  phase.bent_joint = at.try_boolean("bent_joint").value_or(phase.bent_joint);
}

void check_dose(const JsonReader& at, const Phase& phase) {
  if (!at.has("seconds"))
    return;
  const auto outside = [](const std::optional<Span>& allowed, float value) {
    return allowed && !allowed->contains(value);
  };
  if (outside(phase.allowed_s, phase.seconds))
    at.fault("seconds", fmt::format("{} s lies outside the {} to {} s that the sources give", phase.seconds,
                                    phase.allowed_s->from, phase.allowed_s->to));
  if (outside(phase.allowed_loops, static_cast<float>(phase.loops)))
    at.fault("loops", fmt::format("{} times lies outside the {} to {} that the sources give", phase.loops,
                                  phase.allowed_loops->from, phase.allowed_loops->to));
  // From 8 on pressure is too much; only a mistake may show it.
  const Motion& pressure = phase.motion[static_cast<std::size_t>(Channel::pressure)];
  const float most = pressure.kind == Motion::Kind::swing ? std::max(pressure.swing.from, pressure.swing.to)
                                                          : (pressure.kind == Motion::Kind::to ? pressure.to : 0);
  if (most > static_cast<float>(pressure_good_until))
    at.fault("pressure", fmt::format("{} of 10: more than {} is too much and may only stand in a mistake", most,
                                     pressure_good_until));
}

// What stands in `at`, a phase or a mistake over it, fits the gait that the phase has.
void check_gait(const JsonReader& at, const Phase& phase) {
  constexpr float slowest = 0.2f, quickest = 2; // strides in a second: from a stroll to a run
  for (const std::string_view key : {"knee_deg", "ankle_deg", "ahead_deg"})
    if (at.has(key))
      at.fault(key, "follows from \"gait\" here: leave it out");
  const float rate = phase.gait->strides / std::max(phase.seconds, shortest_phase_s);
  if (rate < slowest || rate > quickest)
    at.fault(at.has("gait") ? "gait" : "seconds",
             fmt::format("{} strides in {} s: between {} and {} in a second is possible", phase.gait->strides,
                         phase.seconds, slowest, quickest));
}

// nullopt where it is faulty: what follows from it need not be told as well.
std::optional<Gait> read_gait(const JsonReader& phase) {
  constexpr int most_strides = 1000;
  const JsonReader at = phase.object("gait");
  at.allow_only({"pace", "strides"});
  const Gait gait{read_choice(at, "pace", pace_ids, Pace::walk),
                  static_cast<float>(read_whole(at, "strides", 1, most_strides))};
  const nlohmann::json* strides = at.has("strides") ? &(*at.value())["strides"] : nullptr;
  const bool sound = strides && strides->is_number() && strides->get<float>() == gait.strides;
  return sound ? std::optional(gait) : std::nullopt;
}

Phase read_phase(const JsonReader& at) {
  at.allow_only({"id",        "seconds",      "loops",     "allowed_s", "allowed_loops", "touch",  "knee_deg",
                 "ankle_deg", "subtalar_deg", "turn_deg",  "pressure",  "pull",          "lift",   "heel_mm",
                 "ahead_deg", "gait",         "breathing", "eases",     "pinned",        "drinks", "direction",
                 "camera",    "changes_side", "basis",     "confidence"});
  Phase phase;
  phase.id = read_id(at, "id");
  if (!at.has("seconds"))
    at.fault("seconds", "a phase needs its length in seconds");
  phase.allowed_s = try_span(at, "allowed_s", shortest_phase_s, longest_phase_s);
  phase.allowed_loops = try_span(at, "allowed_loops", 1, static_cast<float>(most_loops));
  read_phase_over(at, phase);
  phase.changes_side = at.try_boolean("changes_side").value_or(false);
  if (at.has("gait"))
    phase.gait = read_gait(at);
  if (phase.gait)
    check_gait(at, phase);
  if (const auto direction = at.try_text("direction")) {
    phase.ankle_to_knee = *direction == "ankle_to_knee";
    if (!phase.ankle_to_knee)
      at.fault("direction", "only \"ankle_to_knee\" is known");
    else if (phase.touch.at == TouchAt::none || phase.touch.at == TouchAt::point)
      at.fault("direction", "nothing is gone along: \"touch\" is no path");
    else if (phase.touch.at != TouchAt::to_point && phase.touch.from_s < phase.touch.to_s)
      at.fault("touch", "the path runs from knee to ankle, against its \"direction\"");
  }
  phase.camera = at.try_text("camera").value_or("");
  if (!phase.camera.empty() && !one_of(camera_ids, phase.camera))
    at.fault("camera", fmt::format("\"{}\" is none of: {}", phase.camera, fmt::join(camera_ids, ", ")));
  phase.claim = read_claim(at, true);
  check_dose(at, phase);
  return phase;
}

std::string read_posture(const JsonReader& at) {
  std::string posture = at.text("posture");
  if (!one_of(posture_ids, posture))
    at.fault("posture", fmt::format("\"{}\" is none of: {}", posture, fmt::join(posture_ids, ", ")));
  return posture;
}

TechniquePoint read_technique_point(const JsonReader& at) {
  at.allow_only({"point", "reach", "offered", "knee_deg", "ankle_deg", "turn_deg", "grip_a_deg", "posture", "basis",
                 "confidence"});
  TechniquePoint point;
  point.point = read_id(at, "point");
  point.reach = read_whole(at, "reach", 0, 2);
  point.offered = at.try_boolean("offered").value_or(point.reach >= 1);
  if (point.offered && point.reach == 0)
    at.fault("offered", "what does not reach a point is not offered for it");
  for (std::size_t i = 0; i < channel_count; ++i)
    if (at.has(channel_ids[i]))
      point.own[i] = read_in_range(at, channel_ids[i], channel_ranges[i].from, channel_ranges[i].to);
  point.grip_a_deg = try_span(at, "grip_a_deg", -180, 180);
  if (at.has("posture"))
    point.posture = read_posture(at);
  point.claim = read_claim(at, false);
  return point;
}

// Each key that is not a channel's own is listed, so that a typing error is a fault.
void read_mistakes(const JsonReader& root, Technique& technique) {
  for (const JsonReader& at : read_list(root, "mistakes")) {
    at.allow_only({"id", "phase", "tool", "posture", "shows", "basis", "confidence"});
    Mistake mistake;
    if (at.has("tool"))
      mistake.tool = read_id(at, "tool");
    if (at.has("posture"))
      mistake.posture = read_posture(at);
    mistake.phase = read_id(at, "phase");
    mistake.claim = read_claim(at, true);
    const auto right = std::find_if(technique.phases.begin(), technique.phases.end(),
                                    [&](const Phase& phase) { return phase.id == mistake.phase; });
    if (right == technique.phases.end()) {
      at.fault("phase", fmt::format("there is no phase \"{}\"", mistake.phase));
      continue;
    }
    mistake.shown = *right;
    const JsonReader shows = at.object("shows");
    shows.allow_only({"seconds", "loops", "touch", "knee_deg", "ankle_deg", "subtalar_deg", "turn_deg", "pressure",
                      "pull", "lift", "heel_mm", "ahead_deg", "breathing", "eases", "pinned", "bent_joint"});
    if (shows.keys().empty())
      at.fault("shows", "a mistake shows at least one thing that is done differently");
    read_phase_over(shows, mistake.shown);
    if (mistake.shown.gait)
      check_gait(shows, mistake.shown);
    technique.mistakes.push_back(std::move(mistake));
  }
}

Technique read_technique(const JsonReader& root) {
  root.allow_only({"format", "id", "kind", "tools", "posture", "sets", "rounds", "claims", "cautions", "points", "pose",
                   "phases", "mistakes"});
  Technique technique;
  technique.id = read_id(root, "id");
  technique.origin = origin_of(root);
  technique.kind = read_choice(root, "kind", technique_kind_ids, TechniqueKind::press);
  technique.tools = read_ids(root, "tools");
  technique.posture = read_posture(root);
  const JsonReader sets = root.object("sets");
  sets.allow_only({"from", "to"});
  technique.sets = {static_cast<float>(read_whole(sets, "from", 1, 20)),
                    static_cast<float>(read_whole(sets, "to", 1, 20))};
  if (technique.sets.from > technique.sets.to)
    sets.fault("from", fmt::format("{} sets at least, but {} at most", technique.sets.from, technique.sets.to));
  technique.claims = read_claims(root, "claims");
  technique.cautions = read_claims(root, "cautions");
  for (const JsonReader& at : read_list(root, "points"))
    technique.points.push_back(read_technique_point(at));
  const JsonReader pose = root.object("pose");
  pose.allow_only({"knee_deg", "ankle_deg", "subtalar_deg", "turn_deg", "ahead_deg"});
  read_motions(pose, technique.pose);
  for (const JsonReader& at : read_list(root, "phases", 1))
    technique.phases.push_back(read_phase(at));
  if (root.has("rounds")) {
    const JsonReader at = root.object("rounds");
    at.allow_only({"from", "to", "times"});
    technique.rounds = Rounds{read_id(at, "from"), read_id(at, "to"), read_whole(at, "times", 1, 10)};
    const auto place = [&](const std::string& id) {
      return std::find_if(technique.phases.begin(), technique.phases.end(), [&](const Phase& p) { return p.id == id; });
    };
    if (place(technique.rounds->from) == technique.phases.end() ||
        place(technique.rounds->to) == technique.phases.end() ||
        place(technique.rounds->from) > place(technique.rounds->to))
      at.fault("", "\"from\" and \"to\" name phases, the one at or before the other");
  }
  read_mistakes(root, technique);
  return technique;
}

void read_tools(const JsonReader& root, ContentPack& pack) {
  root.allow_only({"format", "tools"});
  for (const JsonReader& at : read_list(root, "tools", 1)) {
    at.allow_only({"id", "shape", "diameter_mm", "length_mm", "give", "basis", "confidence"});
    Tool tool;
    tool.id = read_id(at, "id");
    tool.shape = read_choice(at, "shape", tool_shape_ids, ToolShape::sphere);
    tool.diameter_mm = read_in_range(at, "diameter_mm", 5, 400);
    const bool is_long = tool.shape == ToolShape::cylinder || tool.shape == ToolShape::beads;
    if (is_long)
      tool.length_mm = read_in_range(at, "length_mm", 50, 2000);
    else if (at.has("length_mm"))
      at.fault("length_mm", "only a cylinder and beads have a length");
    tool.give = in_range(at, "give", 0, 0, 1);
    tool.claim = read_claim(at, true);
    pack.tools.push_back(std::move(tool));
  }
}

// Whether everything that techniques name is there, and every word of theirs belongs to something.
class TechniqueLinks {
public:
  TechniqueLinks(const ContentPack& pack, const JsonDocument& texts, IssueList& issues)
      : pack_(pack), words_(texts, "en.techniques", issues), issues_(issues) {}

  void check() {
    unique(pack_.tools, [](const Tool& tool) { return std::pair(tool.id, tool.claim.origin); });
    for (const Tool& tool : pack_.tools) {
      sourced(tool.claim);
      words_.name(tool.claim.origin, "tools." + tool.id + ".name");
    }
    for (const Technique& one : pack_.techniques)
      technique(one);
    for (const std::string_view posture : posture_ids) // what no technique uses may still be chosen tomorrow
      words_.may_have("postures." + std::string(posture));
    words_.find_unused();
  }

private:
  void technique(const Technique& technique) {
    const std::string stem = "techniques." + technique.id;
    words_.name(technique.origin, stem + ".name");
    words_.wordings(technique.origin, stem + ".summary");
    words_.wordings(technique.origin, stem + ".reaches");
    words_.name(technique.origin, "postures." + technique.posture);
    const auto there_is_tool = [&](const Origin& origin, const std::string& id) {
      if (!pack_.tool(id))
        fault(origin, fmt::format("the tool \"{}\" is not in tools.json", id));
    };
    for (const std::string& id : technique.tools)
      there_is_tool(technique.origin, id);
    if (technique.kind == TechniqueKind::press && technique.tools.empty())
      fault(technique.origin, "a technique that presses needs a tool");
    if (technique.kind == TechniqueKind::press && technique.points.empty())
      fault(technique.origin, "a technique that presses needs points on which it may be done");
    const auto of_claim = [](const auto& entry) { return std::pair(entry.claim.id, entry.claim.origin); };
    unique(technique.phases, [](const Phase& phase) { return std::pair(phase.id, phase.claim.origin); });
    unique(technique.mistakes, of_claim);
    unique(technique.points, [](const TechniquePoint& one) { return std::pair(one.point, one.claim.origin); });
    claims(technique.claims, stem + ".claims.");
    claims(technique.cautions, stem + ".cautions.");
    for (const TechniquePoint& reached : technique.points) {
      sourced(reached.claim);
      if (!pack_.point(reached.point))
        fault(reached.claim.origin, fmt::format("the point \"{}\" is not in points.json", reached.point));
      words_.wordings(reached.claim.origin, stem + ".points." + reached.point);
      if (!reached.posture.empty())
        words_.name(reached.claim.origin, "postures." + reached.posture);
    }
    for (const Phase& one : technique.phases) {
      sourced(one.claim);
      words_.name(one.claim.origin, stem + ".phases." + one.id + ".title");
      words_.wordings(one.claim.origin, stem + ".phases." + one.id);
      has_what_it_asks_for(technique, one);
      if (one.changes_side && &one != &technique.phases.back())
        fault(one.claim.origin, fmt::format("the phase \"{}\" changes the side, but is not the last", one.id));
      if (technique.tools.empty() && one.touch.at != TouchAt::none)
        fault(one.claim.origin, fmt::format("the phase \"{}\" touches, but there is no tool to touch with", one.id));
    }
    postures(technique);
    for (const Mistake& mistake : technique.mistakes) {
      sourced(mistake.claim);
      words_.wordings(mistake.claim.origin, stem + ".mistakes." + mistake.claim.id);
      if (!mistake.tool.empty() && !technique.tools.empty())
        fault(mistake.claim.origin,
              fmt::format("the mistake \"{}\" names a tool, but the technique has its own", mistake.claim.id));
      else if (!mistake.tool.empty())
        there_is_tool(mistake.claim.origin, mistake.tool);
      else if (technique.tools.empty() && mistake.shown.touch.at != TouchAt::none)
        fault(mistake.claim.origin,
              fmt::format("the mistake \"{}\" touches, but there is no tool to touch with", mistake.claim.id));
    }
  }

  // "point" stands for a number that each point has which is offered.
  void has_what_it_asks_for(const Technique& technique, const Phase& phase) {
    for (std::size_t i = 0; i < channel_count; ++i)
      if (phase.motion[i].kind == Motion::Kind::of_point || technique.pose[i].kind == Motion::Kind::of_point)
        for (const TechniquePoint& reached : technique.points)
          if (reached.offered && !reached.own[i])
            fault(reached.claim.origin, fmt::format("the phase \"{}\" asks for this point's \"{}\", which it lacks",
                                                    phase.id, channel_ids[i]));
  }

  // What a posture cannot do: only who stands walks or swings a leg, only on a chair hands come to the calf, and what
  // lies on the floor is sat upon.
  void postures(const Technique& technique) {
    std::vector<std::pair<std::string, Origin>> all{{technique.posture, technique.origin}};
    for (const TechniquePoint& reached : technique.points)
      if (!reached.posture.empty())
        all.emplace_back(reached.posture, reached.claim.origin);
    const auto swings = [](const std::array<Motion, channel_count>& motion) {
      return motion[static_cast<std::size_t>(Channel::ahead_deg)].kind != Motion::Kind::keep;
    };
    bool walks = swings(technique.pose);
    for (const Phase& phase : technique.phases)
      walks = walks || phase.gait || swings(phase.motion);
    for (const Mistake& mistake : technique.mistakes)
      walks = walks || swings(mistake.shown.motion);
    for (const auto& [posture, origin] : all) {
      if (walks && posture != "standing")
        fault(origin, fmt::format("a \"gait\" or \"ahead_deg\" needs the posture \"standing\", not \"{}\"", posture));
      for (const std::string& id : technique.tools)
        carries(origin, posture, id);
    }
    for (const Mistake& mistake : technique.mistakes)
      if (!mistake.tool.empty())
        carries(mistake.claim.origin, mistake.posture.empty() ? technique.posture : mistake.posture, mistake.tool);
  }

  void carries(const Origin& origin, const std::string& posture, const std::string& tool_id) {
    const Tool* tool = pack_.tool(tool_id);
    if (!tool)
      return; // told elsewhere
    const bool on_floor = tool->shape == ToolShape::cylinder || tool->shape == ToolShape::sphere;
    const bool can = on_floor ? posture.starts_with("floor") : posture == "chair" || posture == "ankle_on_knee";
    if (!can)
      fault(origin,
            fmt::format("in the posture \"{}\" the tool \"{}\" cannot be used: it needs {}", posture, tool_id,
                        on_floor ? "\"floor_sit\" or \"floor_sit_crossed\"" : "\"chair\" or \"ankle_on_knee\""));
  }

  template <typename T, typename Name>
  void unique(const std::vector<T>& list, Name name) {
    std::set<std::string> seen;
    for (const T& entry : list) {
      const auto [id, origin] = name(entry);
      if (!seen.insert(id).second)
        fault(origin, say(ContentFault::id_twice, id));
    }
  }

  void claims(const std::vector<Claim>& list, const std::string& stem) {
    unique(list, [](const Claim& claim) { return std::pair(claim.id, claim.origin); });
    for (const Claim& claim : list) {
      sourced(claim);
      words_.wordings(claim.origin, stem + claim.id);
    }
  }

  void sourced(const Claim& claim) {
    for (const std::string& id : claim.basis)
      if (!pack_.source(id))
        fault(claim.origin, say(ContentFault::unknown_source, id));
  }

  void fault(const Origin& at, std::string message) { issues_.error(at.file, at.line, at.key, std::move(message)); }

  const ContentPack& pack_;
  WordList words_;
  IssueList& issues_;
};

} // namespace

const TechniquePoint* Technique::reached(std::string_view point) const {
  const auto found =
      std::find_if(points.begin(), points.end(), [&](const TechniquePoint& entry) { return entry.point == point; });
  return found == points.end() ? nullptr : &*found;
}

bool Technique::pins() const {
  return std::any_of(phases.begin(), phases.end(), [](const Phase& phase) { return phase.pinned; });
}

const std::string& Technique::posture_on(std::string_view point) const {
  const TechniquePoint* on = reached(point);
  return on && !on->posture.empty() ? on->posture : posture;
}

void read_techniques(const std::filesystem::path& folder, ContentPack& pack, IssueList& issues) {
  std::error_code unreadable;
  if (!std::filesystem::is_directory(folder / "techniques", unreadable))
    return;
  const auto with = [&](const std::filesystem::path& file, auto read) {
    if (const auto document = JsonDocument::load(file, issues)) {
      const JsonReader root(*document, "", issues);
      if (!root.is_object())
        issues.error(document->file(), 1, "", say(ContentFault::not_an_object));
      else if (root.number("format") != known_format)
        root.fault("format", say(ContentFault::unknown_format, known_format));
      else
        read(root);
    }
  };
  with(folder / "tools.json", [&](const JsonReader& root) { read_tools(root, pack); });
  for (const std::string_view id : technique_ids) {
    const std::filesystem::path file = folder / "techniques" / (std::string(id) + ".json");
    with(file, [&](const JsonReader& root) {
      pack.techniques.push_back(read_technique(root));
      if (pack.techniques.back().id != id)
        root.fault("id",
                   fmt::format("the file is named {}, so its \"id\" must be \"{}\"", file.filename().string(), id));
    });
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder / "techniques", unreadable))
    if (entry.path().extension() == ".json" && !one_of(technique_ids, entry.path().stem().string()))
      issues.error(entry.path().string(), 1, "",
                   fmt::format("no such technique; known are: {}", fmt::join(technique_ids, ", ")));
  const std::filesystem::path texts = folder / "text" / "en.techniques.json";
  const auto words = JsonDocument::load(texts, issues);
  // What was not read to its end would seem to lack much else.
  if (!words || issues.has_errors())
    return;
  pack.text.load(texts, issues);
  TechniqueLinks(pack, *words, issues).check();
}

} // namespace calfscope
