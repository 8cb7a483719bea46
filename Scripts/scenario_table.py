#!/usr/bin/env python3
"""Prices the four scenarios of the shipped park over several seeds and prints the table of its README, as Markdown.

    swift build -c release --product stackelberg
    python3 Scripts/scenario_table.py --seeds 5

Published numbers: Liao et al., table 1. Its load curves are not published, so totals cannot agree; directions must.
Exit code 1 when a direction that the paper shows is not there in the medians.
"""
import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PUBLISHED = {
    "scenario_1": ("plain storage, no carbon trading", 11876, 25357, None, None, 39308),
    "scenario_2": ("EVs, no carbon trading", 13581, 23928, 2688, None, 38089),
    "scenario_3": ("plain storage, carbon trading", 7768, 27087, None, 5291, 33101),
    "scenario_4": ("EVs and carbon trading", 7328, 27651, 2609, 4683, 30927),
}
USERS = ("industrial", "commercial", "residential")


def price(program, case, variant, algorithm, seed, evaluations, folder):
    done = subprocess.run(
        [program, "price", case, "--variant", variant, "--algorithm", algorithm, "--seed", str(seed), "--evaluations", str(evaluations), "--json",
         "--output", str(Path(folder) / f"{variant}-{seed}")], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    result = json.loads(done.stdout)
    parties = {party["name"]: party for party in result["parties"]}
    operator = parties["operator"]
    return {
        "operator": result["payoff"],
        "users": sum(parties[user]["cost"] for user in USERS),
        "ev": -parties["plaza"]["cost"] if "plaza" in parties else None,
        "carbon": operator.get("carbonCost"),
        "emission": operator["emission"],
    }


def cell(values, published):
    if values[0] is None:
        return "–"
    middle = statistics.median(values)
    text = f"{middle:,.0f} ({min(values):,.0f} … {max(values):,.0f})"
    return text + (f" / {published:,}" if published is not None else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=".build/release/stackelberg")
    parser.add_argument("--case", default="data/cases/stackelberg-park")
    parser.add_argument("--algorithm", default="auto")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--evaluations", type=int, default=20000)
    options = parser.parse_args()
    medians = {}
    print("| scenario | operator earns | users pay / users' revenue | EV station earns | carbon cost | emission, kg |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for variant, (title, operator, users, ev, carbon, emission) in PUBLISHED.items():
            runs = [price(options.program, options.case, variant, options.algorithm, seed + 1, options.evaluations, folder)
                    for seed in range(options.seeds)]
            columns = {key: [run[key] for run in runs] for key in runs[0]}
            medians[variant] = {key: statistics.median(v) if v[0] is not None else None for key, v in columns.items()}
            print(f"| {variant[-1]}: {title} | {cell(columns['operator'], operator)} | {cell(columns['users'], users)} | "
                  f"{cell(columns['ev'], ev)} | {cell(columns['carbon'], carbon)} | {cell(columns['emission'], emission)} |",
                  flush=True)
    emission = {variant: values["emission"] for variant, values in medians.items()}
    directions = {
        "emission falls from 1 to 2": emission["scenario_2"] < emission["scenario_1"],
        "emission falls from 1 to 3": emission["scenario_3"] < emission["scenario_1"],
        "emission is lowest in 4": emission["scenario_4"] == min(emission.values()),
        "carbon costs less in 4 than in 3": medians["scenario_4"]["carbon"] < medians["scenario_3"]["carbon"],
    }
    print()
    for direction, holds in directions.items():
        print(f"- {direction}: {'yes' if holds else 'NO'}")
    sys.exit(0 if all(directions.values()) else 1)


if __name__ == "__main__":
    main()
