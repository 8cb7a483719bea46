"""What the examples share: the objective that an optimiser sees, and the proof of what it found."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Callable, Optional, Sequence

import numpy as np
import stackelberg


class Objective:
    """Losses of rows of decisions, less being better; it counts evaluations and keeps the best decision.

    Optimisers know the bounds alone. A row that breaks another rule, such as a cap on the mean price, is answered as
    the nearest decision that keeps to all of them.
    """

    def __init__(self, game: stackelberg.Game):
        self.game = game
        self.lower, self.upper = np.array(game.lower), np.array(game.upper)
        self.evaluations = 0
        self.best: Optional[np.ndarray] = None
        self.least = np.inf

    def __call__(self, X: Sequence[Sequence[float]]) -> np.ndarray:
        answers = self.game.evaluate(np.atleast_2d(X), nearest=True)
        losses = -answers.payoff if self.game.maximised else answers.payoff
        losses = np.where(np.isnan(losses), np.inf, losses)
        self.evaluations += len(losses)
        k = int(np.argmin(losses))
        if losses[k] < self.least:
            self.least, self.best = losses[k], answers.decisions[k]
        return losses

    @property
    def payoff(self) -> float:
        return -self.least if self.game.maximised else self.least


Search = Callable[[Objective, int, int], None]


def searched(case: Path, search: Search, evaluations: int, seed: int) -> dict[str, float]:
    """Searches, and proves what was found: each response solved again, and a bound on what any prices pay."""
    with stackelberg.Game(case) as game, tempfile.TemporaryDirectory() as folder:
        objective = Objective(game)
        search(objective, evaluations, seed)
        prices = game.prices(objective.best)
        proof = stackelberg.evaluate(case, prices, output=Path(folder, "proof"))
        bound = stackelberg.certify(case, prices, time=0, output=Path(folder, "bound"))
    # To the last bit: the server answers what the command does.
    assert proof.payoff == objective.payoff, (proof.payoff, objective.payoff)
    return {
        "evaluations": objective.evaluations,
        "payoff": proof.payoff,
        "least over ties": proof["pessimisticPayoff"],
        "for certain": proof["bankablePayoff"],
        "bound": bound["bound"],
    }


def main(search: Search) -> None:
    parser = argparse.ArgumentParser(description=search.__doc__)
    parser.add_argument("case", nargs="?", default=stackelberg.case("stackelberg-park"), help="a pricing case")
    parser.add_argument("--evaluations", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for name, value in searched(given.case, search, given.evaluations, given.seed).items():
        print(f"{name:>16}  {value:,.2f}" if isinstance(value, float) else f"{name:>16}  {value:,}")
