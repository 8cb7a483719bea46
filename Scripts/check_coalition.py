#!/usr/bin/env python3
"""Sets data/cases/park-coalition beside what its paper publishes: each finding yes or no, our number / the published one.

    swift build -c release --product stackelberg
    python3 Scripts/check_coalition.py .build/release/stackelberg

Money is USD a day. What follows by theorem or by arithmetic must be yes, or the exit code is 1; directions of the paper may be no, since
neither its parameters nor its curves are published. Shapley value, core and nucleolus are computed here again, from what every group gains.
"""
import argparse
import csv
import itertools
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

CASE = Path(__file__).resolve().parent.parent / "data/cases/park-coalition"
PARTIES = ["industrial", "residential", "charging"]
PUBLISHED = {  # cost alone, cost together
    "industrial": (149165.8, 25320.7), "residential": (54095.6, 51703.0), "charging": (7810.2, 7347.9), "all": (211071.6, 84371.7)}
PUBLISHED_INDEX, PUBLISHED_ROUNDS = (0.4734, 0.621), 116
METHODS = {"admm": "admm", "dantzig-wolfe": "dantzig_wolfe"}           # and the variant that uses it
STEPS = 24
NEAR = 1e-3                                                           # of the central cost: what a distributed answer may be above it
# Of the largest sum of money: what the tables' digits leave open.
DIGITS = 1e-6
# What a message may hold: who is asked and how, at which prices or near which trades, how near; what it trades then, what that costs it,
# and what no trades at these prices cost it less than.
ALLOWED = {"party", "question", "answer", "round", "kind", "atPrices", "nearTarget", "exactly", "finish", "prices", "target", "penalty",
           "tolerance", "trades", "ask", "lowestTotal"}


