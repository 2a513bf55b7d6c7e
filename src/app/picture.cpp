#include "app/picture.h"

#include "compose/compose.h"

#include <algorithm>
#include <utility>

namespace calfscope {

Picture::Key Picture::key_of(const AppState& state, glm::ivec2 size) {
  Key key{.document = state.document,
          .camera = camera_now(state),
          .hovered = state.hovered,
          .hovered_point = state.hovered_point,
          .pain_s = state.pain.seconds,
          .press = state.press,
          .brush = state.brush.on,
          .content = state.leg_content.get(),
          .atlas = state.atlas.get(),
          .theme = theme_of(state).id,
          .quality = state.settings.quality,
          .free_area = state.viewport.free_area,
          .covered = state.document.labels == LabelNames::off ? std::vector<glm::vec4>{} : state.covered,
          .size = size};
  key.document.camera = key.camera; // where a flight goes is not seen yet
  return key;
}

Frame Picture::frame_of(const AppState& state, const Key& key, Quality quality, double now_s) {
  return compose(state,
                 {.quality = quality, .free_area = key.free_area, .text = text_, .labels = &labels_, .now_s = now_s});
}

void Picture::draw_moving(const AppState& state, const Key& key, double now_s) {
  renderer_->abandon_full();
  pending_.reset();
  fade_began_s_.reset();
  changed_s_ = now_s;
  constexpr double names_move_s = 1;
  if (moving_ != key && full_ != key)
    names_move_until_s_ = now_s + names_move_s;
  const bool fine = key.quality == RenderQuality::fine;
  const Quality quality = fine ? Quality::full : Quality::moving;
  renderer_->draw(frame_of(state, key, quality, now_s), key.size);
  moving_ = fine ? std::nullopt : std::optional(key);
  full_ = fine ? std::optional(key) : std::nullopt;
  full_share_ = fine ? 1.0f : 0.0f;
  wants_full_ = key.quality == RenderQuality::automatic;
}

void Picture::finish_full(const AppState& state, double now_s) {
  full_ = std::exchange(pending_, std::nullopt);
  wants_full_ = false;
  // From the moving picture of the same thing the full one is faded in; else it replaces an older full one.
  if (full_share_ < 1 && moving_ == full_ && !state.settings.reduced_motion)
    fade_began_s_ = now_s;
  else
    full_share_ = 1;
}

void Picture::update(const AppState& state, glm::ivec2 size, double now_s) {
  const Key key = key_of(state, size);
  if (names_move(now_s)) {
    draw_moving(state, key, now_s);
    return;
  }
  if (full_ == key) {
    if (pending_) {
      renderer_->abandon_full();
      pending_.reset();
    }
    wants_full_ = false;
    if (fade_began_s_)
      full_share_ = static_cast<float>(std::clamp((now_s - *fade_began_s_) / fade_s, 0.0, 1.0));
    if (full_share_ >= 1)
      fade_began_s_.reset();
    return;
  }
  if (pending_ == key) {
    if (renderer_->step_full())
      finish_full(state, now_s);
    return;
  }
  // Lighting up what the pointer is over must not bring back a coarse picture: the old full one stays until the new
  // one is there.
  const auto same_but_for_hover = [&key](Key other) {
    other.hovered = key.hovered;
    other.hovered_point = key.hovered_point;
    return other == key;
  };
  const bool only_hover = full_ && full_share_ >= 1 && same_but_for_hover(*full_);
  if (moving_ != key && !only_hover) {
    draw_moving(state, key, now_s);
    return;
  }
  wants_full_ = key.quality != RenderQuality::fast || only_hover;
  if (wants_full_ && (only_hover || now_s - changed_s_ >= rest_s)) {
    renderer_->begin_full(frame_of(state, key, Quality::full, now_s), size);
    pending_ = key;
  }
}

void Picture::present(glm::ivec2 size) {
  renderer_->present(full_share_, size);
}

std::optional<double> Picture::wants_update_in(double now_s) const {
  if (fade_began_s_ || pending_ || names_move(now_s))
    return 0.0;
  if (wants_full_)
    return std::max(0.0, rest_s - (now_s - changed_s_));
  return std::nullopt;
}

Image Picture::full(const AppState& state, glm::ivec2 size, double now_s) {
  const Key key = key_of(state, size);
  if (full_ != key || !labels_.settled()) {
    renderer_->abandon_full();
    pending_.reset();
    fade_began_s_.reset();
    labels_ = {}; // a picture to keep has every name at its place
    renderer_->draw(frame_of(state, key, Quality::full, now_s), size);
    full_ = key;
    full_share_ = 1;
    wants_full_ = false;
    changed_s_ = now_s;
  }
  return renderer_->read(Quality::full);
}

} // namespace calfscope
