#!/usr/bin/env python3
"""Prices a measured campus from files as they were published, without a line of preprocessing.

Writes a case to a temporary folder, beside untouched copies of the files, and runs `check` and `price` on it.

Usage: Scripts/price_campus.py [PROGRAM] [EVALUATIONS]

The files are looked for in the folder that CAMPUS_DATA names, else in ../shared/data: a year of loads, of weather and of
the grid in UTC, and a log of charging sessions. Without them nothing is run.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES = [
    "cambridge_2019_loads.csv",
    "cambridge_2019_weather_pv_wind.csv",
    "gb_2019_grid_carbon_price.csv",
    "ev_trondheim_2019_sessions.csv",
]
BUILDINGS = ["b0", "b8", "b36", "b58", "b71", "b111"]

CASE = """\
case: {schema: 1, name: campus, title: "Six university buildings and a garage, a working day in November"}
units: {currency: GBP}
time: {start: "2019-11-20T00:00", steps: 24, timezone: Europe/London}
tables:
  loads: {file: cambridge_2019_loads.csv, index: time_utc}
  weather: {file: cambridge_2019_weather_pv_wind.csv, index: time_utc}
  public: {file: gb_2019_grid_carbon_price.csv, index: time_utc}
  garage: {file: ev_trondheim_2019_sessions.csv, index: session_id, short_stays: clip, columns: {max_charge: {value: 7.2 kW}}}
carriers:
  electricity: {}
  heat: {vent: true}
  gas: {price: 0.03 GBP/kWh, co2: 0.184 kg/kWh}
grid:
  buy: {price: public.electricity_price_gbp_per_kwh, max: 4 MW, co2: public.carbon_intensity_kg_per_kwh}
  sell: {price: 0.5 * public.electricity_price_gbp_per_kwh, max: 1 MW}
operator:
  devices:
    chp: {type: chp, fuel: gas, capacity: 800 kW, efficiency: {electricity: 0.38, heat: 0.44}, om_cost: 0.01 GBP/kWh}
    boiler: {type: boiler, fuel: gas, capacity: 3 MW, efficiency: {heat: 0.9}}
    wind: {type: pv, capacity: 500 kW, profile: weather.wind_kw_per_kw}
  prices:
    electricity_sell: {min: 0.5 * public.electricity_price_gbp_per_kwh, max: 1.5 * public.electricity_price_gbp_per_kwh, mean_max: 0.14}
    heat_sell: {min: 0.02, max: 0.06, mean_max: 0.045}
    electricity_buy: 0.5 * public.electricity_price_gbp_per_kwh
users:
USERS
ev_stations:
  garage: {sessions: garage, individual: true, charge_efficiency: 0.95}
carbon: {quota: {electricity: 0.2 kg/kWh, heat: 0.16 kg/kWh}, ladder: {base_price: 0.02 GBP/kg}}
optimiser: {seed: 1, population: 40}
"""


def user(name):
    return (
        f"  {name}:\n"
        f"    demand: {{electricity: loads.{name}_electricity_kw, heat: loads.{name}_heat_kw}}\n"
        f"    devices: {{pv: {{type: pv, capacity: 100 kW, profile: weather.pv_kw_per_kwp}}}}\n"
        f"    flexibility:\n"
        f"      hours: {{type: shiftable, carrier: electricity, share: 0.1, window: [7, 21]}}\n"
        f"      warmth: {{type: curtailable, carrier: heat, share: 0.1, discomfort: 0.05 GBP/kWh}}"
    )


def main():
    data = pathlib.Path(os.environ.get("CAMPUS_DATA", ROOT.parent / "shared" / "data"))
    missing = [name for name in FILES if not (data / name).is_file()]
    if missing:
        print(f"{data}: has no {', '.join(missing)}; set CAMPUS_DATA to the folder that has them. Nothing was run.")
        return 0
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".build" / "release" / "stackelberg")
    evaluations = sys.argv[2] if len(sys.argv) > 2 else "2000"
    with tempfile.TemporaryDirectory() as place:
        case = pathlib.Path(place) / "campus"
        case.mkdir()
        for name in FILES:
            shutil.copyfile(data / name, case / name)
        (case / "case.yaml").write_text(CASE.replace("USERS", "\n".join(map(user, BUILDINGS))))
        subprocess.run([program, "check", str(case)], check=True)
        out = str(pathlib.Path(place) / "result")
        run = subprocess.run(
            [program, "price", str(case), "--evaluations", evaluations, "--output", out], capture_output=True, text=True
        )
        print(run.stdout + run.stderr)
        manifest = json.loads((pathlib.Path(out) / "manifest.json").read_text())
        bad = [verdict["name"] for verdict in manifest["verdicts"] if not verdict["holds"]]
        print(f"payoff {manifest['payoff']:.2f} GBP, {manifest['seconds']:.0f} s, checks that fail: {bad or 'none'}")
        return run.returncode


if __name__ == "__main__":
    sys.exit(main())
