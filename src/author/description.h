#pragma once
// models/<pack>/anatomy.json: a leg declared in a few thousand numbers. Read here, built by author_leg().
// Space: project frame of a right leg in millimetres (X medial, Y up, Z anterior, origin at the tibial plateau).

#include "anatomy/kinds.h"
#include "base/issue.h"

#include <glm/glm.hpp>

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace calfscope {

// A superellipse at one height. Angles run on from level to level and are interpolated as written.
struct SectionLevel {
  float y_mm = 0;
  float centre_x_mm = 0, centre_z_mm = 0;
  float half_width_mm = 1, half_depth_mm = 1;
  float turn_deg = 0; // of the width axis, from +X towards +Z
  float exponent = 2; // 2 ellipse, more is boxier
  float bend_mm = 0;  // banana: the middle moves by this against the ends
  float taper = 0;    // depth grows along the width, -0.5..0.5
  float side = 0;     // one side deeper than the other, -0.4..0.4
};
inline constexpr int section_numbers = 10;

struct Sections {
  float top_mm = 0;                 // the body ends here ...
  float bottom_mm = 0;              // ... and here
  std::vector<SectionLevel> levels; // from the top down, at least two
};

struct Ellipsoid {
  glm::vec3 centre_mm{0};
  glm::vec3 radii_mm{1};
  glm::vec3 turn_rad{0}; // rotation vector
};

// Several ellipsoids melted together.
struct EllipsoidUnion {
  float blend_mm = 2;
  std::vector<Ellipsoid> ellipsoids;
};

// An end of a long bone, faded into the swept shaft between two heights.
struct BoneEnd {
  EllipsoidUnion shape;
  float all_end_mm = 0;   // here and beyond only the end counts
  float all_shaft_mm = 0; // here and beyond only the shaft counts
};

struct CordPoint {
  glm::vec3 position_mm{0};
  float half_width_mm = 1;
  float half_thickness_mm = 1;
};

// A tendon, ligament, vessel or nerve: a flat tube along a smooth line through the points.
struct Cord {
  std::vector<CordPoint> points;
  bool off_bones = false;                  // points inside bones are moved out, flat side to the bone
  std::optional<glm::vec3> facing = {};    // direction of the thin side; if absent: away from the bones
  bool rooted = false;                     // begins in the structure's own thin lower levels
  bool between_muscles = false;            // its line is moved out of the bellies, into the gaps between them
  float lands_mm = 0;                      // this last length is laid onto the bone
  std::optional<float> under_skin_mm = {}; // if given, its middle line is laid this deep under the finished skin
};

// A sheet laid over everything in its way: a retinaculum over the tendons, a nail over the skin of a toe.
struct Band {
  std::vector<glm::vec4> points; // middle line and half width; brought onto the surface it covers
  float thickness_mm = 1;
  float lift_mm = 0;    // of its inner side above that surface; negative = sunk in
  float closing_mm = 4; // hollows narrower than a ball of this radius are bridged
  bool on_skin = false; // covers the skin instead of bones, muscles, tendons, vessels and nerves
};

// How a muscle takes its place among others.
struct Packing {
  std::string compartment;
  std::optional<double> volume_cm3;       // of the whole muscle with its tendons; absent: growth stays where it starts
  std::string volume_source;              // where that figure is published
  double lost_share = 0.02;               // of the volume, taken away again by evening, cutting and finer grids
  float start_growth_mm = 0;              // where the solve begins
  std::optional<float> own_growth_mm;     // if given, the muscle's own outline grows by this and the solved growth acts
                                          // only against its neighbours
  float growth_at_surface = 1;            // growth counts this much at the outline of all muscles ...
  float growth_in_depth = 1;              // ... and this much from 20 mm below it
  std::vector<glm::vec2> growth_by_level; // (y, factor), from the top down; empty = 1
  std::vector<glm::vec2> front_limit;     // (y, z): the muscle stays behind; from the top down; empty = no limit
  std::string behind;                     // id of a sheet with sections: the muscle stays behind it; empty = none
  std::vector<glm::vec2> fills_mm;        // (y, mm): so far it swells into gaps between bellies and bones; empty = not
};

// What becomes fibre direction and tendon share.
struct Fibres {
  float pennation_deg = 0;
  glm::vec3 midline_upper_mm{0}; // fibres lean towards the line from here ...
  glm::vec3 midline_lower_mm{0}; // ... to here
  float origin_tendon_mm = 0;    // length that fades to tendon at the top ...
  float insertion_tendon_mm = 0; // ... and at the bottom of the belly
};

struct StructureDescription {
  std::string id;
  Kind kind = Kind::other;
  std::string name, latin, fma, group, source;
  std::vector<std::string> synonyms;
  std::optional<Sections> sections;
  std::optional<Sections> measured; // the belly as fitted to a real one, where `sections` were sized by hand since
  std::optional<EllipsoidUnion> ellipsoids;
  std::vector<BoneEnd> ends;
  std::vector<Cord> cords;
  std::vector<Band> bands;
  std::optional<Packing> packing;
  Fibres fibres;
  float mesh_mm = 1;       // grid on which its surface is found
  float detail = 0.2f;     // share of those triangles that is kept
  float cut_top_mm = 1e6f; // flat cap at this height
  float thinnest_mm = 0;   // blades and bridges of flesh thinner than this are taken off
};

struct Compartment {
  std::string id;
  float head_start_mm = 0; // added to its room against other compartments
};

// The sheet on the back of the soleus that gathers into the Achilles tendon. Each list is (y, value) from the top down.
struct Aponeurosis {
  std::string on;     // structure it lies on
  std::string joins;  // cord-like structure it melts into
  float turn_deg = 0; // its width axis, from +X towards +Z
  float top_mm = 0, bottom_mm = 0;
  std::vector<glm::vec2> half_width_mm;
  std::vector<glm::vec2> centre_x_mm;
  std::vector<glm::vec2> thickness_mm;
};

struct ToeTube {
  std::vector<glm::vec4> points; // centre and radius
};

struct SkinDescription {
  float top_mm = 0;
  float closing_mm = 16;             // hollows narrower than a ball of this radius are filled ...
  float wide_closing_mm = 32;        // ... or of this one, where
  std::vector<glm::vec2> wide_share; // (y, 0..1) says so; from the top down
  float leg_cover_mm = 4.6f, foot_cover_mm = 4.6f, least_cover_mm = 2;
  float calf_fat_mm = 2.5f; // added behind, most at calf_fat_level_mm
  float calf_fat_level_mm = -90;
  float shin_less_mm = 1.8f; // taken away over the inner surface of the tibia
  float heel_pad_mm = 3.5f;
  float web_mm = 18;             // toes part this far before the heads of the metatarsals
  float floor_mm = -444.5f;      // the sole is flat here
  std::vector<glm::vec2> girths; // (y, girth), from the top down
  std::vector<ToeTube> toes;
};

struct LandmarkDescription {
  std::string id;
  glm::vec3 position_mm{0};
  std::string how;
};

struct AnatomyDescription {
  std::string file;
  std::string id, title, licence, attribution;
  std::vector<std::string> sources, lacks;
  float insertion_y_mm = -407.5f; // s = 1
  std::vector<StructureDescription> structures;
  std::vector<Compartment> compartments;
  std::optional<Aponeurosis> aponeurosis;
  SkinDescription skin;
  std::vector<LandmarkDescription> landmarks;

  const StructureDescription* find(std::string_view structure_id) const;
};

// Every fault becomes an issue with file, line and key; nullopt if there is an error among them.
std::optional<AnatomyDescription> read_anatomy(const std::filesystem::path& path, IssueList& issues);
std::optional<AnatomyDescription> parse_anatomy(std::string_view text, std::string file, IssueList& issues);

} // namespace calfscope
