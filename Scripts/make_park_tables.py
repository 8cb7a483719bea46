#!/usr/bin/env python3
"""Makes the tables of data/cases/stackelberg-park from packages that anyone can install; no network, no other files.

    python3 -m venv .venv
    .venv/bin/pip install demandlib==0.2.2 pvlib==0.16.1 pandas==2.3.3 numpy==2.4.6
    .venv/bin/python Scripts/make_park_tables.py            # writes the tables
    .venv/bin/python Scripts/make_park_tables.py --check    # compares with the tables that are there

Weather: a typical meteorological year (TMY3, Greensboro NC, 36.1 N, shipped with pvlib). The day is the working day of the
heating season (15 October to 15 April) whose mean temperature, irradiance and wind speed are jointly nearest to the
season's means, each measured in standard deviations.
Loads: BDEW standard load profiles and the BDEW heat demand method (demandlib) for that day and that temperature, scaled
to the annual energies below. Vehicles: sampled with a fixed seed; the fleet is the same at midnight as a day before.
"""
import argparse
import math
import random
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
import numpy as np
import pandas as pd
import pvlib
from demandlib import bdew

YEAR = 2019
LATITUDE, LONGITUDE, TILT = 36.1, -79.95, 30.0
# Annual energy in kWh: round numbers for a small park; stand-ins.
ELECTRICITY = {"ind": ("g3", 8.0e6), "com": ("g1", 5.0e6), "res": ("h0", 3.5e6)}
HEAT = {"ind": ("GMK", 1.6e6), "com": ("GHD", 1.2e6), "res": ("MFH", 1.8e6)}
# Guangdong time-of-use ratios (2021): valley 0-8, peak 10-12 and 14-19, else flat; flat price 0.716 CNY/kWh.
FLAT = 0.716
RATIO = [0.38] * 8 + [1.0] * 2 + [1.7] * 2 + [1.0] * 2 + [1.7] * 5 + [1.0] * 5
# Feed-in: the benchmark price of coal power in Guangdong, but never above nine tenths of the hour's own price.
FEED_IN, FEED_IN_SHARE = 0.453, 0.9
# kW of every charger, both ways.
CHARGER = 7
TARGET = Path(__file__).resolve().parent.parent / "data/cases/stackelberg-park/data"


def weather():
    path = Path(pvlib.__file__).parent / "data/723170TYA.CSV"
    data, _ = pvlib.iotools.read_tmy3(path, map_variables=True, coerce_year=YEAR)
    # The file labels the end of the hour.
    data.index = data.index - pd.Timedelta(hours=1)
    return data[data.index.year == YEAR]


def typical_day(data):
    daily = data[["temp_air", "ghi", "wind_speed"]].groupby(data.index.date).mean()
    days = pd.to_datetime(daily.index)
    season = (days >= f"{YEAR}-10-15") | (days <= f"{YEAR}-04-15")
    full = data.groupby(data.index.date).size().to_numpy() == 24
    chosen = daily[season & full]
    distance = (((chosen - chosen.mean()) / chosen.std()) ** 2).sum(axis=1)
    working = distance[pd.to_datetime(distance.index).dayofweek < 5]
    return working.idxmin()


def plane_of_array(day):
    middle = day.index + pd.Timedelta(minutes=30)
    sun = pvlib.solarposition.get_solarposition(middle, LATITUDE, LONGITUDE)
    total = pvlib.irradiance.get_total_irradiance(
        TILT, 180, sun["apparent_zenith"].to_numpy(), sun["azimuth"].to_numpy(), day["dni"].to_numpy(),
        day["ghi"].to_numpy(), day["dhi"].to_numpy(), model="isotropic")
    return np.nan_to_num(np.maximum(total["poa_global"], 0))


def electric_loads(date):
    slp = bdew.ElecSlp(YEAR)
    hours = pd.date_range(str(date), periods=24, freq="h")
    loads = {}
    for user, (profile, energy) in ELECTRICITY.items():
        year = slp.get_scaled_power_profiles({profile: energy})[profile].resample("h").mean()
        year = year * energy / year.sum()
        loads[user] = year.reindex(hours).to_numpy()
    return loads


