"""Random damage to a described leg: `author` builds what is sound and refuses the rest, within memory and time.

A dozen structures on a coarse grid stand for the whole leg. CALFSCOPE is the program, CALFSCOPE_ROOT the repository.
"""

import copy
import json
import os
import random
import resource
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["CALFSCOPE"]
DESCRIPTION = os.path.join(os.environ["CALFSCOPE_ROOT"], "models/lower_leg/anatomy.json")
KEPT = {
    "femur", "tibia", "talus", "soleus", "gastrocnemius_medial_head", "tibialis_anterior", "calcaneal_tendon",
    "patellar_ligament", "superior_extensor_retinaculum", "popliteal_artery", "great_saphenous_vein", "nail_1",
    "abductor_hallucis", "interosseous_membrane_leg",
}
TRIES = 60
MOST_BYTES = 6 << 30
MOST_SECONDS = 60  # of processor time


def places_in(value, path=()):
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield path + (key,)
        yield from places_in(inner, path + (key,))


def damaged(value, dice):
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return dice.choice([-value, 0, 1e-9, value * 10, value / 10, 999, -999, 1e300, None, "x", value + dice.uniform(-50, 50),
                            value + dice.uniform(-5, 5), value + dice.uniform(-1, 1)])
    if isinstance(value, str):
        return dice.choice(["", value + "x", "soleus", 7, None, "\u0000"])
    if isinstance(value, list):
        return dice.choice([[], value[:1], value[::-1], value + value, value[:-1], 7, {}])
    return dice.choice([{}, [], 7, None])


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


class Damage(unittest.TestCase):
    def test_no_damage_crashes_or_hangs_the_author(self):
        with open(DESCRIPTION, encoding="utf-8") as file:
            whole = json.load(file)
        whole["structures"] = [s for s in whole["structures"] if s["id"] in KEPT]
        places = list(places_in(whole))
        built = 0
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "anatomy.json")
            for seed in range(TRIES):
                dice = random.Random(seed)
                leg = copy.deepcopy(whole)
                place = dice.choice(places)
                owner = leg
                for key in place[:-1]:
                    owner = owner[key]
                owner[place[-1]] = damaged(owner[place[-1]], dice)
                with open(path, "w", encoding="utf-8") as file:
                    json.dump(leg, file, indent=1)
                done = subprocess.run([PROGRAM, "author", "--description", path, "--grid", "6", "--report"],
                                      capture_output=True, text=True, preexec_fn=limit, check=False)
                with self.subTest(seed=seed, place=place):
                    self.assertIn(done.returncode, (0, 1), done.stderr[-500:])
                    if done.returncode == 1:
                        self.assertIn("anatomy.json", done.stderr)
                        self.assertIn("error", done.stderr)
                built += done.returncode == 0
        self.assertGreater(built, TRIES // 10)


if __name__ == "__main__":
    unittest.main()
