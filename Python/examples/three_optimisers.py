"""Three optimisers of Python and the program's own search on the shipped park, each answer proved.

python three_optimisers.py --evaluations 500 --seeds 3
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import nevergrad_ask_tell
import optuna_tpe
import pymoo_ga
import stackelberg
from common import searched

SEARCHES = {
    "pymoo GA": pymoo_ga.search,
    "Optuna TPE": optuna_tpe.search,
    "Nevergrad TwoPointsDE": nevergrad_ask_tell.search,
}


def own(case: Path, evaluations: int, seed: int) -> dict[str, float]:
    """`price` with as many evaluations, all of them for the prices that pay most by the case's tie rule."""
    with tempfile.TemporaryDirectory() as folder:
        found = stackelberg.price(
            case, evaluations=evaluations, seed=seed, ties="optimistic", output=Path(folder, "found")
        )
        proof = stackelberg.evaluate(found.folder, output=Path(folder, "proof"))
    return {
        "evaluations": found["evaluations"],
        "payoff": proof.payoff,
        "least over ties": proof["pessimisticPayoff"],
        "for certain": proof["bankablePayoff"],
        "bound": found["bound"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="?", default=stackelberg.case("stackelberg-park"), help="a pricing case")
    parser.add_argument("--evaluations", type=int, default=500)
    parser.add_argument("--seeds", type=int, default=1)
    given = parser.parse_args()
    print("| search | seed | evaluations | payoff | least over ties | for certain | bound | s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, search in [*SEARCHES.items(), ("stackelberg price", None)]:
        for seed in range(1, given.seeds + 1):
            start = time.perf_counter()
            found = (
                searched(given.case, search, given.evaluations, seed)
                if search
                else own(given.case, given.evaluations, seed)
            )
            evaluations, *money = found.values()
            cells = [name, str(seed), f"{evaluations:,}", *(f"{value:,.2f}" for value in money)]
            print("|", " | ".join([*cells, f"{time.perf_counter() - start:.0f}"]), "|", flush=True)


if __name__ == "__main__":
    main()
