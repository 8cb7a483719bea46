#!/usr/bin/env python3
"""How time and memory grow with users, vehicles and steps: makes parks of any size, runs commands on them, prints a table.

    swift build -c release --product stackelberg
    Scripts/measure_scale.py users 10 100 1000 10000                # 24 hours each
    Scripts/measure_scale.py vehicles 500 1000 2000 5000            # in one station, with two users
    Scripts/measure_scale.py steps 168 730 2190 8760                # hours of one user: as many prices
    Scripts/measure_scale.py week 10 100 1000                       # users with 168 hours
    Scripts/measure_scale.py users 1000 --write FOLDER              # only makes the case

The same size is the same case everywhere. Exponents are those of the last two sizes: 1 is linear. No packages.
"""
import argparse
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent / ".build/release/stackelberg"

# Each kind of user: kW of electricity and of heat by the hour, kW of panels and of the heater, what the first kWh cut is worth.
KINDS = [
    ("works",
     [820, 800, 790, 790, 800, 850, 980, 1150, 1350, 1450, 1480, 1460, 1300, 1400, 1480, 1470, 1420, 1300, 1150, 1050, 980, 930, 880, 840],
     [560, 560, 560, 570, 590, 640, 720, 800, 860, 880, 870, 850, 820, 830, 840, 830, 800, 760, 720, 680, 650, 620, 590, 570],
     600, 285, 0.55, 0.22),
    ("shop",
     [180, 170, 165, 165, 170, 190, 250, 380, 560, 720, 800, 840, 820, 800, 790, 780, 770, 780, 820, 860, 800, 620, 380, 240],
     [150, 150, 150, 160, 200, 320, 480, 600, 640, 620, 590, 560, 540, 530, 530, 540, 560, 580, 590, 560, 480, 340, 220, 170],
     400, 190, 0.50, 0.20),
    ("homes",
     [220, 190, 175, 170, 175, 200, 280, 380, 360, 310, 290, 300, 330, 310, 290, 290, 320, 420, 560, 640, 650, 580, 430, 300],
     [420, 410, 410, 420, 460, 560, 640, 600, 500, 430, 390, 370, 370, 360, 370, 400, 470, 570, 660, 700, 700, 660, 570, 480],
     400, 237.5, 0.40, 0.24),
]
SUN = [0, 0, 0, 0, 0, 0, 0.02, 0.10, 0.28, 0.48, 0.65, 0.77, 0.82, 0.80, 0.70, 0.54, 0.35, 0.16, 0.04, 0, 0, 0, 0, 0]
WEATHER = [1, 0.6, 1.05, 0.3, 0.9, 1, 0.75]


def tariff(hour):
    return 0.40 if hour == 23 or hour < 6 else 0.75 if hour < 10 or 15 <= hour < 18 else 1.20


def spread(index, step):
    """Numbers that spread evenly between 0 and 1."""
    return (index * step) % 1


def write(folder, users, steps, vehicles):
    """A park of so many users (kW of a district each), one station of so many vehicles, and a plant to match."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    every = []
    for index in range(users):
        kind = KINDS[index % 3]
        size = 1 if index < 3 else 0.7 + 0.6 * spread(index, 0.6180339887)
        taste = 1 if index < 3 else 0.9 + 0.2 * spread(index, 0.7548776662)
        every.append((f"{kind[0]}{index + 1}", kind, size, taste, 0 if index < 3 else index * 7 // 3 % 3 - 1))
    days = math.ceil(steps / 24)
    scale = users / 3
    with open(folder / "profiles.csv", "w") as file:
        file.write(",".join(["hour", "tariff [CNY/kWh]", "pv [1]"] + [f"{u[0]}_e [kW],{u[0]}_h [kW]" for u in every]) + "\n")
        for step in range(steps):
            hour, day = step % 24, step // 24
            season = math.cos(2 * math.pi * day / 365) if days > 31 else 1
            cells = [str(step), str(tariff(hour)), f"{SUN[hour] * WEATHER[day % 7] * (1.125 - 0.125 * season):.4f}"]
            for _, kind, size, _, late in every:
                weekend = 0.82 if day % 7 >= 5 else 1
                cells.append(f"{size * weekend * (0.9 + 0.1 * season) * kind[1][(hour - late) % 24]:.3f}")
                cells.append(f"{size * (0.6 + 0.4 * season) * kind[2][(hour - late) % 24]:.3f}")
            file.write(",".join(cells) + "\n")
    chance = random.Random(1)
    with open(folder / "sessions.csv", "w") as file:
        file.write("session,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure\n")
        for index in range(vehicles):
            arrival = chance.choice([6, 7, 8, 8, 9, 9, 10, 12])
            departure = min(23, arrival + chance.choice([6, 7, 8, 9, 10]))
            file.write(f"car{index + 1},{arrival},{departure},{chance.choice([40, 50, 60, 75])},7,7,"
                       f"{chance.uniform(0.3, 0.5):.3f},{chance.uniform(0.6, 0.75):.3f}\n")
    text = f"""\
