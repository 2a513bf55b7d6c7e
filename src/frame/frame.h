#pragma once
// One picture as plain values: what is drawn and from where, nothing about GL. `compose` fills it, `render` draws it.
// The renderer keeps no state of its own that a Frame does not say, so window, PNG and film show the same.

#include "frame/camera.h"
#include "geometry/indentation.h"
#include "geometry/plane_section.h"
#include "geometry/skinning.h"
#include "geometry/trimesh.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

// What a surface is made of; the renderer knows how each looks.
enum class Material : std::uint8_t {
  muscle,
  tendon,
  ligament,
  fascia,
  bone,
  cartilage,
  artery,
  vein,
  nerve,
  skin,
  nail,
  plain
};

// What is painted on a surface beside its own look: referred pain, and places not to press. The field is uploaded once;
// the numbers beside it animate it.
struct SurfaceOverlay {
  // Per vertex of the mesh: x weight of the essential zone 0..1, y of the spillover zone 0..1, z distance along the
  // surface that the pain has to travel to get here, mm, w place not to press (0 free, 0.5 with caution, 1 never).
  // The pointer is the key of the GPU copy.
  std::shared_ptr<const std::vector<glm::vec4>> field;
  float front_mm = 0;        // how far the pain has come; vertices beyond it show none
  float front_width_mm = 25; // over which it grows in
  float strength = 1;        // 0..1 of all pain shown
  float no_press = 0;        // 0..1 of the hatching of places not to press
  float local = 0;           // 0..1 of pain right around the place that z is counted from
  float local_mm = 25;       // how far that reaches
  bool marked = false; // not referred by a point but marked by a person: x solid, y netted, in a colour of its own
  bool operator==(const SurfaceOverlay&) const = default;
};

// How overlays are painted, sRGB. Essential is solid and mottled, spillover stippled, so that they differ without
// colour.
struct OverlayColours {
  glm::vec3 essential{0.80f, 0.16f, 0.22f};
  glm::vec3 spillover{0.93f, 0.55f, 0.35f};
  glm::vec3 forbidden{0.15f, 0.15f, 0.17f};
  glm::vec3 caution{0.85f, 0.70f, 0.20f};
  glm::vec3 marked{0.36f, 0.30f, 0.74f}; // by a person as hurting
  bool operator==(const OverlayColours&) const = default;
};

// What of a soft tool lies beyond a plane is pressed onto it around a place, less and less toward the reach. World, mm.
struct PressedFlat {
  Plane plane;
  glm::vec3 place{0};
  float reach_mm = 60;
};

struct DrawItem {
  std::shared_ptr<const SurfaceMesh> mesh; // rest pose, mm; the pointer is the key of the GPU copy
  std::uint32_t structure = 0;             // index into the atlas, for outlines and picking
  Material material = Material::plain;
  // sRGB 0..1, base colour (for muscle: of the belly; tendinous ends fade to ivory by themselves)
  glm::vec3 colour{0.8f};
  float opacity = 1;      // 0..1; below 1 the item is blended in any order (OIT). 0 items are left out by compose.
  float ghost = 0;        // 0..1: clear in the middle, kept at the silhouette. With ghost > 0 it is drawn transparent.
  float emphasis = 0;     // -1 stepped back (greyed, dimmer) … 0 normal … +1 selected (brighter)
  float glow = 0;         // 0..1: shines through what lies in front of it
  bool outlined = false;  // gets an outline in Frame::outline_colour
  bool clipped = true;    // cut by Frame::clip if there is one
  bool opened = false;    // Frame::keyhole opens it
  SurfaceOverlay overlay; // nothing without a field
  // World from the mesh, of what is no part of the leg: it follows no segment, and no tool dents it.
  std::optional<glm::mat4> placement;
  std::optional<PressedFlat> pressed_flat; // soft tools
  bool is_rigid = false;                   // bone: no tool dents it
};

struct Lighting {
  // Directions from the surface to the light, in view space (x right, y up, z to the viewer), need not be unit.
  glm::vec3 key_direction{-0.45f, 0.65f, 0.62f};
  glm::vec3 fill_direction{0.8f, 0.1f, 0.55f};
  glm::vec3 rim_direction{0.25f, 0.5f, -0.85f};
  float key = 1.0f;
  float fill = 0.35f;
  float rim = 0.5f;
  float ambient = 0.32f;
  float occlusion = 1.0f; // strength of the ambient occlusion, 0 none
  bool operator==(const Lighting&) const = default;
};

