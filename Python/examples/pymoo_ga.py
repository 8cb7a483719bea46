"""Prices by the genetic algorithm of pymoo: python pymoo_ga.py my-park --evaluations 500"""

from __future__ import annotations

from common import Objective, main
from pymoo.algorithms.soo.nonconvex.ga import GA
from pymoo.core.problem import Problem
from pymoo.optimize import minimize


class Pricing(Problem):
    """A generation at a time, so that the server can share it out over its threads."""

    def __init__(self, objective: Objective):
        super().__init__(n_var=len(objective.lower), n_obj=1, xl=objective.lower, xu=objective.upper)
        self.objective = objective

    def _evaluate(self, X, out, *args, **kwargs):
        out["F"] = self.objective(X)


def search(objective: Objective, evaluations: int, seed: int) -> None:
    """The genetic algorithm of pymoo, 50 decisions a generation."""
    minimize(Pricing(objective), GA(pop_size=min(50, evaluations)), ("n_eval", evaluations), seed=seed)


if __name__ == "__main__":
    main(search)
