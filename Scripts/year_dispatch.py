#!/usr/bin/env python3
"""Operates a measured year, 8,760 hours in one program and in windows, and compares with PyPSA on the same model.

    python3 -m venv .venv && .venv/bin/pip install pypsa highspy highsbox
    swift build -c release --product stackelberg
    PATH=.venv/bin:$PATH python3 Scripts/year_dispatch.py FOLDER

FOLDER holds cambridge_2019_loads.csv and cambridge_2019_weather_pv_wind.csv: hourly electricity and heat of university
buildings (Langtry and Choudhary 2024), and what an array and a turbine give there. The plant (combined heat and power,
boiler, array, turbine, battery, heat store) and its prices are a stand-in. Exit code 1 where the optima differ by more
than 1e-6, relative.
"""
import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BUILDINGS = ["b0", "b8", "b36", "b58", "b71", "b111"]
CASE = """\
case: {schema: 1, name: measured-year}
units: {currency: GBP}
time: {steps: STEPS, step: 1 h, start: 2019-01-01T00:00, timezone: UTC}
tables: {p: {file: profiles.csv, index: time}}
carriers: {electricity: {}, heat: {vent: true}, gas: {price: 0.03 GBP/kWh, co2: 0.184 kg/kWh}}
grid: {buy: {price: p.buy, max: 4 MW, co2: 0.25 kg/kWh}, sell: {price: p.sell, max: 4 MW}}
operator:
  demand: {electricity: p.electricity, heat: p.heat}
  devices:
    chp: {type: chp, capacity: 400 kW, efficiency: {electricity: 0.36, heat: 0.46}, om_cost: 0.008}
    boiler: {type: boiler, capacity: 3 MW, efficiency: {heat: 0.9}}
    pv: {type: pv, capacity: 500 kW, profile: p.pv, curtailable: true}
    wind: {type: wind, capacity: 300 kW, profile: p.wind, curtailable: true}
    battery: {type: storage, carrier: electricity, capacity: 500 kWh, duration: 2 h, charge_efficiency: 0.95,
      discharge_efficiency: 0.95, standing_loss: 0, simultaneous: true, initial_soc: 0.5, cyclic: true, min_soc: 0, max_soc: 1}
    heat_store: {type: storage, carrier: heat, capacity: 2 MWh, duration: 4 h, charge_efficiency: 0.98,
      discharge_efficiency: 0.98, standing_loss: 0, simultaneous: true, initial_soc: 0.5, cyclic: true, min_soc: 0, max_soc: 1}
"""


def profiles(folder, steps):
    with open(folder / "cambridge_2019_loads.csv") as loads, open(folder / "cambridge_2019_weather_pv_wind.csv") as weather:
        rows = list(zip(csv.DictReader(loads), csv.DictReader(weather)))[:steps]
    result = []
    for k, (load, sky) in enumerate(rows):
        hour = k % 24
        result.append({
            "time": load["time_utc"],
            "electricity": sum(float(load[f"{b}_electricity_kw"]) for b in BUILDINGS),
            "heat": sum(float(load[f"{b}_heat_kw"]) for b in BUILDINGS),
            "pv": float(sky["pv_kw_per_kwp"]), "wind": float(sky["wind_kw_per_kw"]),
            "buy": 0.28 if 16 <= hour < 20 else 0.08 if hour < 6 else 0.14, "sell": 0.05,
        })
    return result


def write_case(folder, rows):
    (folder / "case.yaml").write_text(CASE.replace("STEPS", str(len(rows))))
    units = {"electricity": "kW", "heat": "kW", "pv": "1", "wind": "1", "buy": "GBP/kWh", "sell": "GBP/kWh"}
    with open(folder / "profiles.csv", "w") as file:
        file.write("time," + ",".join(f"{name} [{unit}]" for name, unit in units.items()) + "\n")
        for row in rows:
            file.write(row["time"] + "," + ",".join(repr(row[name]) for name in units) + "\n")


def dispatch(program, case, *options):
    with tempfile.TemporaryDirectory() as folder:
        start = time.time()
        command = ["/usr/bin/time", "-f", "%M", program, "dispatch", case, "--json", "--output", f"{folder}/out", *options]
        done = subprocess.run(command, capture_output=True, text=True)
        seconds = time.time() - start
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
        return json.loads(done.stdout)["cost"], seconds, int(done.stderr.split()[-1]) / 1024


