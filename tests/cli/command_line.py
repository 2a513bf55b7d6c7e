#!/usr/bin/env python3
"""Runs the program without a display, as scripts do, and checks output, files and exit codes.

Environment: CALFSCOPE (the program), CALFSCOPE_ROOT (the source tree).
"""
import json
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

PROGRAM = os.environ["CALFSCOPE"]
ROOT = os.environ["CALFSCOPE_ROOT"]
PATIENCE_S = 240
# 80 x 400 x 90, which can only be millimetres.
BOX = "".join([*(f"v {x} {y} {z}\n" for x in (0, 80) for y in (0, 400) for z in (0, 90)),
               *(f"f {a} {b} {c}\n" for a, b, c in ((1, 2, 4), (1, 4, 3), (5, 7, 8), (5, 8, 6), (1, 5, 6), (1, 6, 2),
                                                    (3, 4, 8), (3, 8, 7), (1, 3, 7), (1, 7, 5), (2, 6, 8), (2, 8, 4)))])


def bytes_of(path):
    return pathlib.Path(path).read_bytes()


def json_of(path):
    return json.loads(pathlib.Path(path).read_text())


def write_json(path, value):
    pathlib.Path(path).write_text(json.dumps(value, indent=1))


def png_size(path):
    head = bytes_of(path)[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", "no PNG: " + path
    return struct.unpack(">II", head[16:24])


def png_chunk(kind, data):
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def png_chunks(path):
    """(kind, data) of every chunk."""
    data, at = bytes_of(path), 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        yield kind, data[at + 8:at + 8 + length]
        at += 12 + length


def png_texts(path):
    texts = {}
    for kind, data in png_chunks(path):
        if kind not in (b"tEXt", b"zTXt", b"iTXt"):
            continue
        keyword, rest = data.split(b"\0", 1)
        if kind == b"zTXt":
            rest = zlib.decompress(rest[1:])
        elif kind == b"iTXt":
            packed, text = rest[0], rest[2:].split(b"\0", 2)[2]
            rest = zlib.decompress(text) if packed else text
        texts[keyword.decode()] = rest.decode("utf-8" if kind == b"iTXt" else "latin-1")
    return texts


def png_rows(path):
    """RGBA rows of an 8-bit, non-interlaced PNG."""
    data = bytes_of(path)
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    assert depth == 8 and colour in (2, 6)
    channels = 4 if colour == 6 else 3
    packed = b"".join(data for kind, data in png_chunks(path) if kind == b"IDAT")
    raw, stride, rows, before = zlib.decompress(packed), width * channels, [], bytes(width * channels)
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            a = line[x - channels] if x >= channels else 0
            b = before[x]
            c = before[x - channels] if x >= channels else 0
            if kind == 1:
                guess = a
            elif kind == 2:
                guess = b
            elif kind == 3:
                guess = (a + b) // 2
            elif kind == 4:
                p = a + b - c
                guess = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            else:
                guess = 0
            line[x] = (line[x] + guess) & 255
        before = bytes(line)
        rows.append([tuple(before[i:i + 3]) for i in range(0, stride, channels)])
    return rows


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="calfscope-cli-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        keep = {k: v for k, v in os.environ.items() if k in ("PATH", "CALFSCOPE_ROOT", "LD_LIBRARY_PATH", "ASAN_OPTIONS")}
        self.environment = dict(keep, HOME=self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, data):
        with open(self.path(name), "wb" if isinstance(data, bytes) else "w") as file:
            file.write(data)
        return self.path(name)

    def run_it(self, *arguments, code=0, environment=None):
        done = subprocess.run([PROGRAM, *arguments], env=environment or self.environment, capture_output=True, text=True,
                              timeout=PATIENCE_S)
        self.assertEqual(done.returncode, code, f"{arguments}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done

    def render(self, name, *arguments):
        self.run_it("render", "--size", "320x240", "-o", self.path(name), *arguments)
        return self.path(name)


class Answers(CommandLine):
    def test_version_and_help_end_well(self):
        self.assertIn("calfscope", self.run_it("--version").stdout)
        for command in ([], ["render"], ["list"], ["check"], ["import"], ["author"], ["bench"], ["view"]):
            self.assertIn("--help", self.run_it(*command, "--help").stdout)

    def test_every_list_is_an_array_of_objects_with_ids(self):
        for kind in ("structures", "landmarks", "sources", "views", "actions", "options"):
            listed = json.loads(self.run_it("list", kind, "--json").stdout)
            self.assertTrue(listed and all(entry["id"] for entry in listed), kind)
            self.assertEqual(len({entry["id"] for entry in listed}), len(listed), kind + " ids are unique")
            lines = self.run_it("list", kind).stdout.splitlines()
            self.assertEqual(len(lines), len(listed), kind)

    def test_the_calf_is_among_the_structures(self):
        ids = {entry["id"] for entry in json.loads(self.run_it("list", "structures", "--json").stdout)}
        self.assertLessEqual({"gastrocnemius_medial_head", "gastrocnemius_lateral_head", "soleus", "calcaneal_tendon",
                              "tibia", "fibula", "calcaneus", "skin"}, ids)

    def test_the_leg_that_ships_has_no_faults(self):
        self.run_it("check", os.path.join(ROOT, "models/lower_leg"))
        self.assertEqual([i for i in json.loads(self.run_it("check", "--json", "lower_leg").stdout)
                          if i["severity"] == "error"], [])

    def test_a_state_is_dumped_and_read_back(self):
        self.render("a.png", "--view", "medial", "--peel", "0.5", "--select", "soleus", "--side", "left",
                    "--dump-state", self.path("state.json"))
        self.render("b.png", "--state", self.path("state.json"), "--dump-state", self.path("again.json"))
        a, b = (json_of(self.path(name))["document"] for name in ("state.json", "again.json"))
        self.assertEqual(a, b)
        self.assertEqual((a["selected"], a["peel"], a["side"]), ("soleus", 0.5, "left"))
        self.assertEqual(bytes_of(self.path("a.png")), bytes_of(self.path("b.png")))

    def test_a_saved_picture_names_the_model_but_no_folder_of_this_machine(self):
        mesh = self.write("my scan.obj", BOX)
        self.render("scan.png", "--model", mesh)
        text = png_texts(self.path("scan.png"))["calfscope-state"]
        self.assertEqual(json.loads(text)["model"]["path"], "my scan.obj")
        self.assertNotIn(os.path.dirname(mesh), text)
        alone = self.run_it("render", "-o", self.path("again.png"), "--state", self.path("scan.png"), code=1)
        self.assertIn("--model", alone.stderr)
        self.render("again.png", "--state", self.path("scan.png"), "--model", mesh)

    def test_a_saved_picture_brings_back_the_state_it_shows(self):
        self.run_it("render", "--size", "300x200", "-o", self.path("a.png"), "--view", "lateral", "--slice", "0.4",
                    "--select", "soleus", "--side", "left", "--theme", "light")
        self.run_it("render", "--state", self.path("a.png"), "-o", self.path("b.png"))
        self.assertEqual(bytes_of(self.path("a.png")), bytes_of(self.path("b.png")), "size and theme as well")
        self.run_it("render", "--state", self.path("a.png"), "--theme", "dark", "--size", "64x64", "-o",
                    self.path("c.png"))
        self.assertEqual(png_size(self.path("c.png")), (64, 64), "what is asked for wins")
        texts = png_texts(self.path("a.png"))
        self.assertIn("Calfscope", texts["Software"])
        for keyword in ("Title", "Source", "Copyright"):
            self.assertTrue(texts[keyword], keyword)
        self.assertEqual(json.loads(texts["calfscope-state"])["document"]["selected"], "soleus")

    def test_a_script_does_what_its_actions_say(self):
        script = self.write("play.json", json.dumps([{"do": "view", "name": "lateral"}, {"do": "wait", "seconds": 1},
                                                     {"do": "select", "id": "soleus"}, {"do": "hide", "id": "skin"}]))
        self.render("x.png", "--script", script, "--dump-state", self.path("state.json"))
        document = json_of(self.path("state.json"))["document"]
        self.assertEqual(document["selected"], "soleus")
        self.assertEqual(document["overrides"]["skin"], "hidden")


class Pictures(CommandLine):
    def test_every_view_of_either_leg_is_a_picture_of_its_own(self):
        seen = set()
        for side in ("right", "left"):
            for view in ("posterior", "anterior", "medial", "lateral", "plantar", "top", "calf"):
                path = self.render(f"{side}_{view}.png", "--view", view, "--side", side, "--highlight", "none")
                self.assertEqual(png_size(path), (320, 240))
                seen.add(bytes_of(path))
        self.assertEqual(len(seen), 14)

    def test_the_left_leg_is_the_mirror_image_of_the_right(self):
        # Bone alone, from behind and from the front: the light comes from one side, so shape is compared, not shade.
        for view in ("posterior", "anterior"):
            shapes = []
            for side in ("right", "left"):
                rows = png_rows(self.render(f"{side}.png", "--view", view, "--side", side, "--highlight", "none",
                                            "--layers", "bone"))
                shapes.append([[max(pixel) > 110 for pixel in row] for row in rows])
            right, left = shapes
            total = sum(map(sum, right))
            differ = sum(a != b for r, l in zip(right, left) for a, b in zip(r, reversed(l)))
            self.assertGreater(total, 500)
            self.assertLess(differ, 0.1 * total)

    def test_the_same_command_gives_the_same_bytes(self):
        a, b = self.render("a.png"), self.render("b.png")
        self.assertEqual(bytes_of(a), bytes_of(b))

    def test_peeling_and_cutting_change_the_picture(self):
        pictures = {bytes_of(self.render("x.png", "--highlight", "none", *more))
                    for more in ([], ["--peel", "0.3"], ["--peel", "0.6"], ["--peel", "1"], ["--slice", "0.3"])}
        self.assertEqual(len(pictures), 5)

    def test_both_themes_and_large_pictures_work(self):
        self.render("light.png", "--theme", "light")
        self.run_it("render", "--size", "2000x1500", "-o", self.path("large.png"))
        self.assertEqual(png_size(self.path("large.png")), (2000, 1500))


class WrongUsage(CommandLine):
    def test_wrong_flags_and_values_are_refused_with_their_name(self):
        out = ["-o", self.path("x.png")]
        for arguments, named in ((["render"], "--output"), (["render", *out, "--nonsense"], "--nonsense"),
                                 (["list", "dragons"], "kind"), (["render", *out, "--size", "12"], "--size"),
                                 (["render", *out, "--size", "99999x99999"], "--size"),
                                 (["render", *out, "--size", "-5x100"], "--size"),
                                 (["render", *out, "--view", "sideways"], "--view"),
                                 (["render", *out, "--peel", "deep"], "--peel"), (["render", *out, "--peel", "2"], "--peel"),
                                 (["render", *out, "--peel", "nan"], "--peel"),
                                 (["render", *out, "--layers", "skin,dragon"], "--layers"),
                                 (["render", *out, "--select", "dragon"], "--select"), (["author"], "-o"),
                                 (["import"], "--recipe")):
            done = self.run_it(*arguments, code=2)
            self.assertIn(named.lstrip("-"), done.stderr + done.stdout, arguments)
            self.assertFalse(os.path.exists(self.path("x.png")))


class BrokenInput(CommandLine):
    def refused(self, *arguments, named):
        done = self.run_it(*arguments, code=1)
        self.assertIn(named, done.stderr)
        return done.stderr

    def test_missing_and_unreadable_models_are_named(self):
        out = ("-o", self.path("x.png"))
        self.refused("render", *out, "--model", self.path("gone"), named="gone")
        self.refused("render", *out, "--model", self.write("empty.glb", b""), named="empty.glb")
        self.refused("render", *out, "--model", self.write("noise.stl", os.urandom(999)), named="noise.stl")
        self.refused("render", *out, "--model", self.write("text.obj", "hello"), named="text.obj")
        os.mkdir(self.path("pack"))
        self.refused("check", self.path("pack"), named="model.json")

    def test_every_fault_of_a_pack_has_file_and_line(self):
        pack = self.path("pack")
        shutil.copytree(os.path.join(ROOT, "models/lower_leg"), pack)
        described = os.path.join(pack, "model.json")
        text = pathlib.Path(described).read_text()
        broken = json.loads(text)
        broken["structures"][0]["kind"] = "cheese"
        broken["colour"] = "blue"
        write_json(described, broken)
        told = self.refused("check", pack, named="model.json:")
        self.assertIn("cheese", told)
        self.assertIn("colour", told)
        broken = json.loads(text)
        broken["mesh"] = "../../etc/passwd"
        write_json(described, broken)
        self.refused("check", pack, named="mesh")

    def test_a_leg_whose_danger_spots_lie_outside_their_no_press_zones_fails(self):
        pack = self.path("pack")
        shutil.copytree(os.path.join(ROOT, "models/lower_leg"), pack)
        described = os.path.join(pack, "model.json")
        text = pathlib.Path(described).read_text()
        for landmark, axis, zone in (("fibular_neck", 0, "fibular_head_neck"),
                                     ("fibular_head_apex", 0, "fibular_head_neck"),
                                     ("calcaneal_tendon_narrowest", 2, "free_achilles")):
            broken = json.loads(text)
            place = next(one for one in broken["landmarks"] if one["id"] == landmark)["position_m"]
            place[axis] = -place[axis]
            write_json(described, broken)
            self.refused("check", pack, named="no-press zones: error: " + zone)

    def test_faults_of_a_described_leg_are_named_alone_and_in_its_pack(self):
        pack = self.path("pack")
        shutil.copytree(os.path.join(ROOT, "models/lower_leg"), pack)
        described = pathlib.Path(pack, "anatomy.json")
        self.run_it("check", described)
        text = described.read_text()
        line = text[: text.index('"insertion_y_mm"')].count("\n") + 1
        described.write_text(text.replace('"insertion_y_mm": -', '"insertion_y_mm": '))
        for path in (described, pack):
            told = self.refused("check", path, named=f"anatomy.json:{line}: insertion_y_mm")
            self.assertIn("between -800 and -100", told)

    def test_broken_states_scripts_and_recipes_are_named_with_their_line(self):
        out = ("-o", self.path("x.png"))
        state = self.write("state.json", '{\n"document": {\n"peel": "deep"}}')
        self.refused("render", *out, "--state", state, named="state.json:3")
        script = self.write("script.json", '[\n{"do": "select", "id": "soleus"},\n{"do": "dance"}\n]')
        self.refused("render", *out, "--script", script, named="script.json:3")
        recipe = self.write("recipe.json", "{")
        self.refused("import", "--recipe", recipe, "--from", self.folder, "-o", self.path("out"), named="recipe.json")
        self.refused("author", "--description", self.write("anatomy.json", '{"format": 3}'), "-o", self.path("out"),
                     named="anatomy.json")

    def test_a_picture_without_a_whole_state_is_named(self):
        out = ("-o", self.path("x.png"))
        good = bytes_of(self.render("good.png"))
        head, first = good[:8], good[8:33]  # signature, header
        end = png_chunk(b"IEND", b"")
        pixels = png_chunk(b"IDAT", zlib.compress(bytes(240 * (1 + 320 * 4))))
        state = lambda text: png_chunk(b"zTXt", b"calfscope-state\0\0" + zlib.compress(text))
        self.refused("render", *out, "--state", self.write("foreign.png", head + first + pixels + end), named="foreign.png")
        self.refused("render", *out, "--state", self.write("cut.png", good[:len(good) // 2]), named="cut.png")
        self.refused("render", *out, "--state", self.write("head.png", good[:20]), named="head.png")
        bomb = head + first + state(b" " * (200 << 20)) + pixels + end
        self.refused("render", *out, "--state", self.write("bomb.png", bomb), named="bomb.png")
        huge = head + first + struct.pack(">I4s", 0x7fffffff, b"zTXt") + b"calfscope-state\0\0"
        self.refused("render", *out, "--state", self.write("huge.png", huge), named="huge.png")
        wrong = head + first + state(b'{"document": {"peel": "deep"}}') + pixels + end
        self.refused("render", *out, "--state", self.write("wrong.png", wrong), named="peel")
        self.assertFalse(os.path.exists(self.path("x.png")))
        late = head + first + pixels + state(b'{"document": {"selected": "soleus"}}') + end
        self.run_it("render", "--size", "64x64", "-o", self.path("late.png"), "--state", self.write("behind.png", late))
        self.assertEqual(json.loads(png_texts(self.path("late.png"))["calfscope-state"])["document"]["selected"], "soleus")

    def test_a_foreign_mesh_is_rendered_and_its_unit_told(self):
        mesh = self.write("box.obj", BOX)
        self.run_it("render", "--model", mesh, "--size", "320x240", "-o", self.path("box.png"))
        rows = png_rows(self.path("box.png"))
        self.assertNotEqual(rows[120][160], rows[5][5], "the box is in the middle of the picture")
        self.assertIn("box", self.run_it("list", "structures", "--model", mesh, "--unit", "cm").stdout)


class PoorMachine(CommandLine):
    def test_without_opengl_4_1_a_picture_ends_with_code_3(self):
        old = dict(self.environment, MESA_GL_VERSION_OVERRIDE="3.3", MESA_GLSL_VERSION_OVERRIDE="330")
        self.assertIn("4.1", self.run_it("render", "-o", self.path("x.png"), code=3, environment=old).stderr)
        self.run_it("list", "structures", environment=old)  # what needs no picture goes on

    def test_a_folder_that_takes_no_files_ends_with_code_3_and_is_named(self):
        done = self.run_it("render", "--size", "64x64", "-o", "/proc/x.png", code=3)
        self.assertIn("/proc/x.png", done.stderr)

    def test_an_empty_environment_is_enough(self):
        bare = {"CALFSCOPE_ROOT": ROOT}
        self.run_it("render", "--size", "64x64", "-o", self.path("x.png"), environment=bare)
        self.assertEqual(png_size(self.path("x.png")), (64, 64))

    def test_a_home_that_cannot_be_written_changes_nothing(self):
        self.run_it("render", "--size", "64x64", "-o", self.path("x.png"), environment=dict(self.environment, HOME="/proc"))


class Sections(CommandLine):
    def test_a_section_and_a_strip_are_pictures_of_their_size(self):
        self.run_it("slice", "-o", self.path("cut.png"), "--size", "300x260", "--section", "0.4")
        self.assertEqual(png_size(self.path("cut.png")), (300, 260))
        self.assertIn("below the knee", self.run_it("slice", "-o", self.path("p.png"), "--point", "soleus_1").stderr)
        self.run_it("render", "-o", self.path("strip.png"), "--size", "400x160", "--point", "soleus_1", "--strip")
        self.assertEqual(png_size(self.path("strip.png")), (400, 160))
        self.run_it("render", "-o", self.path("done.png"), "--size", "360x160", "--technique", "stretch_knee_bent",
                    "--point", "soleus_1", "--strip", "--wordless")
        self.assertEqual(png_size(self.path("done.png")), (360, 160))

    def test_what_cannot_be_a_section_or_a_strip_is_refused(self):
        self.run_it("slice", "-o", self.path("cut.txt"), code=2)
        self.run_it("slice", "-o", self.path("cut.png"), "--section", "7", code=2)
        self.assertIn("--point", self.run_it("render", "-o", self.path("x.png"), "--strip", code=2).stderr)
        self.run_it("render", "-o", self.path("x.png"), "--labels", "klingon", code=2)
        box = self.write("box.obj", BOX)
        self.run_it("slice", "-o", self.path("cut.png"), "--model", box, code=1)

    def test_names_change_the_picture(self):
        self.assertNotEqual(png_rows(self.render("a.png")), png_rows(self.render("b.png", "--labels", "latin")))


class Techniques(CommandLine):
    def test_a_tool_touches_and_does_not_enter(self):
        samples = json.loads(self.run_it("contact", "--technique", "thumb_pressure", "--point", "soleus_1", "--json",
                                         "--side", "left").stdout)
        self.assertGreater(len(samples), 20)
        for sample in samples:
            self.assertLessEqual(sample["gap_mm"], 1)
            self.assertLessEqual(sample["penetration_mm"], 0.5)
            self.assertEqual(sample["forbidden_zone"], "")
        self.assertIn("soleus", {layer["id"] for sample in samples for layer in sample["layers"]})

    def test_what_is_not_offered_or_unknown_is_refused_with_the_reason(self):
        refused = self.run_it("contact", "--technique", "foam_roller", "--point", "gastroc_3", code=1)
        self.assertIn("hollow of the knee", refused.stderr)
        self.run_it("contact", "--technique", "cupping", "--point", "gastroc_1", code=2)
        self.run_it("contact", "--technique", "stretch_knee_bent", "--point", "soleus_1", code=2)
        self.run_it("contact", "--technique", "foam_roller", "--point", "elbow", code=2)
        self.run_it("contact", "--technique", "foam_roller", code=2)

    def test_a_technique_changes_the_picture_with_its_time_tool_and_mistake(self):
        common = ["--technique", "massage_ball", "--point", "gastroc_2"]
        first = png_rows(self.render("a.png", *common, "--time", "20"))
        self.assertTrue(first == png_rows(self.render("again.png", *common, "--time", "20")))
        self.assertNotEqual(first, png_rows(self.render("b.png", *common, "--time", "2")))
        self.assertNotEqual(first, png_rows(self.render("c.png", *common, "--time", "20", "--tool", "lacrosse_ball")))
        refused = self.run_it("render", "-o", self.path("x.png"), "--technique", "foam_roller", "--point", "gastroc_4",
                              code=2)
        self.assertIn("not offered", refused.stderr)
        self.run_it("render", "-o", self.path("x.png"), "--technique", "hammer", code=2)
        # The picture carries its state, the technique and its second with it.
        self.run_it("render", "--state", self.path("b.png"), "-o", self.path("from_state.png"))
        self.assertTrue(png_rows(self.path("b.png")) == png_rows(self.path("from_state.png")))

    def test_a_film_of_single_pictures_goes_through_the_technique(self):
        self.run_it("film", "--technique", "thumb_pressure", "--point", "gastroc_1", "--size", "240x160", "--fps", "1",
                    "--duration", "3", "-o", self.path("frames"))
        frames = sorted(pathlib.Path(self.path("frames")).iterdir())
        self.assertEqual([frame.name for frame in frames],
                         ["frame_00001.png", "frame_00002.png", "frame_00003.png"])
        self.assertEqual(png_size(frames[0]), (240, 160))
        self.assertNotEqual(png_rows(frames[0]), png_rows(frames[2]))

    @unittest.skipUnless(shutil.which("ffmpeg"), "FFmpeg is not installed")
    def test_films_are_written_in_every_format(self):
        for name, coding in (("a.mp4", "h264"), ("a.webm", "vp9"), ("a.gif", "gif")):
            film = self.path(name)
            pathlib.Path(film + ".part").write_text("somebody's own")
            self.run_it("film", "--point", "soleus_1", "--size", "161x120", "--fps", "2", "--duration", "2", "-o", film)
            said = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_entries",
                                   "stream=codec_name,nb_read_frames", "-of", "json", film],
                                  capture_output=True, text=True, check=True)
            stream = json.loads(said.stdout)["streams"][0]
            self.assertEqual((stream["codec_name"], stream["nb_read_frames"]), (coding, "4"))
            self.assertEqual(sorted(p.name for p in pathlib.Path(film).parent.glob(name + "*")), [name, name + ".part"])
            self.assertEqual(pathlib.Path(film + ".part").read_text(), "somebody's own")

    def test_a_film_that_cannot_be_says_why(self):
        self.run_it("film", "-o", self.path("a.avi"), "--point", "soleus_1", code=2)
        self.run_it("film", "-o", self.path("a"), code=2)
        self.run_it("film", "-o", self.path("a"), "--point", "soleus_1", "--fps", "0", code=2)
        missing = self.run_it("film", "-o", self.path("no/such/a.mp4"), "--point", "soleus_1", code=3)
        self.assertIn("does not exist" if shutil.which("ffmpeg") else "FFmpeg", missing.stderr)

    def test_all_ten_are_listed(self):
        listed = json.loads(self.run_it("list", "techniques", "--json").stdout)
        self.assertEqual(len(listed), 10)


if __name__ == "__main__":
    unittest.main(verbosity=2)
