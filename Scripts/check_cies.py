#!/usr/bin/env python3
"""Sets data/cases/cies-dispatch beside what its paper publishes: each finding yes or no, our number / the published one.

    python3 Scripts/check_cies.py .build/release/stackelberg

Money is CNY a day, expected over the scenarios. What follows by theorem or by arithmetic must be yes, or the exit code is 1; directions of
the paper may be no, since its curves are not published.
"""
import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import make_cies_tables as tables

PUBLISHED = {  # tables 1 to 3: cost in CNY, wind used in %, emission in kg
    "no_boiler": (13311.35, 87.67, 10408.2), "full_storage": (12753.57, 96.34, 9974.3), "half_storage": (12716.03, 98.06, 9876.1),
    "wind_controlled": (12494.23, 98.93, 9520.7), "improved": (12149.87, 96.09, 9164.2), "case_4": (11615.18, 99.54, 8972.8),
    "case_5": (10547.03, 100.0, 6892.8)}
STRATEGIES = {"orderly": (12713.43, 239.02), "incentive": (12649.56, 94.04), "improved": (12149.87, 333.06)}  # table 2: cost, revenue
CASES = ["no_boiler", "wind_controlled", "improved", "case_4", "case_5"]
PRICE, INTERVAL, GROWTH = 0.25, 500.0, 0.25                          # of the ladder, as in case.yaml
ORDERED, SIGNED = 398.4, 361.7                                      # kWh moved by order and by contract, as table 2 implies


def index(cost, revenue):
    """M of eq. 20."""
    return 0.7 * 0.00775 * cost - 0.3 * 0.21749 * revenue


def revenue(columns, strategy, compensation):
    """Of the aggregator, CNY (eq. 17-19)."""
    ordered = sum(columns["moved_orderly"]) if strategy in ("orderly", "improved") else 0
    signed = sum(columns["moved_incentive"]) if strategy in ("incentive", "improved") else 0
    return ordered * tables.SERVICE_PRICE + (tables.SERVICE_PRICE - compensation) * signed


def ladder(excess, price=PRICE, interval=INTERVAL, growth=GROWTH):
    """Eq. 27, piece by piece, CNY."""
    x, c, b = excess, interval, growth
    if x <= -c: return price * ((1 + 2 * b) * (x + c) - (1 + b) * c)
    if x <= 0: return price * (1 + b) * x
    if x <= c: return price * x
    if x <= 2 * c: return price * ((1 + b) * (x - c) + c)
    if x <= 3 * c: return price * ((1 + 2 * b) * (x - 2 * c) + (2 + b) * c)
    if x <= 4 * c: return price * ((1 + 3 * b) * (x - 3 * c) + (3 + 3 * b) * c)
    return price * ((1 + 4 * b) * (x - 4 * c) + (4 + 6 * b) * c)


@dataclass
class Result:
    """A dispatch: expected values, and by scenario."""
    cost: float
    emission: float
    wind: float       # % of what there is
    charged: float    # kWh
    gas: float        # kWh of the power to gas
    days: dict        # cost, excess (kg), carbon (CNY) by scenario


