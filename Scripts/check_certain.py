#!/usr/bin/env python3
"""Whether prices pay what `price` promises for certain: prices.csv is read back as text, and changed at random within
half a tick, corners included; followers' ties go against the operator.

    swift build -c release --product stackelberg
    Scripts/check_certain.py data/benchmarks/park-pricing data/cases/stackelberg-park:three_periods --tries 1000

A case's variant stands behind a colon. Prices that a rule wants to be equal are changed by the same. Ends with 1 where
something pays less, or nothing is promised. No packages beside the one in Python/.
"""
import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Python/src"))
PROGRAM = ROOT / ".build/release/stackelberg"


def written(folder, game):
    """The decisions of prices.csv, as its digits say."""
    found = {}
    with open(Path(folder) / "prices.csv", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            price = next(v for k, v in row.items() if k.split(" [")[0] == "price")
            value = next(v for k, v in row.items() if k.startswith("value"))
            found.setdefault(price, []).append(float(value))
    decisions = []
    for decision in game.decisions:
        values = {found[decision.price][step] for step in decision.steps or (0,)}
        if len(values) != 1:
            sys.exit(f"{decision.name} has several values in prices.csv: {sorted(values)}")
        decisions.append(values.pop())
    return decisions


def near(prices, ticks, together, low, high, chance, corners):
    """Prices within half a tick and their bounds; those that are to be equal change together."""
    changed = list(prices)
    for members in together:
        move = 0.5 * ticks[members[0]] * (chance.choice([-1, 1]) if corners else chance.uniform(-1, 1))
        for k in members:
            move = min(max(move, low[k] - prices[k]), high[k] - prices[k])
        for k in members:
            changed[k] = prices[k] + move
    return changed


def try_case(name, options):
    import stackelberg

    path, _, variant = name.partition(":")
    words = ["--variant", variant] if variant else []
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        subprocess.run(
            [options.program, "price", path, *words, "--evaluations", str(options.evaluations), "--population", "20",
             "--seed", "1", "--quiet", "--output", str(run)], check=True, stdout=subprocess.DEVNULL)
        manifest = json.loads((run / "manifest.json").read_text())
        promised = manifest["payoff"]
        if "supremum" not in manifest:
            print(f"none {name}: nothing is promised after {options.evaluations} evaluations", flush=True)
            return False
        with stackelberg.Game(path, variant=variant or None) as game:
            prices = written(run, game)
            rules = {k: k for k in range(len(prices))}
            for number, grouping in enumerate(game.description["groupings"]):
                rules.update({k: (number, prices[k]) for k in grouping["decisions"]})
            for first, *others in game.description["equal"]:
                joined = {rules[k] for k in [first, *others]}
                rules.update({k: rules[first] for k in rules if rules[k] in joined})
            together = {}
            for k, rule in rules.items():
                together.setdefault(rule, []).append(k)

            def allowed(point):
                return all(
                    sum(c * point[k] for c, k in zip(cap.coefficients, cap.decisions)) <= cap.most + 1e-12
                    for cap in game.caps)

            ticks = [decision.tick for decision in game.decisions]

            def around(corners):
                return near(prices, ticks, together.values(), game.lower, game.upper, chance, corners)

            chance = random.Random(5)
            points = [prices]
            while len(points) <= options.tries:
                point = around(corners=len(points) % 2 == 0)
                # What a cap forbids is drawn again; a cap lets half of all through.
                draws = 0
                while not allowed(point):
                    draws += 1
                    if draws > 1000:
                        sys.exit(f"{name}: no prices within half a tick keep to all caps")
                    point = around(corners=len(points) % 2 == 0)
                points.append(point)
            payoffs, settled = [], True
            for first in range(0, len(points), 50):
                answers = game.ties(points[first:first + 50])
                payoffs += answers.pessimistic
                settled = settled and all(s == 1 for s in answers.settled)
    paid, least = payoffs[0], min(payoffs)
    kept = least >= promised - 1e-9 * abs(promised)
    print(f"{'ok  ' if kept else 'FAIL'} {name}: promised {promised:,.4f} of at most {manifest['supremum']:,.4f}, as written {paid:,.4f}, "
          f"least of {options.tries} {least:,.4f}{'' if settled else ', some ties not settled'}", flush=True)
    return kept


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("cases", nargs="+")
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--evaluations", type=int, default=400)
    parser.add_argument("--program", default=str(PROGRAM))
    options = parser.parse_args()
    os.environ["STACKELBERG_PROGRAM"] = options.program
    kept = [try_case(name, options) for name in options.cases]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
