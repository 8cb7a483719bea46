#!/usr/bin/env python3
"""Writes the tables of data/cases/cies-dispatch: loads, tariff, the forecast and ten scenarios of wind and sun, and a day of 200 vehicles.

    python3 Scripts/make_cies_tables.py .build/release/stackelberg [FOLDER]

The paper publishes its curves as figures only, so loads, wind and sun are stand-ins: smooth curves of a winter day with wind and demand
for heat at night. Scenarios are drawn by Latin hypercube sampling and reduced to ten (section 3.2). Vehicles follow the published
distributions of equations 10-12. `charging` reckons equations 13-16 for a list of vehicles, apart from the program, which it is compared
with. The hours in which the wind of a scenario is curtailed (eq. 9) are
read from its dispatch without a boiler, by the program named. Hours are clock hours; a value is the mean of the hour that
begins there. README.md of the case says what is published.
"""
import argparse
import csv
import math
import random
import subprocess
import tempfile
from pathlib import Path
from statistics import NormalDist

CASE = Path(__file__).resolve().parent.parent / "data/cases/cies-dispatch"

# Hour n of the paper begins at n - 1 o'clock: valley 24 and 1-8, peak 9-11 and 17-22, flat 12-16; 23 stands in none, and is taken as flat.
VALLEY = [23, *range(0, 8)]
PEAK = [8, 9, 10, *range(16, 22)]
PRICE = {"valley": 0.40, "flat": 0.75, "peak": 1.20}
PERIODS = [(0, "valley"), (8, "peak"), (11, "flat"), (16, "peak"), (22, "flat"), (23, "valley")]

WIND = 500                                                          # kW, as in case.yaml
WIND_COST, PENALTY = 0.01, 0.2                                      # CNY/kWh of wind taken, and not taken, as there
DRAWN, KEPT, DEVIATION, CORRELATION = 100, 10, 0.15, 0.9            # scenarios; their errors are stand-ins
STRATEGIES = {"no_boiler": "window_disorderly", "improved": "window_improved"}

VEHICLES, SEED = 200, 1
ARRIVAL, DEPARTURE = NormalDist(17.6, 3.4), NormalDist(9.24, 3.16)  # eq. 10; paper 002 for the departure, which this one does not give
LOG_DISTANCE = NormalDist(3.2, 0.88)                                # eq. 11
BATTERY, RANGE, CHARGER, EFFICIENCY = 45.0, 300.0, 7.0, 0.9         # kWh, km, kW; stand-ins

SERVICE_PRICE = 0.60                                                # D_IDR: twice the compensation of greatest revenue (figure 7)
KNEE = 0.34                                                         # compensation from which all moves that can (figure 7)
ELASTICITY = PRICE["peak"] / KNEE                                   # delta of eq. 16, so that it does


def period(hour):
    return "valley" if hour in VALLEY else "peak" if hour in PEAK else "flat"


def bump(hour, centre, width):
    """A peak of height 1 that knows midnight."""
    distance = min(abs(hour - centre), 24 - abs(hour - centre))
    return math.exp(-((distance / width) ** 2))


def profiles():
    rows = []
    for h in range(24):
        clock = h + 0.5
        light = max(0.0, math.sin(math.pi * (clock - 7) / 10)) if 7 < clock < 17 else 0.0
        rows.append([
            h, PRICE[period(h)],
            480 + 250 * bump(clock, 9.5, 3) + 220 * bump(clock, 14, 3) + 480 * bump(clock, 19.5, 3),
            420 + 160 * bump(clock, 3.5, 5) + 60 * bump(clock, 20.5, 3),
            50 + 50 * bump(clock, 14, 4),
            1200 if period(h) == "peak" else 1500,
            0.46 + 0.32 * math.cos(2 * math.pi * (clock - 3) / 24),
            0.6 * light ** 1.3,
        ])
    return rows