class Desk:
    """A copy of the case, to which variants can be added."""

    def __init__(self, program, folder):
        self.program, self.case, self.known = program, Path(folder) / "case", {}
        shutil.copytree(tables.CASE, self.case)
        names = [f"s{number:02}" for number in range(1, tables.KEPT + 1)]
        self.there = {name: self.column(name, "wind [1]") for name in names}

    def column(self, day, name):
        return [float(row[name]) for row in tables.rows_of(self.case / f"data/scenario_{day[1:]}.csv")]

    def add(self, name, changes, body=""):
        lines = body + "".join(f"    {path}: {value}\n" for path, value in changes.items())
        with (self.case / "case.yaml").open("a") as file:
            file.write(f"  {name}:\n{lines}")

    def __getitem__(self, variant):
        if variant not in self.known:
            out = self.case.parent / f"out_{variant}"
            subprocess.run(
                [self.program, "dispatch", self.case, "--variant", variant, "--quiet", "--output", out], check=True,
                stdout=subprocess.DEVNULL)
            self.known[variant] = self.read(out)
        return self.known[variant]

    def read(self, out):
        operation = tables.rows_of(out / "operation.csv")
        weight = {row["day"]: float(row["weight [1/a]"]) for row in operation}
        year = sum(weight.values())
        flows, carbon = tables.rows_of(out / "flows.csv"), tables.rows_of(out / "carbon.csv")
        mean = lambda pairs: sum(weight[day] / year * value for day, value in pairs)
        taken = lambda component, carrier: mean(
            (row["day"], float(row["value"])) for row in flows if row["component"] == component and row["carrier"] == carrier)
        of = lambda quantity: {row["day"]: float(row["value"]) for row in carbon if row["quantity"] == quantity}
        excess, paid = of("excess"), of("cost")
        costs = {row["day"]: float(row["cost [CNY]"]) for row in operation}
        return Result(
            cost=mean(costs.items()), emission=mean((row["day"], float(row["emission [kg]"])) for row in operation),
            wind=100 * taken("wind", "electricity") / mean((day, tables.WIND * sum(series)) for day, series in self.there.items()),
            charged=taken("charging_points", "charging"), gas=taken("p2g", "gas"),
            days={day: (costs[day], excess.get(day, 0), paid.get(day, 0)) for day in weight})


class Verdicts:
    def __init__(self):
        self.failed = False

    def say(self, number, holds, text, must=False, reason=""):
        print(f"({number}) {'yes' if holds else 'NO '} {text}" + (f"\n        likely: {reason}" if not holds and reason else ""))
        self.failed = self.failed or (must and not holds)


def beside(desk, name, kind):
    ours = desk[name]
    return f"{name} {(ours.cost, ours.wind, ours.emission)[kind]:.{2 if kind < 2 else 1}f} / {PUBLISHED[name][kind]:g}"


def falls(values):
    return all(later < earlier - 1e-6 for earlier, later in zip(values, values[1:]))


def modes(desk, say):
    names = ["no_boiler", "full_storage", "half_storage", "wind_controlled"]
    free = desk["free_storage"].cost
    worst = min(desk[name].cost - free for name in names)
    say(2, worst > -1e-6 * free, f"free boiler costs no more than any mode: {free:.2f}, least difference {worst:.2f}", must=True)
    costs, uses, emissions = ([(r.cost, r.wind, r.emission)[k] for r in map(desk.__getitem__, names)] for k in range(3))
    say(3, falls(costs), "cost 4 < 3 < 2 < 1: " + ", ".join(beside(desk, n, 0) for n in names))
    say(3, falls([-use for use in uses]), "wind used, %, 4 > 3 > 2 > 1: " + ", ".join(beside(desk, n, 1) for n in names))
    say(3, falls(emissions), "emission 4 < 3 < 2 < 1: " + ", ".join(beside(desk, n, 2) for n in names))


def strategies(desk, say, fleet):
    columns = tables.charging(fleet=fleet)
    energy = sum(columns["disorderly"])
    revenues = {name: revenue(columns, name, tables.KNEE) for name in STRATEGIES}
    order = ["no_boiler", "orderly", "incentive", "improved"]
    say(4, falls([desk[name].cost for name in order]), "cost improved < incentive < orderly < disorderly: " + ", ".join(
        f"{name} {desk[name].cost:.2f} / {STRATEGIES.get(name, PUBLISHED['no_boiler'])[0]:g}" for name in order),
        reason=f"departures are not published. With paper 002's, {sum(columns['moved_orderly']):.0f} kWh are moved by order and "
        f"{sum(columns['moved_incentive']):.0f} by contract (published {ORDERED}, {SIGNED}), of {energy:.0f}: almost all can wait")
    say(4, desk["improved"].cost < min(desk[n].cost for n in ("orderly", "incentive")) and max(
        desk[n].cost for n in ("orderly", "incentive")) < desk["no_boiler"].cost, "each strategy saves, and improved most")
    say(4, revenues["incentive"] < revenues["orderly"] < revenues["improved"], "revenue incentive < orderly < improved: " + ", ".join(
        f"{name} {revenues[name]:.2f} / {STRATEGIES[name][1]:g}" for name in ("incentive", "orderly", "improved")))
    say(4, abs(revenues["incentive"] + revenues["orderly"] - revenues["improved"]) < 1e-9, "revenue of improved is the sum", must=True)

    # The same with the published split: some who could wait are not asked, so that as much is left for the contract as table 2 has.
    free, ordered, moved, others = fleet
    share = 1.0
    for _ in range(60):  # the share of those who can wait that gives the published ratio, by fixed point
        left = [(1 - share) * a + b for a, b in zip(free, others)]
        signed = sum(load for h, load in enumerate(left) if tables.period(h) == "peak")
        share += 0.3 * (ORDERED / (ORDERED + SIGNED) - share * sum(moved) / (share * sum(moved) + signed))
    asked = [[share * load for load in series] for series in (free, ordered, moved)]
    scaled = tables.charging(fleet=[*asked, [(1 - share) * a + b for a, b in zip(free, others)]])
    add_charging(desk, "split", scaled, ["orderly", "incentive", "improved"])
    costs = [desk[name].cost for name in ("no_boiler", "split_orderly", "split_incentive", "split_improved")]
    say(4, falls(costs), f"the same order if only {100 * share:.0f} % of those who can wait are ordered, as the published split needs "
        f"({sum(scaled['moved_orderly']):.0f} and {sum(scaled['moved_incentive']):.0f} kWh): "
        + ", ".join(f"{cost:.2f}" for cost in reversed(costs)))


