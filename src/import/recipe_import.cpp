#include "import/recipe_import.h"

#include "geometry/isosurface.h"
#include "geometry/mesh_decimation.h"
#include "geometry/mesh_inspection.h"
#include "geometry/mesh_smoothing.h"
#include "geometry/scalar_grid.h"
#include "import/bends.h"
#include "import/crop.h"
#include "import/landmarks.h"
#include "import/mesh_source.h"
#include "import/muscle_fibres.h"
#include "import/obj_text.h"
#include "import/pack.h"
#include "import/pack_meshes.h"
#include "import/recipe.h"
#include "import/refine.h"
#include "import/rig.h"
#include "import/units.h"
#include "import/wrapped_skin.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace calfscope {
namespace {

constexpr float farthest_mm = 1e5f;             // no vertex of a body lies further out, whatever its origin
constexpr float longest_mm = 2500;              // all structures of a leg together
constexpr std::size_t most_nodes = 100'000'000; // of a grid: a gigabyte or two while it is worked on

// A structure on its way: read, cleaned, and not yet cropped.
struct Part {
  const RecipeStructure* recipe = nullptr;
  TriMesh mesh; // mm, our axes
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string file_of(const RecipeLayout& layout, const RecipeStructure& structure) {
  return replaced(replaced(layout.file, "{file}", structure.file), "{element}", structure.element);
}

glm::vec3 to_our_axes(glm::vec3 p, const RecipeLayout& layout) {
  glm::vec3 out;
  for (int i = 0; i < 3; ++i) {
    const std::string& axis = layout.axes[static_cast<std::size_t>(i)];
    const float sign = axis.starts_with('-') ? -1.0f : 1.0f;
    out[i] = sign * static_cast<float>(layout.mm_per_unit) * p[axis.back() - 'x'];
  }
  return out;
}

// Same meaning as a mirror or turn of the axes has for the winding: negative if the map turns bodies inside out.
float handedness(const RecipeLayout& layout) {
  RecipeLayout unit = layout;
  unit.mm_per_unit = 1;
  return glm::dot(glm::cross(to_our_axes({1, 0, 0}, unit), to_our_axes({0, 1, 0}, unit)), to_our_axes({0, 0, 1}, unit));
}

void compare_header(const ObjText& obj, const RecipeStructure& structure, const std::string& file, IssueList& issues) {
  const auto check = [&](const char* key, const std::string& expected) {
    const auto found = obj.header.find(key);
    if (found != obj.header.end() && !expected.empty() && found->second != expected)
      issues.warning(file, 0, structure.structure.id,
                     "says " + std::string(key) + " \"" + found->second + "\", the recipe expects \"" + expected +
                         "\"");
  };
  check("File ID", structure.element);
  check("English name", structure.english);
  check("Concept ID", structure.structure.fma);
}

void append(TriMesh& mesh, const std::vector<glm::vec3>& positions, const std::vector<glm::uvec3>& triangles) {
  const auto base = static_cast<std::uint32_t>(mesh.positions.size());
  mesh.positions.insert(mesh.positions.end(), positions.begin(), positions.end());
  for (const glm::uvec3& t : triangles)
    mesh.triangles.push_back(t + base);
}

// One structure's mesh from the bytes of its file; empty (with an issue) if it cannot be read.
TriMesh read_part(const std::string& bytes, const std::string& shown, const RecipeStructure& structure,
                  const RecipeLayout& layout, IssueList& issues) {
  TriMesh mesh;
  if (shown.ends_with(".obj")) {
    auto obj = parse_obj(bytes, shown, issues);
    if (!obj)
      return {};
    compare_header(*obj, structure, shown, issues);
    mesh = std::move(obj->mesh);
  } else {
    const auto meshes = parse_pack_meshes(bytes, shown, Atlas{}, issues);
    if (!meshes)
      return {};
    for (const auto& [name, part] : *meshes)
      append(mesh, part->surface.positions, part->surface.triangles);
    // The reader of packs answers in millimetres; the layout counts in the file's own unit.
    for (glm::vec3& p : mesh.positions)
      p /= mm_per_m;
  }
  for (glm::vec3& p : mesh.positions) {
    p = to_our_axes(p, layout);
    if (!(std::abs(p.x) < farthest_mm && std::abs(p.y) < farthest_mm && std::abs(p.z) < farthest_mm)) {
      issues.error(shown, 0, structure.structure.id,
                   "has vertices more than 100 m from the origin; is \"mm_per_unit\" of the recipe right?");
      return {};
    }
  }
  if (handedness(layout) < 0)
    flip_winding(mesh);
  return mesh;
}

// Pieces without a body (scraps left by the modeller) go; pieces wound inwards are turned.
TriMesh cleaned(const TriMesh& mesh) {
  constexpr double least_share = 0.02; // of the largest piece's volume
  std::vector<TriMesh> bodies = separated(weld(mesh, 1e-4f));
  double largest = 0;
  for (const TriMesh& body : bodies)
    largest = std::max(largest, std::abs(signed_volume_mm3(body)));
  TriMesh out;
  for (TriMesh& body : bodies) {
    const double volume = signed_volume_mm3(body);
    if (std::abs(volume) < least_share * largest)
      continue;
    if (volume < 0)
      flip_winding(body);
    append(out, body.positions, body.triangles);
  }
  return out;
}

// The outer shell of the leg out of a skin that may be of the whole body and have an inner shell as well: what lies
// near the leg, and of that the piece that holds most.
TriMesh skin_of_leg(const TriMesh& skin, const Bounds& leg) {
  constexpr float margin_mm = 35; // about the structures; more would take in the other knee
  constexpr float above_mm = 250; // over the knee, so that the rim is far above any crop
  const auto near_leg = [&](glm::vec3 p) {
    return p.x > leg.lower.x - margin_mm && p.x < leg.upper.x + margin_mm && p.z > leg.lower.z - margin_mm &&
           p.z < leg.upper.z + margin_mm && p.y < above_mm;
  };
  std::vector<bool> keep(skin.triangles.size());
  for (std::size_t i = 0; i < keep.size(); ++i) {
    const glm::uvec3 t = skin.triangles[i];
    keep[i] = near_leg(skin.positions[t.x]) && near_leg(skin.positions[t.y]) && near_leg(skin.positions[t.z]);
  }
  TriMesh best;
  double most = 0;
  for (TriMesh& shell : separated(keep_triangles(skin, keep))) {
    const double volume = std::abs(signed_volume_mm3(shell));
    if (volume <= most)
      continue;
    most = volume;
    best = std::move(shell);
  }
  return best;
}

GridFrame remesh_frame(const TriMesh& mesh, float step_mm) {
  return GridFrame::around(bounds_of(mesh), step_mm, 3 * step_mm);
}

// The same body with a closed surface.
TriMesh remeshed(const TriMesh& mesh, float step_mm) {
  const GridFrame frame = remesh_frame(mesh, step_mm);
  const ScalarGrid distance = signed_distance(mesh, frame, 4 * step_mm);
  // A little outside, so that sheets thinner than the grid (the tongues of the Achilles tendon) do not vanish.
  TriMesh out = isosurface(distance, 0.3f * step_mm);
  smooth_surface(out, 4);
  // As many triangles as the shape needs, not as the grid has.
  return decimate(out, {.target_triangles = 3 * mesh.triangles.size(), .max_error_mm = 0.3f * step_mm});
}

class RecipeImport {
public:
  RecipeImport(const Recipe& recipe, const MeshSource& source, const ImportProgress& progress, IssueList& issues)
      : recipe_(recipe), source_(source), progress_(progress), issues_(issues) {}