def heat_loads(data, date):
    index = pd.date_range(f"{YEAR}-01-01", periods=8760, freq="h")
    temperature = pd.Series(data["temp_air"].to_numpy()[:8760], index=index)
    hours = pd.date_range(str(date), periods=24, freq="h")
    loads = {}
    for user, (kind, energy) in HEAT.items():
        building = bdew.HeatBuilding(
            index, temperature=temperature, shlp_type=kind, building_class=2 if kind == "MFH" else 0, wind_class=0,
            annual_heat_demand=energy, name=kind)
        loads[user] = building.get_bdew_profile().reindex(hours).to_numpy()
    return loads


def profiles():
    data = weather()
    date = typical_day(data)
    day = data[data.index.date == date]
    electricity, heat = electric_loads(date), heat_loads(data, date)
    irradiance = plane_of_array(day)
    header = ["hour", "grid_buy [CNY/kWh]", "grid_sell [CNY/kWh]", "wind_speed [m/s]", "air_temperature [degC]",
              "irradiance [W/m2]"]
    for user in ELECTRICITY:
        header += [f"{user}_e [kW]", f"{user}_h [kW]"]
    lines = [",".join(header)]
    for t in range(24):
        buy = FLAT * RATIO[t]
        cells = [str(t), f"{buy:.4f}", f"{min(FEED_IN, FEED_IN_SHARE * buy):.4f}", f"{day['wind_speed'].iloc[t]:.1f}",
                 f"{day['temp_air'].iloc[t]:.1f}", f"{irradiance[t]:.1f}"]
        for user in ELECTRICITY:
            cells += [f"{electricity[user][t]:.1f}", f"{heat[user][t]:.1f}"]
        lines.append(",".join(cells))
    return date, "\n".join(lines) + "\n"


def quarter(hour):
    return round(hour * 4) / 4


def sessions(count=120, seed=20231225):
    """Two fleets of equal size: overnight vehicles (arrival N(17.6, 3.4) h, departure log-normal around 8 h), whose night is
    one stay until the morning and one from the evening on, and workplace vehicles (arrival N(8.5, 1) h, stay N(8.5, 1) h).
    Every vehicle leaves in the state of charge in which it came: the fleet is a store, not a further load, which is what
    the scenarios compare."""
    generator = random.Random(seed)
    rows = []
    for n in range(count):
        battery = generator.choice([38, 50, 60])
        charge = round(generator.uniform(0.45, 0.65), 2)
        if n % 2 == 0:
            while True:
                arrival = quarter(generator.gauss(17.6, 3.4) % 24)
                departure = quarter(math.exp(generator.gauss(math.log(8.0), 0.15)))
                if 12 <= arrival <= 22.5 and 5 <= departure <= 10.5:
                    break
            # A night is one stay cut at midnight: both halves meet in the same state of charge, low enough to charge in the
            # valley hours, and no lower than the evening can reach.
            reach = 0.8 * CHARGER * (24 - arrival) / battery
            midnight = round(max(0.25, charge - reach), 2)
            rows.append((f"night{n // 2 + 1:03d}a", 0, departure, battery, midnight, charge))
            rows.append((f"night{n // 2 + 1:03d}b", arrival, 24, battery, charge, midnight))
        else:
            while True:
                arrival = quarter(generator.gauss(8.5, 1.0))
                stay = quarter(generator.gauss(8.5, 1.0))
                if arrival >= 6 and 6 <= stay <= 11 and arrival + stay <= 21:
                    break
            rows.append((f"work{n // 2 + 1:03d}", arrival, arrival + stay, battery, charge, charge))
    header = ("session,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,"
              "soc_departure,soc_min,soc_max")
    lines = [header]
    for name, arrival, departure, battery, first, wanted in rows:
        assert (wanted - first) * battery <= 0.95 * CHARGER * (departure - arrival), name
        lines.append(
            f"{name},{arrival:g},{departure:g},{battery},{CHARGER},{CHARGER},{first:g},{wanted:g},0.2,0.95")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing; exit code 1 on a difference")
    options = parser.parse_args()
    date, wide = profiles()
    tables = {"profiles.csv": wide, "ev_sessions.csv": sessions()}
    print(f"day: {date:%A %Y-%m-%d} of the typical year")
    frame = pd.read_csv(pd.io.common.StringIO(wide))
    print(frame.drop(columns="hour").sum().round(1).to_string())
    if options.check:
        wrong = [name for name, text in tables.items() if (TARGET / name).read_text() != text]
        print("tables agree" if not wrong else f"tables differ: {', '.join(wrong)}")
        sys.exit(1 if wrong else 0)
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (TARGET / name).write_text(text)
        print(f"wrote {TARGET / name}")


if __name__ == "__main__":
    main()