def add_charging(desk, prefix, columns, names):
    """Variants with a charging table of their own."""
    tables.write_charging(desk.case / f"data/{prefix}.csv", columns)
    for name in names:
        desk.add(f"{prefix}_{name}", {
            "tables.charging": f"{{file: data/{prefix}.csv, index: hour}}", "operator.demand.charging": f"charging.{name}",
            "operator.demand.moved_load": f"charging.moved_{name}"})


def compensation(desk, say, fleet):
    prices = [round(0.2 + 0.02 * k, 2) for k in range(14)]
    rows = []
    for price in prices:
        columns = tables.charging(price, fleet)
        prefix = f"b{100 * price:.0f}"
        add_charging(desk, prefix, columns, ["improved"])
        cost, earned = desk[f"{prefix}_improved"].cost, revenue(columns, "improved", price)
        rows.append((price, cost, earned, index(cost, earned)))
    print("    compensation, cost, revenue, M: " + "; ".join(f"{p:.2f} {c:.2f} {r:.2f} {m:.4f}" for p, c, r, m in rows))
    steps = lambda k: [b[k] - a[k] for a, b in zip(rows, rows[1:])]
    bends = [b - a for a, b in zip(steps(2), steps(2)[1:])]
    best = max(rows, key=lambda row: row[2])[0]
    say(5, max(bends) < 1e-9 and best == 0.30, f"revenue is concave with its maximum at D_IDR/2: {best:.2f} / 0.30", must=True)
    knee = next((a[0] for a, slope in zip(rows, steps(1)) if slope > -1e-4), None)
    say(5, knee == tables.KNEE and all(s < 0 for (p, *_), s in zip(rows, steps(1)) if p < knee), f"cost falls, with a knee: {knee} / 0.34")
    least = min(rows, key=lambda row: row[3])[0]
    say(5, prices[0] < least < prices[-1], f"M has an inside minimum: {least:.2f} / 0.34")


def five_cases(desk, say):
    rows = [desk[name] for name in CASES]
    say(6, falls([row.cost for row in rows]), "cost falls from case 1 to 5: " + ", ".join(beside(desk, n, 0) for n in CASES),
        reason="a boiler that uses almost all wind is worth more than vehicles that are paid 0.60 CNY for each kWh moved; the published "
        "case 3 saves 1161 CNY with 760 kWh moved, 1.53 CNY each after the payment, more than this tariff and penalty give (at most 0.79)")
    say(6, falls([row.emission for row in rows]), "emission falls from case 1 to 5: " + ", ".join(beside(desk, n, 2) for n in CASES))
    order = ["no_boiler", "improved", "wind_controlled", "case_4", "case_5"]
    say(6, falls([-desk[n].wind for n in order]), "wind used, %, 1 < 3 < 2 < 4 < 5: " + ", ".join(beside(desk, n, 1) for n in order))
    for name in ("case_5", "ladder_only"):
        share = sum(excess < 0 for _, excess, _ in desk[name].days.values())
        say(7, share == len(desk[name].days), f"{name} sells quota in {share} of {len(desk[name].days)} scenarios; excess "
            f"{min(e for _, e, _ in desk[name].days.values()):.0f} ... {max(e for _, e, _ in desk[name].days.values()):.0f} kg")
    print("    " + "; ".join(f"{n}: cost {desk[n].cost:.2f}, emission {desk[n].emission:.1f} kg, wind {desk[n].wind:.2f} %, gas made "
                             f"{desk[n].gas:.1f} kWh" for n in ("case_4", "ladder_only", "p2g_only", "case_5")))


