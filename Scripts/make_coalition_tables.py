#!/usr/bin/env python3
"""Writes the tables of data/cases/park-coalition: a measured day of loads, weather and wind, a tariff, and stays of vehicles.

    python3 -m venv .venv
    .venv/bin/pip install demandlib==0.2.2 pandas==2.3.3 numpy==2.4.6
    .venv/bin/python Scripts/make_coalition_tables.py DATA [FOLDER]           # --check compares instead of writing

DATA is a folder with three tables of published records, as hourly kW per building or one row per stay:

    cambridge_2019_loads.csv               electricity and gas metered in buildings of the University of Cambridge (MIT licence)
    cambridge_2019_weather_pv_wind.csv     wind power and temperature from the Met Office's station Bedford (Open Government Licence v3)
    ev_trondheim_2019_sessions.csv         stays metered at chargers of homes in Trondheim (CC BY 4.0)

The day runs from noon to noon, so that nights are whole. It is the working one of the heating season, November to March, whose mean
temperature, irradiance and wind power are jointly nearest to the season's, each measured in standard deviations, of those without a gap.
Homes are not among the metered buildings: their loads are the BDEW standard profile and the BDEW heat demand method (demandlib).
"""
import argparse
import csv
import datetime
import statistics
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
import pandas
from demandlib import bdew

SEASON = (11, 12, 1, 2, 3)
# The laboratories b58 and b111 run day and night, as industry does; so many times what was metered there.
INDUSTRY, TIMES = ("b58", "b111"), 90
# kWh a year: 40,000 homes, some of which heat by the electric boiler.
HOMES, HOMES_HEAT = 1.28e8, 4.5e7
# Guangdong time-of-use ratios of 2021 and the price they are multiples of, CNY/kWh; CNY for a USD, mean of 2019.
RATIO = [0.38] * 8 + [1.0] * 2 + [1.7] * 2 + [1.0] * 2 + [1.7] * 5 + [1.0] * 5
FLAT, EXCHANGE = 0.716, 6.9
# Feed-in: benchmark price of coal power in Guangdong, CNY/kWh, and never above this share of the hour's own price.
FEED_IN, FEED_IN_SHARE = 0.453, 0.7
# Vehicles: rows of the table, each of so many that come and go together.
ROWS, EACH = 200, 60
BATTERY, CHARGER, EFFICIENCY = 75.0, 7.2, 0.95
LEAST, WANTED, MOST = 0.1, 0.9, 0.95
TARGET = Path(__file__).resolve().parent.parent / "data/cases/park-coalition/data"


