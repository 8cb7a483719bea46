"""Prices by the differential evolution of Nevergrad: python nevergrad_ask_tell.py my-park --evaluations 500"""

from __future__ import annotations

import nevergrad
from common import Objective, main

WORKERS = 10


def search(objective: Objective, evaluations: int, seed: int) -> None:
    """TwoPointsDE of Nevergrad, asked for ten decisions at a time."""
    middle = (objective.lower + objective.upper) / 2
    box = nevergrad.p.Array(init=middle, lower=objective.lower, upper=objective.upper)
    box.random_state.seed(seed)
    optimizer = nevergrad.optimizers.TwoPointsDE(box, budget=evaluations, num_workers=WORKERS)
    while objective.evaluations < evaluations:
        asked = [optimizer.ask() for _ in range(min(WORKERS, evaluations - objective.evaluations))]
        for candidate, loss in zip(asked, objective([candidate.value for candidate in asked])):
            optimizer.tell(candidate, loss)


if __name__ == "__main__":
    main(search)
