#!/usr/bin/env python3
"""Compares the functions of a comparison with medians of other implementations of the same algorithms.

    stackelberg compare data/benchmarks/functions.yaml --seeds 15 --output results/functions
    Scripts/check_with_reference.py results/functions reference.csv

The reference has columns algorithm, function, dim, median, q25, q75, iqr; population 50 and 10,000 evaluations. Printed is every pair
whose median is above the reference's upper quartile; exit code 1 when one is above median plus interquartile range.
"""
import argparse
import csv
import sys
from pathlib import Path

# Which row another program's algorithm has in the reference; some have two.
NAMES = {
    "ga": ["pymoo.GA", "own.GA-SBX-PM"], "pso": ["own.PSO-constriction-gbest"], "spso": ["own.SPSO2011"],
    "wdo": ["own.WDO-bayraktar"], "goa": ["own.GOA-code"], "goa-t": ["own.GOA-centroid"], "de": ["own.DE-rand1bin"],
    "lshade": ["own.LSHADE-50"], "cma-es": ["pycma.CMAES-50", "pymoo.CMAES"], "ipop-cma-es": ["pycma.CMAES-IPOP"],
    "nelder-mead": ["scipy.NelderMead-restarts"], "compass": ["own.compass-restarts"], "random": ["own.random"],
}

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=Path)
parser.add_argument("reference", type=Path)
options = parser.parse_args()

reference = {(r["algorithm"], r["function"], int(r["dim"])): r for r in csv.DictReader(open(options.reference))}
compared = above = worse = 0
for row in csv.DictReader(open(options.folder / "fixed_budget.csv")):
    function, _, dimension = row["problem"].rpartition("-")
    for name in NAMES.get(row["algorithm"], []):
        known = reference.get((name, function, int(dimension)))
        if known is None:
            continue
        compared += 1
        median, upper = float(row["median"]), float(known["q75"])
        limit = float(known["median"]) + float(known["iqr"])
        if median > upper:
            above += 1
            worse += median > limit
            print(f"{'WORSE' if median > limit else 'above'}  {row['algorithm']} on {row['problem']}: {median:.4g} "
                  f"[{float(row['better_quartile']):.4g}, {float(row['worse_quartile']):.4g}], {name} "
                  f"{float(known['median']):.4g} [{float(known['q25']):.4g}, {upper:.4g}]")
print(f"{compared} medians compared: {compared - above} within or below the reference's quartiles, {above} above, "
      f"{worse} of them beyond median plus interquartile range")
sys.exit(worse > 0)
