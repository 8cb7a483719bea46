#!/usr/bin/env python3
"""Writes the tables of data/cases/carbon-excess-park: loads, weather and tariff of a day, and the stays of its vehicles.

    python3 Scripts/make_carbon_excess_tables.py [FOLDER]          # --check compares instead of writing

The paper publishes its curves as figures only, so loads and weather are stand-ins: smooth curves by formula of a park with
offices, workshops and homes on a day in spring, when it heats by night and cools at noon. The day runs from 13:00 to 13:00, so
that a vehicle's night is one stay. Prices and the laws of the stays are the paper's (section 4.1, eq. 20-22, table 1).
"""
import math
import random
import sys
from pathlib import Path

START = 13                                                          # clock hour of the first step
NIGHT, NORMAL, DAY = 0.325, 0.425, 0.575                            # CNY/kWh, published
BATTERY, CHARGER, EFFICIENCY, CONSUMPTION = 40, 7, 0.95, 0.15       # kWh, kW, share, kWh/km: stand-ins
WANTED, LEAST, MOST = 0.9, 0.2, 0.95                                # states of charge: stand-ins
COUNT = 100                                                         # stand-in


def bump(hour, centre, width):
    """A peak of height 1 that knows midnight."""
    distance = min(abs(hour - centre), 24 - abs(hour - centre))
    return math.exp(-((distance / width) ** 2))


def tariff(hour):
    """Night is the paper's off-peak period (table 1); which hours are dear is a stand-in."""
    if hour >= 23 or hour < 7:
        return NIGHT, 1
    return (DAY, 3) if 10 <= hour < 15 or 18 <= hour < 21 else (NORMAL, 2)


def profiles():
    lines = ["hour,tariff [CNY/kWh],period,electricity [kW],heat [kW],cooling [kW],gas [kW],wind_speed [m/s],irradiance [W/m2],"
             "air_temperature [degC]"]
    for step in range(24):
        hour = (START + step) % 24
        clock = hour + 0.5
        light = max(0.0, math.sin(math.pi * (clock - 6) / 12.6)) if 6 < clock < 18.6 else 0.0
        price, period = tariff(hour)
        cells = [
            1100 + 900 * bump(clock, 11, 3) + 500 * bump(clock, 15.5, 2.5) + 1000 * bump(clock, 19.5, 2.5),
            1050 + 350 * bump(clock, 7, 2.5) + 250 * bump(clock, 21, 3.5) - 550 * bump(clock, 14, 4),
            120 + 1080 * bump(clock, 14.5, 4),
            60 + 120 * bump(clock, 7, 1.5) + 120 * bump(clock, 12, 1.5) + 180 * bump(clock, 18.5, 1.5),
        ]
        lines.append(f"{step},{price},{period}," + ",".join(f"{x:.1f}" for x in cells)
                     + f",{8.6 + 2.2 * math.cos(2 * math.pi * (clock - 2.5) / 24):.2f},{860 * light ** 1.2:.1f}"
                     + f",{16 + 6 * math.cos(2 * math.pi * (clock - 15) / 24):.1f}")
    return "\n".join(lines) + "\n"


def stays(seed, arrive, leave, distance):
    """One night of each vehicle. What lies beyond the day is cut off at its ends; a stay below an hour is drawn again.

    Clock hours run on over midnight, which is what wrapping the paper's densities there says: an arrival at 24.5 is one at half
    past midnight, and a departure at -1 one at 23:00 of the evening before.
    """
    generator = random.Random(seed)
    lines = ["session,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure,soc_min,"
             "soc_max"]
    for n in range(COUNT):
        while True:
            arrival = min(max(arrive(generator) - START, 0), 24)
            departure = min(max(leave(generator) + 24 - START, 0), 24)
            arrival, departure = round(arrival * 4) / 4, round(departure * 4) / 4
            if departure - arrival >= 1:
                break
        left = max(LEAST, WANTED - distance(generator) * CONSUMPTION / BATTERY)
        left = math.ceil(left * 1000) / 1000
        reach = math.floor((left + 0.999 * EFFICIENCY * CHARGER * (departure - arrival) / BATTERY) * 1000) / 1000
        lines.append(f"ev{n + 1:03d},{arrival:g},{departure:g},{BATTERY},{CHARGER},{CHARGER},{left:g},{min(WANTED, reach):g},{LEAST},"
                     f"{MOST}")
    return "\n".join(lines) + "\n"


def published_lognormal(mean, deviation):
    """A log-normal law with this mean and standard deviation."""
    spread = math.sqrt(math.log(1 + (deviation / mean) ** 2))
    return lambda generator: generator.lognormvariate(math.log(mean) - spread ** 2 / 2, spread)


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    folder = Path(arguments[0] if arguments else Path(__file__).parent.parent / "data/cases/carbon-excess-park/data")
    tables = {
        "profiles.csv": profiles(),
        "stays.csv": stays(17, lambda g: g.gauss(17.6, 3.4), lambda g: g.gauss(9.24, 3.16), lambda g: g.lognormvariate(3.2, 0.88)),
        "stays_table_1.csv": stays(
            17, lambda g: g.gauss(19.5, 1.2), lambda g: g.gauss(8.25, 0.8), published_lognormal(42.5, 12.3)),
    }
    if "--check" in sys.argv:
        wrong = [name for name, text in tables.items() if (folder / name).read_text() != text]
        print("tables agree" if not wrong else f"tables differ: {', '.join(wrong)}")
        sys.exit(1 if wrong else 0)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / name).write_text(text)


if __name__ == "__main__":
    main()
