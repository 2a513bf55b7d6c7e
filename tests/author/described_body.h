#pragma once
// A small whole description that tests break in one place after the other.

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

namespace calfscope::test {

inline const std::string whole = R"({
  "format": "calfscope-anatomy-1", "id": "x", "title": "t", "licence": "CC BY 4.0", "attribution": "a", "sources": ["s"],
  "insertion_y_mm": -400,
  "compartments": [ { "id": "back", "head_start_mm": 0 } ],
  "structures": [
    { "id": "bone", "kind": "bone", "name": "Bone", "source": "s", "mesh_mm": 1,
      "sections": { "range_mm": [60, -60], "levels": [ [60, 0, 0, 9, 9, 0, 2, 0, 0, 0], [-60, 0, 0, 9, 9, 0, 2, 0, 0, 0] ] },
      "ends": [ { "blend_mm": 2, "ellipsoids": [ [0, 70, 0, 15, 16, 17, 0, 0, 0] ], "all_end_mm": 60, "all_shaft_mm": 40 } ] },
    { "id": "muscle", "kind": "muscle", "name": "Muscle", "source": "s", "detail": 0.3,
      "sections": { "range_mm": [10, -100], "levels": [
        [0, 30, 0, 5, 4, 0, 2, 0, 0, 0],
        [-90, 30, 0, 5, 4, 0, 2, 0, 0, 0] ] },
      "cords": [ { "points": [ [30, -90, 0, 2, 1], [30, -140, 0, 2, 1] ], "off_bones": true, "facing": [0, 0, 1] } ],
      "packing": { "compartment": "back", "volume_cm3": 20, "lost_share": 0.02, "growth_by_level": [[0, 1], [-50, 1]] },
      "fibres": { "pennation_deg": 10, "midline_mm": [30, 0, 0, 30, -90, 0] } },
    { "id": "cord", "kind": "tendon", "name": "Cord", "source": "s",
      "sections": { "range_mm": [-90, -160], "levels": [ [-95, 30, 9, 4, 2, 0, 2, 0, 0, 0], [-155, 30, 9, 4, 2, 0, 2, 0, 0, 0] ] } },
    { "id": "sheet", "kind": "fascia", "name": "Sheet", "source": "s",
      "bands": [ { "points": [ [10, 0, 0, 4], [20, 0, 0, 4] ], "thickness_mm": 1, "over": "flesh" } ] }
  ],
  "aponeurosis": { "on": "muscle", "joins": "cord", "turn_deg": 0, "range_mm": [-40, -100],
    "half_width_mm": [[-40, 5]], "centre_x_mm": [[-40, 30]], "thickness_mm": [[-40, 1]] },
  "skin": { "top_mm": 50, "girths": [[0, 300], [-50, 280]], "toes": [ [ [0, -400, 90, 9], [0, -400, 110, 8] ] ] },
  "landmarks": [ { "id": "knee_centre", "position_mm": [0, 0, 0], "how": "declared" } ]
})";

inline std::string replaced(std::string text, std::string_view was, std::string_view now) {
  const auto at = text.find(was);
  REQUIRE(at != std::string::npos);
  return text.replace(at, was.size(), now);
}

} // namespace calfscope::test