def rows_of(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def number(cell):
    return float(cell) if cell else None


@dataclass
class Cooperation:
    """What `cooperate` found: its tables, and what it says of itself."""
    payoffs: dict     # by party and "all": columns of payoffs.csv as numbers
    trades: list      # rows of trades.csv
    rounds: list      # rows of rounds.csv
    groups: dict      # gain by the set of members
    divisions: dict   # gains in the order of PARTIES, and who would leave, by division
    messages: list    # of messages.jsonl
    outcome: dict     # of --json


def payoffs_of(folder):
    return {row["party"]: {name.split(" [")[0]: number(cell) for name, cell in row.items() if name not in ("party", "kind")}
            for row in rows_of(folder / "payoffs.csv")}


def trades_of(folder):
    words = ("trade", "seller", "buyer", "carrier")
    return [{name.split(" [")[0]: cell if name in words else number(cell) for name, cell in row.items()}
            for row in rows_of(folder / "trades.csv")]


def groups_of(folder):
    path = folder / "coalitions.csv"
    return {frozenset(row["members"].split()): number(row["gain [USD]"]) for row in rows_of(path)} if path.exists() else {}


def divisions_of(folder):
    path, found = folder / "divisions.csv", {}
    for row in rows_of(path) if path.exists() else []:
        gains, _ = found.setdefault(row["division"], ({}, row["would leave"]))
        gains[row["party"]] = number(row["gain [USD]"])
    return {name: ([gains[party] for party in PARTIES], leaving) for name, (gains, leaving) in found.items()}


def messages_of(folder):
    path = folder / "messages.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def cooperation(folder, text):
    path = folder / "rounds.csv"
    return Cooperation(
        payoffs_of(folder), trades_of(folder), rows_of(path) if path.exists() else [], groups_of(folder), divisions_of(folder),
        messages_of(folder), json.loads(text))


class Desk:
    """Runs the program, once for each question."""

    def __init__(self, program, folder):
        self.program, self.folder, self.known = program, Path(folder), {}

    def run(self, command, variant):
        out = self.folder / f"{command}_{variant}"
        chosen = [] if variant is None else ["--variant", variant]
        done = subprocess.run(
            [self.program, command, CASE, *chosen, "--json", "--output", out], capture_output=True, text=True)
        return out, done

    def __getitem__(self, variant):
        """The cooperation of a variant; the reason, a text, where there is none."""
        if variant not in self.known:
            out, done = self.run("cooperate", variant)
            reason = (done.stderr.strip() or "no reason").splitlines()[-1]
            self.known[variant] = cooperation(out, done.stdout) if done.returncode == 0 else reason
        return self.known[variant]

    def cost(self, variant):
        """Of all together."""
        _, done = self.run("dispatch", variant)
        return json.loads(done.stdout)["cost"] if done.returncode == 0 else None


class Verdicts:
    def __init__(self):
        self.failed = False

    def say(self, number, holds, text, must=False, reason=""):
        print(f"({number}) {'yes' if holds else 'NO '} {text}" + (f"\n        likely: {reason}" if not holds and reason else ""))
        self.failed = self.failed or (must and not holds)


# MARK: Costs

def costs(found, say):
    for party in PARTIES + ["all"]:
        row, (alone, together) = found.payoffs[party], PUBLISHED[party]
        before, after = row["cost alone"], row["cost after payments"]
        say(1, after < before, f"{party} costs less together: {before:.2f} to {after:.2f}, {100 * (1 - after / before):.1f} % less / "
            f"{alone} to {together}, {100 * (1 - together / alone):.1f} % less")
    before, after = (found.payoffs["all"][name] for name in ("cost alone", "cost after payments"))
    alone = sum(found.payoffs[party]["cost alone"] for party in PARTIES)
    total = sum(found.payoffs[party]["cost after payments"] for party in PARTIES)
    say(1, abs(alone - before) <= DIGITS * before and abs(total - after) <= DIGITS * before, "parties add up to all", must=True)


def distributed(desk, central, say):
    best = central.payoffs["all"]["cost after payments"]
    for method, variant in METHODS.items():
        found = desk[variant]
        if isinstance(found, str):
            say(2, False, f"{method} is within {100 * NEAR:g} % of the central cost", must=True, reason=found)
            continue
        cost = found.payoffs["all"]["cost after payments"]
        rounds, size = found.outcome.get("rounds"), found.outcome.get("bytes")
        say(2, -DIGITS <= cost / best - 1 <= NEAR, f"{method} is within {100 * NEAR:g} % of the central cost, with trades that agree: "
            f"{cost:.2f} and {best:.2f}, {100 * (cost / best - 1):.4f} % above; {rounds} rounds / {PUBLISHED_ROUNDS}, "
            f"{found.outcome.get('messages')} messages, {size} bytes", must=True)
        if found.rounds:
            print(f"    {method}, its last round: " + ", ".join(f"{name} {cell or 'none'}" for name, cell in found.rounds[-1].items()))
        privacy(method, found, say)


def words_of(value, trades):
    """Every key and every text in a message but the names of trades, and whatever stands in a list that is not a trade's, hour by hour."""
    if isinstance(value, dict):
        known = {name for name, series in value.items() if name in trades and is_series(series)}
        return (set(value) - known).union(*(words_of(part, trades) for name, part in value.items() if name not in known))
    if isinstance(value, list):
        return {f"a list of {len(value)}"}
    return {value} if isinstance(value, str) else set()


def is_series(value):
    return isinstance(value, list) and len(value) == STEPS and all(isinstance(one, (int, float)) for one in value)


def privacy(method, found, say):
    """No word in a message but those of trades, prices and their cost, and no list but one number an hour of a trade."""
    trades = {row["trade"] for row in found.trades}
    words = set().union(*(words_of(message, trades) for message in found.messages))
    others = sorted(words - ALLOWED - set(PARTIES))
    say(3, bool(found.messages) and not others, f"{method}: {len(found.messages)} messages hold trades and prices only, and what trades "
        f"cost: {', '.join(sorted(words & ALLOWED))}", must=True, reason=f"other words: {', '.join(others) or 'none; no message was kept'}")


# MARK: Prices and payments

def prices(found, say):
    paid = dict.fromkeys(PARTIES, 0.0)
    outside, least, most, binds = 0.0, [], [], 0
    for row in found.trades:
        if row["price"] is None or row["energy"] <= 0:
            continue
        outside = max(outside, row["lower"] - row["price"], row["price"] - row["upper"])
        level = (row["price"] - row["lower"]) / (row["upper"] - row["lower"])
        least.append(level)
        binds += level < 1e-6 or level > 1 - 1e-6
        paid[row["buyer"]] += row["price"] * row["energy"]
        paid[row["seller"]] -= row["price"] * row["energy"]
    levels = f"{min(least):.3f} ... {max(least):.3f}" if least else "none"
    say(5, bool(least) and outside <= 1e-9, "prices lie in the band of buying and selling price: largest excess "
        f"{max(outside, 0):.1e} USD/kWh; of {len(least)} prices {binds} on an end, level {levels}", must=True)
    scale = max(abs(amount) for amount in paid.values())
    gap = max(abs(paid[party] - found.payoffs[party]["pays for trades"]) for party in PARTIES)
    say(5, abs(sum(paid.values())) <= DIGITS * scale and gap <= 1e-3 + DIGITS * scale,
        f"payments by those prices sum to zero: {', '.join(f'{party} {paid[party]:.2f}' for party in PARTIES)}; largest gap to the "
        f"table {gap:.1e}", must=True)


def bargain(found, say):
    gains = [found.payoffs[party]["gain"] for party in PARTIES]
    total = sum(gains)
    bound = found.outcome.get("outcome") != "realised"
    text = ", ".join(f"{party} {gain:.2f}" for party, gain in zip(PARTIES, gains))
    binds = "it does" if bound else "it does not"
    say(4, max(gains) - min(gains) <= 1e-4 * total, f"gains are equal where the band does not bind ({binds}): {text} "
        "/ 123845.1, 2392.6, 462.3", must=not bound, reason="the bands of the prices bind: no price gives each a third")
    # Of all ways to share the gain on a grid, none has a greater product.
    steps = 200
    best = max((a * b * (steps - a - b) for a in range(1, steps) for b in range(1, steps - a))) * (total / steps) ** 3
    product = gains[0] * gains[1] * gains[2]
    say(4, product >= best * (1 - 1e-6) or bound, f"no division on a grid of {steps} parts has a greater product: {product:.6g} and "
        f"{best:.6g}", must=True)
    say(4, min(gains) >= -DIGITS * total, "nobody is worse off than alone", must=True)


# MARK: Other divisions, from what every group gains

def shapley(value):
    sums = dict.fromkeys(PARTIES, 0.0)
    orders = list(itertools.permutations(PARTIES))
    for order in orders:
        for k, party in enumerate(order):
            sums[party] += value(order[:k + 1]) - value(order[:k])
    return [sums[party] / len(orders) for party in PARTIES]


def groups(value):
    """Every group but the empty one and all, with what it gains by itself."""
    return [(group, value(group)) for size in (1, 2) for group in itertools.combinations(PARTIES, size)]


def excesses(value, gains):
    share = dict(zip(PARTIES, gains))
    return sorted((own - sum(share[party] for party in group) for group, own in groups(value)), reverse=True)


def nucleolus(value):
    """By search: the division, of a grid made finer and finer, whose complaints are least, the largest first."""
    total = value(PARTIES)
    centre, width = [total / 3, total / 3], total
    for _ in range(60):
        points = [[centre[0] + width * i / 10, centre[1] + width * j / 10] for i in range(-10, 11) for j in range(-10, 11)]
        centre = min(points, key=lambda point: excesses(value, [*point, total - sum(point)]))
        width *= 0.6
    return [*centre, total - sum(centre)]


def divisions(found, say):
    if not found.groups:
        say(7, False, "Shapley value, core and nucleolus beside", must=True, reason="coalitions.csv is missing")
        return
    value = lambda members: 0.0 if len(members) < 2 else found.groups[frozenset(members)]
    total = value(PARTIES)
    print("    gains by themselves: " + ", ".join(f"{' and '.join(group)} {own:.2f}" for group, own in groups(value) if len(group) > 1)
          + f", all {total:.2f}")
    ours = {"nash": [total / 3] * 3, "shapley": shapley(value), "nucleolus": nucleolus(value)}
    for name, gains in ours.items():
        theirs, leaving = found.divisions.get(name, ([], ""))
        worst = excesses(value, gains)[0]
        same = bool(theirs) and max(abs(a - b) for a, b in zip(gains, theirs)) <= 1e-4 * total
        stable = worst <= 1e-4 * total
        verdict = "in the core" if stable else f"not in the core: a group gains {worst:.2f} more by itself"
        say(7, same and stable == (not leaving), f"{name}, {verdict}: "
            + ", ".join(f"{party} {gain:.2f}" for party, gain in zip(PARTIES, gains)), must=True,
            reason=f"the program has {theirs or 'none'}, would leave: {leaving or 'nobody'}")


# MARK: The rest

def independence(found, say):
    alone, together = found.payoffs["all"]["independence alone"], found.payoffs["all"]["independence together"]
    say(6, together > alone, f"the independence index rises: {alone:.4f} to {together:.4f} / {PUBLISHED_INDEX[0]} to "
        f"{PUBLISHED_INDEX[1]}; 1 - bought outside / (bought outside + made - sold outside)")


def vehicles(desk, found, say):
    both, one_way, parks = (desk.cost(variant) for variant in (None, "without_v2g", "without_evs"))
    alone = found.payoffs["charging"]["cost alone"]
    say(8, both < one_way, f"giving back saves: {both:.2f} against {one_way:.2f} where vehicles only charge", must=True)
    say(8, both < parks + alone, f"and so does having the vehicles: {both:.2f} against {parks:.2f} of the parks and {alone:.2f} of the "
        "station by themselves", must=True)
    apart = desk.cost("alone")
    before = found.payoffs["all"]["cost alone"]
    say(8, abs(apart - before) <= DIGITS * before, f"trades limited to 0 cost what all cost alone: {apart:.2f} and {before:.2f}", must=True)
    without = desk.cost("without_p2g_ccs")
    say(8, both <= without + DIGITS * without, f"power to gas and capture cost nothing: {both:.2f}, without them {without:.2f}", must=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    program = str(Path(parser.parse_args().program).resolve())
    verdicts = Verdicts()
    say = verdicts.say
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(program, folder)
        central = desk[None]
        if isinstance(central, str):
            sys.exit(central)
        costs(central, say)
        distributed(desk, central, say)
        bargain(central, say)
        prices(central, say)
        independence(central, say)
        divisions(central, say)
        vehicles(desk, central, say)
    sys.exit(1 if verdicts.failed else 0)


if __name__ == "__main__":
    main()