  std::optional<Atlas> run() {
    if (!choose_layout() || !read_parts())
      return std::nullopt;
    move_to_knee();
    Atlas atlas = described();
    // Landmarks are found on whole bones, before the crop takes the thigh.
    atlas.structures = structures_of(parts_);
    atlas.landmarks = find_landmarks(atlas);
    for (const char* id : {"knee_centre", "ankle_centre", "calcaneal_tendon_insertion_centre"})
      if (!atlas.landmark(id)) {
        issues_.error(shown_, 0, id,
                      "cannot be found: tibia, calcaneus and calcaneal tendon are needed to place a leg");
        return std::nullopt;
      }
    const Plane plane = crop_plane(atlas);
    TriMesh skin = wrapped(atlas, plane);
    atlas.structures = finished(atlas, below_cap(plane));
    atlas.structures.push_back(finished_skin(skin, plane));
    atlas.landmarks = find_landmarks_again(atlas);
    atlas.belly_ends = find_belly_ends(atlas);
    tell("joints and weights", 0.85f);
    rig(atlas, issues_);
    for (Structure& structure : atlas.structures) {
      auto mesh = std::make_shared<SurfaceMesh>(*structure.mesh);
      split_seam(*mesh);
      structure.mesh = std::move(mesh);
    }
    tell("flesh of bent joints", 0.88f);
    bend_flesh(atlas);
    return atlas;
  }

private:
  void tell(std::string_view what, float share) const {
    if (progress_)
      progress_(what, share);
  }

