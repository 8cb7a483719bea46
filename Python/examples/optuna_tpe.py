"""Prices by the tree-structured Parzen estimator of Optuna: python optuna_tpe.py my-park --evaluations 500"""

from __future__ import annotations

import optuna
from common import Objective, main

BATCH = 10


def search(objective: Objective, evaluations: int, seed: int) -> None:
    """TPE of Optuna, asked for ten decisions at a time."""
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, constant_liar=True))
    distributions = {
        decision.name: optuna.distributions.FloatDistribution(decision.lower, decision.upper)
        for decision in objective.game.decisions
    }
    while objective.evaluations < evaluations:
        trials = [study.ask(distributions) for _ in range(min(BATCH, evaluations - objective.evaluations))]
        losses = objective([[trial.params[name] for name in objective.game.names] for trial in trials])
        for trial, loss in zip(trials, losses):
            study.tell(trial, loss)


if __name__ == "__main__":
    main(search)