case: {{schema: 1, name: scaled-park}}
time: {{start: "2024-01-15T00:00", steps: {steps}, step: 1 h}}
tables:
  profiles: {{file: profiles.csv, index: hour}}
{"  sessions: {file: sessions.csv, index: session}" if vehicles else ""}
carriers: {{electricity: {{}}, heat: {{vent: true}}, gas: {{price: 0.35 CNY/kWh, co2: 0.202 kg/kWh}}}}
grid:
  buy: {{price: profiles.tariff, max: {6000 * scale + 10 * vehicles} kW, co2: 0.5703 kg/kWh}}
  sell: {{price: 0.35 CNY/kWh, max: {6000 * scale + 10 * vehicles} kW}}
operator:
  devices:
    chp: {{type: chp, region: backpressure, capacity: {1500 * scale} kW, ramp: {500 * scale} kW/h, efficiency: {{electricity: 0.35, heat: 0.42}}}}
    boiler: {{type: boiler, capacity: {3000 * scale} kW, efficiency: {{heat: 0.90}}}}
  prices:
    electricity_sell: {{min: 0.35 CNY/kWh, max: profiles.tariff, mean_max: 0.80 CNY/kWh}}
    heat_sell: {"0.4 CNY/kWh" if users == 1 else "{min: 0.15 CNY/kWh, max: 0.50 CNY/kWh}"}
    electricity_buy: 0.35 CNY/kWh
users:
"""
    for name, kind, size, taste, _ in every:
        mean = size * sum(kind[1]) / 24
        text += f"""\
  {name}:
    demand: {{electricity: profiles.{name}_e, heat: profiles.{name}_h}}
    devices:
      pv: {{type: pv, capacity: {kind[3] * size:.3f} kW, profile: profiles.pv, curtailable: false}}
      heater: {{type: electric_boiler, capacity: {kind[4] * size:.3f} kW, efficiency: {{heat: 0.95}}}}
    flexibility:
      moved: {{type: shiftable, carrier: electricity, share: 0.15, max_power: {0.3 * mean:.3f} kW}}
      cut: {{type: curtailable, carrier: electricity, share: 0.1, discomfort: {kind[5] * taste:.4f} CNY/kWh, growth: 2, pieces: 3}}
      cold: {{type: curtailable, carrier: heat, share: 0.1, discomfort: {kind[6] * taste:.4f} CNY/kWh, growth: 1.6, pieces: 3}}
"""
    if vehicles:
        text += """\
ev_stations:
  plaza: {sessions: sessions, v2g: true, degradation_cost: 0.05 CNY/kWh, sell_to_users: true, sell_share: 0.9}
"""
    text += f"""\
carbon:
  payer: operator
  fixed_quota: {20_000 * scale * days} kg
  ladder: {{base_price: 0.10 CNY/kg, interval: {3000 * scale * days} kg, growth: 0.25, steps: 5}}
"""
    (folder / "case.yaml").write_text(text)


SERIES = {
    "users": lambda size: (size, 24, 0), "week": lambda size: (size, 168, 0),
    "steps": lambda size: (1, size, 0), "vehicles": lambda size: (2, 24, size),
}


def measure(command, limit):
    """Wall and processor seconds, MB at most, and the exit code; None where the limit ended it."""
    begin = time.time()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        import threading
        timer = threading.Timer(limit, process.kill)
        timer.start()
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        timer.cancel()
    return time.time() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode, output


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("series", choices=SERIES)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--write", metavar="FOLDER", help="only make the case of the first size")
    parser.add_argument("--evaluations", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=float, default=3600, help="seconds that a command may take")
    parser.add_argument("--commands", default="check,price", help="of check, evaluate, price (default: check,price)")
    parser.add_argument("--program", default=PROGRAM)
    options = parser.parse_args()
    if options.write:
        write(options.write, *SERIES[options.series](options.sizes[0]))
        return
    print("| " + options.series + " | command | wall s | processor s | MB | payoff | at most | exponent of time | of memory |")
    print("|--:|---|--:|--:|--:|--:|--:|--:|--:|")
    before = {}
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            write(folder, *SERIES[options.series](size))
            for command in options.commands.split(","):
                words = [str(options.program), command, folder]
                if command == "price":
                    words += ["--evaluations", str(options.evaluations), "--population", "20", "--seed", "1",
                              "--workers", str(options.workers), "--output", folder + "/result", "--json"]
                wall, processor, memory, code, output = measure(words, options.limit)
                answer = {}
                # 70: answered, and a verdict does not hold, as where vehicles do not follow their sum.
                if command == "price" and code in (0, 70):
                    answer = json.loads(output)
                exponents = ["", ""]
                if command in before and code in (0, 70):
                    was = before[command]
                    step = math.log(size / was[0])
                    exponents = [f"{math.log(processor / was[1]) / step:.2f}", f"{math.log(memory / was[2]) / step:.2f}"]
                before[command] = (size, processor, memory)
                print(f"| {size:,} | {command}{'' if code == 0 else f' (exit {code})'} | {wall:.1f} | {processor:.1f} | {memory:.0f} | "
                      f"{answer.get('payoff', '')} | {answer.get('bound', '')} | {exponents[0]} | {exponents[1]} |", flush=True)


if __name__ == "__main__":
    main()
