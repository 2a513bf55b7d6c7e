#!/usr/bin/env python3
"""Holds every file of the shipped content pack against its published schema, and the schemas against JSON Schema."""
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed (tools/packages.txt)")
    sys.exit(77)

content = pathlib.Path(sys.argv[1])
schemas = {file.name: json.loads(file.read_text()) for file in (content / "schema").glob("*.schema.json")}
resolver = jsonschema.RefResolver("", {}, store=schemas)
faults = 0
for name, schema in sorted(schemas.items()):
    jsonschema.Draft202012Validator.check_schema(schema)
    kind = name.removesuffix(".schema.json")
    if kind == "common":
        continue
    several = {"text": "text/??.json", "technique": "techniques/*.json"}
    files = sorted((content / "calf").glob(several.get(kind, kind + ".json")))
    if not files:
        print(f"{name}: there is no file for it")
        faults += 1
    for file in files:
        for error in jsonschema.Draft202012Validator(schema, resolver=resolver).iter_errors(json.loads(file.read_text())):
            print(f"{file.name}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
            faults += 1
print(f"{len(schemas) - 1} kinds of files, {faults} faults")
sys.exit(1 if faults else 0)
