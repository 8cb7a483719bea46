"""Small cases whose answers are known by hand, and a folder for each test."""

from __future__ import annotations

import importlib.util
import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

import stackelberg

ROOT = Path(__file__).resolve().parents[2]

#: Two hours. What prices p and q pay: 2 (p - 40) + 3 (q - 40), with (p + q) / 2 at most 60.
SHOP = """
case: {schema: 1, name: shop}
units: {power: MW, energy: MWh, mass: t, currency: EUR}
time: {steps: 2}
carriers: {electricity: {}}
grid: {buy: {price: 40, max: 10}}
operator:
  prices: {electricity_sell: {min: 30, max: 90, mean_max: 60}}
users:
  u: {demand: {electricity: [2, 3]}}
optimiser: {evaluations: 40, population: 10}
"""

#: A year of which each hour needs 50 kW; the sun gives as much as there is pv for a quarter of the hours. Of x kW of
#: pv up to 50, a year costs 90 x + 0.5 * 8760 * (50 - x / 4).
ROOF = """
case: {schema: 1, name: roof}
time: {steps: 4, step: 6 h}
economics: {discount_rate: 0}
carriers: {electricity: {}}
grid: {buy: {price: 0.5, max: 60 kW}}
operator:
  demand: {electricity: [50, 50, 50, 50]}
  devices:
    pv: {type: pv, capacity: {min: 0, max: 50}, profile: [0, 1, 0, 0], investment: 900, lifetime: 10}
"""

#: One of whom makes what the other buys dearer from the grid.
STREET = """
case: {schema: 1, name: street}
time: {steps: 2}
carriers: {electricity: {}}
parties:
  east:
    grid: {buy: {price: 0.8, max: 100}, sell: {price: 0.3, max: 100}}
    demand: {electricity: 10}
    devices: {pv: {type: pv, capacity: 30, profile: [1, 1]}}
  west:
    grid: {buy: {price: 0.8, max: 100}, sell: {price: 0.3, max: 100}}
    demand: {electricity: 20}
trades:
  local: {max: 100}
"""

#: Ten travellers, over a bridge that costs 1 and its toll, or around for 5.
BRIDGE = {
    "problem": {
        "V": 2,
        "A": [{"src": 1, "dst": 2, "cost": 1, "toll": True}, {"src": 1, "dst": 2, "cost": 5, "toll": False}],
        "K": [{"orig": 1, "dest": 2, "demand": 10}],
    }
}


class ProgramTest(unittest.TestCase):
    """A test that needs the program; skipped where there is none."""

    @classmethod
    def setUpClass(cls) -> None:
        try:
            stackelberg.program()
        except stackelberg.ProgramNotFound as problem:
            raise unittest.SkipTest(str(problem)) from None

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="stackelberg-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def case(self, text: str, name: str = "case") -> Path:
        path = self.folder / name
        path.mkdir()
        (path / "case.yaml").write_text(text, encoding="utf-8")
        return path

    def file(self, value: Any, name: str) -> Path:
        path = self.folder / name
        path.write_text(json.dumps(value), encoding="utf-8")
        return path

    def game(self, case: Any, **options: Any) -> stackelberg.Game:
        game = stackelberg.Game(case, **options)
        self.addCleanup(game.close)
        return game


def needs(*packages: str) -> Any:
    """Skips a test where one of the packages is not installed."""
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    return unittest.skipIf(missing, f"not installed: {', '.join(missing)}")