  std::vector<const RecipeStructure*> wanted() const {
    std::vector<const RecipeStructure*> out;
    for (const RecipeStructure& structure : recipe_.structures)
      out.push_back(&structure);
    out.push_back(&recipe_.skin);
    return out;
  }

  bool choose_layout() {
    std::string tried;
    for (const RecipeLayout& layout : recipe_.layouts) {
      for (const RecipeStructure* structure : wanted())
        if (source_.find(file_of(layout, *structure))) {
          layout_ = &layout;
          return true;
        }
      tried += (tried.empty() ? "" : "; ") + layout.name + " (" + layout.file + ")";
    }
    issues_.error(source_.shown(""), 0, "", "holds no file of this recipe; looked for " + tried);
    return false;
  }

  bool read_parts() {
    shown_ = source_.shown("");
    std::vector<std::string> names;
    for (const RecipeStructure* structure : wanted())
      if (const auto name = source_.find(file_of(*layout_, *structure)))
        names.push_back(*name);
    tell("reading", 0.0f);
    const auto files = source_.read(names, issues_);
    for (const RecipeStructure* structure : wanted()) {
      const auto name = source_.find(file_of(*layout_, *structure));
      const auto bytes = name ? files.find(*name) : files.end();
      const bool is_skin = structure == &recipe_.skin;
      if (bytes == files.end()) {
        if (!name && !structure->optional && !is_skin)
          issues_.warning(shown_, 0, structure->structure.id, "is not here: " + file_of(*layout_, *structure));
        continue;
      }
      TriMesh mesh = read_part(bytes->second, source_.shown(*name), *structure, *layout_, issues_);
      if (mesh.empty())
        continue;
      if (is_skin)
        guide_ = weld(mesh, 1e-4f);
      else
        add_part(*structure, mesh, source_.shown(*name));
    }
    if (parts_.empty()) {
      issues_.error(shown_, 0, "", "no structure could be read");
      return false;
    }
    return has_size_of_leg();
  }

  // Grids over the whole leg take room by its size.
  bool has_size_of_leg() const {
    Bounds box;
    for (const Part& part : parts_)
      box.add(bounds_of(part.mesh));
    const float longest = std::max({box.size().x, box.size().y, box.size().z});
    if (longest <= longest_mm)
      return true;
    issues_.error(shown_, 0, "",
                  "the structures together are " + std::to_string(std::lround(longest)) +
                      " mm long, too much for a leg; is \"mm_per_unit\" of the recipe right?");
    return false;
  }

  void add_part(const RecipeStructure& structure, const TriMesh& mesh, const std::string& shown) {
    if (structure.remesh_mm > 0 && remesh_frame(mesh, structure.remesh_mm).node_count() > most_nodes) {
      issues_.error(shown, 0, structure.structure.id,
                    "is too large to be rebuilt in such small steps; raise \"remesh_mm\"");
      return;
    }
    Part part{&structure, structure.remesh_mm > 0 ? remeshed(weld(mesh, 1e-4f), structure.remesh_mm) : mesh};
    part.mesh = cleaned(part.mesh);
    if (part.mesh.empty()) {
      issues_.error(shown, 0, structure.structure.id, "has no body: no piece of it encloses a volume");
      return;
    }
    if (const MeshInspection look = inspect(part.mesh); !look.closed())
      issues_.warning(shown, 0, structure.structure.id,
                      "is not closed (" + std::to_string(look.boundary_edges) + " open and " +
                          std::to_string(look.crowded_edges) +
                          " overfull edges); \"remesh_mm\" in the recipe would close it");
    parts_.push_back(std::move(part));
  }

