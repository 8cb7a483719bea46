#!/usr/bin/env python3
"""Makes the cases of data/benchmarks/parks from data/benchmarks/park-pricing: other months, and more users. No packages, no network.

    Scripts/make_parks.py            # writes the cases
    Scripts/make_parks.py --check    # compares with the cases that are there

A month m (0 is January, the park itself) scales the loads of all users and what their panels give, with c = cos(2 pi m / 12):

    electricity 0.9 + 0.1 c,    heat 0.6 + 0.4 c,    sun 1 - 0.125 (c - 1)

User i beyond the first three is like user i mod 3, but 0.7 ... 1.3 times as large, with shapes that are up to an hour late or early, and
discomforts that are 0.9 ... 1.1 times as great; these three numbers come from multiples of irrational ones, which spread evenly. Operator,
grid, fleet, carbon quota and ladder grow with the number of users.
"""
import argparse
import csv
import filecmp
import math
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "data/benchmarks"
SOURCE, TARGET = ROOT / "park-pricing/data", ROOT / "parks"

# Folder, title, month, users.
PARKS = [
    ("march", "three users and an EV fleet, March", 2, 3),
    ("may", "three users and an EV fleet, May", 4, 3),
    ("july", "three users and an EV fleet, July", 6, 3),
    ("six-users", "six users and twice the fleet, January", 0, 6),
    ("nine-users", "nine users and three times the fleet, March", 2, 9),
]

# Of the park itself: name and column, kW of panels, kW of electricity of the heater, and of the first kWh cut the discomfort and by how much
# the last is worth more, in CNY/kWh, for electricity and for heat.
KINDS = [
    ("industrial", "ind", 600, 300, (0.55, 1.2), (0.22, 0.42)),
    ("commercial", "com", 400, 200, (0.50, 0.9), (0.20, 0.33)),
    ("residential", "res", 400, 250, (0.40, 0.8), (0.24, 0.30)),
]
PIECES, CUT_SHARE, SHIFT_SHARE = 3, 0.10, 0.15


def fraction(number):
    return number - math.floor(number)


def four(number):
    """Tables have four decimals."""
    return round(number, 4)


def text(number):
    return f"{number:.9f}".rstrip("0").rstrip(".")


def read(name):
    with open(SOURCE / name, newline="") as file:
        rows = list(csv.reader(file))
    return {title.split(" ")[0]: [float(row[k]) for row in rows[1:]] for k, title in enumerate(rows[0])}


def write_table(path, columns):
    with open(path, "w", newline="\n") as file:
        file.write(",".join(["hour", *columns]) + "\n")
        for hour, values in enumerate(zip(*columns.values())):
            file.write(",".join([str(hour), *map(text, values)]) + "\n")