def scenarios(forecast):
    """(probability, factor of the wind, factor of the sun by hour) of the scenarios kept of those drawn."""
    dice = random.Random(SEED)

    def hypercube():
        """Of each hour one value in each of as many strata as there are scenarios, standard normal; hour by hour correlated."""
        columns = []
        for _ in range(24):
            strata = [NormalDist().inv_cdf((k + dice.random()) / DRAWN) for k in range(DRAWN)]
            dice.shuffle(strata)
            columns.append(strata)
        errors = [[columns[0][k]] for k in range(DRAWN)]
        for column in columns[1:]:
            for k in range(DRAWN):
                errors[k].append(CORRELATION * errors[k][-1] + math.sqrt(1 - CORRELATION ** 2) * column[k])
        return [[max(0.0, 1 + DEVIATION * error) for error in series] for series in errors]

    drawn = list(zip(hypercube(), hypercube()))

    def distance(one, other):
        return math.sqrt(sum((row[6 + k] * (one[k][h] - other[k][h])) ** 2 for k in (0, 1) for h, row in enumerate(forecast)))

    distances = [[distance(one, other) for other in drawn] for one in drawn]
    probability = {k: 1 / DRAWN for k in range(DRAWN)}
    while len(probability) > KEPT:      # backward: the scenario goes whose probability is cheapest to move to its neighbour
        nearest = {k: min((j for j in probability if j != k), key=lambda j: (distances[k][j], j)) for k in probability}
        gone = min(probability, key=lambda k: (probability[k] * distances[k][nearest[k]], k))
        probability[nearest[gone]] += probability.pop(gone)
    return [(probability[k], *drawn[k]) for k in sorted(probability)]


def over_hours(start, duration):
    """kWh in each hour of a day that repeats itself, of a charge at full power."""
    energy = [0.0] * 24
    clock, left = start, duration
    while left > 1e-12:
        part = min(left, math.floor(clock) + 1 - clock)
        energy[int(math.floor(clock)) % 24] += CHARGER * part
        clock, left = math.floor(clock) + 1 if part < left else clock + part, left - part
    return energy


