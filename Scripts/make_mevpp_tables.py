#!/usr/bin/env python3
"""Writes the tables of data/cases/mevpp-sizing: loads, sun, wind and tariff of three typical days, by formula.

    python3 Scripts/make_mevpp_tables.py [FOLDER]

The paper publishes its curves as figures only, so these are stand-ins: smooth curves of a residential park of some 1 MW, with an evening
peak of electricity, heat in winter and cooling in summer. Hours are clock hours; a value is the mean of the hour that begins there.
"""
import math
import sys
from pathlib import Path


def bump(hour, centre, width):
    """A peak of height 1 that knows midnight."""
    distance = min(abs(hour - centre), 24 - abs(hour - centre))
    return math.exp(-((distance / width) ** 2))


def day(sunrise, sunset, sun, wind, electric, warmth, cold):
    rows = []
    for h in range(24):
        clock = h + 0.5
        light = max(0.0, math.sin(math.pi * (clock - sunrise) / (sunset - sunrise))) if sunrise < clock < sunset else 0.0
        tariff = 0.40 if h < 7 or h == 23 else 1.20 if 10 <= h < 13 or 18 <= h < 22 else 0.75
        rows.append([
            h, tariff,
            electric * (0.45 + 0.20 * bump(clock, 8, 2) + 0.30 * bump(clock, 12.5, 3) + 0.55 * bump(clock, 20, 2.5)),
            warmth * (0.75 + 0.15 * bump(clock, 7, 2.5) + 0.25 * bump(clock, 21, 3.5) - 0.20 * bump(clock, 14, 4)),
            cold * (0.15 + 0.85 * bump(clock, 14.5, 5)),
            15 + 60 * bump(clock, 7, 1) + 60 * bump(clock, 12, 1) + 90 * bump(clock, 18.5, 1.2),
            wind * (1 + 0.4 * math.cos(2 * math.pi * (clock - 3) / 24)),
            sun * light ** 1.3,
        ])
    return rows


SEASONS = {
    "winter": day(7.2, 17.2, 0.60, 0.34, 1250, 500, 0),
    "summer": day(5.0, 19.6, 0.80, 0.24, 1400, 90, 900),
    "transition": day(6.0, 18.4, 0.75, 0.32, 1150, 200, 250),
}
HEADER = ("hour,tariff [CNY/kWh],electricity [kW],heat [kW],cooling [kW],gas [kW],wind [1],sun [1]")

folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "data/cases/mevpp-sizing/data")
for season, rows in SEASONS.items():
    lines = [HEADER] + [f"{r[0]},{r[1]:.2f}," + ",".join(f"{x:.1f}" for x in r[2:6]) + f",{r[6]:.3f},{r[7]:.3f}" for r in rows]
    (folder / f"{season}.csv").write_text("\n".join(lines) + "\n")