def pypsa_cost(rows):
    import logging
    import pandas
    import pypsa
    logging.disable(logging.WARNING)
    start = time.time()
    network = pypsa.Network()
    network.set_snapshots(range(len(rows)))

    def series(name):
        return pandas.Series([row[name] for row in rows], index=network.snapshots)

    for bus in ["electricity", "heat", "gas"]:
        network.add("Bus", bus)
    network.add("Load", "electricity", bus="electricity", p_set=series("electricity"))
    network.add("Load", "heat", bus="heat", p_set=series("heat"))
    network.add("Generator", "buy", bus="electricity", p_nom=4000, marginal_cost=series("buy"))
    network.add("Generator", "sell", bus="electricity", p_nom=4000, p_min_pu=-1, p_max_pu=0, marginal_cost=series("sell"))
    network.add("Generator", "gas", bus="gas", p_nom=1e6, marginal_cost=0.03)
    network.add("Generator", "vent", bus="heat", p_nom=1e6, p_min_pu=-1, p_max_pu=0)
    network.add("Generator", "pv", bus="electricity", p_nom=500, p_max_pu=series("pv"))
    network.add("Generator", "wind", bus="electricity", p_nom=300, p_max_pu=series("wind"))
    network.add("Link", "chp", bus0="gas", bus1="electricity", bus2="heat", p_nom=400 / 0.36, efficiency=0.36,
                efficiency2=0.46, marginal_cost=0.008 * 0.36)
    network.add("Link", "boiler", bus0="gas", bus1="heat", p_nom=3000 / 0.9, efficiency=0.9)
    for name, bus, power, hours, efficiency in [("battery", "electricity", 250, 2, 0.95), ("store", "heat", 500, 4, 0.98)]:
        # The level at the end is what it was at the beginning, half of the capacity.
        network.add("StorageUnit", name, bus=bus, p_nom=power, max_hours=hours, efficiency_store=efficiency,
                    efficiency_dispatch=efficiency, state_of_charge_initial=0.5 * power * hours)
        level = pandas.Series(float("nan"), index=network.snapshots)
        level.iloc[-1] = 0.5 * power * hours
        network.storage_units_t.state_of_charge_set[name] = level
    network.optimize(solver_name="highs", log_to_console=False)
    return network.objective, time.time() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--program", default=".build/release/stackelberg")
    parser.add_argument("--steps", type=int, default=8760)
    parser.add_argument("--without", nargs="*", default=[], help="of glpk, highs, cbc, pypsa")
    options = parser.parse_args()
    rows = profiles(options.folder, options.steps)
    costs = {}
    with tempfile.TemporaryDirectory() as case:
        write_case(Path(case), rows)
        print(f"{len(rows)} steps")
        print(f"{'':34}{'GBP':>16}{'s':>9}{'MiB':>8}")
        runs = [("whole, GLPK", "glpk", ["--seconds", "3600"])]
        runs += [(f"whole, {name}", name, ["--solver", name, "--seconds", "3600"]) for name in ["highs", "cbc"]]
        runs += [(f"windows of {h} h and {o} h ahead", "", ["--horizon", str(h), "--overlap", str(o)])
                 for h, o in [(24, 0), (24, 24), (168, 48)]]
        for title, name, arguments in runs:
            if name in options.without:
                continue
            cost, seconds, memory = dispatch(options.program, case, *arguments)
            costs[title] = cost
            print(f"{title:34}{cost:16.4f}{seconds:9.1f}{memory:8.0f}", flush=True)
        if "pypsa" not in options.without:
            cost, seconds = pypsa_cost(rows)
            costs["PyPSA"] = cost
            print(f"{'PyPSA with HiGHS':34}{cost:16.4f}{seconds:9.1f}", flush=True)
    whole = [cost for title, cost in costs.items() if title.startswith("whole") or title == "PyPSA"]
    for title, cost in costs.items():
        if title.startswith("windows") and whole:
            print(f"{title}: {100 * (cost - whole[0]) / abs(whole[0]):.4f} % above the optimum")
    apart = max(abs(cost - whole[0]) / abs(whole[0]) for cost in whole) if whole else 0
    print(f"optima differ by at most {apart:.2e}, relative")
    sys.exit(0 if apart <= 1e-6 else 1)


if __name__ == "__main__":
    main()