  const TriMesh* part(std::string_view id) const {
    for (const Part& part : parts_)
      if (part.recipe->structure.id == id)
        return &part.mesh;
    return nullptr;
  }

  void move_to_knee() {
    const TriMesh* tibia = part("tibia");
    if (!tibia)
      return; // told when the landmarks are missing
    const glm::vec3 origin = tibial_plateau_midpoint(*tibia);
    for (Part& part : parts_)
      for (glm::vec3& p : part.mesh.positions)
        p -= origin;
    for (glm::vec3& p : guide_.positions)
      p -= origin;
    Bounds leg;
    for (const char* id : {"tibia", "fibula", "calcaneus", "metatarsal_1", "metatarsal_5", "phalanx_distal_1",
                           "phalanx_distal_5", "gastrocnemius_medial_head", "gastrocnemius_lateral_head"})
      if (const TriMesh* mesh = part(id))
        leg.add(bounds_of(*mesh));
    guide_ = skin_of_leg(guide_, leg);
  }

  Atlas described() const {
    Atlas atlas;
    atlas.id = recipe_.id;
    atlas.title = recipe_.title;
    atlas.side = atlas.stored_side = recipe_.side;
    atlas.licence = recipe_.licence;
    atlas.attribution = recipe_.attribution;
    atlas.sources = recipe_.sources;
    atlas.sources.push_back(recipe_.changes);
    atlas.lacks = recipe_.lacks;
    return atlas;
  }

  static std::vector<Structure> structures_of(const std::vector<Part>& parts) {
    std::vector<Structure> out;
    for (const Part& part : parts) {
      Structure structure = part.recipe->structure;
      auto mesh = std::make_shared<SurfaceMesh>();
      mesh->surface = part.mesh;
      structure.mesh = std::move(mesh);
      out.push_back(std::move(structure));
    }
    return out;
  }

  Plane crop_plane(const Atlas& atlas) const {
    const glm::vec3 knee = *atlas.landmark("knee_centre");
    const glm::vec3 axis = glm::normalize(*atlas.landmark("ankle_centre") - knee);
    const float length = glm::dot(axis, *atlas.landmark("calcaneal_tendon_insertion_centre") - knee);
    return {.normal = -axis, .offset_mm = glm::dot(-axis, knee + recipe_.crop_s * length * axis)};
  }

  // Where the inner structures end: under the skin's cap, which else would share its plane with theirs.
  static Plane below_cap(Plane plane) {
    constexpr float thickness_mm = 0.6f;
    plane.offset_mm -= thickness_mm;
    return plane;
  }

  TriMesh wrapped(const Atlas& atlas, const Plane& plane) const {
    tell("wrapping the skin", 0.3f);
    SkinContents contents;
    contents.guide = guide_;
    for (const Part& part : parts_)
      (part.recipe->structure.kind == Kind::vessel ? contents.vessels : contents.bodies).push_back(&part.mesh);
    const glm::vec3 ankle = *atlas.landmark("ankle_centre");
    return wrap_skin(contents, {.ankle_y_mm = ankle.y,
                                .calf_length_mm = atlas.landmark("knee_centre")->y - ankle.y,
                                .top_y_mm = plane.offset_mm + 12});
  }

  FibreOptions fibre_options(const RecipeStructure& structure, const Atlas& atlas) const {
    FibreOptions options{.run = structure.run, .pennation_deg = structure.pennation_deg};
    // The pennate heads of the calf end as thin sheets of flesh on their tendon.
    if (structure.pennation_deg > 0) {
      options.tendon_below = 0.03f;
      options.belly_above = 0.12f;
      options.origin_mm = 30;
    }
    const auto upper = atlas.landmark("gastrocnemius_heads_meet_upper");
    const auto lower = atlas.landmark("calcaneal_tendon_narrowest");
    if (upper && lower) {
      options.midline_upper = *upper;
      options.midline_lower = *lower;
    } else {
      options.pennation_deg = 0;
    }
    return options;
  }

