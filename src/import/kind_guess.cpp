#include "import/kind_guess.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace calfscope {
namespace {

struct Row {
  Kind kind;
  std::string_view part; // of a word, lower case
};

// The first that fits wins: a tibial artery is a vessel although it holds "tibia", the tendon of a muscle is a tendon.
constexpr Row rows[] = {
    {Kind::nerve, "nerve"},       {Kind::nerve, "nervus"},     {Kind::vessel, "artery"},
    {Kind::vessel, "arteria"},    {Kind::vessel, "arterial"},  {Kind::vessel, "vein"},
    {Kind::vessel, "vena"},       {Kind::vessel, "venous"},    {Kind::vessel, "saphen"},
    {Kind::vessel, "vessel"},     {Kind::tendon, "tendo"},     {Kind::tendon, "achilles"},
    {Kind::ligament, "ligament"}, {Kind::ligament, "membran"}, {Kind::ligament, "retinacul"},
    {Kind::ligament, "menisc"},   {Kind::fascia, "fascia"},    {Kind::fascia, "aponeuros"},
    {Kind::fascia, "iliotibial"}, {Kind::skin, "skin"},        {Kind::skin, "cutis"},
    {Kind::skin, "integument"},   {Kind::muscle, "muscle"},    {Kind::muscle, "muscul"},
    {Kind::muscle, "gastrocnem"}, {Kind::muscle, "soleus"},    {Kind::muscle, "plantaris"},
    {Kind::muscle, "poplite"},    {Kind::muscle, "tibialis"},  {Kind::muscle, "flexor"},
    {Kind::muscle, "extensor"},   {Kind::muscle, "fibularis"}, {Kind::muscle, "perone"},
    {Kind::muscle, "abductor"},   {Kind::muscle, "adductor"},  {Kind::muscle, "opponens"},
    {Kind::muscle, "lumbrical"},  {Kind::muscle, "interosse"}, {Kind::muscle, "quadratus"},
    {Kind::muscle, "biceps"},     {Kind::muscle, "gracilis"},  {Kind::muscle, "sartorius"},
    {Kind::muscle, "vastus"},     {Kind::muscle, "rectus"},    {Kind::bone, "bone"},
    {Kind::bone, "femur"},        {Kind::bone, "tibia"},       {Kind::bone, "fibula"},
    {Kind::bone, "patella"},      {Kind::bone, "talus"},       {Kind::bone, "calcane"},
    {Kind::bone, "navicular"},    {Kind::bone, "cuboid"},      {Kind::bone, "cuneiform"},
    {Kind::bone, "metatars"},     {Kind::bone, "phalan"},      {Kind::bone, "sesamoid"},
};

} // namespace

Kind kind_guessed_from(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  // Two muscles whose names hold a word of another row.
  if (lower.find("semitend") != std::string::npos || lower.find("semimembr") != std::string::npos)
    return Kind::muscle;
  for (const Row& row : rows)
    if (lower.find(row.part) != std::string::npos)
      return row.kind;
  return Kind::other;
}

} // namespace calfscope