struct Background {
  glm::vec3 top{0.13f, 0.15f, 0.18f}; // sRGB
  glm::vec3 bottom{0.08f, 0.09f, 0.11f};
  bool floor = true;    // soft contact shadow on the floor under the sole
  float floor_y_mm = 0; // height of that floor
  bool operator==(const Background&) const = default;
};

// Words written over the picture at a place of the scene; never hidden by it.
struct Label {
  std::string text; // one line, UTF-8
  glm::vec3 at_mm{0};
  glm::vec2 offset_lines{
      0};         // from there to the middle of the text, x right, y down; a line is 3 % of the picture's height
  float size = 1; // of a line
};

// A round mark with a short text on the surface, of the same size from any distance; never hidden by the picture.
struct Marker {
  std::string text; // a number
  glm::vec3 at_mm{0};
  glm::vec3 colour{1}; // sRGB, of the disc
  float size = 1;      // diameter in lines (a line is 3 % of the picture's height)
  float opacity = 1;   // 0..1; behind the leg it is faint
  float halo = 0;      // 0..1: a ring around it, for what is hovered, selected or pulses
};

// The name of a structure beside the leg, with a line to a place of the structure that is seen.
struct Callout {
  std::string text;         // one line, UTF-8
  std::string structure;    // id
  glm::vec3 anchor_mm{0};   // where the line begins
  glm::vec2 at{0};          // middle of the text's near end, fractions of the target from its top left
  bool to_the_right = true; // the text goes on to the right of `at`; else to the left
  float line_share = 0.02f; // height of a line of text, in heights of the target
  float opacity = 1;        // 0..1
  bool emphasised = false;  // what is selected
};

// A line in space over the picture; where its outer side faces away it is faint.
struct SpaceLine {
  struct Point {
    glm::vec3 at_mm{0};
    glm::vec3 outward{0}; // unit
  };
  std::vector<Point> points;
  bool closed = false;
  glm::vec3 colour{1}; // sRGB
  float width = 0.1f;  // of a line of text (3 % of the picture's height)
};

// What lies before the place, within the radius around the line of sight to it, turns to glass with kept silhouettes.
struct Keyhole {
  glm::vec3 at_mm{0};
  float radius_mm = 25;
  float feather_mm = 8; // inside the radius
};

// Moving pictures may use coarse meshes and cheap passes; full ones use everything.
enum class Quality : std::uint8_t { moving, full };

inline constexpr std::size_t max_contacts = 2; // shaders keep a place for each

struct Frame {
  std::vector<DrawItem> items;
  Bounds scene; // box of everything posed, for near, far, floor and shadow
  Camera camera;
  Lighting lighting;
  Background background;
  std::optional<Plane> clip;                    // what lies on the normal's side is cut away; the cut is filled
  std::vector<glm::mat4> segments;              // pose: one rigid matrix per atlas segment; empty = rest pose
  BendShares bends{};                           // and what flesh does beyond them; follows from the same pose
  std::vector<Contact> contacts;                // tools in the flesh, world; max_contacts at most
  glm::vec3 outline_colour{1.0f, 0.85f, 0.35f}; // sRGB
  std::optional<Keyhole> keyhole;
  OverlayColours overlay_colours;
  std::vector<Marker> markers; // drawn in this order
  std::vector<Label> labels;
  std::vector<SpaceLine> space_lines;
  std::vector<Callout> callouts;
  glm::vec3 label_ink{1};                    // sRGB, as the next
  glm::vec3 label_surround{0};               // sets the letters off from what lies behind
  glm::vec3 callout_chosen{1, 0.85f, 0.35f}; // sRGB, of what is emphasised
  Quality quality = Quality::full;
  // Part of the target that panels leave free, as fractions x0 y0 x1 y1 with the origin at the top left; the camera's
  // target is put in its middle and "fit" uses it.
  glm::vec4 free_area{0, 0, 1, 1};
};

} // namespace calfscope