  // Triangles where the eye needs them.
  static TriMesh tessellated(const Part& part) {
    constexpr double most_saved = 0.6;
    TriMesh mesh = part.mesh;
    if (part.recipe->thin_out_mm > 0)
      mesh = decimate(mesh, {.target_triangles = static_cast<std::size_t>((1 - most_saved) *
                                                                          static_cast<double>(mesh.triangles.size())),
                             .max_error_mm = part.recipe->thin_out_mm});
    return part.recipe->refine ? refined(mesh) : mesh;
  }

  static std::vector<std::uint32_t> cap_vertices(const CroppedMesh& cropped) {
    std::set<std::uint32_t> vertices;
    for (std::size_t i = cropped.first_cap_triangle; i < cropped.mesh.triangles.size(); ++i)
      for (int k = 0; k < 3; ++k)
        vertices.insert(cropped.mesh.triangles[i][k]);
    return {vertices.begin(), vertices.end()};
  }

  std::vector<Structure> finished(const Atlas& atlas, const Plane& plane) const {
    tell("fibres and caps", 0.75f);
    std::vector<Structure> out;
    for (const Part& part : parts_) {
      const CroppedMesh cropped = crop(tessellated(part), plane);
      if (cropped.mesh.empty())
        continue; // wholly above
      Structure structure = part.recipe->structure;
      auto mesh = std::make_shared<SurfaceMesh>();
      const CappedMesh capped = with_flat_cap(cropped, plane);
      mesh->surface = capped.mesh;
      const Kind kind = structure.kind;
      if (kind == Kind::muscle || kind == Kind::tendon || kind == Kind::ligament || kind == Kind::fascia) {
        FibreOptions options = fibre_options(*part.recipe, atlas);
        options.cut_end = cap_vertices(cropped);
        const FibreField field = lay_fibres(cropped.mesh, options);
        for (const std::uint32_t i : capped.source) {
          mesh->fibre.push_back(field.direction[i]);
          mesh->muscle_place.push_back(field.muscle_place[i]);
          mesh->shares.push_back({.tendon = kind == Kind::muscle ? field.tendon[i] : 1.0f});
        }
      }
      structure.mesh = std::move(mesh);
      out.push_back(std::move(structure));
    }
    return out;
  }

  Structure finished_skin(const TriMesh& skin, const Plane& plane) const {
    Structure structure = recipe_.skin.structure;
    auto mesh = std::make_shared<SurfaceMesh>();
    mesh->surface = with_flat_cap(crop(skin, plane), plane).mesh;
    structure.mesh = std::move(mesh);
    return structure;
  }

  // The skin's own landmarks join those of the whole bones.
  static std::vector<Landmark> find_landmarks_again(const Atlas& atlas) {
    std::vector<Landmark> out = atlas.landmarks;
    for (Landmark& landmark : find_landmarks(atlas)) {
      const bool known =
          std::any_of(out.begin(), out.end(), [&](const Landmark& other) { return other.id == landmark.id; });
      if (!known)
        out.push_back(std::move(landmark));
    }
    return out;
  }

  const Recipe& recipe_;
  const MeshSource& source_;
  const ImportProgress& progress_;
  IssueList& issues_;
  const RecipeLayout* layout_ = nullptr;
  std::string shown_;
  std::vector<Part> parts_;
  TriMesh guide_;
};

} // namespace

bool import_with_recipe(const std::filesystem::path& recipe_file, const std::filesystem::path& from,
                        const std::filesystem::path& out, const ImportProgress& progress, IssueList& issues) {
  const auto recipe = read_recipe(recipe_file, issues);
  if (!recipe)
    return false;
  const auto source = MeshSource::open(from, issues);
  if (!source)
    return false;
  const auto atlas = RecipeImport(*recipe, *source, progress, issues).run();
  if (!atlas)
    return false;
  if (progress)
    progress("writing", 0.95f);
  return write_pack(*atlas, out, issues);
}

} // namespace calfscope
