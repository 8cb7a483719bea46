#!/usr/bin/env python3
"""Reads the IOHprofiler files of a comparison with IOHinspector and compares what it finds with the comparison's own table.

    python3 -m venv .venv && .venv/bin/pip install iohinspector
    .venv/bin/python Scripts/check_iohprofiler.py results/compare-functions

Exit code 1 when a run is missing, has another budget or another best value.
"""
import argparse
import csv
import sys
from pathlib import Path

import iohinspector
import polars

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=Path)
options = parser.parse_args()

manager = iohinspector.DataManager()
manager.add_folder(str(options.folder / "iohprofiler"))
overview = manager.overview
data = manager.load(monotonic=False, include_meta_data=True)

problems = list(dict.fromkeys(row["problem"] for row in csv.DictReader(open(options.folder / "final.csv"))))
wanted = {}
for row in csv.DictReader(open(options.folder / "final.csv")):
    wanted.setdefault((problems.index(row["problem"]) + 1, row["algorithm"]), []).append(row)

failures = 0
found = {}
for row in data.group_by(["function_id", "algorithm_name", "data_id"]).agg(
        best=polars.col("raw_y").min(),
        evaluations=polars.col("evaluations").max()).to_dicts():
    found.setdefault((row["function_id"], row["algorithm_name"]), []).append(row)
for key, rows in wanted.items():
    runs = found.get(key, [])
    if len(runs) != len(rows):
        failures += 1
        print(f"function {key[0]}, {key[1]}: {len(runs)} runs read, {len(rows)} made")
        continue
    ours = sorted(abs(float(row["value"])) for row in rows if row["value"])
    theirs = sorted(abs(run["best"]) for run in runs)
    for a, b in zip(ours, theirs):
        if abs(a - b) > 1e-8 * max(abs(a), 1e-300):
            failures += 1
            print(f"function {key[0]}, {key[1]}: best value {b} read, {a} made")
    for run in runs:
        if run["evaluations"] != int(rows[0]["evaluations"]):
            failures += 1
            print(f"function {key[0]}, {key[1]}: {run['evaluations']} evaluations read")
print(f"{len(overview)} runs, {len(data)} rows read by iohinspector; {failures} differ")
sys.exit(failures > 0)
