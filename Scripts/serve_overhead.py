#!/usr/bin/env python3
"""What a payoff costs beside its computation, where another program asks for it: `stackelberg serve` and the Python package.

    STACKELBERG_PROGRAM=.build/release/stackelberg Scripts/serve_overhead.py

Decisions that come again are remembered, so that a batch of one decision takes nothing but the way there and back: 48 numbers
there, a payoff and a cost back, in the park. A bridge with one toll takes less than a microsecond to answer. Beside them stand rows that
are all different, which are computed. Medians over rounds, in microseconds a row.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Python/src"))
import stackelberg  # noqa: E402

BRIDGE = {
    "problem": {
        "V": 2,
        "A": [{"src": 1, "dst": 2, "cost": 1, "toll": True}, {"src": 1, "dst": 2, "cost": 5, "toll": False}],
        "K": [{"orig": 1, "dest": 2, "demand": 10}],
    }
}
BATCHES = (1, 10, 100, 1000, 10_000)
ROUNDS = 15


def measure(game, rows, batch, rounds, moves=False):
    """With `moves`, each round has rows of its own."""
    times = []
    for number in range(rounds):
        first = number * batch if moves else 0
        asked = rows[first : first + batch]
        start = time.perf_counter()
        game.evaluate(asked)
        times.append((time.perf_counter() - start) / batch * 1e6)
    return statistics.median(times)


def kinds(rows):
    yield "lists", rows
    try:
        import numpy
    except ImportError:
        return
    yield "NumPy", numpy.array(rows)


def main():
    print("| microseconds a row | " + " | ".join(f"{batch:,} rows" for batch in BATCHES) + " |")
    print("|---|" + "--:|" * len(BATCHES))
    with tempfile.TemporaryDirectory() as folder:
        bridge = Path(folder, "bridge.json")
        bridge.write_text(json.dumps(BRIDGE))
        with stackelberg.Game(bridge, workers=1) as game:
            for kind, rows in kinds([[3.5]] * max(BATCHES)):
                cells = [measure(game, rows, batch, ROUNDS) for batch in BATCHES]
                print(f"| bridge, {kind} | " + " | ".join(f"{cell:,.1f}" for cell in cells) + " |")
    with stackelberg.Game(stackelberg.case("stackelberg-park"), workers=1) as game:
        middle = game.nearest([(low + high) / 2 for low, high in zip(game.lower, game.upper)])
        for kind, rows in kinds([middle] * max(BATCHES)):
            cells = [measure(game, rows, batch, ROUNDS) for batch in BATCHES]
            print(f"| park, one decision, {kind} | " + " | ".join(f"{cell:,.1f}" for cell in cells) + " |")
        numbers = random.Random(1)
        rows = [[numbers.uniform(low, high) for low, high in zip(game.lower, game.upper)] for _ in range(1000)]
        rows = game.nearest(rows)
        cells = [measure(game, rows, batch, 9, moves=True) if batch <= 100 else None for batch in BATCHES]
        texts = ["" if cell is None else f"{cell:,.1f}" for cell in cells]
        print("| park, different decisions | " + " | ".join(texts) + " |")


if __name__ == "__main__":
    main()
