#!/usr/bin/env python3
"""Compares every follower's optimum and the operator's dispatch with HiGHS, on exported files.

    python3 -m venv .venv && .venv/bin/pip install highspy
    swift build -c release --product stackelberg
    .venv/bin/python Scripts/check_with_highs.py data/cases/stackelberg-park --vectors 20

For each variant, random price vectors inside the bounds are written as prices.csv; each party's problem is exported by
`stackelberg export` and solved by HiGHS with a gap of 0. Exit code 1 when any pair differs by more than the tolerance.
"""
import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from highs_optimum import optimum


def run(arguments):
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}\n{done.stderr}")
    return done.stdout


def solve(path):
    found = optimum(path)
    if found is None:
        sys.exit(f"{path}: HiGHS finds no optimum")
    return found


def below_cap(drawn, price):
    """The same nearer to the least prices, as far as the cap on their mean asks for; others would be refused."""
    def mean(values):
        return sum(values[k] for k in price["intervalOfStep"]) / len(price["intervalOfStep"])

    cap, low = price.get("meanMaximum"), price["lower"]
    if cap is None or mean(drawn) <= cap:
        return drawn
    share = (1 - 1e-9) * (cap - mean(low)) / (mean(drawn) - mean(low))
    return [a + share * (b - a) for a, b in zip(low, drawn)]


def write_prices(path, prices, generator):
    with open(path, "w") as file:
        file.write("price,step,start [h],value\n")
        for price in prices:
            drawn = [generator.uniform(low, high) for low, high in zip(price["lower"], price["upper"])]
            drawn = below_cap(drawn, price)
            for step, interval in enumerate(price["intervalOfStep"]):
                file.write(f"{price['name']},{step},{step},{drawn[interval]!r}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case")
    parser.add_argument("--program", default=".build/release/stackelberg")
    parser.add_argument("--variants", nargs="*", help="default: every scenario_ variant of the case")
    parser.add_argument("--vectors", type=int, default=20)
    parser.add_argument("--format", choices=["lp", "mps"], default="mps")
    parser.add_argument("--tolerance", type=float, default=1e-6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    described = json.loads(run([options.program, "show", options.case, "--json"]))
    variants = options.variants or [v for v in described["variants"] if v.startswith("scenario_")]
    worst, compared, failed = 0.0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        prices_path = Path(folder) / "prices.csv"
        model_path = Path(folder) / f"model.{options.format}"
        for variant in variants:
            case = json.loads(run([options.program, "show", options.case, "--variant", variant, "--json"]))
            generator = random.Random(options.seed)
            variant_worst = 0.0
            for _ in range(options.vectors):
                write_prices(prices_path, case["prices"], generator)
                for party in case["parties"]:
                    ours = json.loads(run([
                        options.program, "export", options.case, "--variant", variant, "--party", party,
                        "--prices", prices_path, "--format", options.format, "--output", model_path, "--json",
                    ]))["objective"]
                    theirs = solve(model_path)
                    difference = abs(ours - theirs) / max(1.0, abs(theirs))
                    variant_worst = max(variant_worst, difference)
                    compared += 1
                    if difference > options.tolerance:
                        failed += 1
                        print(f"{variant} {party}: {ours} here, {theirs} in HiGHS", file=sys.stderr)
            worst = max(worst, variant_worst)
            print(f"{variant}: largest relative difference {variant_worst:.2e}")
    print(f"{compared} problems compared, {failed} differ by more than {options.tolerance}; largest {worst:.2e}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
