#include "state/replace_content.h"

#include "state/app_state.h"
#include "state/technique_state.h"

#include <algorithm>

namespace calfscope {

void replace_content(AppState& state, std::shared_ptr<const ContentPack> content) {
  const auto before = technique_timeline(state);
  const TechniqueMoment moment = before ? before->at(static_cast<float>(state.technique.seconds)) : TechniqueMoment{};
  set_content(state, std::move(content));
  tame(state);
  const auto after = technique_timeline(state);
  if (!before || !after) {
    state.technique.seconds = 0;
    return;
  }
  // Whoever works on a phase goes on seeing it, however long what comes before it is now.
  double seconds = state.technique.seconds;
  const TimelineSpan& was = before->spans()[moment.span];
  for (const TimelineSpan& span : after->spans())
    if (after->phases()[span.phase].id == before->phases()[was.phase].id && span.loop == was.loop &&
        span.round == was.round)
      seconds = static_cast<double>(span.start_s + std::min(moment.into_s, span.seconds));
  if (state.technique.follow)
    seek_technique(state, seconds);
  state.technique.seconds = std::clamp(seconds, 0.0, static_cast<double>(after->seconds()));
}

} // namespace calfscope
