#!/usr/bin/env python3
"""Kills a comparison at random moments, starts it again, and compares the result with one that was left alone.

    swift build -c release --product stackelberg
    Scripts/kill_and_resume.py data/benchmarks/functions.yaml --kills 50

Exit code 1 when any file but times.csv and manifest.json differs.
"""
import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("suite")
parser.add_argument("--program", default=".build/release/stackelberg")
parser.add_argument("--kills", type=int, default=50)
parser.add_argument("--algorithms", default="ga,goa,lshade,cma-es,nelder-mead")
parser.add_argument("--seeds", default="3")
parser.add_argument("--evaluations", default="10000")
parser.add_argument("--seed", type=int, default=1, help="of the moments")
options = parser.parse_args()


def start(folder, workers):
    return subprocess.Popen(
        [options.program, "compare", options.suite, "--algorithms", options.algorithms, "--seeds", options.seeds,
         "--evaluations", options.evaluations, "--workers", str(workers), "--quiet", "--output", str(folder)])


def content(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("times.csv", "manifest.json")
    }


with tempfile.TemporaryDirectory() as parent:
    whole, killed = Path(parent) / "whole", Path(parent) / "killed"
    began = time.time()
    if start(whole, 2).wait() != 0:
        sys.exit("the comparison failed")
    seconds = time.time() - began
    moments = random.Random(options.seed)
    kills = 0
    for _ in range(options.kills):
        process = start(killed, moments.choice([1, 2, 3]))
        try:
            # Short enough that most of the kills fall into the work, also near its end.
            process.wait(timeout=moments.uniform(0, 2.5 * seconds / options.kills))
            # A complete comparison writes its tables anew, which may be killed too.
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
    if start(killed, 2).wait() != 0:
        sys.exit("the comparison could not be continued")
    a, b = content(whole), content(killed)
    different = sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))
    print(f"{kills} kills of {options.kills} starts, {len(a)} files of {seconds:.1f} s undisturbed, {len(different)} differ")
    for name in different[:20]:
        print(f"  {name}")
    sys.exit(bool(different))
