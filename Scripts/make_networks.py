#!/usr/bin/env python3
"""Makes the networks of data/benchmarks/networks: grids with roads both ways, some of them with a toll.

Usage: make_networks.py FOLDER

A commodity goes between two distant places. It always has a road of its own without toll, at the price at which it
would rather stay at home, so that every toll has a limit.
"""
import json
import random
import sys
from pathlib import Path


def network(seed, width, height, commodities, share):
    draw = random.Random(seed)
    node = lambda x, y: 1 + x + width * y
    pairs = [(node(x, y), node(x + 1, y)) for y in range(height) for x in range(width - 1)]
    pairs += [(node(x, y), node(x, y + 1)) for y in range(height - 1) for x in range(width)]
    arcs = []
    for a, b in pairs:
        cost, toll = round(draw.uniform(5, 35), 1), draw.random() < share
        # What has a toll is the better road.
        cost = round(cost * 0.6, 1) if toll else cost
        arcs += [{"src": s, "dst": t, "cost": cost, "toll": toll} for s, t in ((a, b), (b, a))]
    travellers = []
    while len(travellers) < commodities:
        a, b = draw.sample(range(1, width * height + 1), 2)
        distance = abs((a - 1) % width - (b - 1) % width) + abs((a - 1) // width - (b - 1) // width)
        if distance < (width + height) // 2:
            continue
        travellers.append({"orig": a, "dest": b, "demand": draw.randint(5, 100)})
        arcs.append({"src": a, "dst": b, "cost": round(distance * draw.uniform(22, 30), 1), "toll": False})
    return {"problem": {"V": width * height, "A": arcs, "K": travellers}}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, options in {
        "grid-6": (61, 6, 6, 10, 0.2), "grid-8": (81, 8, 8, 20, 0.2), "grid-10": (101, 10, 10, 30, 0.2),
    }.items():
        data = network(*options)["problem"]
        rows = lambda key: ",\n    ".join(json.dumps(item) for item in data[key])
        text = f'{{"problem": {{\n  "V": {data["V"]},\n  "A": [\n    {rows("A")}],\n  "K": [\n    {rows("K")}]}}}}\n'
        (folder / f"{name}.json").write_text(text)


main()
