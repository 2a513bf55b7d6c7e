#include "app/run_window.h"

#include "app/content_watch.h"
#include "app/desktop_watch.h"
#include "app/keyboard.h"
#include "app/panel_pictures.h"
#include "app/picture.h"
#include "app/requests.h"
#include "app/ui_feed.h"
#include "app/viewport_hands.h"
#include "base/files.h"
#include "base/log.h"
#include "compose/compose.h"
#include "compose/pick.h"
#include "content/read_content.h"
#include "platform/desktop_theme.h"
#include "platform/quit_signals.h"
#include "platform/window.h"
#include "state/replace_content.h"
#include "state/state_file.h"
#include "state/technique_state.h"
#include "ui/shell.h"
#include "ui/ui_context.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <exception>
#include <utility>

namespace calfscope {
namespace {

// Panels need a frame to see an input and another to settle (sizes, what is hovered).
constexpr int frames_to_settle = 3;

// All that decides what a pointer over the picture points at.
struct Pointed {
  glm::vec2 pointer_px{0};
  Document document;
  const Atlas* atlas = nullptr;
  Viewport viewport;
  bool brush = false;
  float brush_mm = 0;
  bool operator==(const Pointed&) const = default;
};

class Session {
public:
  Session(AppState state, const Catalogue& text, const WindowOptions& options, Window& window)
      : state_(std::move(state)), text_(text), options_(options), window_(window), renderer_(options.program_root),
        picture_(renderer_, text), panel_pictures_(renderer_, text),
        panels_(UiDrawing::opengl, {.read = [&window] { return window.clipboard(); },
                                    .write = [&window](const std::string& copied) { window.set_clipboard(copied); }}),
        loader_(options.open_model, Window::wake), content_watch_(options.content_folder, Window::wake),
        saved_settings_(state_.settings) {
    if (options.script)
      player_ = ScriptPlayer(*options.script);
  }

  // True until the person quits.
  bool turn();
  void finish(IssueList& issues);
  bool model_thread_runs() const { return loader_.any_running(); }
  void quit() { quit_ = true; }

private:
  void wait_for_something();
  void let_time_pass();
  void take_input();
  void panel_frame(const UiFeed::Portion& portion, float seconds);
  void picture_event(const InputEvent& event);
  void follow_wishes(const HandWishes& wishes);
  void point(glm::vec2 at_px);
  void follow_pointer();
  void do_action(const Action& action);
  void serve_requests();
  void take_model();
  void take_content();
  void play_script();
  void keep_settings();
  void follow_desktop();
  void follow_window_size();
  void set_viewport(const Viewport& viewport);
  void draw(); // into the window's back buffer
  Image window_picture();
  Image picture_to_keep(); // without what merely lights up under the pointer
  HandSettings hand_settings() const;
  std::optional<double> sleep_s() const;
  bool awaits_keyboard() const { return state_.open_panels.contains(Panel::search) && !panels_.wants_text(); }
  // Nobody waits for a picture under a page or in a minimised window.
  bool picture_is_seen() const { return !output_.covers_picture && size_px_.x > 0 && size_px_.y > 0; }