def rows_of(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def starts(weather):
    """Positions in the year at which a day from noon to noon begins that is a working one of the season and has no gap."""
    for first in range(12, len(weather) - 24, 24):
        day = weather[first:first + 24]
        date = datetime.datetime.fromisoformat(day[0]["time_utc"][:-1])
        gaps = sum(int(row[key]) for row in day for key in ("ghi_filled", "temperature_filled", "wind_filled"))
        if date.month in SEASON and date.weekday() < 4 and gaps == 0:
            yield first


def typical_day(weather, loads):
    keys = ("temperature_c", "ghi_w_m2", "wind_kw_per_kw")
    means = lambda first: [statistics.fmean(float(row[key]) for row in weather[first:first + 24]) for key in keys]
    days = {first: means(first) for first in starts(weather)
            if not any(int(row[f"{b}_filled"]) for row in loads[first:first + 24] for b in INDUSTRY)}
    centre = [statistics.fmean(values) for values in zip(*days.values())]
    spread = [statistics.pstdev(values) for values in zip(*days.values())]
    distance = lambda first: sum(((x - c) / s) ** 2 for x, c, s in zip(days[first], centre, spread))
    return min(days, key=distance)


def homes(weather, first):
    """Electricity and heat of homes, kW."""
    hours = pandas.date_range("2019-01-01", periods=len(weather), freq="h")
    profile = bdew.ElecSlp(2019).get_scaled_power_profiles({"h0": HOMES})["h0"].resample("h").mean()
    electricity = profile * HOMES / profile.sum()
    heat = bdew.HeatBuilding(
        hours, temperature=pandas.Series([float(row["temperature_c"]) for row in weather], index=hours), shlp_type="MFH",
        building_class=2, wind_class=0, annual_heat_demand=HOMES_HEAT, name="MFH").get_bdew_profile()
    day = hours[first:first + 24]
    return electricity.reindex(day).tolist(), heat.reindex(day).tolist()


def profiles(loads, weather):
    first = typical_day(weather, loads)
    day = loads[first:first + 24]
    industry = {kind: [TIMES * sum(float(row[f"{b}_{kind}_kw"]) for b in INDUSTRY) for row in day] for kind in ("electricity", "heat")}
    electricity, heat = homes(weather, first)
    lines = ["hour,grid_buy [USD/kWh],grid_sell [USD/kWh],wind [1],industry_e [kW],industry_h [kW],homes_e [kW],homes_h [kW]"]
    for t in range(24):
        buy = FLAT * RATIO[(12 + t) % 24] / EXCHANGE
        sell = min(FEED_IN / EXCHANGE, FEED_IN_SHARE * buy)
        lines.append(
            f"{t},{buy:.4f},{sell:.4f},{float(weather[first + t]['wind_kw_per_kw']):.4f},{industry['electricity'][t]:.0f},"
            f"{industry['heat'][t]:.0f},{electricity[t]:.0f},{heat[t]:.0f}")
    return day[0]["time_utc"], "\n".join(lines) + "\n"


def sessions(stays):
    """Stays between noon and noon of working days of the season, of which every so manieth is taken in order of arrival. What was
    charged is what is wanted, as far as the charger and the battery allow it."""
    found = []
    for row in stays:
        arrival = datetime.datetime.fromisoformat(row["arrival_local"])
        noon = arrival.replace(hour=12, minute=0) - datetime.timedelta(days=1 if arrival.hour < 12 else 0)
        begin = (arrival - noon).total_seconds() / 3600
        end = begin + float(row["stay_h"])
        if noon.month in SEASON and noon.weekday() < 4 and end <= 24 and end - begin >= 0.5:
            found.append((round(begin, 3), round(end, 3), float(row["energy_kwh"]), row["session_id"]))
    found.sort()
    lines = ["session,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure,soc_min,soc_max"]
    for k in range(ROWS):
        begin, end, energy, name = found[(2 * k + 1) * len(found) // (2 * ROWS)]
        stored = EFFICIENCY * min(energy, CHARGER * (end - begin))
        # Rounded up, so that what is wanted can be reached.
        arrival = max(LEAST, -int(-1000 * (WANTED - stored / BATTERY) // 1) / 1000)
        battery, charger = EACH * BATTERY, EACH * CHARGER
        lines.append(f"{name},{begin:g},{end:g},{battery:g},{charger:g},{charger:g},{arrival:g},{WANTED},{LEAST},{MOST}")
    return len(found), "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", default=TARGET)
    parser.add_argument("--check", action="store_true", help="compare instead of writing; exit code 1 on a difference")
    options = parser.parse_args()
    tables = [rows_of(options.data / name) for name in (
        "cambridge_2019_loads.csv", "cambridge_2019_weather_pv_wind.csv", "ev_trondheim_2019_sessions.csv")]
    start, wide = profiles(*tables[:2])
    count, long = sessions(tables[2])
    print(f"day from {start}; {ROWS} of {count} stays, {EACH} vehicles each")
    texts = {"profiles.csv": wide, "sessions.csv": long}
    if options.check:
        wrong = [name for name, text in texts.items() if (options.folder / name).read_text() != text]
        print("tables agree" if not wrong else f"tables differ: {', '.join(wrong)}")
        sys.exit(1 if wrong else 0)
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (options.folder / name).write_text(text)


if __name__ == "__main__":
    main()
