#pragma once
// How long a calf muscle is in a pose, along its course from origin to heel, and what that means for its fibres.

#include "anatomy/pose.h"

#include <string>
#include <vector>

namespace calfscope {

struct MuscleLength {
  std::string structure;
  float length_mm = 0;       // muscle and tendon together, along the middle line
  float change_mm = 0;       // against ankle 0, knee 0
  float fascicle_strain = 0; // of the fibres, against the same: 0.1 is a tenth longer
};

// Of the two heads and the soleus of one leg. Middle lines through the posed surfaces: origin, belly, tendon, heel
// bone.
class MuscleLengths {
public:
  explicit MuscleLengths(const Atlas& atlas); // which must outlive it; muscles that it lacks are left out

  std::vector<MuscleLength> at(const Pose& pose) const;

private:
  struct Course {
    std::string structure;
    std::vector<const SurfaceMesh*> meshes; // the muscle, and the tendon if there is one
    std::vector<std::vector<std::pair<std::size_t, std::uint32_t>>> stations; // mesh and vertex, from origin to heel
    float rest_mm = 0;
    float strain_per_mm = 0; // of length change
  };
  float length_of(const Course& course, const Pose& pose) const;

  const Atlas& atlas_;
  std::vector<Course> courses_;
};

} // namespace calfscope
