#include "compose/technique_items.h"

#include "geometry/skinning.h"
#include "props/hand_mesh.h"
#include "props/tool_mesh.h"
#include "state/technique_state.h"
#include "state/theme.h"

#include <glm/gtc/matrix_transform.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>

namespace calfscope {
namespace {

constexpr std::uint32_t no_structure = 0xFFFFFFFFu;

struct PropMesh {
  std::string part;
  std::shared_ptr<const SurfaceMesh> mesh;
};

std::shared_ptr<const SurfaceMesh> as_surface(TriMesh mesh) {
  auto out = std::make_shared<SurfaceMesh>();
  out->surface = std::move(mesh);
  return out;
}

// Made when first asked for, then kept: their address is the key of the GPU copy.
template <typename Make>
const std::vector<PropMesh>& kept(const std::string& key, Make make) {
  static std::mutex guard;
  static std::map<std::string, std::vector<PropMesh>> all;
  const std::lock_guard lock(guard);
  const auto found = all.find(key);
  if (found != all.end())
    return found->second;
  std::vector<PropMesh> parts;
  for (PropPart& part : make())
    parts.push_back({part.id, as_surface(std::move(part.mesh))});
  return all.emplace(key, std::move(parts)).first->second;
}

const std::vector<PropMesh>& meshes_of(const Tool& tool) {
  return kept(tool.id + "|" + std::to_string(static_cast<int>(tool.shape)) + "|" + std::to_string(tool.diameter_mm) +
                  "|" + std::to_string(tool.length_mm),
              [&] { return tool_parts(tool); });
}

// A left hand is a right one in the mirror.
const PropMesh& hand_of(const std::string& name, bool left, const std::function<TriMesh()>& make) {
  return kept("hand|" + name + (left ? "|left" : "|right"),
              [&] {
                TriMesh mesh = make();
                if (left) {
                  for (auto* list : {&mesh.positions, &mesh.normals})
                    for (glm::vec3& v : *list)
                      v.x = -v.x;
                  for (glm::uvec3& t : mesh.triangles)
                    std::swap(t.y, t.z);
                }
                return std::vector<PropPart>{{"hand", std::move(mesh)}};
              })
      .front();
}

glm::vec3 colour_of(const PropColours& colours, const Tool& tool, const std::string& part) {
  if (part == "foam")
    return colours.foam;
  if (part == "rod")
    return colours.rod;
  if (part == "grip")
    return colours.grip;
  if (part == "beads")
    return colours.beads;
  return tool.give > 0 ? colours.felt : colours.rubber;
}

glm::mat4 placed(glm::vec3 x, glm::vec3 y, glm::vec3 z, glm::vec3 at) {
  return {glm::vec4(x, 0), glm::vec4(y, 0), glm::vec4(z, 0), glm::vec4(at, 1)};
}

// World from the tool's own space: X its long axis, Z the way it presses.
glm::mat4 placement_of(const Contact& contact, float rolled_deg) {
  const ContactFrame& at = contact.frame;
  const glm::vec3 across = glm::cross(at.along, at.into); // right-handed on either side
  return glm::rotate(placed(across, at.along, at.into, middle_of(contact)), glm::radians(rolled_deg),
                     glm::vec3(1, 0, 0));
}

DrawItem prop_item(std::shared_ptr<const SurfaceMesh> mesh, glm::vec3 colour, const glm::mat4& placement) {
  DrawItem item;
  item.mesh = std::move(mesh);
  item.structure = no_structure;
  item.material = Material::plain;
  item.colour = colour;
  item.clipped = false;
  item.placement = placement;
  return item;
}

// What must not press where it is, all over.
void hatch(DrawItem& item, StageCache& cache) {
  constexpr std::size_t most_kept = 16;
  if (cache.hatched.size() > most_kept)
    cache.hatched.clear();
  auto& field = cache.hatched[item.mesh];
  if (!field)
    field = std::make_shared<const std::vector<glm::vec4>>(item.mesh->surface.positions.size(), glm::vec4(0, 0, 0, 1));
  item.overlay.field = field;
  item.overlay.strength = 0;
  item.overlay.no_press = 1;
}

bool is_forbidden(const Stage& stage) {
  return stage.zones && !stage.zones->forbidden.empty();
}

void add_tool(Frame& frame, const AppState& state, const Tool& tool, const Contact& contact, float rolled_deg,
              bool forbidden) {
  const PropColours& colours = theme_of(state).scene.props;
  for (const PropMesh& prop : meshes_of(tool)) {
    DrawItem item = prop_item(prop.mesh, colour_of(colours, tool, prop.part), placement_of(contact, rolled_deg));
    if (tool.shape == ToolShape::cylinder) { // it reaches far before the place where it presses
      item.ghost = 0.3f;
      item.opacity = 0.8f;
    }
    if (contact.flat_mm > 0)
      item.pressed_flat =
          PressedFlat{{contact.frame.into, glm::dot(contact.frame.into, dragged_origin(contact)) + contact.tip_mm},
                      dragged_origin(contact),
                      std::max(2.2f * contact.patch_mm, 40.0f)};
    if (forbidden)
      hatch(item, state.leg_content->stage_cache());
    frame.items.push_back(std::move(item));
  }
}

// --- hands ----------------------------------------------------------------------------------------------------------

// A hand that works: its mesh as it rests, how it hangs on its arm, and where its grip is.
struct WorkingHand {
  std::size_t which = 0; // 0 on the model's side
  std::shared_ptr<const SurfaceMesh> mesh;
  HandAnchor anchor;
  glm::mat4 world_from_grip{1};
  bool turns = false; // about the way it presses, toward its elbow
  glm::vec3 grip{0}, into{0, 0, 1};
};

HandAnchor in_mirror(HandAnchor anchor) {
  anchor.wrist.x = -anchor.wrist.x;
  anchor.elbow.x = -anchor.elbow.x;
  return anchor;
}

// What of a way lies across an axis; unit.
glm::vec3 across(glm::vec3 way, glm::vec3 axis) {
  return glm::normalize(way - glm::dot(way, axis) * axis);
}

// Turned toward another way, as far as still leaves the palm off the skin. All unit.
glm::vec3 leaned(glm::vec3 from, glm::vec3 toward) {
  constexpr float most_deg = 48;
  const float apart = std::acos(glm::clamp(glm::dot(from, toward), -1.0f, 1.0f));
  if (apart < 1e-3f || apart > glm::radians(175.0f))
    return from;
  const float by = std::min(apart, glm::radians(most_deg));
  return (std::sin(apart - by) * from + std::sin(by) * toward) / std::sin(apart);
}

std::vector<WorkingHand> hands_for(const Stage& stage, const Tool& tool) {
  std::vector<WorkingHand> out;
  const Contact* touch = stage.touch();
  if (!touch)
    return out;
  const FigureJoints body = figure_joints(stage.posture, stage.figure, (*stage.moment)[Channel::lift]);
  const auto add = [&](std::size_t which, const std::string& name, const std::function<TriMesh()>& make,
                       const HandAnchor& anchor, const glm::mat4& where) {
    const bool left = stage.figure.right_side == (which == 1);
    out.push_back({which, hand_of(name, left, make).mesh, left ? in_mirror(anchor) : anchor, where, false, {}, {}});
  };
  const auto nose_of = [](const Contact& contact) {
    return dragged_origin(contact) + contact.tip_mm * contact.frame.into;
  };
  switch (tool.shape) {
  case ToolShape::digit: {
    // The outer side of a leg that hangs from a chair is reached by the hand of its own side.
    const std::size_t which = stage.posture == Posture::chair && stage.moment->touch.a_deg < 0 ? 0 : 1;
    add(
        which, "thumb", [] { return hand_mesh(Grip::thumb_press); }, hand_anchor(Grip::thumb_press),
        hand_placement(nose_of(*touch), touch->frame.into, body.shoulder[which] - touch->frame.origin));
    out.back().turns = true;
    out.back().grip = nose_of(*touch);
    out.back().into = touch->frame.into;
    break;
  }
  case ToolShape::pincer: {
    const auto& both = !stage.contacts.empty() ? stage.contacts : stage.clear;
    if (both.size() < 2)
      break;
    const glm::vec3 a = nose_of(both[0]), b = nose_of(both[1]);
    // The width changes with the pressure; a mesh for every two millimetres is enough.
    const float width = glm::clamp(2 * std::round(0.5f * glm::distance(a, b)), 26.0f, 110.0f);
    const glm::vec3 outward = glm::normalize(-(both[0].frame.into + both[1].frame.into) + 1e-4f * both[0].frame.along);
    glm::vec3 x = glm::normalize(b - a);
    const glm::vec3 z = -leaned(across(outward, x), across(body.shoulder[0] - 0.5f * (a + b), x));
    if (glm::dot(glm::cross(z, x), body.shoulder[0] - a) < 0)
      x = -x; // thumb and fingers change sides, so that the forearm leaves towards the body
    add(
        0, "pincer" + std::to_string(static_cast<int>(width)), [width] { return pincer(width); }, pincer_anchor(width),
        placed(x, glm::cross(z, x), z, 0.5f * (a + b)));
    break;
  }
  case ToolShape::beads: {
    constexpr float grip_mm = 55; // from the end of the stick to the middle of the fist; design choice
    const glm::vec3 middle = middle_of(*touch), axis = placement_of(*touch, 0)[0];
    const float first_end = glm::dot(axis, body.shoulder[0] - body.shoulder[1]) > 0 ? 1.0f : -1.0f;
    for (const std::size_t which : {std::size_t{0}, std::size_t{1}}) {
      const float end = which == 0 ? first_end : -first_end;
      const glm::vec3 grip = middle + end * (0.5f * tool.length_mm - grip_mm) * axis;
      const glm::vec3 way = body.shoulder[which] - grip;
      const glm::vec3 y = glm::normalize(way - glm::dot(way, axis) * axis);
      const bool left = stage.figure.right_side == (which == 1);
      const glm::vec3 x = left == (end > 0) ? axis : -axis;
      add(
          which, "fist", [] { return hand_mesh(Grip::stick_grip); }, hand_anchor(Grip::stick_grip),
          placed(x, y, glm::cross(x, y), grip));
    }
    break;
  }
  case ToolShape::cylinder:
  case ToolShape::sphere:
    break; // they lie on the floor, and the hands behind the body
  }
  return out;
}

// --- the body -------------------------------------------------------------------------------------------------------

void add_body(Frame& frame, const AppState& state, const Stage& stage, std::vector<WorkingHand> hands) {
  const PropColours& colours = theme_of(state).scene.props;
  FigureLeg leg = stage.figure;
  FigureJoints joints;
  // Where the elbow is depends on where the wrist is, and the hand on the elbow: a few rounds settle it.
  constexpr int rounds = 4;
  for (int round = 0; round < rounds; ++round) {
    for (WorkingHand& hand : hands) {
      if (hand.turns && round > 0)
        hand.world_from_grip = hand_placement(hand.grip, hand.into, joints.elbow[hand.which] - hand.grip);
      leg.wrists[hand.which] = glm::vec3(hand.world_from_grip * glm::vec4(hand.anchor.wrist, 1));
      leg.forearms[hand.which] = glm::mat3(hand.world_from_grip) * hand.anchor.elbow;
      leg.own_hands[hand.which] = false;
    }
    joints = figure_joints(stage.posture, leg, (*stage.moment)[Channel::lift]);
  }
  StageCache& cache = state.leg_content->stage_cache();
  if (!cache.figure || cache.posture != stage.posture || !(cache.joints == joints)) {
    cache.figure = as_surface(posed_figure(figure(stage.posture), joints));
    cache.furniture.clear();
    for (PropPart& part : furniture(stage.posture, joints))
      cache.furniture.push_back({part.id, as_surface(std::move(part.mesh))});
    cache.hands.clear();
    for (const WorkingHand& hand : hands) {
      const glm::vec3 wrist = *leg.wrists[hand.which];
      const glm::vec3 toward = glm::transpose(glm::mat3(hand.world_from_grip)) * (joints.elbow[hand.which] - wrist);
      cache.hands.push_back(as_surface(with_elbow(hand.mesh->surface, hand.anchor, toward)));
    }
    cache.posture = stage.posture;
    cache.joints = joints;
  }
  DrawItem body = prop_item(cache.figure, colours.figure, glm::mat4(1));
  // Near by only the leg and the hands are spoken of, and the arms these hang on.
  constexpr float gone_mm = 500, there_mm = 1500;
  const float least = hands.empty() ? 0.0f : 0.3f;
  body.ghost = 0.9f;
  body.opacity = glm::mix(least, 0.6f, glm::smoothstep(gone_mm, there_mm, frame.camera.distance_mm));
  if (body.opacity > 0.004f)
    frame.items.push_back(std::move(body));
  for (const auto& [part, mesh] : cache.furniture) {
    DrawItem item = prop_item(
        mesh, part == "glass" ? colours.glass : (part == "prints" ? 0.6f : 1.0f) * colours.furniture, glm::mat4(1));
    if (stage.posture == Posture::chair || stage.posture == Posture::ankle_on_knee) { // it stands before the leg
      item.ghost = 0.6f;
      item.opacity = 0.4f;
    }
    frame.items.push_back(std::move(item));
  }
  for (std::size_t i = 0; i < std::min(hands.size(), cache.hands.size()); ++i) {
    DrawItem item = prop_item(cache.hands[i], colours.hand, hands[i].world_from_grip);
    if (is_forbidden(stage))
      hatch(item, cache);
    frame.items.push_back(std::move(item));
  }
}

// How much of the lines on the skin is there: they come and go with the rocking.
float lines_seen(const AppState& state, const Stage& stage) {
  constexpr float comes_s = 1.2f;
  if (stage.skin_lines.empty())
    return 0;
  const float into_s = stage.moment->into_s;
  const float left_s = technique_timeline(state)->spans()[stage.moment->span].seconds - into_s;
  return glm::smoothstep(0.0f, comes_s, std::min(into_s, left_s));
}

// Skin must be seen to be pressed, and what lies below it too; while it is drawn along it is what one looks at.
void show_skin(Frame& frame, const AppState& state, float drawn) {
  const int skin = state.atlas->index_of("skin");
  for (DrawItem& item : frame.items)
    if (skin >= 0 && item.structure == static_cast<std::uint32_t>(skin) && item.opacity < 0.6f) {
      item.ghost = glm::mix(0.45f, 0.25f, drawn);
      item.opacity = glm::mix(0.62f, 0.8f, drawn);
    }
}

// How long its fibres are, as a colour: from a dulled own one, so that muscles can be compared, to bright where they
// are stretched or to the slack one.
glm::vec3 strain_colour(const SceneColours& colours, glm::vec3 own, const MuscleLength& muscle) {
  constexpr float full_strain = 0.35f, most = 0.95f, kept = 0.45f;
  const glm::vec3 dulled = glm::mix(glm::vec3(0.8f * glm::dot(own, glm::vec3(0.2126f, 0.7152f, 0.0722f))), own, kept);
  const float share = glm::clamp(muscle.fascicle_strain / full_strain, -1.0f, 1.0f);
  return glm::mix(dulled, share > 0 ? colours.stretched : colours.slack, most * std::abs(share));
}

// A cross over what is done wrongly, where the tool is or else over the leg.
void cross_out(Frame& frame, const AppState& state, const Stage& stage) {
  const auto timeline = technique_timeline(state);
  const Mistake* mistake = chosen_mistake(state);
  if (!mistake || timeline->phases()[timeline->spans()[stage.moment->span].phase].id != mistake->phase)
    return;
  constexpr float share = 0.26f, width = 0.3f; // of the picture's half height; of a line of text
  const Camera& camera = frame.camera;
  const Contact* touch = stage.touch();
  const glm::vec3 middle =
      touch ? middle_of(*touch)
            : glm::vec3(stage.segments.front() * glm::vec4(state.facts->coordinates->axis_point(0.5f), 1));
  const float reach = share * camera.distance_mm * std::tan(glm::radians(0.5f * camera.field_of_view_deg));
  const glm::vec3 right = reach * right_of(camera), up = reach * up_of(camera), to_eye = -forward_of(camera);
  for (const glm::vec3 way : {right + up, right - up})
    frame.space_lines.push_back({.points = {{middle - way, to_eye}, {middle + way, to_eye}},
                                 .closed = false,
                                 .colour = theme_of(state).ui.error,
                                 .width = width});
}

// Muscles that are stretched much less than another one let it be seen.
void show_lengths(Frame& frame, const AppState& state, const std::vector<MuscleLength>& lengths) {
  constexpr float clear_opacity = 0.3f, clear_ghost = 0.5f;
  float most = 0;
  for (const MuscleLength& muscle : lengths)
    most = std::max(most, muscle.fascicle_strain);
  const float stretched = glm::smoothstep(0.05f, 0.15f, most);
  for (const MuscleLength& muscle : lengths) {
    const float clear = most > 0 ? stretched * (1 - glm::smoothstep(0.5f, 0.8f, muscle.fascicle_strain / most)) : 0;
    for (DrawItem& item : frame.items) {
      if (static_cast<int>(item.structure) != state.atlas->index_of(muscle.structure))
        continue;
      item.colour = strain_colour(theme_of(state).scene, item.colour, muscle);
      item.opacity *= glm::mix(1.0f, clear_opacity, clear);
      item.ghost = std::max(item.ghost, clear_ghost * clear);
    }
  }
}

// The same leg once more with its ankle held back, beside the shown one; both angles are written to them.
void add_restricted(Frame& frame, const AppState& state, const Stage& stage, const Catalogue* text) {
  const RestrictedLeg& other = *stage.restricted;
  const Atlas& atlas = *state.atlas;
  StageCache& cache = state.leg_content->stage_cache();
  if (cache.restricted.size() != atlas.structures.size() || !(cache.restricted_pose == other.pose)) {
    cache.restricted.assign(atlas.structures.size(), nullptr);
    cache.restricted_pose = other.pose;
  }
  const std::vector<glm::mat4> segments = segment_matrices(atlas, other.pose);
  const BendShares bends = bend_shares(other.pose);
  constexpr float least_seen = 0.1f;
  const std::size_t count = frame.items.size();
  for (std::size_t i = 0; i < count; ++i) {
    DrawItem item = frame.items[i];
    if (item.structure >= atlas.structures.size() || item.opacity < least_seen)
      continue;
    auto& posed = cache.restricted[item.structure];
    if (!posed) {
      auto mesh = std::make_shared<SurfaceMesh>(*item.mesh);
      mesh->surface.positions = posed_positions(*item.mesh, segments, bends);
      mesh->surface.normals = posed_normals(*item.mesh, segments, bends);
      mesh->binding.clear();
      mesh->bends.clear();
      posed = std::move(mesh);
    }
    item.mesh = posed;
    item.placement = other.world_from_leg;
    item.outlined = false;
    item.glow = 0;
    item.overlay = {};
    for (const MuscleLength& muscle : other.lengths)
      if (static_cast<int>(item.structure) == atlas.index_of(muscle.structure))
        item.colour = strain_colour(theme_of(state).scene, item.colour, muscle);
    item.structure = no_structure;
    frame.items.push_back(std::move(item));
  }
  if (!text)
    return;
  // Higher and farther aside than the other one, so that they stand clear of each other however small the legs are
  // seen.
  constexpr float free_over_knee_mm = 90, over_knee_mm = 180, aside_mm = 170;
  const auto knee_in = [&](const glm::mat4& world) {
    return glm::vec3(world * glm::vec4(state.facts->coordinates->knee_centre(), 1));
  };
  const auto write = [&](const char* key, glm::vec3 at, float ankle_deg) {
    frame.labels.push_back({text->format(key, {{"degrees", std::to_string(std::lround(ankle_deg))}}), at, {0, 0}, 1});
  };
  const glm::vec3 free_knee = knee_in(stage.segments.front()), knee = knee_in(other.world_from_leg * segments.front());
  const glm::vec3 apart = (knee - free_knee) * glm::vec3(1, 0, 1);
  write("picture.ankle.free", free_knee + glm::vec3(0, free_over_knee_mm, 0), stage.pose.ankle_deg);
  write("picture.ankle.restricted",
        knee + glm::vec3(0, over_knee_mm, 0) + aside_mm * apart / std::max(glm::length(apart), 1.0f),
        other.pose.ankle_deg);
}

} // namespace

glm::vec3 posed_skin_place(const Frame& frame, const SurfaceMesh& skin, std::size_t triangle, glm::vec3 at_rest,
                           float share_to_skin) {
  glm::vec3 at = at_rest;
  if (!frame.segments.empty() && triangle < skin.surface.triangles.size()) {
    const glm::uvec3 corners = skin.surface.triangles[triangle];
    glm::mat4 blended(0);
    for (int k = 0; k < 3; ++k)
      blended += (1.0f / 3) * (skin.binding.empty() ? frame.segments.front()
                                                    : blended_matrix(skin.binding[corners[k]], frame.segments));
    at = glm::vec3(blended * glm::vec4(at_rest, 1));
  }
  for (const Contact& contact : frame.contacts)
    at = dented(contact, at, share_to_skin, share_to_skin >= 1);
  return at;
}

void refine_skin(Frame& frame, const AppState& state, const Stage& stage) {
  if (!stage.moment || !chosen_tool(state))
    return;
  StageCache& cache = state.leg_content->stage_cache();
  const Structure* skin = state.atlas->find("skin");
  if (!cache.ground || !skin)
    return;
  for (DrawItem& item : frame.items) {
    if (item.mesh != skin->mesh)
      continue;
    item.mesh = cache.ground->skin();
    if (!item.overlay.field)
      continue;
    if (cache.field != item.overlay.field) {
      cache.field = item.overlay.field;
      cache.finer_field = std::make_shared<const std::vector<glm::vec4>>(cache.ground->finer(*cache.field));
    }
    item.overlay.field = cache.finer_field;
  }
}

void add_technique(Frame& frame, const AppState& state, const Stage& stage, const Catalogue* text) {
  if (!stage.moment)
    return;
  const Tool* tool = chosen_tool(state);
  frame.contacts = stage.contacts;
  if (tool) {
    // What rolls turns with the way it has come.
    const float way_mm = stage.moment->touch.s * state.facts->coordinates->length_mm() + stage.moment->touch.along_mm;
    const float rolled_deg = glm::degrees(way_mm / (0.5f * std::max(tool->diameter_mm, 1.0f)));
    for (const auto* list : {&stage.contacts, &stage.clear})
      for (const Contact& contact : *list)
        add_tool(frame, state, *tool, contact, tool->shape == ToolShape::beads ? 0 : rolled_deg, is_forbidden(stage));
  }
  const float drawn = lines_seen(state, stage);
  show_skin(frame, state, drawn);
  if (stage.restricted)
    add_restricted(frame, state, stage, text);
  show_lengths(frame, state, stage.lengths);
  for (const SkinLines::Line& line : stage.skin_lines) {
    SpaceLine pen{.points = {}, .closed = false, .colour = theme_of(state).scene.skin_line, .width = 0.045f * drawn};
    for (const SkinLines::Point& point : line)
      pen.points.push_back({point.at, point.outward});
    frame.space_lines.push_back(std::move(pen));
  }
  cross_out(frame, state, stage);
  add_body(frame, state, stage, tool ? hands_for(stage, *tool) : std::vector<WorkingHand>{});
}

} // namespace calfscope
