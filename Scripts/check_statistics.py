#!/usr/bin/env python3
"""Computes the statistics of a comparison again with SciPy and NumPy, from the runs alone.

    python3 -m venv .venv && .venv/bin/pip install scipy
    stackelberg compare data/benchmarks/functions.yaml --seeds 15 --output results/functions
    .venv/bin/python Scripts/check_statistics.py results/functions

Checked are quartiles, expected running times, mean ranks, Friedman's, Iman and Davenport's and Wilcoxon's tests, Holm's correction and
the chance of being better. Exit code 1 when anything differs by more than 1e-8, relative.
"""
import argparse
import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy
from scipy import stats

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=Path)
parser.add_argument("--tolerance", type=float, default=1e-8)
options = parser.parse_args()

worst = defaultdict(float)
failures = 0


def check(what, ours, theirs, where):
    """Compares a cell of a table with a number computed here; an empty cell stands for infinite or absent."""
    global failures
    ours = float(ours) if ours else float("inf")
    if theirs is None or not numpy.isfinite(theirs):
        gap = 0 if not numpy.isfinite(ours) else float("inf")
    else:
        gap = abs(ours - theirs) / max(abs(theirs), 1e-300) if ours != theirs else 0
        # Cells carry ten digits.
        gap = 0 if abs(ours - theirs) < 1e-12 else gap
    worst[what] = max(worst[what], gap)
    if gap > options.tolerance:
        failures += 1
        print(f"differs: {what} {where}: {ours} here, {theirs} in SciPy")


def rows(name):
    path = options.folder / name
    return list(csv.DictReader(open(path))) if path.exists() else []


def holm(values):
    order = numpy.argsort(values, kind="stable")
    corrected, largest = [0.0] * len(values), 0.0
    for place, i in enumerate(order):
        largest = max(largest, min(1.0, values[i] * (len(values) - place)))
        corrected[i] = largest
    return corrected


def signed_rank(x, y):
    """Exact without ties or zeros and up to 50 pairs, else the normal approximation without continuity correction."""
    differences = numpy.array([0.0 if a == b else a - b for a, b in zip(x, y)])
    if not differences.any():
        return 1.0
    sizes = numpy.abs(differences[differences != 0])
    exact = len(sizes) == len(differences) == len(set(sizes)) and len(sizes) <= 50
    finite = numpy.where(numpy.isinf(differences), numpy.sign(differences) * 1e300, differences)
    method = "exact" if exact else "asymptotic"
    return float(stats.wilcoxon(finite, zero_method="wilcox", correction=False, method=method).pvalue)


def friedman(blocks):
    """Chi-square and p; SciPy knows no test for two treatments, where the formula is the same."""
    blocks = numpy.array(blocks)
    n, k = blocks.shape
    ranks = numpy.array([stats.rankdata(block) for block in blocks])
    if k > 2:
        with numpy.errstate(all="ignore"):
            result = stats.friedmanchisquare(*ranks.T)
        chi, p = float(result.statistic), float(result.pvalue)
        if not numpy.isfinite(chi):
            chi, p = 0.0, 1.0
    else:
        ties = sum((t**3 - t) for block in blocks for t in numpy.unique(block, return_counts=True)[1])
        correction = 1 - ties / (n * k * (k * k - 1))
        raw = 12 / (n * k * (k + 1)) * (ranks.sum(axis=0) ** 2).sum() - 3 * n * (k + 1)
        chi = raw / correction if correction > 0 else 0.0
        p = float(stats.chi2.sf(chi, k - 1))
    return ranks.mean(axis=0), chi, p


runs = [json.loads(line) for line in open(options.folder / "runs.jsonl")]
losses = defaultdict(dict)
records = defaultdict(dict)
for run in runs:
    key = run["key"]
    losses[key["problem"], key["algorithm"]][key["seed"]] = run.get("best", float("inf"))
    records[key["problem"], key["algorithm"]][key["seed"]] = run

tests = rows("tests.csv")
problems = list(dict.fromkeys(row["problem"] for row in tests))
algorithms = list(dict.fromkeys(row["algorithm"] for row in tests))
reference = tests[0]["reference"]
seeds = sorted({int(row["seed"]) for row in rows("final.csv")})


def sample(problem, algorithm):
    return [losses[problem, algorithm][seed] for seed in seeds]


# Quartiles. A payoff is a loss turned round.
for row in rows("fixed_budget.csv"):
    values = numpy.array(sample(row["problem"], row["algorithm"]))
    sign = -1 if row["best"] and float(row["best"]) * values.min() < 0 else 1
    if numpy.isfinite(values).all():
        wanted = numpy.percentile(values, [0, 25, 50, 75, 100])
        for name, value in zip(["best", "better_quartile", "median", "worse_quartile", "worst"], wanted):
            check("quartiles", row[name], sign * value, (row["problem"], row["algorithm"], name))