  AppState state_;
  const Catalogue& text_;
  const WindowOptions& options_;
  Window& window_;
  Renderer renderer_;
  Picture picture_;
  PanelPictures panel_pictures_;
  UiContext panels_;
  Picker picker_;
  UiFeed feed_;
  ViewportHands hands_;
  ModelLoader loader_;
  DesktopWatch desktop_{desktop_prefers_dark, Window::wake};
  ContentWatch content_watch_;
  bool follows_desktop_ = false;
  ScriptPlayer player_;
  UiMemory memory_;
  UiOutput output_;
  Settings saved_settings_;
  bool settings_fault_told_ = false;
  glm::ivec2 size_px_{0};
  float scale_ = 1;
  double last_turn_s_ = now_s();
  float unshown_seconds_ = 0; // time the panels have not been told of
  int frames_left_ = frames_to_settle;
  bool quit_ = false;
  bool first_turn_ = true;
  std::optional<glm::vec2> pointer_px_;  // in the window
  std::optional<Pointed> pointed_;       // what was looked up last
  std::optional<float> stroke_depth_mm_; // how far from the eye the brush has painted last
  bool on_row_ = false;                  // the pointer, in the last frame
  std::string title_;
};

HandSettings Session::hand_settings() const {
  return {.size_px = glm::vec2(size_px_),
          .scale = scale_,
          .invert_zoom = state_.settings.invert_zoom,
          .inertia = state_.settings.orbit_inertia && !state_.settings.reduced_motion,
          .brush = state_.brush.on};
}

// 0: there is work now; nullopt: nothing will happen until somebody does something.
std::optional<double> Session::sleep_s() const {
  if ((frames_left_ > 0 && size_px_.x > 0) || !feed_.empty() || in_motion(state_) || hands_.turns_on() || first_turn_ ||
      panel_pictures_.busy())
    return 0.0;
  std::optional<double> sleep;
  if (picture_is_seen())
    sleep = picture_.wants_update_in(now_s());
  const auto at_most = [&sleep](double seconds) { sleep = std::min(sleep.value_or(seconds), seconds); };
  if (output_.reads_folder)
    at_most(0.03);
  if (const auto due = hands_.hold_due_in(now_s()))
    at_most(*due);
  for (const Notice& notice : state_.notices)
    if (notice.severity != Severity::error)
      at_most(std::max(0.0, notice_seconds - notice.age_s));
  if (options_.script && !player_.done() && !loader_.busy())
    at_most(player_.wait_left_s(state_));
  return sleep;
}

void Session::wait_for_something() {
  const auto sleep = sleep_s();
  if (sleep && *sleep <= 0)
    window_.poll();
  else
    window_.wait(sleep);
}

void Session::let_time_pass() {
  const double now = now_s();
  const double seconds = now - std::exchange(last_turn_s_, now);
  unshown_seconds_ += static_cast<float>(seconds);
  const std::size_t notices = state_.notices.size();
  const bool moving = in_motion(state_); // the orientation cube turns along
  advance(state_, seconds);
  if (moving || notices != state_.notices.size())
    frames_left_ = std::max(frames_left_, 1);
  if (hands_.turns_on())
    follow_wishes(hands_.advance(seconds));
}

void Session::do_action(const Action& action) {
  apply(state_, action);
  serve_requests();
  frames_left_ = frames_to_settle;
}

void Session::follow_wishes(const HandWishes& wishes) {
  if (wishes.gesture_begins)
    begin_gesture(state_);
  for (const Action& action : wishes.actions)
    if (enabled(state_, action))
      do_action(action);
  if (wishes.gesture_begins)
    stroke_depth_mm_.reset();
  if (!wishes.paint.empty() && paint_along(state_, picker_, wishes.paint, stroke_depth_mm_))
    frames_left_ = frames_to_settle;
  if (wishes.carry && carry_tool_to(state_, picker_, *wishes.carry))
    frames_left_ = frames_to_settle;
  if (wishes.press)
    if (const Action press{"press", {{"on", *wishes.press}}}; enabled(state_, press))
      do_action(press);
  if (wishes.gesture_ends)
    end_gesture(state_);
  if (wishes.click) {
    // Where a technique is shown its point stays chosen, unless another number is clicked.
    if (!chosen_technique(state_) || !state_.hovered_point.empty())
      click_at(state_, picker_, *wishes.click);
    frames_left_ = frames_to_settle;
  }
  if (wishes.double_click) {
    // Its first click has selected what is there, or nothing.
    do_action({"camera_fit", {{"what", state_.document.selected.empty() ? "all" : "selection"}}});
  }
}

void Session::picture_event(const InputEvent& event) {
  const bool on_panels = panels_.wants_pointer() || state_.place == Place::journal;
  std::optional<glm::vec3> under;
  if (event.kind == EventKind::scroll && !on_panels) {
    point(event.position_px);
    if (state_.hover_hit)
      under = state_.hover_hit->position;
  }
  HandSettings settings = hand_settings();
  if (event.kind == EventKind::button && event.pressed && event.button == MouseButton::left && !on_panels) {
    const glm::vec2 at = event.position_px / glm::max(settings.size_px, glm::vec2(1));
    settings.paints = state_.brush.on && point_brush_at(state_, picker_, at);
    settings.on_tool = is_tool_at(state_, picker_, at);
    settings.on_point = !state_.document.point.empty() && hotspot_at(state_, at) == state_.document.point;
  }
  follow_wishes(hands_.take(event, on_panels, settings, under));
  switch (event.kind) {
  case EventKind::move:
    pointer_px_ = event.position_px;
    break;
  case EventKind::leave:
    pointer_px_.reset();
    break;
  case EventKind::key:
    if (output_.keeps_arrows && (event.key == "Left" || event.key == "Right"))
      break;
    if (const auto action = action_for_key(state_, event, panels_.wants_text()))
      do_action(*action);
    break;
  case EventKind::drop:
    if (!event.files.empty())
      do_action({"open_model", {{"path", event.files.front().string()}}});
    if (event.files.size() > 1)
      notify(state_, Severity::note, "ui.notice.dropped_several",
             {{"count", std::to_string(event.files.size())}, {"path", event.files.front().string()}});
    break;
  case EventKind::close:
    quit_ = true;
    break;
  default:
    break;
  }
}

void Session::point(glm::vec2 at_px) {
  if (state_.brush.on) {
    hover(state_, std::nullopt);
    state_.hovered_point.clear();
    point_brush_at(state_, picker_, at_px / glm::vec2(glm::max(size_px_, glm::ivec2(1))));
    return;
  }
  hover_at(state_, picker_, at_px / glm::vec2(glm::max(size_px_, glm::ivec2(1))));
}

void Session::panel_frame(const UiFeed::Portion& portion, float seconds) {
  UiInput input = portion.input;
  input.framebuffer = size_px_;
  input.scale = window_.scale();
  input.seconds = seconds;
  const Theme& theme = theme_of(state_);
  panels_.begin(input, theme, state_.settings.text_size_px, scale_);
  // Before the panels are laid out, so that the orientation cube turns together with the leg.
  for (const InputEvent& event : portion.events)
    picture_event(event);
  output_ = {};
  draw_shell({state_, text_, theme, panels_.fonts(), scale_, memory_, output_, &panel_pictures_.pictures()});
  panels_.end();
  state_.covered = output_.covered;
  set_viewport({glm::ivec2(glm::round(glm::vec2(size_px_) / scale_)), output_.free_area});

  if (output_.gesture_begins)
    begin_gesture(state_);
  for (const Action& action : std::exchange(output_.actions, {}))
    do_action(action);
  if (output_.gesture_ends)
    end_gesture(state_);
  frames_left_ = portion.events.empty() ? std::max(0, frames_left_ - 1) : frames_to_settle;
}

void Session::take_input() {
  feed_.push(window_.take_events());
  follow_window_size();
  if (size_px_.x == 0 || size_px_.y == 0) { // minimised: there are no panels to hear it
    while (!feed_.empty())
      for (const InputEvent& event : feed_.next().events)
        quit_ |= event.kind == EventKind::close;
    return;
  }
  float seconds = std::exchange(unshown_seconds_, 0.0f);
  if (!feed_.empty() || frames_left_ > 0 || first_turn_ || output_.reads_folder)
    do {
      // A field that was asked to take the keyboard does so before it hears the next key.
      for (int i = 0; i < frames_to_settle + 1 && awaits_keyboard(); ++i)
        panel_frame(feed_.still(), 0);
      panel_frame(feed_.next(), seconds);
      seconds = 0;
    } while (!feed_.empty());
  else
    unshown_seconds_ = seconds;
  follow_pointer();
}

// What is under the pointer: the row it is on in a panel, or the surface it is on in the picture. Looked up whenever
// the pointer or the picture under it has changed, so that a pointer at rest never names what has gone.
void Session::follow_pointer() {
  const std::string before = state_.hovered, point_before = state_.hovered_point;
  const bool had_ring = state_.brush_ring.has_value();
  const bool left_row = std::exchange(on_row_, !output_.hovered.empty() || !output_.hovered_point.empty()) && !on_row_;
  const bool on_picture = pointer_px_ && !panels_.wants_pointer() && state_.place != Place::journal;
  const bool at_rest = (!hands_.pressed() || hands_.painting()) && !hands_.turns_on() && !in_motion(state_);
  std::optional<Pointed> now;
  if (on_picture && at_rest && !on_row_ && state_.atlas)
    now = Pointed{*pointer_px_,    state_.document, state_.atlas.get(),
                  state_.viewport, state_.brush.on, state_.brush.radius_mm};
  const bool changed = now != pointed_;
  pointed_ = std::move(now);
  if (on_row_) {
    if (output_.hovered_point != state_.hovered_point)
      do_action({"hover_point", {{"id", output_.hovered_point}}});
    if (!output_.hovered.empty() && output_.hovered != state_.hovered)
      do_action({"hover", {{"id", output_.hovered}}});
    return;
  }
  if (!changed && !left_row)
    return;
  if (pointed_)
    point(pointed_->pointer_px);
  else {
    hover(state_, std::nullopt);
    state_.hovered_point.clear();
    state_.brush_ring.reset();
  }
  if (state_.hovered != before || state_.hovered_point != point_before || had_ring || state_.brush_ring)
    frames_left_ = frames_to_settle;
}

void Session::set_viewport(const Viewport& viewport) {
  if (viewport == state_.viewport)
    return;
  // A camera that stands at a standard view goes on doing so in the new frame; any other stays where it is.
  std::optional<StandardView> stood_at;
  if (state_.atlas)
    for (std::size_t i = 0; i < view_ids.size(); ++i)
      if (standard_camera(state_, static_cast<StandardView>(i)) == state_.document.camera)
        stood_at = static_cast<StandardView>(i);
  state_.viewport = viewport;
  if (stood_at)
    state_.document.camera = standard_camera(state_, *stood_at);
}

void Session::follow_window_size() {
  size_px_ = window_.framebuffer_size();
  const float scale = effective_scale(size_px_, window_.scale(), state_.settings.ui_scale);
  if (scale != scale_)
    frames_left_ = frames_to_settle;
  scale_ = scale;
}

void Session::play_script() {
  if (!options_.script || player_.done() || loader_.busy())
    return; // steps after "open_model" speak of the model that is being opened
  IssueList faults;
  player_.play(state_, faults);
  for (const Issue& fault : faults.all())
    log_error(to_string(fault));
  if (!faults.empty())
    notify(state_, Severity::warning, "ui.notice.script_fault", {}, to_string(faults));
  serve_requests();
  frames_left_ = frames_to_settle;
  if (player_.done() && options_.quit_after_script)
    quit_ = true;
}

void Session::serve_requests() {
  for (const Request& request : std::exchange(state_.requests, {})) {
    switch (request.kind) {
    case RequestKind::open_model:
      if (request.text.empty()) {
        state_.open_panels.insert(Panel::open);
        break;
      }
      loader_.begin(request.text, request.unit);
      notify(state_, Severity::note, "ui.notice.opening", {{"path", request.text}});
      break;
    case RequestKind::click:
      click_at(state_, picker_, request.at);
      break;
    case RequestKind::screenshot:
      save_picture(state_, picture_to_keep(), request.text);
      break;
    case RequestKind::copy_picture:
      copy_picture(state_, picture_to_keep(), [this](const std::string& text) { window_.set_clipboard(text); });
      break;
    case RequestKind::copy_text:
      window_.set_clipboard(request.text);
      notify(state_, Severity::note, "ui.notice.copied", {{"text", request.text}});
      break;
    case RequestKind::save_state:
      save_state_dump(state_, request.text);
      break;
    case RequestKind::quit:
      quit_ = true;
      break;
    }
  }
}

Image Session::picture_to_keep() {
  const std::string hovered = std::exchange(state_.hovered, {});
  Image image = picture_.full(state_, size_px_, now_s());
  state_.hovered = hovered;
  return image;
}

void Session::take_model() {
  auto outcome = loader_.take();
  if (!outcome)
    return;
  frames_left_ = frames_to_settle;
  std::erase_if(state_.notices, [](const Notice& notice) { return notice.key == "ui.notice.opening"; });
  if (!outcome->atlas) {
    notify(state_, Severity::error, "ui.notice.cannot_open", {{"path", outcome->path}}, to_string(outcome->issues));
    log_error(to_string(outcome->issues));
    return;
  }
  if (!outcome->issues.empty())
    notify(state_, Severity::warning, "ui.notice.opened_with_faults", {{"path", outcome->path}},
           to_string(outcome->issues));
  state_.model_path = outcome->path;
  open_leg(state_, outcome->atlas);
}

// Words and places of a saved content pack show at once. One with faults is told, and the last good one stays.
void Session::take_content() {
  if (!content_watch_.take_changed())
    return;
  frames_left_ = frames_to_settle;
  std::erase_if(state_.notices, [](const Notice& notice) { return notice.key.starts_with("ui.notice.content_"); });
  IssueList issues;
  auto content = read_content(options_.content_folder, issues);
  const std::string path = options_.content_folder.string();
  if (!content) {
    notify(state_, Severity::error, "ui.notice.content_faults", {{"path", path}}, to_string(issues));
    return;
  }
  replace_content(state_, std::make_shared<const ContentPack>(std::move(*content)));
  notify(state_, Severity::note, "ui.notice.content_read", {{"path", path}});
}

// Asked when the setting "system" is chosen, and at the start; dark until the desktop has answered.
void Session::follow_desktop() {
  const bool follows = state_.settings.theme == ThemeChoice::system;
  if (follows && !follows_desktop_)
    desktop_.begin();
  follows_desktop_ = follows;
  if (const auto dark = desktop_.take_dark(); dark && *dark != state_.system_theme_dark) {
    state_.system_theme_dark = *dark;
    frames_left_ = frames_to_settle;
  }
}

// Written when they have settled, not at every step of a slider.
void Session::keep_settings() {
  if (options_.settings_file.empty() || state_.settings == saved_settings_ || state_.history.in_gesture)
    return;
  saved_settings_ = state_.settings;
  IssueList issues;
  if (save_settings(state_.settings, options_.settings_file, issues) || settings_fault_told_)
    return;
  settings_fault_told_ = true;
  notify(state_, Severity::warning, "ui.notice.settings_not_kept", {}, to_string(issues));
}

CursorShape cursor_for(PointerShape shape) {
  switch (shape) {
  case PointerShape::text:
    return CursorShape::text;
  case PointerShape::hand:
    return CursorShape::hand;
  case PointerShape::resize_horizontal:
    return CursorShape::resize_horizontal;
  case PointerShape::resize_vertical:
    return CursorShape::resize_vertical;
  case PointerShape::arrow:
    break;
  }
  return CursorShape::arrow;
}

void Session::draw() {
  if (picture_is_seen())
    picture_.update(state_, size_px_, now_s());
  if (panel_pictures_.follow(state_, output_.pictures))
    frames_left_ = std::max(frames_left_, 1); // the panels show it then
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, size_px_.x, size_px_.y);
  const glm::vec3 behind = theme_of(state_).ui.window;
  glClearColor(behind.r, behind.g, behind.b, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  if (picture_is_seen())
    picture_.present(size_px_);
  panels_.draw();
}

bool Session::turn() {
  wait_for_something();
  let_time_pass();
  take_model();
  take_content();
  take_input();
  follow_wishes(hands_.hold(now_s())); // not before a release that has come meanwhile was heard
  play_script();
  keep_settings();
  follow_desktop();
  const std::string title =
      state_.atlas ? text_.format("ui.window_title", {{"leg", state_.atlas->title}}) : text_("ui.title");
  if (title != title_)
    window_.set_title(title_ = title);
  if (std::exchange(first_turn_, false) && options_.open_first)
    loader_.begin(*options_.open_first, "");
  if (size_px_.x > 0 && size_px_.y > 0) {
    draw();
    window_.present();
  }
  window_.set_cursor(hands_.dragging() ? CursorShape::arrow : cursor_for(panels_.pointer_shape()));
  return !quit_;
}

Image Session::window_picture() {
  bool made = true; // pictures in panels are shown in the frame after they were made
  for (int i = 0; i < frames_to_settle || made; ++i) {
    panel_frame({}, 0);
    made = panel_pictures_.follow(state_, output_.pictures);
  }
  draw();
  Image image{size_px_.x, size_px_.y, {}};
  std::vector<std::uint8_t> rows(static_cast<std::size_t>(size_px_.x) * static_cast<std::size_t>(size_px_.y) * 4);
  glReadBuffer(GL_BACK);
  glReadPixels(0, 0, size_px_.x, size_px_.y, GL_RGBA, GL_UNSIGNED_BYTE, rows.data());
  const std::size_t stride = static_cast<std::size_t>(size_px_.x) * 4;
  image.rgba.reserve(rows.size());
  for (int y = size_px_.y - 1; y >= 0; --y)
    image.rgba.insert(image.rgba.end(),
                      rows.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(y) * stride),
                      rows.begin() + static_cast<std::ptrdiff_t>((static_cast<std::size_t>(y) + 1) * stride));
  for (std::size_t i = 3; i < image.rgba.size(); i += 4)
    image.rgba[i] = 255;
  return image;
}

void Session::finish(IssueList& issues) {
  keep_settings();
  if (!options_.window_picture.empty()) {
    picture_.full(state_, size_px_, now_s());
    write_png(options_.window_picture, window_picture(), issues, picture_texts(state_));
  }
  if (!options_.dump_state.empty())
    write_atomic(options_.dump_state, dump_state_text(state_), issues);
}

} // namespace

ExitCode run_window(AppState state, const Catalogue& text, const WindowOptions& options, IssueList& issues) {
  const auto window = Window::open(
      {.title = text("ui.title"), .size = options.size, .smallest = {1024, 640}, .scale = options.display_scale},
      issues);
  if (!window)
    return ExitCode::machine_cannot;
  std::atomic<bool> asked_to_quit = false;
  const QuitSignals signals([&asked_to_quit] {
    asked_to_quit = true;
    Window::wake();
  });
  std::optional<Session> session;
  try {
    session.emplace(std::move(state), text, options, *window);
  } catch (const std::exception& error) { // shaders that this driver refuses, a program folder without them
    issues.error("", 0, "", error.what());
    return ExitCode::machine_cannot;
  }
  while (session->turn() && !asked_to_quit) {
  }
  session->finish(issues);
  if (session->model_thread_runs()) {
    // A file that is still being read cannot be stopped; the system takes the thread away with the process.
    for (const Issue& issue : issues.all())
      log_error(to_string(issue));
    std::_Exit(static_cast<int>(issues.has_errors() ? ExitCode::machine_cannot : ExitCode::ok));
  }
  return issues.has_errors() ? ExitCode::machine_cannot : ExitCode::ok;
}

} // namespace calfscope