def pieces(desk, say):
    """Eq. 27 is the least of three functions that are convex as far as three intervals above the quota: the ladder with its first price
    below the quota too, and the two rewards, as lines. So its optimum is the least of three optima without a choice of pieces."""
    source = (tables.CASE / "case.yaml").read_text()
    body = source.split("\n  case_5:")[1].split("\n", 1)[1].split("\n  ladder_only:")[0] + "\n"
    rung = "growth: 0.25, steps: 5"
    for interval in (500, 100):
        flat = lambda price: f"{{base_price: {price}, steps: 1, surplus_price: {price}}}"
        forms = {
            "whole": f"{{base_price: 0.25, interval: {interval}, {rung}, reward_growth: 0.25, reward_start: 1, reward_steps: 2}}",
            "rising": f"{{base_price: 0.25, interval: {interval}, {rung}, surplus_price: 0.25}}",
            "first": flat(0.3125), "second": flat(0.375)}
        for name, form in forms.items():
            desk.add(f"{name}_{interval}", {"carbon.ladder": form}, body)
        runs = {name: desk[f"{name}_{interval}"].days for name in forms}
        constant = {"rising": 0, "first": 0, "second": PRICE * GROWTH * interval}
        gap = bill = 0
        chosen = {name: 0 for name in constant}
        inside = all(runs[name][day][1] <= 3 * interval for name in ("first", "second") for day in runs[name])
        for day, (cost, excess, paid) in runs["whole"].items():
            options = {name: runs[name][day][0] + constant[name] for name in constant}
            best = min(options, key=options.get)
            chosen[best] += 1
            gap = max(gap, abs(cost - options[best]))
            bill = max(bill, abs(paid - ladder(excess, interval=interval)))
        say(8, gap < 1e-3 and bill < 1e-3 and inside, f"ladder of {interval} kg equals the enumeration of its pieces: largest gap "
            f"{gap:.1e} CNY, of its bill by hand {bill:.1e}; best pieces {chosen}", must=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    program = str(Path(parser.parse_args().program).resolve())
    verdicts = Verdicts()
    say = verdicts.say
    values = {name: index(*pair) for name, pair in STRATEGIES.items()}
    say(1, [f"{value:.2f}" for value in values.values()] == ["53.38", "62.49", "44.18"], "M of table 2: " + ", ".join(
        f"{name} {value:.2f}" for name, value in values.items()) + " / 53.38, 62.49, 44.18", must=True)
    total = STRATEGIES["orderly"][1] + STRATEGIES["incentive"][1]
    say(1, abs(total - STRATEGIES["improved"][1]) < 0.005, f"revenues of table 2 add up: {total:.2f} / 333.06", must=True)
    with tempfile.TemporaryDirectory() as folder:
        desk, fleet = Desk(program, folder), tables.vehicles()
        modes(desk, say)
        strategies(desk, say, fleet)
        compensation(desk, say, fleet)
        five_cases(desk, say)
        pieces(desk, say)
        charged = {name: desk[name].charged for name in ("no_boiler", "orderly", "incentive", "improved")}
        spread = max(charged.values()) - min(charged.values())
        say(9, spread < 1e-2, "energy charged is the same in all strategies (eq. 37): "
            f"{charged['no_boiler']:.2f} kWh, spread {spread:.1e}", must=True)
    sys.exit(1 if verdicts.failed else 0)


if __name__ == "__main__":
    main()
