#!/usr/bin/env python3
"""Drives the program in a window on a virtual display, as a person would, and checks what its state then says.

Each case starts its own display and its own program. Nothing is timed: the program is asked for its state (Ctrl+Shift+S)
until it says what is expected, or until far more time has passed than any machine needs.
"""

import argparse
import glob
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

PATIENCE_S = 60
SIZE = (1280, 800)


class Failure(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Failure(what)


class Display:
    """An X server of its own; the number is chosen by the server, so that tests may run side by side."""

    def __init__(self, folder):
        for _ in range(5):  # two servers that start at the same moment may want the same number
            if self._start(folder):
                return
            self.close()
        raise Failure("Xvfb did not start")

    def _start(self, folder):
        read_end, write_end = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
            pass_fds=[write_end], stdout=subprocess.DEVNULL, stderr=open(os.path.join(folder, "xvfb.log"), "w"))
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            self.name = ":" + pipe.readline().strip()
        asked = subprocess.run(["xdotool", "getdisplaygeometry"], env=dict(os.environ, DISPLAY=self.name),
                               capture_output=True, check=False)
        return asked.returncode == 0 and self.server.poll() is None

    def close(self):
        self.server.terminate()
        self.server.wait()


class Program:
    def __init__(self, program, display, folder, *arguments, expect_window=True, **environment):
        self.folder = folder
        self.display = display
        self.environment = dict(os.environ, DISPLAY=display.name, HOME=folder, XDG_PICTURES_DIR=folder,
                                XDG_CONFIG_HOME=os.path.join(folder, "config"), XDG_CACHE_HOME=os.path.join(folder, "cache"),
                                XDG_DATA_HOME=os.path.join(folder, "data"), **environment)
        self.log = open(os.path.join(folder, "program.log"), "w+")
        self.process = subprocess.Popen([program, "--size", "%dx%d" % SIZE, *arguments], env=self.environment,
                                        stdout=self.log, stderr=self.log)
        self.window = None
        if expect_window:
            self.window = self._find_window()
            self.state()  # the loop runs

    def _find_window(self):
        deadline = time.time() + PATIENCE_S
        while time.time() < deadline:
            found = self.xdotool("search", "--onlyvisible", "--name", "^Calfscope", check=False).split()
            if found:
                return found[-1]
            need(self.process.poll() is None, "the program ended by itself: " + self.messages())
            time.sleep(0.1)
        raise Failure("no window appeared: " + self.messages())

    def messages(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def xdotool(self, *arguments, check=True):
        done = subprocess.run(["xdotool", *arguments], env=self.environment, capture_output=True, text=True)
        if check and done.returncode != 0:
            raise Failure("xdotool %s: %s" % (" ".join(arguments), done.stderr))
        return done.stdout

    def move(self, x, y):
        self.xdotool("mousemove", "--window", self.window, str(x), str(y))
        time.sleep(0.05)

    def click(self, x, y, repeat=1):
        self.move(x, y)
        self.xdotool("click", "--repeat", str(repeat), "--delay", "60", "1")

    def drag(self, start, end, button="1"):
        self.move(*start)
        self.xdotool("mousedown", button)
        steps = 8
        for i in range(1, steps + 1):
            self.move(round(start[0] + (end[0] - start[0]) * i / steps), round(start[1] + (end[1] - start[1]) * i / steps))
        time.sleep(0.3)  # a hand that rests before it lets go: the leg does not turn on
        self.xdotool("mouseup", button)

    def wheel(self, x, y, notches):
        self.move(x, y)
        self.xdotool("click", "--repeat", str(abs(notches)), "--delay", "30", "4" if notches > 0 else "5")

    def drop(self, *files):
        helper = os.path.join(os.path.dirname(os.path.abspath(__file__)), "drop_files.py")
        done = subprocess.run([sys.executable, helper, self.window, *files], env=self.environment, capture_output=True,
                              text=True, timeout=2 * PATIENCE_S)
        need(done.returncode == 0, "the drop failed: " + done.stderr)

    def key(self, *keys):
        for key in keys:
            self.xdotool("key", key)

    def type(self, text):
        self.xdotool("type", "--delay", "40", text)

    def new_file(self, pattern, key):
        """The file that the program writes on this key."""
        before = set(glob.glob(os.path.join(self.folder, pattern)))
        self.key(key)
        deadline = time.time() + PATIENCE_S
        while time.time() < deadline:
            new = set(glob.glob(os.path.join(self.folder, pattern))) - before
            if new:
                return new.pop()
            need(self.process.poll() is None, "the program ended by itself: " + self.messages())
            time.sleep(0.05)
        raise Failure("the program does not answer: " + self.messages())

    def state(self):
        """Asks the program for its state, through its own shortcut."""
        path = self.new_file("*.json", "ctrl+shift+s")
        with open(path) as file:
            state = json.load(file)
        os.remove(path)
        return state

    def until(self, what, holds):
        """The state, once it is as expected."""
        deadline = time.time() + PATIENCE_S
        while True:
            state = self.state()
            if holds(state):
                return state
            need(time.time() < deadline, "never came about: " + what + "\n" + json.dumps(state["document"], indent=1))
            time.sleep(0.15)

    def end(self, patience_s=PATIENCE_S):
        try:
            return self.process.wait(patience_s)
        except subprocess.TimeoutExpired:
            raise Failure("the program did not end")

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()


def camera(state):
    return state["document"]["camera"]


def same_camera(a, b):
    return (abs(a["yaw_deg"] - b["yaw_deg"]) < 0.01 and abs(a["pitch_deg"] - b["pitch_deg"]) < 0.01
            and abs(a["distance_mm"] - b["distance_mm"]) < 0.01
            and all(abs(p - q) < 0.01 for p, q in zip(a["target_mm"], b["target_mm"])))


MIDDLE = (SIZE[0] // 2, SIZE[1] // 2)
EMPTY = (SIZE[0] // 2 + 180, 560)  # beside the leg in the start view, between the panels


def case_looking(program):
    """Drag turns, right drag moves, the wheel zooms, double click on nothing fits, Home brings it back, undo goes through all."""
    start = camera(program.state())
    program.drag(MIDDLE, (MIDDLE[0] + 160, MIDDLE[1]))
    turned = camera(program.until("the drag turns the leg", lambda s: abs(camera(s)["yaw_deg"] - start["yaw_deg"]) > 20))
    need(turned["target_mm"] == start["target_mm"], "a turn must not move the leg")
    program.drag(MIDDLE, (MIDDLE[0], MIDDLE[1] + 80), button="3")
    moved = camera(program.until("the right button moves the leg", lambda s: camera(s)["target_mm"] != turned["target_mm"]))
    need(abs(moved["yaw_deg"] - turned["yaw_deg"]) < 0.01, "a move must not turn the leg")
    program.wheel(*MIDDLE, 4)
    program.until("the wheel zooms in", lambda s: camera(s)["distance_mm"] < moved["distance_mm"] * 0.8)
    # Notches of the wheel that come slowly, as on a busy machine, are steps of their own.
    for _ in range(6):
        before = camera(program.state())
        if same_camera(before, start):
            break
        program.key("ctrl+z")
        program.until("an undo goes back a step", lambda s: not same_camera(camera(s), before))
    program.until("undos bring the start back", lambda s: same_camera(camera(s), start))
    program.key("ctrl+shift+z")
    program.until("redo turns again", lambda s: same_camera(camera(s), turned))
    program.key("Home")
    program.until("Home brings it back", lambda s: same_camera(camera(s), start))


def case_clicking(program):
    """A click on the medial head selects it, one beside the leg deselects, a double click brings it close."""
    # From behind, a right leg's medial head lies left of the middle, in the upper half.
    program.key("y")  # the hotspots would be in the way
    program.until("Y hides the hotspots", lambda s: not s["document"]["points_shown"])
    found = None
    for y in range(220, 420, 20):
        for x in range(MIDDLE[0] - 70, MIDDLE[0], 14):
            program.click(x, y)
            selected = program.state()["document"]["selected"]
            if selected == "gastrocnemius_medial_head":
                found = (x, y)
                break
        if found:
            break
    need(found, "no click reached the medial head")
    program.until("the click says what it hit",
                  lambda s: s["last_pick"] and s["last_pick"]["structure"] == "gastrocnemius_medial_head")
    program.move(found[0] + 1, found[1])
    program.until("the pointer names it", lambda s: s["hovered"] == "gastrocnemius_medial_head")
    check_resting_pointer(program)
    program.click(*EMPTY)
    program.until("a click beside the leg deselects", lambda s: s["document"]["selected"] == "")
    before = camera(program.state())
    time.sleep(0.6)  # so that this is not the second half of a double click
    program.click(*found, repeat=2)
    program.until("a double click brings it close",
                  lambda s: s["document"]["selected"] == "gastrocnemius_medial_head"
                  and camera(s)["distance_mm"] < before["distance_mm"] * 0.95)


def check_resting_pointer(program):
    """A pointer that does not move names what is under it, whatever the keys do to the picture."""
    def named(what, holds):
        program.until(what, lambda s: not s["in_motion"] and holds(s["hovered"]))
    head = "gastrocnemius_medial_head"
    program.key("h")
    named("what was hidden is not named any more", lambda name: name and name != head)
    program.key("ctrl+z")
    named("what is shown again is named again", lambda name: name == head)
    program.key("5")
    named("from below something else is there", lambda name: name != head)
    program.key("ctrl+z")
    named("and back", lambda name: name == head)
    program.key("ctrl+3")
    named("a page covers the leg", lambda name: name == "")
    program.key("ctrl+1")
    named("and uncovers it", lambda name: name == head)


def check_quick_drag(program):
    """Press, drag and release in one burst, while a picture is drawn: the slider follows to its end."""
    before = program.state()["document"]["peel"]
    for y in range(90, 260, 10):  # the peel slider lies in the upper part of the layers panel
        program.xdotool("mousemove", "--window", program.window, "80", str(y), "mousedown", "1",
                        "mousemove", "--window", program.window, "310", str(y), "mouseup", "1")
        after = program.state()["document"]["peel"]
        if after != before:
            need(after == 1, "the slider stopped at %g" % after)
            return
    raise Failure("no drag reached the slider")


def case_keys(program):
    """Keys change the view, peel, hide and search; none is lost however quickly they come."""
    program.key("3")
    program.until("3 looks from the medial side", lambda s: abs(abs(camera(s)["yaw_deg"]) - 90) < 10)
    program.key("2")
    program.until("2 looks from the front", lambda s: abs(abs(camera(s)["yaw_deg"]) - 180) < 20)
    peel = program.state()["document"]["peel"]
    program.key(*["p"] * 9)
    program.until("nine times P peel nine steps", lambda s: abs(s["document"]["peel"] - peel - 0.45) < 0.001)
    check_quick_drag(program)
    program.key("1", "slash")  # what is typed at once goes to the field and does nothing else
    program.type("soleus")
    program.until("what is typed is searched for", lambda s: s["search"]["text"] == "soleus")
    program.key("Return")
    program.until("Enter selects it", lambda s: s["document"]["selected"] == "soleus")
    program.key("h")
    hidden = program.until("H hides it", lambda s: s["document"]["overrides"].get("soleus") == "hidden")
    need(hidden["document"]["selected"] == "", "what is hidden is not selected any more")
    program.key("ctrl+z")
    program.until("undo shows it again", lambda s: "soleus" not in s["document"]["overrides"])
    program.key("m")
    program.until("M shows the other leg", lambda s: s["document"]["side"] == "left")
    program.key("F1")
    program.until("F1 explains the keys", lambda s: "shortcuts" in s["open_panels"])
    program.key("Escape")
    program.until("Escape closes that", lambda s: "shortcuts" not in s["open_panels"])


def case_points(program):
    """A click on hotspot 5 chooses soleus 1, turns the leg and plays its pain; W asks where it hurts."""
    program.state()
    found = None
    for y in range(440, 510, 10):
        for x in range(MIDDLE[0] - 50, MIDDLE[0] + 40, 10):
            program.move(x, y)
            if program.state()["hovered_point"] == "soleus_1":
                found = (x, y)
                break
        if found:
            break
    need(found, "the pointer never met hotspot 5")
    before = camera(program.state())
    program.click(*found)
    chosen = program.until("a click on hotspot 5 chooses it", lambda s: s["document"]["point"] == "soleus_1")
    need(chosen["document"]["selected"] == "", "a point and a structure are not chosen together")
    program.until("the pain is played to its full height and stops",
                  lambda s: s["pain"]["seconds"] == 10 and not s["pain"]["playing"])
    need(not same_camera(camera(program.state()), before), "the leg turns to the point")
    program.key("t")
    program.until("T goes to the next point", lambda s: s["document"]["point"] == "soleus_2")
    program.key("Escape")
    program.until("Escape leaves it", lambda s: s["document"]["point"] == "")
    program.key("w")
    program.until("W asks where it hurts", lambda s: "lookup" in s["open_panels"])
    program.key("Escape")
    program.until("Escape closes that", lambda s: "lookup" not in s["open_panels"])


def case_technique(program):
    """Choosing point and technique by mouse, the stop signs first, then play, pause, scrub, another point, and the tool by hand."""
    program.key("ctrl+2")
    program.until("Ctrl+2 leads to where one releases", lambda s: s["place"] == "release")
    program.click(36, 115)  # the first of the points
    program.until("a click on 1 chooses the point", lambda s: s["document"]["point"] == "gastroc_1")
    program.click(150, 195)  # the first of the techniques reaches it well
    chosen = program.until("a click chooses a technique", lambda s: s["document"]["technique"] != "")
    need(chosen["technique"]["seconds"] == 0 and not chosen["technique"]["playing"], "it waits at its beginning")
    program.key("space")
    program.until("before it plays, stop signs are shown", lambda s: "stop_signs" in s["open_panels"])
    need(not program.state()["technique"]["playing"], "nothing plays behind them")
    for _ in range(40):
        program.key("Tab", "Return")
        if program.state()["technique"]["playing"]:
            break
        program.key("space")
    program.until("once they are read it plays", lambda s: s["technique"]["playing"] and s["technique"]["seconds"] > 0.5)
    need("stop_signs" not in program.state()["open_panels"], "and they are gone")
    program.key("space")
    paused = program.until("Space pauses", lambda s: not s["technique"]["playing"])
    program.key("period")
    later = program.until("the dot goes one step on", lambda s: s["technique"]["seconds"] > paused["technique"]["seconds"])
    program.drag((500, 692), (600, 692))
    program.until("dragging along the time goes there", lambda s: s["technique"]["seconds"] > later["technique"]["seconds"] + 5)
    program.click(69, 115)
    program.until("a click on 2 does the same technique on point 2", lambda s: s["document"]["point"] == "gastroc_2"
                  and s["document"]["technique"] == chosen["document"]["technique"])
    turned = camera(program.state())
    program.drag((600, 300), (700, 320))
    held = program.until("dragging on the leg turns it, and the camera follows no more",
                         lambda s: not same_camera(camera(s), turned) and not s["technique"]["follow"])
    need(held["document"]["point"] == "gastroc_2", "and the point stays chosen")
    program.key("alt+Up")
    carried = program.until("Alt and an arrow carry the tool along the leg", lambda s: s["technique"]["carried"])
    need(not carried["technique"]["playing"], "and time stands still meanwhile")
    program.key("alt+p")
    program.until("Alt+P puts it back", lambda s: not s["technique"]["carried"])
    start = in_window(program.state()["technique"]["tool_at"])
    place = camera(program.state())
    program.drag(start, (start[0] - 60, start[1] - 40))
    dragged = program.until("dragging the tool carries it", lambda s: s["technique"]["carried"])
    need(same_camera(camera(dragged), place), "and does not turn the leg")
    program.key("alt+p")
    program.key("ctrl+1")
    program.until("Explore shows the leg by itself", lambda s: s["place"] == "explore" and not s["technique"]["playing"])


def case_names(program):
    """V writes names on the leg, in other words at every press; K shows the section, which the wheel moves."""
    seen = []
    for _ in range(4):
        program.key("v")
        seen.append(program.until("V changes the names", lambda s: s["document"]["labels"] not in seen[-1:])
                    ["document"]["labels"])
    need(seen == ["patient", "latin", "clinician", "off"], f"V goes through the names: {seen}")
    program.key("k")
    shown = program.until("K shows the section", lambda s: s["document"]["section"]["on"])
    program.wheel(250, 400, -3)
    program.until("the wheel over it moves its level",
                  lambda s: s["document"]["section"]["s"] != shown["document"]["section"]["s"])
    before = program.state()["document"]["section"]["s"]
    program.key("shift+Next")
    program.until("a key moves it down", lambda s: s["document"]["section"]["s"] > before)
    program.key("k")
    program.until("K takes it away", lambda s: not s["document"]["section"]["on"])


def case_saving(program):
    """A content file that is saved shows at once; one with faults is told with its file, and the last good one stays."""
    path = os.path.join(program.folder, "content", "points.json")
    with open(path) as file:
        good = file.read()

    def save(text):
        with open(path, "w") as file:
            file.write(text)

    def told(key):
        return lambda s: any(notice["key"] == key for notice in s["notices"])
    program.key("t")
    program.until("T chooses the first point", lambda s: s["document"]["point"] == "gastroc_1" and not s["in_motion"])
    program.key("1")
    before = program.until("seen from behind", lambda s: s["point_at"] and not s["in_motion"])["point_at"]
    content = json.loads(good)
    site = next(point for point in content["points"] if point["id"] == "gastroc_1")["site"]
    site["s"]["typical"] = site["s"]["to"]  # as far down as the source says
    save(json.dumps(content))
    moved = program.until("the point lies where the saved file says",
                          lambda s: told("ui.notice.content_read")(s) and s["point_at"] and s["point_at"][1] > before[1] + 0.005)
    site["s"]["typical"] = 7
    save(json.dumps(content))
    broken = program.until("a fault is told", told("ui.notice.content_faults"))
    need("points.json" in json.dumps(broken["notices"]), "with the file it is in")
    need(broken["document"]["point"] == "gastroc_1" and broken["point_at"] == moved["point_at"],
         "and the last good content stays")
    save("{ half a fi")
    program.until("so is a file that is cut off", lambda s: told("ui.notice.content_faults")(s))
    save(good)
    program.until("what is good again is shown again",
                  lambda s: told("ui.notice.content_read")(s) and s["point_at"] and abs(s["point_at"][1] - before[1]) < 0.002)


def case_saving_technique(program):
    """A technique's file that is saved while it plays goes on playing as the file says; one with faults changes nothing."""
    path = os.path.join(program.folder, "content", "techniques", "massage_ball.json")
    with open(path) as file:
        good = file.read()

    def save(text):
        with open(path, "w") as file:
            file.write(text)

    def told(key):
        return lambda s: any(notice["key"] == key for notice in s["notices"])

    def playing(s):
        return s["technique"]["playing"] and s["document"]["technique"] == "massage_ball"
    program.until("it plays", lambda s: playing(s) and s["technique"]["seconds"] > 0.5)
    content = json.loads(good)
    hold = next(phase for phase in content["phases"] if phase["id"] == "hold")
    hold["seconds"] = 30
    save(json.dumps(content))
    program.until("it plays on with the shorter hold", lambda s: told("ui.notice.content_read")(s) and playing(s))
    hold["seconds"] = 300
    save(json.dumps(content, indent=1))
    broken = program.until("a hold beyond what the sources allow is told", told("ui.notice.content_faults"))
    said = json.dumps(broken["notices"])
    need("massage_ball.json:" in said and "phases/2/seconds" in said, "with file, line and place: " + said)
    need(playing(broken), "and what plays goes on")
    program.key("space")
    paused = program.until("Space pauses", lambda s: not s["technique"]["playing"])
    content["phases"] = content["phases"][:2]
    content["mistakes"] = []
    save(json.dumps(content))
    program.until("what has lost its words is told too", told("ui.notice.content_faults"))
    need(program.state()["technique"]["seconds"] == paused["technique"]["seconds"], "what is paused stays where it was")
    save(good)
    # The hold is 15 s longer again: what came after it comes later.
    program.until("what is good again is read again", lambda s: told("ui.notice.content_read")(s) and any(
        abs(s["technique"]["seconds"] - paused["technique"]["seconds"] - later) < 0.01 for later in (0, 15)))


def prepare_technique(folder):
    """The same, with a technique that plays from the start."""
    script = os.path.join(folder, "play.json")
    with open(script, "w") as file:
        json.dump({"script": [{"do": "select_technique", "id": "massage_ball", "point": "soleus_1"},
                              {"do": "technique_loop", "on": True}, {"do": "technique_play", "on": True},
                              {"do": "stop_signs_read"}]}, file)
    return prepare_content(folder) + ["--script", script]


def prepare_content(folder):
    """A copy of the content that ships, to be changed."""
    shutil.copytree(os.path.join(os.environ["CALFSCOPE_ROOT"], "content", "calf"), os.path.join(folder, "content"))
    return ["--content", os.path.join(folder, "content")]


def at_point(program, state):
    """Where the chosen point's mark is in the window."""
    need(state["point_at"], "no point is chosen, or it is not in the picture")
    return in_window(state["point_at"])


def in_window(fractions):
    return round(fractions[0] * SIZE[0]), round(fractions[1] * SIZE[1])


def lowest_skin(program, x):
    """The lowest place on a column of the window where the brush meets skin."""
    for y in range(730, 400, -12):
        program.move(x, y)
        if program.state()["brush"]["over_skin"]:
            return x, y
    raise Failure("the brush never met the skin")


def case_painting(program):
    """B takes the brush; dragging over the heel paints it and does not turn the leg; soleus 1 then leads the list."""
    program.key("b")
    program.until("B takes the brush and asks where it hurts",
                  lambda s: s["brush"]["on"] and "lookup" in s["open_panels"])
    depth = program.state()["undo_depth"]
    strokes = 0
    middle = (320 + 948) // 2  # between the panels
    x, y = lowest_skin(program, middle)  # in the start view: the back of the heel
    for start, end in (((-18, 14), (12, 52)), ((12, 14), (-18, 52))):
        program.drag((x + start[0], y - start[1]), (x + end[0], y - end[1]))
        strokes += 1
    program.until("the strokes are on the heel", lambda s: s["undo_depth"] == depth + strokes)
    program.key("5")
    program.until("from below", lambda s: camera(s)["pitch_deg"] < -60 and not s["in_motion"])
    depth = program.state()["undo_depth"]
    strokes = 0
    lowest = lowest_skin(program, middle + 80)  # seen from below the heel is the lowest part of the picture
    start = camera(program.state())
    for up in (24, 42, 60):
        program.drag((lowest[0] - 20, lowest[1] - up), (lowest[0] + 25, lowest[1] - up))
        strokes += 1
    painted = program.until("the strokes are on the heel", lambda s: s["undo_depth"] == depth + strokes)
    need(same_camera(camera(painted), start), "painting must not turn the leg")
    need(any(run["on"] == "sole" for run in painted["document"]["painted"]), "the sole is painted")
    found = painted["lookup"]["entries"]
    need(found and found[0]["id"] == "soleus_1", "soleus 1 leads, not " + json.dumps(found[:3]))
    runs = painted["document"]["painted"]
    program.key("ctrl+z")
    program.until("undo takes one stroke back", lambda s: s["undo_depth"] == depth + strokes - 1
                  and s["document"]["painted"] != runs)
    program.key("ctrl+shift+z")
    program.until("redo brings it again", lambda s: s["document"]["painted"] == runs)
    program.drag(lowest_inside(lowest), (lowest[0] + 120, lowest[1] - 30), button="3")
    program.until("the right button turns the leg", lambda s: not same_camera(camera(s), start))
    need(program.state()["document"]["painted"] == runs, "turning must not paint")
    program.key("m")
    program.until("the other side keeps the paint",
                  lambda s: s["document"]["side"] == "left" and s["document"]["painted"] == runs)
    program.key("Escape")
    program.until("Escape puts the brush away", lambda s: not s["brush"]["on"])


def lowest_inside(lowest):
    return lowest[0], lowest[1] - 30


def case_pressing(program):
    """A thumb that rests on the chosen point presses ever harder and lets the pain fade; a drag from there turns the leg."""
    while program.state()["document"]["point"] != "soleus_1":
        before = program.state()["document"]["point"]
        program.key("t")
        program.until("T goes on", lambda s: s["document"]["point"] != before)
    chosen = program.until("the leg has turned to soleus 1",
                           lambda s: same_camera(s["camera_now"], camera(s)) and s["point_at"])
    program.key("space")
    chosen = program.until("Space stops the pain", lambda s: not s["in_motion"])
    x, y = at_point(program, chosen)
    program.move(x, y)
    program.xdotool("mousedown", "1")
    first = program.until("a press that stays presses", lambda s: s["press"]["held"] and s["press"]["pressure"] > 0.5)
    program.until("and ever harder", lambda s: s["press"]["pressure"] > first["press"]["pressure"] + 1)
    program.until("to too much", lambda s: s["press"]["pressure"] > 8.5)
    program.xdotool("mouseup", "1")
    gone = program.until("letting go, the pain fades", lambda s: s["press"]["pressure"] == 0 and not s["press"]["held"])
    need(gone["document"]["point"] == "soleus_1", "the point stays chosen")
    need(same_camera(camera(gone), camera(chosen)), "pressing must not turn the leg")
    program.drag((x, y), (x + 120, y))
    turned = program.until("a drag that starts on the point turns the leg",
                           lambda s: abs(camera(s)["yaw_deg"] - camera(chosen)["yaw_deg"]) > 10)
    need(not turned["press"]["held"], "a drag is no press")


def ticks(pid):
    with open("/proc/%d/stat" % pid) as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def case_idle(program):
    """At rest the program uses no processor time at all: no tick in ten seconds."""
    program.move(*EMPTY)
    program.state()
    quiet = 0
    deadline = time.time() + 3 * PATIENCE_S
    while quiet < 10:
        before = ticks(program.process.pid)
        time.sleep(1)
        quiet = quiet + 1 if ticks(program.process.pid) == before else 0
        need(time.time() < deadline, "the program never comes to rest")
    # And the moment somebody comes back, it is there.
    program.key("4")
    program.until("it wakes up", lambda s: abs(abs(camera(s)["yaw_deg"]) - 90) < 10)


def case_models(program):
    """A model that cannot be opened is told about and the leg stays; a mesh that can replaces it."""
    before = program.state()["document"]
    time.sleep(1)
    after = program.until("the script's model was refused", lambda s: any(n["severity"] == "error" for n in s["notices"]))
    need(after["document"]["camera"] == before["camera"], "the old leg stays as it is")
    need(after["model"]["structures"] > 10, "the old leg stays")
    program.until("the mesh is opened", lambda s: s["model"]["structures"] == 1)


def case_dropping(program):
    """A mesh file dropped on the window is opened; of a broken one a notice tells, and the leg stays."""
    before = program.state()
    broken = write_broken(program.folder)
    program.drop(broken)
    told = program.until("a notice tells of the broken file", lambda s: any(
        n["severity"] == "error" and broken in n["values"].get("path", "") for n in s["notices"]))
    need(told["model"] == before["model"] and told["document"] == before["document"], "the old leg stays as it is")
    mesh = os.path.join(program.folder, "größe 100 %.obj")  # a name that must be written otherwise in an address
    write_tetrahedron(mesh)
    program.drop(mesh)
    after = program.until("the mesh is opened", lambda s: s["model"]["structures"] == 1)
    need(not any(n["key"] == "ui.notice.dropped_several" for n in after["notices"]), "one file is not several")
    need(after["model"]["path"] == mesh, "the name arrives whole: " + after["model"]["path"])

    program.drop(mesh, broken)
    program.until("of several files it says which one is opened", lambda s: any(
        n["key"] == "ui.notice.dropped_several" and n["values"] == {"count": "2", "path": mesh} for n in s["notices"]))


def write_broken(folder):
    broken = os.path.join(folder, "broken.glb")
    with open(broken, "wb") as file:
        file.write(b"glTF\x02\x00\x00\x00 this is no mesh")
    return broken


def write_tetrahedron(path):
    with open(path, "w") as file:
        file.write("v 0 0 0\nv 100 0 0\nv 0 100 0\nv 0 0 100\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n")


def prepare_models(folder):
    broken = write_broken(folder)
    mesh = os.path.join(folder, "mesh.obj")
    write_tetrahedron(mesh)
    script = os.path.join(folder, "open.script")
    with open(script, "w") as file:
        json.dump([{"do": "wait", "seconds": 1}, {"do": "open_model", "path": broken}, {"do": "wait", "seconds": 6},
                   {"do": "open_model", "path": mesh, "unit": "mm"}], file)
    return ["--script", script]


def pixels_of(path):
    """Everything of a PNG but its texts; the program packs equal pixels to equal bytes."""
    with open(path, "rb") as file:
        data = file.read()
    at, kept = 8, []
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind not in (b"tEXt", b"zTXt", b"iTXt"):
            kept.append(data[at:at + 12 + length])
        at += 12 + length
    return kept


def case_pictures(program):
    """The picture in the window is, pixel by pixel, the one that `render` draws of its state without a display."""
    def compare(what):
        program.until("the camera has arrived", lambda s: not s["in_motion"])
        saved = program.new_file("*.png", "ctrl+s")
        dump = program.new_file("*.json", "ctrl+shift+s")
        environment = {k: v for k, v in program.environment.items() if k != "DISPLAY"}
        for state, size in ((saved, []), (dump, ["--size", "%dx%d" % SIZE])):
            again = os.path.join(program.folder, "render", "again.png")  # not where the program's own pictures go
            os.makedirs(os.path.dirname(again), exist_ok=True)
            done = subprocess.run([program.process.args[0], "render", "--state", state, *size, "-o", again],
                                  env=environment, capture_output=True, text=True, timeout=PATIENCE_S)
            need(done.returncode == 0, "render failed: " + done.stderr)
            need(pixels_of(again) == pixels_of(saved), what + ": the pictures of window and render differ")
        os.remove(saved)

    def choose(name):
        program.key("slash")
        program.type(name)
        program.key("Return")
        program.until(name + " is selected", lambda s: s["document"]["selected"] == name)

    program.move(*MIDDLE)  # what merely lights up under the pointer belongs to no picture
    program.until("the pointer is over the leg", lambda s: s["hovered"])
    compare("start view")
    choose("skin")
    program.key("g")
    choose("soleus")
    compare("ghosted skin, selected soleus")
    program.key("x", "5")
    program.until("X cuts", lambda s: s["document"]["clip"]["on"])
    compare("cut, seen from below")
    program.key("1", "m")
    program.until("M shows the left leg", lambda s: s["document"]["side"] == "left")
    compare("left leg, cut")


def case_copying(program):
    """Ctrl+C puts the picture itself on the clipboard."""
    saved = program.new_file("*.png", "ctrl+s")
    program.key("ctrl+c")
    program.until("it says so", lambda s: any(n["key"] == "ui.notice.picture_copied" for n in s["notices"]))
    copied = os.path.join(program.folder, "copied.picture")
    with open(copied, "wb") as file:
        subprocess.run(["xclip", "-selection", "clipboard", "-t", "image/png", "-o"], env=program.environment,
                       stdout=file, check=True, timeout=PATIENCE_S)
    need(pixels_of(copied) == pixels_of(saved), "the picture on the clipboard is another one")
    need(glob.glob(os.path.join(program.folder, "*.png")) == [saved], "nothing is left in the pictures' folder")


def fake_program(folder, name, answer):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write("#!/bin/sh\n" + answer + "\n")
    os.chmod(path, 0o755)


def run_on_other_desktops(arguments, display, folder):
    """Without xclip the path is copied; the theme "system" follows what the desktop says, whenever it says so."""
    tools = os.path.join(folder, "tools")
    os.mkdir(tools)
    fake_program(tools, "xclip", "exit 1")
    fake_program(tools, "gdbus", "sleep 1; echo '(<<uint32 2>>,)'")
    program = Program(arguments.program, display, folder, "--theme", "system", PATH=tools + ":" + os.environ["PATH"])
    try:
        program.until("a light desktop makes it light", lambda s: s["theme"] == "light")
        saved = program.new_file("*.png", "ctrl+c")
        program.until("it says so", lambda s: any(
            n["key"] == "ui.notice.picture_path_copied" and n["values"]["path"] == saved for n in s["notices"]))
        text = subprocess.run(["xclip", "-selection", "clipboard", "-o"], env=dict(os.environ, DISPLAY=display.name),
                              capture_output=True, text=True, timeout=PATIENCE_S).stdout
        need(text == saved, "the path is not on the clipboard: " + text)
    finally:
        program.close()


def case_quitting(program):
    """Ctrl+Q, SIGTERM and SIGINT end it with code 0, and the state is written."""
    program.key("ctrl+q")
    need(program.end() == 0, "Ctrl+Q must end it with code 0: " + program.messages())


def quit_by_signals(arguments, display, folder):
    for number in (signal.SIGTERM, signal.SIGINT):
        dump = os.path.join(folder, "end.dump")
        shutil.rmtree(dump, ignore_errors=True)
        program = Program(arguments.program, display, folder, "--dump-state", dump)
        try:
            program.process.send_signal(number)
            need(program.end() == 0, "%s must end it with code 0: %s" % (number.name, program.messages()))
            with open(dump) as file:
                need(json.load(file)["document"]["highlight"] == "calf", "the state is written at the end")
            os.remove(dump)
        finally:
            program.close()


def case_without_display(arguments, folder):
    """No display, or no OpenGL 4.1: a clear message and code 3."""
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment["HOME"] = folder
    done = subprocess.run([arguments.program], env=environment, capture_output=True, text=True, timeout=PATIENCE_S)
    need(done.returncode == 3, "without a display: code %d, %s" % (done.returncode, done.stderr))
    need("cannot open a window" in done.stderr and "calfscope render" in done.stderr, "unclear: " + done.stderr)
    display = Display(folder)
    try:
        old = dict(environment, DISPLAY=display.name, MESA_GL_VERSION_OVERRIDE="3.3", MESA_GLSL_VERSION_OVERRIDE="330")
        done = subprocess.run([arguments.program], env=old, capture_output=True, text=True, timeout=PATIENCE_S)
        need(done.returncode == 3, "without OpenGL 4.1: code %d, %s" % (done.returncode, done.stderr))
        need("OpenGL 4.1" in done.stderr, "unclear: " + done.stderr)
    finally:
        display.close()


WINDOW_CASES = {"looking": case_looking, "clicking": case_clicking, "keys": case_keys, "points": case_points, "painting": case_painting,
                "pressing": case_pressing, "technique": case_technique, "names": case_names, "saving": case_saving,
                "saving_technique": case_saving_technique, "idle": case_idle,
                "models": case_models, "dropping": case_dropping, "pictures": case_pictures,
                "copying": case_copying, "quitting": case_quitting}


def run(arguments, folder):
    if arguments.case == "without_display":
        case_without_display(arguments, folder)
        return
    display = Display(folder)
    try:
        prepare = {"models": prepare_models, "saving": prepare_content,
                   "saving_technique": prepare_technique}.get(arguments.case)
        extra = prepare(folder) if prepare else []
        program = Program(arguments.program, display, folder, *extra)
        try:
            WINDOW_CASES[arguments.case](program)
        except Failure:
            subprocess.run(["import", "-window", "root", os.path.join(tempfile.gettempdir(), "calfscope-" + arguments.case + ".png")],
                           env=program.environment, check=False, stderr=subprocess.DEVNULL)
            raise
        finally:
            program.close()
        if arguments.case == "quitting":
            quit_by_signals(arguments, display, folder)
        if arguments.case == "copying":
            for left in glob.glob(os.path.join(folder, "*.png")):
                os.remove(left)
            run_on_other_desktops(arguments, display, folder)
    finally:
        display.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--case", required=True, choices=[*WINDOW_CASES, "without_display"])
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="calfscope-window-")
    try:
        run(arguments, folder)
    except Failure as failure:
        print("FAILED:", failure)
        sys.exit(1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
