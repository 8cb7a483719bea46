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


def revenue(ordered, signed, compensation):
    """Of the aggregator, CNY (eq. 17-19), by the kWh moved by order and by contract."""
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
    ordered: float    # kWh moved by order, and by contract
    signed: float
    revenue: float    # CNY of the aggregator
    load: dict        # kW of the vehicles by hour, by scenario
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

    def run(self, command, variant, *options):
        """The folder of a command's result."""
        out = self.case.parent / f"{command}_{variant}"
        subprocess.run(
            [self.program, command, self.case, "--variant", variant, "--quiet", "--output", out, *options], check=True,
            stdout=subprocess.DEVNULL)
        return out

    def __getitem__(self, variant):
        if variant not in self.known:
            self.known[variant] = self.read(self.run("dispatch", variant))
        return self.known[variant]

    def table(self, name, fleet):
        """A table of vehicles beside the case's own."""
        tables.write_vehicles(self.case / f"data/{name}.csv", fleet)

    def add_table(self, prefix, days):
        """Variants of all strategies with the vehicles of a table, as so many days have them."""
        for name in ("disorderly", "orderly", "incentive", "improved"):
            self.add(f"{prefix}_{name}", {
                "tables.vehicles": f"{{file: data/{prefix}.csv, index: vehicle}}", "operator.fleets.cars.sampling": "null",
                "operator.fleets.cars.sessions": "vehicles", "operator.fleets.cars.draws": str(days),
                "operator.fleets.cars.strategy": name})

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
        indices = {row["quantity"]: float(row["value"]) for row in tables.rows_of(out / "indices.csv")}
        told = lambda quantity: indices.get(f"{quantity} of operator.cars", 0) / year
        load = {day: [0.0] * 24 for day in weight}
        for row in flows:
            if row["component"] == "cars":
                load[row["day"]][int(row["step"])] -= float(row["value"])
        wind = indices["renewable use"]
        if set(weight) == set(self.there):
            wind = 100 * taken("wind", "electricity") / mean((day, tables.WIND * sum(series)) for day, series in self.there.items())
        return Result(
            cost=mean(costs.items()), emission=mean((row["day"], float(row["emission [kg]"])) for row in operation),
            wind=wind, charged=mean((day, sum(series)) for day, series in load.items()), gas=taken("p2g", "gas"),
            ordered=told("load moved by order"), signed=told("load moved by contract"), revenue=told("aggregator revenue"), load=load,
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


def strategies(desk, say):
    order = ["no_boiler", "orderly", "incentive", "improved"]
    ordered, signed, both = desk["orderly"], desk["incentive"], desk["improved"]
    say(4, falls([desk[name].cost for name in order]), "cost improved < incentive < orderly < disorderly: " + ", ".join(
        f"{name} {desk[name].cost:.2f} / {STRATEGIES.get(name, PUBLISHED['no_boiler'])[0]:g}" for name in order),
        reason=f"departures are not published. With paper 002's, {ordered.ordered:.0f} kWh are moved by order and "
        f"{signed.signed:.0f} by contract (published {ORDERED}, {SIGNED}), of {ordered.charged:.0f}: almost all can wait")
    say(4, both.cost < min(ordered.cost, signed.cost) and max(ordered.cost, signed.cost) < desk["no_boiler"].cost,
        "each strategy saves, and improved most")
    say(4, signed.revenue < ordered.revenue < both.revenue, "revenue incentive < orderly < improved: " + ", ".join(
        f"{name} {desk[name].revenue:.2f} / {STRATEGIES[name][1]:g}" for name in ("incentive", "orderly", "improved")))
    say(4, abs(signed.revenue + ordered.revenue - both.revenue) < 1e-4, "revenue of improved is the sum", must=True)
    say(4, max(abs(desk[n].revenue - revenue(desk[n].ordered, desk[n].signed, tables.KNEE)) for n in STRATEGIES) < 1e-4,
        "revenues by the kWh moved are the program's (eq. 17-19)", must=True)

    # The same with the published split: some who could wait leave as soon as they are full, so that they are asked for a contract instead,
    # as many as leave the contract what table 2 has.
    days = 20
    fleet = tables.vehicles(days)
    waiting = [vehicle for vehicle in fleet if tables.can_wait(vehicle)]
    rest = [vehicle for vehicle in fleet if not tables.can_wait(vehicle)]
    leave = lambda vehicle: (vehicle[0], vehicle[0] + vehicle[2], vehicle[2])
    low, high = 0, len(waiting)
    while high - low > 1:
        asked = (low + high) // 2
        moved = tables.charging([*waiting[:asked], *map(leave, waiting[asked:]), *rest], days)
        low, high = (asked, high) if sum(moved["moved_orderly"]) * SIGNED < sum(moved["moved_incentive"]) * ORDERED else (low, asked)
    desk.table("split", [*waiting[:low], *map(leave, waiting[low:]), *rest])
    desk.add_table("split", days)
    runs = [desk[f"split_{name}"] for name in ("disorderly", "orderly", "incentive", "improved")]
    say(4, falls([run.cost for run in runs]), f"the same order if only {100 * low / len(waiting):.0f} % of those who can wait are ordered, as "
        f"the published split needs ({runs[1].ordered:.0f} and {runs[2].signed:.0f} kWh): "
        + ", ".join(f"{run.cost:.2f}" for run in reversed(runs)))


def compensation(desk, say):
    out = desk.run("sweep", "improved", "--over", "operator.fleets.cars.compensation=0.2:0.46:14")
    rows = []
    for row in tables.rows_of(out / "sweep.csv"):
        cost, earned = float(row["cost [CNY/a]"]) / 365, float(row["aggregator revenue of operator.cars [CNY/a]"]) / 365
        rows.append((round(float(row["operator.fleets.cars.compensation"]), 2), cost, earned, index(cost, earned)))
    print("    compensation, cost, revenue, M: " + "; ".join(f"{p:.2f} {c:.2f} {r:.3f} {m:.4f}" for p, c, r, m in rows))
    steps = lambda k: [b[k] - a[k] for a, b in zip(rows, rows[1:])]
    bends = [b - a for a, b in zip(steps(2), steps(2)[1:])]
    best = max(rows, key=lambda row: row[2])[0]
    say(5, max(bends) < 1e-6 and best == 0.30, f"revenue is concave with its maximum at D_IDR/2: {best:.2f} / 0.30", must=True)
    knee = next((a[0] for a, slope in zip(rows, steps(1)) if slope > -1e-4), None)
    say(5, knee == tables.KNEE and all(s < 0 for (p, *_), s in zip(rows, steps(1)) if p < knee), f"cost falls, with a knee: {knee} / 0.34")
    least = min(rows, key=lambda row: row[3])[0]
    say(5, rows[0][0] < least < rows[-1][0], f"M has an inside minimum: {least:.2f} / 0.34")


def second_reckoning(desk, say):
    """The loads of the strategies against those of make_cies_tables.py, for one table of vehicles."""
    days = 5
    fleet = tables.vehicles(days)
    desk.table("second", fleet)
    desk.add_table("second", days)
    columns = tables.charging(fleet, days)
    gap = moved = 0
    for name in ("disorderly", "orderly", "incentive", "improved"):
        result = desk[f"second_{name}"]
        gap = max(gap, *(abs(a - b) for load in result.load.values() for a, b in zip(load, columns[name])))
        moved = max(moved, abs(result.ordered - sum(columns["moved_orderly"])) if name in ("orderly", "improved") else 0,
                    abs(result.signed - sum(columns["moved_incentive"])) if name in ("incentive", "improved") else 0)
    say(9, gap < 0.01 and moved < 0.01, f"loads of {len(fleet)} vehicles from a table are those of a second reckoning: largest gap "
        f"{gap:.1e} kW, of what is moved {moved:.1e} kWh", must=True)
    say(9, len({tuple(load) for load in desk["one_day"].load.values()}) == 1, f"one_day: {tables.VEHICLES} vehicles of a table cost "
        f"{desk['one_day'].cost:.2f}; {desk['one_day'].ordered:.0f} and {desk['one_day'].signed:.0f} kWh are moved", must=True)


def drawn_scenarios(desk, say):
    """Scenarios that the program draws; charging is decided before it is known which comes."""
    body = (tables.CASE / "case.yaml").read_text().split("\n  uncertain:")[1].split("\n", 1)[1].rstrip() + "\n"
    names = {"disorderly": "no_boiler", "orderly": "orderly", "incentive": "incentive", "improved": "improved"}
    for name in names:
        desk.add(f"drawn_{name}", {}, body.replace("cars.strategy: improved", f"cars.strategy: {name}"))
    desk.add("drawn_spread", {}, body.replace("cars.placement: dispatched", "cars.placement: spread"))
    plans, runs = {}, {}
    for name in names:
        plan = ["--here-and-now", "operator.cars", "--gap", "0.0001"] if name in ("incentive", "improved") else []
        out = desk.run("dispatch", f"drawn_{name}", *plan)
        runs[name] = desk.read(out)
        if plan:
            plans[name] = {row["quantity"]: float(row["value [CNY]"]) for row in tables.rows_of(out / "plans.csv")}
    print("    scenarios drawn by the program, cost and wind used: " + "; ".join(
        f"{name} {run.cost:.2f}, {run.wind:.2f} %" for name, run in runs.items()))
    say(10, max(runs["improved"].cost, runs["orderly"].cost, runs["incentive"].cost) < runs["disorderly"].cost
        and runs["improved"].cost < min(runs["orderly"].cost, runs["incentive"].cost) + 1, "each strategy saves over drawn scenarios, too")
    same = max(abs(a - b) for load in runs["improved"].load.values() for a, b in zip(load, next(iter(runs["improved"].load.values()))))
    say(10, len(runs["improved"].load) == tables.KEPT and same < 1e-6, f"the plan is the same in all {len(runs['improved'].load)} "
        f"scenarios: largest difference {same:.1e} kW", must=True)
    slack = 1e-4 * runs["improved"].cost
    spread = desk.read(desk.run("dispatch", "drawn_spread")).cost
    say(10, runs["improved"].cost <= spread + slack, f"deciding the hours to which load is moved costs no more than to spread it: "
        f"{runs['improved'].cost:.2f}, {spread:.2f}", must=True)
    plan = plans["improved"]
    say(10, plan["each scenario known beforehand"] <= plan["expected cost of the plan"] + slack
        and plan["expected cost of the plan"] <= plan["plan made for the forecast"] + slack,
        "known beforehand <= the plan <= the forecast's plan, to 0.01 %: " + ", ".join(f"{plan[key]:.2f}" for key in (
            "each scenario known beforehand", "expected cost of the plan", "plan made for the forecast")), must=True)


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
        desk = Desk(program, folder)
        modes(desk, say)
        strategies(desk, say)
        compensation(desk, say)
        five_cases(desk, say)
        pieces(desk, say)
        second_reckoning(desk, say)
        drawn_scenarios(desk, say)
        charged = {name: desk[name].charged for name in ("no_boiler", "orderly", "incentive", "improved")}
        spread = max(charged.values()) - min(charged.values())
        say(9, spread < 1e-2, "energy charged is the same in all strategies (eq. 37): "
            f"{charged['no_boiler']:.2f} kWh, spread {spread:.1e}", must=True)
    sys.exit(1 if verdicts.failed else 0)


if __name__ == "__main__":
    main()
