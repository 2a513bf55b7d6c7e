#pragma once
// Everything that can be wrong with a content pack, in one list, so that a test can show that each of it is found.

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace calfscope {

enum class ContentFault : std::uint8_t {
  // while reading a file
  not_an_object,
  unknown_format,
  out_of_range,
  no_whole_number,
  none_of,
  empty_text,
  bad_id,
  bad_source_id,
  bad_version,
  bad_language,
  empty_list,
  too_few,
  too_many,
  no_source,
  named_twice,
  from_not_less,
  span_out_of_range,
  span_too_wide,
  typical_outside,
  foot_with_band,
  narrows_nothing,
  no_group,
  not_two_groups,
  // between the files
  id_twice,
  number_twice,
  unknown_source,
  unknown_region,
  unknown_look_alike,
  unknown_step,
  unknown_candidate,
  in_both_groups,
  narrowed_elsewhere,
  nothing_left,
  // in the words
  no_name,
  no_wordings,
  words_too_long,
  words_empty,
  words_unused,
  // on a leg
  nowhere_in_muscle,
  band_across,
  region_without_skin,
  zone_elsewhere,
  zone_missed,
  count
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(ContentFault::count)> content_fault_words{
    "the file must hold a JSON object",
    "only format {} is known",
    "{} is out of range: {} to {} is possible",
    "{} is no whole number",
    "\"{}\" is none of: {}",
    "is empty",
    "\"{}\" is no id: small letters, digits and underscores, beginning with a letter, at most {} of them",
    "\"{}\" is no id of a source: S1 to S999, BASE, TU, DER or DES",
    "\"{}\" is no version like 1.0.0",
    "\"{}\" is no language like en or de-CH",
    "the list is empty",
    "holds {}, at least {} are needed",
    "holds {}, at most {} are possible",
    "a claim needs at least one source; what has none is \"TU\" (textbook, unconfirmed) or \"DES\" (our design choice)",
    "\"{}\" is named twice",
    "\"from\" must be less than \"to\"",
    "{} to {} is out of range: {} to {} is possible",
    "is {} wide: at most {} is possible",
    "{} does not lie between {} and {}",
    "a point of the foot has no band",
    "narrows nothing: \"s\", \"a\", \"f\" or \"w\" was expected",
    "a group is a list of ids of points or look-alikes",
    "a test separates two groups",
    "the id \"{}\" is given twice",
    "the number {} is given twice",
    "the source \"{}\" is not in sources.json",
    "the region \"{}\" is not in regions.json",
    "the look-alike \"{}\" is not in look_alikes.json",
    "the step \"{}\" is not in palpation.json",
    "\"{}\" is neither a point nor a look-alike",
    "\"{}\" stands in both groups",
    "\"within\" narrows the region \"{}\" by places that it does not have: \"s\" and \"a\" are of the leg, \"f\" and "
    "\"w\" "
    "of the sole",
    "\"within\" leaves nothing of the region \"{}\"",
    "text/{}.json has no words under \"{}\"",
    "text/{}.json has no wording for patient and clinician under \"{}\"",
    "holds {} letters, at most {} are possible",
    "says nothing",
    "nothing in the pack has these words",
    "{}: nowhere in its ranges does it lie {} mm inside {} of this leg ({})",
    "{}: the band runs {:.0f} degrees off the fibres of {}, more than the {:.0f} allowed",
    "{}: there is no skin of this leg in it",
    "{}: it lies elsewhere in this leg ({}): its landmarks lie {:.0f} mm and {:.0f} degrees outside of it",
    "{}: {} of this leg does not run through it ({} of {} points)"};

template <typename... Values>
std::string say(ContentFault fault, const Values&... values) {
  const std::string_view words = content_fault_words[static_cast<std::size_t>(fault)];
  return fmt::format(fmt::runtime(words), values...);
}

} // namespace calfscope