def orderly_start(arrival):
    """When a charge begins that the tariff orders (section 2.6.2), in hours from the midnight before the arrival."""
    days = arrival // 24 * 24
    index = max(i for i, (hour, _) in enumerate(PERIODS) if hour <= arrival - days)
    following = [
        (days + 24 * ((index + k) // len(PERIODS)) + PERIODS[(index + k) % len(PERIODS)][0], PERIODS[(index + k) % len(PERIODS)][1])
        for k in (1, 2)]
    here, (next_start, next_kind), (later_start, later_kind) = PERIODS[index][1], *following
    if here == "valley" or (here == "flat" and next_kind != "valley"):
        return arrival
    if next_kind == "valley":
        return next_start
    return next_start if later_kind == "peak" else later_start


def vehicles(days=1):
    """(arrival, departure, hours at full power) of the vehicles of some days. Who leaves before it is full takes less."""
    dice = random.Random(SEED)
    found = []
    for _ in range(VEHICLES * days):
        arrival = ARRIVAL.inv_cdf(dice.random()) % 24
        departure = DEPARTURE.inv_cdf(dice.random()) % 24
        distance = min(math.exp(LOG_DISTANCE.inv_cdf(dice.random())), RANGE)
        if departure <= arrival:
            departure += 24
        found.append((arrival, departure, min(departure - arrival, distance / RANGE * BATTERY / (EFFICIENCY * CHARGER))))
    return found


def can_wait(vehicle):
    """Whether it stays longer than it charges, and is full before it leaves though it waited.

    That it must be full after the wait, too, is a reading: by the first condition alone, vehicles would leave without what they came for.
    """
    arrival, departure, duration = vehicle
    return departure - arrival > duration and orderly_start(arrival) + duration <= departure


def groups(fleet, days=1):
    """Mean kW per hour of a day: charging on arrival of those who can wait, the same ordered, the load so moved, and of the others; with
    how many the others are."""
    free, ordered, moved, others = ([0.0] * 24 for _ in range(4))
    count = 0
    for vehicle in fleet:
        arrival, _, duration = vehicle
        at_once = over_hours(arrival, duration)
        if can_wait(vehicle):
            later = over_hours(orderly_start(arrival), duration)
            for h in range(24):
                free[h] += at_once[h] / days
                ordered[h] += later[h] / days
                moved[h] += max(0.0, at_once[h] - later[h]) / days
        else:
            count += 1 / days
            for h in range(24):
                others[h] += at_once[h] / days
    return free, ordered, moved, others, count


def contract(others, count, compensation):
    """Load of those under contract, and what of it is moved from each hour: eq. 16, solved for the load moved, out of peak hours, and spread
    over the chargers that are free in the valley."""
    moved = [min(load, compensation * ELASTICITY * load / PRICE["peak"]) if period(h) == "peak" else 0.0 for h, load in enumerate(others)]
    room = [count * CHARGER - load if h in VALLEY else 0.0 for h, load in enumerate(others)]
    return [load - moved[h] + sum(moved) * room[h] / sum(room) for h, load in enumerate(others)], moved


def charging(fleet, days=1, compensation=KNEE):
    """Columns of kW by name: the charging load of each strategy, and the load moved, for which the system pays."""
    free, ordered, moved_by_order, others, count = groups(fleet, days)
    signed, moved_by_contract = contract(others, count, compensation)
    total = lambda *series: [sum(values) for values in zip(*series)]
    return {
        "disorderly": total(free, others), "orderly": total(ordered, others), "incentive": total(free, signed),
        "improved": total(ordered, signed), "moved_orderly": moved_by_order, "moved_incentive": moved_by_contract,
    }


def write(path, header, rows):
    path.write_text("\n".join([",".join(header), *(",".join(map(str, row)) for row in rows)]) + "\n")


def write_vehicles(path, fleet):
    """A table of stays. The charge is cut by a millionth, so that rounding asks nobody for more than the stay gives."""
    write(path, ["vehicle", "arrival [h]", "departure [h]", "battery [kWh]", "max_charge [kW]", "max_discharge [kW]", "soc_arrival",
                 "soc_departure"], [
        [f"ev{k + 1}", f"{arrival:.6f}", f"{departure:.6f}", f"{BATTERY:g}", f"{CHARGER:g}", 0,
         f"{1 - max(0.0, duration - 2e-6) * EFFICIENCY * CHARGER / BATTERY:.8f}", 1]
        for k, (arrival, departure, duration) in enumerate(fleet)])


def write_day(path, forecast, wind, sun, windows=None):
    """The forecast with factors of wind and sun, and columns of 0 and 1 by name."""
    header = ["hour", "tariff [CNY/kWh]", "electricity [kW]", "heat [kW]", "cooling [kW]", "line [kW]", "wind [1]", "sun [1]"]
    windows = windows or {}
    write(path, [*header, *(f"{name} [1]" for name in windows)], [
        [h, f"{row[1]:.2f}", *(f"{value:.1f}" for value in row[2:5]), row[5],
         f"{min(1, row[6] * wind[h]):.3f}", f"{row[7] * sun[h]:.3f}", *(column[h] for column in windows.values())]
        for h, row in enumerate(forecast)])


def write_days(data, forecast, kept, windows):
    for number, (_, wind, sun) in enumerate(kept, 1):
        write_day(data / f"scenario_{number:02}.csv", forecast, wind, sun, {name: c[number - 1] for name, c in windows.items()})


def rows_of(path):
    with Path(path).open() as file:
        return list(csv.DictReader(file))


def curtailed_hours(program, case, variant):
    """By scenario: 1 for each hour in which a dispatch curtails wind, so that one more kWh would save its penalty (eq. 9).

    Where the battery may charge in one of several such hours, wind taken alone would depend on the hour that the solver chose.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        subprocess.run([program, "dispatch", case, "--variant", variant, "--quiet", "--output", out], check=True)
        price = {
            (row["day"], int(row["step"])): float(row["marginal price [CNY/kWh]"])
            for row in rows_of(out / "marginals.csv") if row["carrier"] == "electricity"}
    return [[1 if price[f"s{number:02}", h] < WIND_COST - PENALTY + 1e-6 else 0 for h in range(24)] for number in range(1, KEPT + 1)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", help="of this package, to find the hours of curtailed wind with")
    parser.add_argument("folder", nargs="?", type=Path, default=CASE)
    arguments = parser.parse_args()
    data = arguments.folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    write_vehicles(data / "vehicles.csv", vehicles())
    forecast = profiles()
    write_day(data / "forecast.csv", forecast, [1] * 24, [1] * 24)
    kept = scenarios(forecast)
    write_days(data, forecast, kept, {name: [[1] * 24] * KEPT for name in STRATEGIES.values()})
    windows = {name: curtailed_hours(arguments.program, arguments.folder, variant) for variant, name in STRATEGIES.items()}
    write_days(data, forecast, kept, windows)
    print("Days of case.yaml, each with its probability times 365:")
    for number, (probability, *_) in enumerate(kept, 1):
        print(f"  s{number:02}: {{weight: {365 * probability:.2f}, tables.profiles.file: data/scenario_{number:02}.csv}}")


if __name__ == "__main__":
    main()