# Expected running time, by hand: all evaluations spent over the number of hits.
budgets = rows("fixed_budget.csv")
references = {row["problem"]: float(row["reference_value"]) for row in budgets}
maximised = {
    row["problem"] for row in budgets
    if row["best"] and float(row["best"]) * min(sample(row["problem"], row["algorithm"])) < 0
}
for row in rows("fixed_target.csv"):
    problem, target = row["problem"], float(row["target_gap"])
    value = references[problem]
    limit = (-value if problem in maximised else value) + target * max(1, abs(value))
    spent, hits = 0, 0
    near = False
    for seed in seeds:
        run = records[problem, row["algorithm"]][seed]
        hit = next((i["evaluation"] for i in run["improvements"] if i["loss"] <= limit), None)
        # A loss that is the target to the last of ten digits may fall on either side here.
        near |= any(abs(i["loss"] - limit) < 1e-9 * max(1, abs(limit)) for i in run["improvements"])
        spent += hit if hit else run["evaluations"]
        hits += hit is not None
    if not near:
        check("running time", row["expected_running_time"], spent / hits if hits else None, (problem, row["algorithm"], target))
        check("successes", row["successes"], hits, (problem, row["algorithm"], target))

# Tests over the seeds of a problem.
others = [a for a in algorithms if a != reference]
for problem in problems:
    ranks, chi, p = friedman([[losses[problem, a][seed] for a in algorithms] for seed in seeds]) if len(seeds) > 1 else (None, None, None)
    values = [signed_rank(sample(problem, a), sample(problem, reference)) for a in others]
    corrected = dict(zip(others, holm(values)))
    single = dict(zip(others, values))
    for row in (r for r in tests if r["problem"] == problem):
        a = row["algorithm"]
        if ranks is not None:
            check("mean rank", row["mean_rank"], ranks[algorithms.index(a)], (problem, a))
            check("Friedman", row["friedman_chi_square"], chi, (problem, a))
            check("Friedman p", row["friedman_p"], p, (problem, a))
        if a != reference:
            check("Wilcoxon p", row["wilcoxon_p"], single[a], (problem, a))
            check("Holm", row["wilcoxon_p_holm"], corrected[a], (problem, a))
            x, y = numpy.array(sample(problem, a)), numpy.array(sample(problem, reference))
            wins = (x[:, None] < y[None, :]).sum() + 0.5 * (x[:, None] == y[None, :]).sum()
            check("effect", row["chance_better_than_reference"], wins / (len(x) * len(y)), (problem, a))

# Tests over problems, on medians.
if rows("ranks.csv"):
    medians = numpy.array([[numpy.median(sample(problem, a)) for a in algorithms] for problem in problems])
    ranks, chi, p = friedman(medians)
    n, k = medians.shape
    rest = n * (k - 1) - chi
    f = (n - 1) * chi / rest if rest > 1e-9 * n * k else float("inf")
    for row in rows("ranks.csv"):
        a = algorithms.index(row["algorithm"])
        check("mean rank", row["mean_rank"], ranks[a], row["algorithm"])
        check("Friedman", row["friedman_chi_square"], chi, row["algorithm"])
        check("Friedman p", row["friedman_p"], p, row["algorithm"])
        check("Iman-Davenport", row["iman_davenport_f"], f, row["algorithm"])
        if numpy.isfinite(f):
            check("Iman-Davenport p", row["iman_davenport_p"], float(stats.f.sf(f, k - 1, (k - 1) * (n - 1))), row["algorithm"])
        studentised = float(stats.studentized_range.ppf(0.95, k, numpy.inf)) / 2**0.5
        # The table of critical values has four decimals.
        wanted = studentised * (k * (k + 1) / (6 * n)) ** 0.5
        if row["critical_difference"] and abs(float(row["critical_difference"]) / wanted - 1) > 1e-4:
            check("critical difference", row["critical_difference"], wanted, row["algorithm"])
    scaled = []
    for block in medians:
        finite = block[numpy.isfinite(block)]
        width = (finite.max() - finite.min()) or 1 if len(finite) else 1
        scaled.append([(v - finite.min()) / width if numpy.isfinite(v) else 2 for v in block] if len(finite) else [0] * k)
    scaled = numpy.array(scaled)
    pairs = rows("pairs.csv")
    places = [(algorithms.index(r["first"]), algorithms.index(r["second"])) for r in pairs]
    values = [signed_rank(scaled[:, i], scaled[:, j]) for i, j in places]
    for row, value, corrected in zip(pairs, values, holm(values)):
        check("pair p", row["wilcoxon_p"], value, (row["first"], row["second"]))
        check("pair Holm", row["wilcoxon_p_holm"], corrected, (row["first"], row["second"]))

for what, gap in worst.items():
    print(f"{what}: largest relative difference {gap:.2g}")
print("all agree" if failures == 0 else f"{failures} differ")
sys.exit(failures > 0)