class User:
    """A user of a park: what its tables and its part of the case hold."""

    def __init__(self, number, month, profiles):
        kind, column, panels, heater, cut, cold = KINDS[number % 3]
        isFirst = number < 3
        season = math.cos(2 * math.pi * month / 12)
        size = 1 if isFirst else 0.7 + 0.6 * fraction(number * 0.6180339887)
        late = 0 if isFirst else (number * 7 // 3) % 3 - 1
        worth = 1 if isFirst else 0.9 + 0.2 * fraction(number * 0.7548776662)
        self.name = kind if isFirst else f"{kind}{number // 3 + 1}"
        self.column = column if isFirst else f"{column}{number // 3 + 1}"
        hours = range(24)
        self.electricity = [four(size * (0.9 + 0.1 * season) * profiles[f"{column}_e"][(h - late) % 24]) for h in hours]
        self.heat = [four(size * (0.6 + 0.4 * season) * profiles[f"{column}_h"][(h - late) % 24]) for h in hours]
        self.sun = [four(size * panels * (1 - 0.125 * (season - 1)) * share) for share in profiles["pv"]]
        self.panels = max(self.sun)
        self.heater = four(size * heater) * 0.95
        self.shift = four(2 * round(SHIFT_SHARE * sum(self.electricity), 4) / 24)
        self.cuts = {
            "electricity": ("cut_e", self.electricity, self.discomfort(worth, *cut)),
            "heat": ("cut_h", self.heat, self.discomfort(worth, *cold)),
        }

    @staticmethod
    def discomfort(worth, first, rise):
        """First discomfort and its growth, so that the pieces' slopes have four decimals."""
        slopes = [four(worth * (first + rise * (piece + 0.5) / PIECES)) for piece in range(PIECES)]
        rise = PIECES * (slopes[1] - slopes[0])
        first = slopes[0] - rise / (2 * PIECES)
        return first, rise / first

    def columns(self):
        cuts = {
            f"{self.column}_{name} [kW]": [PIECES * four(CUT_SHARE * load / PIECES) for load in loads]
            for name, loads, _ in self.cuts.values()
        }
        return {
            f"{self.column}_pv [1]": [value / self.panels for value in self.sun],
            f"{self.column}_e [kW]": self.electricity, f"{self.column}_h [kW]": self.heat, **cuts}

    def case(self):
        lines = [
            f"  {self.name}:",
            f"    demand: {{electricity: profiles.{self.column}_e, heat: profiles.{self.column}_h}}",
            "    devices:",
            f"      pv: {{type: pv, capacity: {text(self.panels)} kW, profile: profiles.{self.column}_pv, curtailable: false}}",
            f"      heater: {{type: electric_boiler, capacity: {text(self.heater)} kW, efficiency: {{heat: 0.95}}}}",
            "    flexibility:",
            f"      shift: {{type: shiftable, carrier: electricity, share: {SHIFT_SHARE}, max_power: {text(self.shift)} kW}}",
        ]
        for carrier, (name, _, (first, growth)) in self.cuts.items():
            label = "cut" if carrier == "electricity" else "warmth"
            lines += [
                f"      {label}: {{type: curtailable, carrier: {carrier}, max_power: profiles.{self.column}_{name},",
                f"        discomfort: {first:.9f} CNY/kWh, growth: {growth:.12f}, pieces: {PIECES}}}"]
        return "\n".join(lines)


CASE = """# Written by Scripts/make_parks.py from ../../park-pricing.
case: {{schema: 1, name: park-{name}, title: "Pricing benchmark: {title}"}}
units: {{power: kW, energy: kWh, mass: kg, currency: CNY}}
time: {{start: "2024-{month:02}-15T00:00", steps: 24, step: 1 h, timezone: Asia/Shanghai}}
tables:
  profiles: {{file: data/profiles.csv, index: hour}}
  envelope: {{file: data/ev_envelope.csv, index: hour}}

carriers:
  electricity: {{color: "#4477AA"}}
  heat: {{color: "#EE6677", vent: true}}
  gas: {{color: "#CCBB44", price: 0.35 CNY/kWh, co2: 0.202 kg/kWh}}

grid:
  buy: {{price: profiles.grid_buy, max: {grid} kW, co2: 0.5703 kg/kWh}}
  sell: {{price: 0.35 CNY/kWh, max: {grid} kW}}

operator:
  devices:
    chp: {{type: chp, region: backpressure, fuel: gas, capacity: {chp} kW, efficiency: {{electricity: 0.35, heat: 0.42}},
          ramp: {ramp} kW/h}}
    boiler: {{type: boiler, fuel: gas, capacity: {boiler} kW, efficiency: {{heat: 0.90}}}}
  prices:
    electricity_sell: {{min: 0.35 CNY/kWh, max: profiles.grid_buy, mean_max: 0.80 CNY/kWh}}
    heat_sell: {{min: 0.15 CNY/kWh, max: 0.50 CNY/kWh}}
    electricity_buy: 0.35 CNY/kWh

users:
{users}

ev_stations:
  plaza:
    envelope: {{max_charge: envelope.max_charge, max_discharge: envelope.max_discharge,
               min_energy: envelope.min_energy, max_energy: envelope.max_energy}}
    charge_efficiency: 0.95
    discharge_efficiency: 0.95
    degradation_cost: 0.05 CNY/kWh
    sell_to_users: true
    sell_share: 0.9

carbon:
  payer: operator
  fixed_quota: {quota} kg
  ladder: {{base_price: 0.10 CNY/kg, interval: {interval} kg, growth: 0.25, steps: 5}}

game:
  leader: {{maximise: profit}}
  followers: {{minimise: cost, ties: optimistic}}
optimiser: {{population: 50, evaluations: 10000, seed: 1}}
"""


def write(folder, name, title, month, count):
    profiles, envelope = read("profiles.csv"), read("ev_envelope.csv")
    users = [User(number, month, profiles) for number in range(count)]
    scale = count / 3
    data = folder / name / "data"
    data.mkdir(parents=True)
    columns = {"grid_buy [CNY/kWh]": profiles["grid_buy"]}
    for user in users:
        columns |= user.columns()
    write_table(data / "profiles.csv", columns)
    units = {"max_charge": "kW", "max_discharge": "kW", "min_energy": "kWh", "max_energy": "kWh"}
    # The envelope is widened by 0.001 kWh against rounding, at any scale.
    widened = {"min_energy": -1e-3, "max_energy": 1e-3}
    write_table(data / "ev_envelope.csv", {
        f"{key} [{unit}]": [four((value - widened.get(key, 0)) * scale + widened.get(key, 0)) for value in envelope[key]]
        for key, unit in units.items()})
    sizes = {key: text(value * scale) for key, value in {
        "grid": 6000, "chp": 1500, "ramp": 500, "boiler": 3000, "quota": 20000, "interval": 3000}.items()}
    (folder / name / "case.yaml").write_text(CASE.format(
        name=name, title=title, month=month + 1, users="\n".join(user.case() for user in users), **sizes))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the cases that are there")
    options = parser.parse_args()
    differing = []
    with tempfile.TemporaryDirectory() as folder:
        for name, title, month, count in PARKS:
            write(Path(folder), name, title, month, count)
        for path in sorted(Path(folder).rglob("*.*")):
            target = TARGET / path.relative_to(folder)
            if options.check:
                if not target.exists() or not filecmp.cmp(path, target, shallow=False):
                    differing.append(str(target))
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
    if differing:
        sys.exit("differ: " + ", ".join(differing))


if __name__ == "__main__":
    main()
