#!/usr/bin/env python3
"""Every technique on every point of every leg, looked at every tenth of a second: docs/contact-report.md.

Legs: the one that ships, the imported real leg where its data is at hand, and six personal legs, each on both sides. The
personal and the real leg are made in the work folder where they are missing. Ends with 1 if anything is out of bounds.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Knee joint line to Achilles insertion, girth of the calf, mm: the corners of what can be asked for, and two between.
PERSONAL = [(340, 300), (340, 460), (450, 300), (450, 460), (370, 330), (395, 380)]
SIDES = ["right", "left"]
NOTHING_REFUSED = ["as it ships", "real leg"]  # the techniques were made for these
# Bounds of the table, as `calfscope contact --report` holds them.
BOUNDS = [("gap_mm", "gap", 1), ("penetration_mm", "in the tool", 0.5), ("longest_edge_mm", "longest edge", 4),
          ("far_shift_mm", "beyond 3 radii", 0), ("layer_outside_mm", "layer outside", 0.5)]


def make_pack(calfscope, folder, arguments):
    """Made anew where the program is younger than the pack, for it may make another leg now."""
    made = folder / "model.json"
    if made.exists() and made.stat().st_mtime > Path(calfscope).stat().st_mtime:
        return
    print(f"making {folder.name} …", file=sys.stderr, flush=True)
    begun = folder.with_name(folder.name + ".begun")
    for stale in (begun, folder):
        shutil.rmtree(stale, ignore_errors=True)
    subprocess.run([calfscope, *arguments, "-o", str(begun)], check=True, stdout=subprocess.DEVNULL)
    begun.rename(folder)


def legs(calfscope, work):
    """Name in the table and pack of each leg; a word for each that is left out."""
    out, left_out = [("as it ships", ROOT / "models/lower_leg")], []
    reference = Path(os.environ.get("CALFSCOPE_REFERENCE", ROOT / "../shared/reference")) / "bodyparts3d/right"
    if (reference / "tibia.glb").exists():
        make_pack(calfscope, work / "real_leg", ["import", "--recipe", str(ROOT / "models/recipes/bodyparts3d.json"),
                                                 "--from", str(reference)])
        out.append(("real leg", work / "real_leg"))
    else:
        left_out.append("The real leg was skipped: its reference data was not at hand (CALFSCOPE_REFERENCE).")
    for length, girth in PERSONAL:
        folder = work / f"leg_{length}_{girth}"
        make_pack(calfscope, folder, ["author", "--leg-length", str(length), "--calf-girth", str(girth)])
        out.append((f"{length} × {girth}", folder))
    return out, left_out


def sweep(calfscope, pack, side, step):
    done = subprocess.run([calfscope, "contact", "--report", "--json", "--step", str(step), "--side", side, "--model",
                           str(pack)], capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        sys.exit(f"no report for {pack}: {done.stderr}")


def worst(rows, key):
    return max(rows, key=lambda row: row[key])


def figure(value):
    return f"{value:.2f}"


def by_technique(rows):
    """A line for each technique, tool and point: the worst of all legs, and which leg that was."""
    lines = ["| technique | tool | point | " + " | ".join(f"{name}, mm" for _, name, _ in BOUNDS) +
             " | dent, mm | touches (care) | not on |",
             "|---|---|---|" + "---|" * len(BOUNDS) + "---:|---|---|"]
    for key in dict.fromkeys((row["technique"], row["tool"], row["point"]) for row in rows):
        mine = [row for row in rows if (row["technique"], row["tool"], row["point"]) == key]
        done = [row for row in mine if not row["not_on_this_leg"]]
        cells = ["–"] * len(BOUNDS) if not done else []
        for bound, _, _ in BOUNDS if done else []:
            row = worst(done, bound)
            cells.append(figure(row[bound]) + (f" ({row['leg']})" if row[bound] >= 0.005 else ""))
        zones = sorted({row["zone"] for row in done if row["zone"]})
        refused = sorted({f"{row['leg']}: {row['not_on_this_leg']}" for row in mine if row["not_on_this_leg"]})
        dents = [row["dent_mm"] for row in done] or [0]
        lines.append(f"| {' | '.join(key)} | {' | '.join(cells)} | {min(dents):.1f} … {max(dents):.1f} | "
                     f"{', '.join(zones)} | {', '.join(refused)} |")
    return lines


def by_leg(rows):
    lines = ["| leg | side | moments | " + " | ".join(f"{name}, mm" for _, name, _ in BOUNDS) + " | refused |",
             "|---|---|---:|" + "---:|" * len(BOUNDS) + "---:|"]
    for leg, side in dict.fromkeys((row["leg"], row["side"]) for row in rows):
        mine = [row for row in rows if (row["leg"], row["side"]) == (leg, side)]
        cells = [figure(worst(mine, bound)[bound]) for bound, _, _ in BOUNDS]
        refused = sum(1 for row in mine if row["not_on_this_leg"])
        lines.append(f"| {leg} | {side} | {sum(row['moments'] for row in mine)} | {' | '.join(cells)} | {refused} |")
    return lines


def text(rows, left_out, step):
    bounds = ", ".join(f"{name} ≤ {limit} mm" for _, name, limit in BOUNDS)
    unsound = [row for row in rows if not row["sound"]]
    return "\n".join([
        "# Contact report", "",
        f"How every tool lies on every leg: all techniques with all their tools on all points that they are offered "
        f"for, where each phase begins and ends and every {step} s between, "
        f"{sum(row['moments'] for row in rows)} moments. Made by `./test -L sweep` (`tools/contact_report.py`), which "
        "fails if a bound is missed; one leg by `calfscope contact --report --step 0.1 [--model PACK] [--side left]`.",
        "", f"Bounds: {bounds}; no zone where nothing may press is entered; no number is NaN. Gap is the smallest "
        "distance of tool and skin while it presses, “in the tool” the deepest skin vertex or edge mid-point inside the "
        "flattened tool, edges those within 30 mm of the place, “beyond 3 radii” what moves farther away than that, "
        "“layer outside” how far any bone, muscle, tendon, vessel or nerve comes out of the dented skin. It is the skin "
        "that is drawn.", "",
        f"{len(unsound)} of {len(rows)} rows are out of bounds." + "".join(
            f"\n- {row['leg']}, {row['side']}: {row['technique']} with {row['tool']} on {row['point']}"
            for row in unsound), "",
        "Legs are named by length (knee joint line to Achilles insertion) × girth of the calf, mm. The real leg is "
        "measured on BodyParts3D, © The Database Center for Life Science licensed under CC Attribution 4.0 "
        "International. "
        + " ".join(left_out), "",
        "## The worst of all legs", "",
        "In brackets the leg with the highest number. “Not on”: there the tool would come into that zone, so the program "
        "does not offer the technique for that point and says why.", "", *by_technique(rows), "",
        "## Each leg", "", *by_leg(rows), ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calfscope", default=ROOT / "build/release/src/cli/calfscope")
    parser.add_argument("--work", type=Path, required=True, help="folder for the packs that are made")
    parser.add_argument("--step", type=float, default=0.1, help="seconds")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs/contact-report.md")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("CALFSCOPE_ROOT", str(ROOT))
    packs, left_out = legs(str(given.calfscope), given.work)
    rows = []
    for name, pack in packs:
        for side in SIDES:
            print(f"{name}, {side} …", file=sys.stderr, flush=True)
            for row in sweep(str(given.calfscope), pack, side, given.step):
                refused = row["not_on_this_leg"] and name in NOTHING_REFUSED
                rows.append({"leg": name, "side": side, **row, "sound": row["sound"] and not refused})
    given.output.write_text(text(rows, left_out, given.step))
    for row in rows:
        if not row["sound"]:
            print(f"out of bounds: {json.dumps(row)}", file=sys.stderr)
    return 0 if all(row["sound"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
