// film: a technique, or the pain of a point, frame by frame into a film. Frames come from the same path as a picture.
#include "base/log.h"
#include "cli/command_line.h"
#include "cli/session.h"
#include "cli/studio.h"
#include "compose/compose.h"
#include "compose/film_caption.h"
#include "platform/program_feed.h"
#include "render/flat_picture.h"
#include "render/image.h"
#include "render/renderer.h"
#include "state/technique_state.h"
#include "state/theme.h"

#include <fmt/format.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <map>
#include <memory>

namespace calfscope {
namespace {

namespace fs = std::filesystem;

constexpr double pain_film_s = 12; // the pain is full after 10 (conventions, "Time and pressure")
constexpr int most_frames = 60 * 60 * 60;

ExitCode fail(ExitCode code, std::string file, std::string key, std::string message) {
  IssueList issues;
  issues.error(std::move(file), 0, std::move(key), std::move(message));
  report(issues);
  return code;
}

// How FFmpeg writes each kind of film; by the ending of the file.
const std::vector<std::string>* coding_of(const std::string& extension) {
  // Even sides are asked for by the colour format that every player knows.
  static const std::string even = "pad=ceil(iw/2)*2:ceil(ih/2)*2";
  static const std::map<std::string, std::vector<std::string>> all{
      {".mp4",
       {"-vf", even, "-c:v", "libx264", "-preset", "medium", "-crf", "20", "-pix_fmt", "yuv420p", "-movflags",
        "+faststart", "-f", "mp4"}},
      {".webm",
       {"-vf", even, "-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "30", "-row-mt", "1", "-cpu-used", "4", "-pix_fmt",
        "yuv420p", "-f", "webm"}},
      {".gif",
       {"-filter_complex", "split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4",
        "-f", "gif"}},
  };
  const auto found = all.find(extension);
  return found == all.end() ? nullptr : &found->second;
}

// Where frames go. False with an issue once they no longer can.
class FilmWriter {
public:
  FilmWriter(fs::path output, glm::ivec2 size, double fps) : output_(std::move(output)), size_(size), fps_(fps) {}
  virtual ~FilmWriter() = default;
  virtual bool begin(IssueList& issues) = 0;
  virtual bool add(const Image& frame, IssueList& issues) = 0;
  virtual bool end(IssueList& issues) = 0;

protected:
  fs::path output_;
  glm::ivec2 size_;
  double fps_;
};

class PictureFolder : public FilmWriter {
public:
  using FilmWriter::FilmWriter;
  bool begin(IssueList& issues) override {
    std::error_code error;
    if (fs::exists(output_ / frame_name(1), error)) {
      issues.error(output_.string(), 0, "-o", "this folder holds the pictures of another film already");
      return false;
    }
    fs::create_directories(output_, error);
    if (error)
      issues.error(output_.string(), 0, "-o", "the folder cannot be made: " + error.message());
    return !error;
  }
  bool add(const Image& frame, IssueList& issues) override {
    return write_png(output_ / frame_name(++count_), frame, issues);
  }
  bool end(IssueList&) override { return true; }

private:
  static std::string frame_name(int number) { return fmt::format("frame_{:05}.png", number); }
  int count_ = 0;
};

// The film is written beside its place and moved there once it is whole, so that an old one is not lost.
class FfmpegFilm : public FilmWriter {
public:
  using FilmWriter::FilmWriter;
  ~FfmpegFilm() override {
    feed_.reset();
    std::error_code ignored;
    if (!part_.empty())
      fs::remove(part_, ignored);
  }
  bool begin(IssueList& issues) override {
    std::error_code no_link;
    if (const fs::path end = fs::canonical(output_, no_link); !no_link)
      output_ = end; // a link goes on leading to the film
    // A name that nothing has yet; FFmpeg then writes over the empty file.
    std::string part = output_.string() + ".XXXXXX";
    const int descriptor = ::mkstemp(part.data());
    if (descriptor < 0) {
      issues.error(output_.string(), 0, "-o", "cannot be written: " + std::generic_category().message(errno));
      return false;
    }
    const mode_t mask = ::umask(0); // the mode of an ordinary new file
    ::umask(mask);
    ::fchmod(descriptor, 0666 & ~mask);
    ::close(descriptor);
    part_ = part;
    std::vector<std::string> words{"ffmpeg",
                                   "-hide_banner",
                                   "-loglevel",
                                   "error",
                                   "-y",
                                   "-f",
                                   "rawvideo",
                                   "-pix_fmt",
                                   "rgba",
                                   "-s",
                                   fmt::format("{}x{}", size_.x, size_.y),
                                   "-r",
                                   fmt::format("{}", fps_),
                                   "-i",
                                   "-",
                                   "-an"};
    const auto* coding = coding_of(output_.extension().string());
    words.insert(words.end(), coding->begin(), coding->end());
    words.push_back("file:" + part_.string());
    feed_ = ProgramFeed::start(words);
    if (!feed_)
      issues.error("ffmpeg", 0, "", "could not be started");
    return feed_.has_value();
  }
  bool add(const Image& frame, IssueList& issues) override {
    if (feed_->feed(frame.rgba))
      return true;
    if (end(issues)) // else it has said why
      issues.error(output_.string(), 0, "", "FFmpeg took no more pictures before the film was whole");
    return false;
  }
  bool end(IssueList& issues) override {
    const ProgramFeed::End end = feed_->finish();
    if (end.status != 0) {
      std::string said = end.complaints.empty() ? fmt::format("it ended with {}", end.status) : end.complaints;
      while (!said.empty() && said.back() == '\n')
        said.pop_back();
      issues.error(output_.string(), 0, "", "FFmpeg could not write it: " + said);
      return false;
    }
    std::error_code error;
    fs::rename(part_, output_, error);
    if (error)
      issues.error(output_.string(), 0, "", "cannot be written: " + error.message());
    return !error;
  }

private:
  fs::path part_;
  std::optional<ProgramFeed> feed_;
};

} // namespace

ExitCode run_film(const CommandLine& line) {
  const fs::path output(line.output);
  const std::string extension = output.extension().string();
  const bool folder = extension.empty();
  if (!folder && !coding_of(extension))
    return fail(ExitCode::wrong_usage, line.output, "-o",
                "a name that ends in .mp4, .webm or .gif was expected, or a folder for PNG files");
  if (!(line.fps >= 1 && line.fps <= 60))
    return fail(ExitCode::wrong_usage, "", "--fps", "frames per second from 1 to 60 were expected");
  if (!(line.duration_s >= 0 && line.duration_s <= longest_technique_s))
    return fail(ExitCode::wrong_usage, "", "--duration", "seconds from 0 (all of it) to 3600 were expected");
  if (!folder && find_program("ffmpeg").empty())
    return fail(ExitCode::machine_cannot, "ffmpeg", "",
                "FFmpeg was not found; install it, or name a folder with -o for PNG files");
  if (!folder && !output.parent_path().empty() && !fs::is_directory(output.parent_path()))
    return fail(ExitCode::machine_cannot, line.output, "-o", "the folder of this file does not exist");

  IssueList issues;
  const auto size = parse_size(line.size.empty() ? "1280x720" : line.size, issues);
  if (!size) {
    report(issues);
    return ExitCode::wrong_usage;
  }
  Viewport viewport{*size};
  viewport.free_area.w = 1 - static_cast<float>(caption_height(size->y)) / static_cast<float>(size->y);
  bool wrong_usage = false;
  auto state = start_session(line, viewport, issues, wrong_usage);
  const ExitCode started = report(issues);
  if (!state)
    return wrong_usage ? ExitCode::wrong_usage : ExitCode::input_has_faults;
  state->viewport = viewport; // a saved state may bring one that leaves no room for the caption
  const auto timeline = technique_timeline(*state);
  if (!timeline && !chosen_place(*state))
    return fail(ExitCode::wrong_usage, "", "--technique",
                "a film shows a technique, or with --point alone the pain of that point; name one");

  IssueList faults;
  const auto studio = open_studio(faults);
  if (!studio) {
    report(faults);
    return ExitCode::machine_cannot;
  }
  const Catalogue& text = studio->text;
  std::unique_ptr<FilmWriter> writer;
  if (folder)
    writer = std::make_unique<PictureFolder>(output, *size, line.fps);
  else
    writer = std::make_unique<FfmpegFilm>(output, *size, line.fps);
  if (!writer->begin(faults)) {
    report(faults);
    return ExitCode::machine_cannot;
  }

  // It plays as it does in the window, from the time that was asked for; long holds pass quicker, with the real seconds
  // below.
  state->signs_read.insert(state->document.technique);
  double seconds = line.duration_s;
  if (timeline) {
    seek_technique(*state, state->technique.seconds);
    state->technique.playing = true;
    state->technique.speed = 1;
    if (seconds <= 0)
      seconds = technique_playing_time(*state);
  } else {
    state->pain = {.seconds = line.options.contains("time") ? state->pain.seconds : 0, .playing = true, .speed = 1};
    if (seconds <= 0)
      seconds = pain_film_s;
  }
  const int count = std::clamp(static_cast<int>(std::lround(seconds * line.fps)), 1, most_frames);
  Renderer renderer(studio->root);
  ProgressLine progress;
  for (int i = 0; i < count; ++i) {
    Image frame = renderer.picture_of(
        compose(*state, {.quality = Quality::full, .free_area = state->viewport.free_area, .text = &text}), *size);
    draw_flat_over(frame, film_caption(*state, *size, text));
    if (!writer->add(frame, faults)) {
      report(faults);
      return ExitCode::machine_cannot;
    }
    advance(*state, 1 / line.fps);
    progress(static_cast<double>(i + 1) / count, "frames");
  }
  if (!writer->end(faults)) {
    report(faults);
    return ExitCode::machine_cannot;
  }
  if (!state->atlas->attribution.empty())
    log_info(state->atlas->attribution);
  return started;
}

} // namespace calfscope
