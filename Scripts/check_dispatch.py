#!/usr/bin/env python3
"""Compares operations of least cost with HiGHS, on exported programs.

    python3 -m venv .venv && .venv/bin/pip install highspy
    swift build -c release --product stackelberg
    .venv/bin/python Scripts/check_dispatch.py data/cases/cies-dispatch data/cases/park-coalition --scale 2

For each case and each of its variants, `dispatch` finds the least cost, `export --joint` writes the same program, and
HiGHS solves it with a gap of 0. With --scale N each is done N times more, every demand of its tables scaled by a random
factor. Exit code 1 when any pair differs by more than the tolerance.
"""
import argparse
import csv
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from highs_optimum import optimum


def run(arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def scaled(case, folder, generator):
    """A copy of the case in which each column in kW has a factor of its own, near 1."""
    copy = Path(folder) / "scaled"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(case, copy)
    for path in copy.rglob("*.csv"):
        rows = list(csv.reader(open(path)))
        factors = [generator.uniform(0.9, 1.05) if "[kW]" in name else None for name in rows[0]]
        for row in rows[1:]:
            for k, factor in enumerate(factors):
                if factor is not None and k < len(row):
                    try:
                        row[k] = repr(float(row[k]) * factor)
                    except ValueError:
                        pass
        csv.writer(open(path, "w"), lineterminator="\n").writerows(rows)
    return copy


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--program", default=".build/release/stackelberg")
    parser.add_argument("--scale", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tolerance", type=float, default=1e-6)
    options = parser.parse_args()
    generator = random.Random(options.seed)
    compared, refused, worst, failed = 0, 0, 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for case in options.cases:
            variants = json.loads(run([options.program, "show", case, "--json"])[1])["variants"]
            for variant in [None] + variants:
                for k in range(options.scale + 1):
                    source = case if k == 0 else scaled(case, folder, generator)
                    chosen = [] if variant is None else ["--variant", variant]
                    out = Path(folder) / "out"
                    shutil.rmtree(out, ignore_errors=True)
                    code, text, errors = run([options.program, "dispatch", source, *chosen, "--json", "--output", out])
                    if code != 0:
                        refused += 1
                        print(f"{case.name} {variant or ''}: {errors.strip().splitlines()[-1]}")
                        continue
                    model = Path(folder) / "model.mps"
                    code, _, errors = run([options.program, "export", source, *chosen, "--joint", "--format", "mps",
                                           "--output", model, "--json"])
                    if code != 0:
                        sys.exit(errors)
                    ours, theirs = json.loads(text)["cost"], optimum(model)
                    if theirs is None:
                        failed, compared = failed + 1, compared + 1
                        print(f"{case.name} {variant or ''}, copy {k}: {ours!r} here, no optimum by HiGHS")
                        continue
                    difference = abs(ours - theirs) / max(1.0, abs(theirs))
                    worst, compared = max(worst, difference), compared + 1
                    if difference > options.tolerance:
                        failed += 1
                        print(f"{case.name} {variant or ''}, copy {k}: {ours!r} here, {theirs!r} by HiGHS")
    print(f"{compared} operations compared, {failed} differ; largest difference {worst:.2e}, relative; {refused} have none")
    sys.exit(0 if failed == 0 else 1)


if __name__ == "__main__":
    main()
