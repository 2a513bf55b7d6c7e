#!/usr/bin/env python3
"""Measures Calfscope beside F3D (Debian package f3d) on the same mesh, picture size and machine, in one run.

Usage: tools/compare_with_f3d.py [build/release/src/cli/calfscope] [pack folder]   ->   a Markdown table on stdout
Needs: f3d, Xvfb. F3D needs a display even for a file, so it runs under Xvfb; the server's start is not counted.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

WIDTH, HEIGHT = 1280, 720
ROUNDS = 5


def seconds(command, env=None):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    return time.perf_counter() - start


def median_seconds(command, env=None):
    seconds(command, env)  # warms the file cache and Mesa's shader cache
    return statistics.median(seconds(command, env) for _ in range(ROUNDS))


def recording(moves, folder):
    """A VTK event log: press, `moves` steps of the mouse, release. Each step draws one frame."""
    lines = ["# StreamVersion 1.1", "ExposeEvent 0 0 0 0 0 0", "LeftButtonPressEvent 300 360 0 0 0 0"]
    lines += [f"MouseMoveEvent {300 + 2 * (i % 250)} 360 0 0 0 0" for i in range(moves)]
    lines += ["LeftButtonReleaseEvent 300 360 0 0 0 0", ""]
    path = os.path.join(folder, f"moves_{moves}.log")
    with open(path, "w", encoding="ascii") as file:
        file.write("\n".join(lines))
    return path


def f3d_figures(mesh, folder, env):
    base = ["f3d", mesh, "--resolution", f"{WIDTH},{HEIGHT}", "--quiet"]
    picture = median_seconds(base + ["--output", os.path.join(folder, "f3d.png")], env)
    full = base + ["--ssao", "--fxaa", "--tone-mapping"]

    def per_frame(command):
        few, many = 20, 120
        spent = {n: statistics.median(
            seconds(command + ["--interaction-test-play", recording(n, folder), "--output", os.path.join(folder, "x.png")], env)
            for _ in range(3)) for n in (few, many)}
        return (spent[many] - spent[few]) / (many - few)

    return {"start_to_picture_ms": 1000 * picture, "moving_ms": 1000 * per_frame(base), "full_ms": 1000 * per_frame(full)}


def main():
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(root, "build/release/src/cli/calfscope")
    pack = sys.argv[2] if len(sys.argv) > 2 else os.path.join(root, "models/lower_leg")
    mesh = os.path.join(pack, json.load(open(os.path.join(pack, "model.json"), encoding="utf-8"))["mesh"])

    display = f":{90 + os.getpid() % 100}"
    server = subprocess.Popen(["Xvfb", display, "-screen", "0", f"{WIDTH}x{HEIGHT}x24"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    try:
        env = dict(os.environ, DISPLAY=display)
        with tempfile.TemporaryDirectory() as folder:
            theirs = f3d_figures(mesh, folder, env)
            ours_start = 1000 * median_seconds(
                [program, "render", "--model", pack, "--size", f"{WIDTH}x{HEIGHT}", "-o", os.path.join(folder, "ours.png")])
            bench = json.loads(subprocess.run([program, "bench", "--model", pack, "--size", f"{WIDTH}x{HEIGHT}", "--json"],
                                              check=True, stdout=subprocess.PIPE).stdout)
    finally:
        server.terminate()

    ours = {row["id"]: row["median"] for row in bench}
    rows = [
        ("process start to finished PNG, ms", ours_start, theirs["start_to_picture_ms"]),
        ("frame while turning, opaque, ms", ours.get("frame_moving_opaque_ms"), theirs["moving_ms"]),
        ("frame while turning, skin ghosted, ms", ours.get("frame_moving_ghost_ms"), None),
        ("full picture, ms", ours.get("frame_full_ms"), theirs["full_ms"]),
        ("read the pack, ms", ours.get("read_pack_ms"), None),
        ("pick under the pointer, ms", ours.get("pick_ms"), None),
    ]
    print("| what | Calfscope | F3D |\n|---|---:|---:|")
    for label, a, b in rows:
        show = lambda value: "–" if value is None else f"{value:.2f}" if value < 1 else f"{value:.0f}"
        print(f"| {label} | {show(a)} | {show(b)} |")


if __name__ == "__main__":
    main()
