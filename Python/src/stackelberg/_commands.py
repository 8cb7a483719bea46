"""The commands of the program as functions. What is left out is as the case says, or the program."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, Sequence, Union

from ._errors import NotProved, Problem, ProgramDied, error
from ._program import run
from ._progress import Show
from ._results import Result

PathLike = Union[str, Path]
#: A file of prices as `price` writes it, or each price by name: one number for each step, or the one of a fee.
Prices = Union[PathLike, Mapping[str, Union[float, Sequence[float]]]]
_Option = Union[None, bool, int, float, str, Path]


def price(
    case: PathLike, *, variant: Optional[str] = None, algorithm: Optional[str] = None, polish: bool = False,
    evaluations: Optional[int] = None, population: Optional[int] = None, seed: Optional[int] = None,
    workers: Union[int, str, None] = None, ties: Optional[str] = None, tick: Optional[float] = None,
    output: Optional[PathLike] = None, progress: Show = None,
) -> Result:  # fmt: skip
    """Finds the prices that pay the operator most, and proves the answer."""
    return _result(
        "price", case, progress, variant=variant, algorithm=algorithm, polish=polish, evaluations=evaluations,
        population=population, seed=seed, workers=workers, ties=ties, tick=tick, output=output,
    )  # fmt: skip


def size(
    case: PathLike, *, variant: Optional[str] = None, exact: bool = False, exact_seconds: Optional[float] = None,
    solver: Optional[str] = None, algorithm: Optional[str] = None, evaluations: Optional[int] = None,
    population: Optional[int] = None, seed: Optional[int] = None, workers: Union[int, str, None] = None,
    output: Optional[PathLike] = None, progress: Show = None,
) -> Result:  # fmt: skip
    """Finds the sizes of devices with the least cost per year; with `exact` as one program, without a search."""
    return _result(
        "size", case, progress, variant=variant, exact=exact, exact_seconds=exact_seconds, solver=solver,
        algorithm=algorithm, evaluations=evaluations, population=population, seed=seed, workers=workers, output=output,
    )  # fmt: skip


def dispatch(
    case: PathLike, *, variant: Optional[str] = None, minimise: Optional[str] = None, front: Optional[int] = None,
    gap: Optional[float] = None, seconds: Optional[float] = None, here_and_now: Union[str, Iterable[str], None] = None,
    solver: Optional[str] = None, horizon: Optional[float] = None, overlap: Optional[float] = None,
    end_value: Union[str, float, None] = None, whole: bool = False, output: Optional[PathLike] = None,
    progress: Show = None,
) -> Result:  # fmt: skip
    """Operates a case at least cost, or least emission, with nobody led."""
    return _result(
        "dispatch", case, progress, variant=variant, minimise=minimise, front=front, gap=gap, seconds=seconds,
        here_and_now=_listed(here_and_now), solver=solver, horizon=horizon, overlap=overlap, end_value=end_value,
        whole=whole, output=output,
    )  # fmt: skip


def cooperate(
    case: PathLike, *, variant: Optional[str] = None, method: Optional[str] = None, processes: bool = False,
    seconds: Optional[float] = None, output: Optional[PathLike] = None, progress: Show = None,
) -> Result:  # fmt: skip
    """Lets parties trade, and divides what they gain."""
    return _result(
        "cooperate", case, progress, variant=variant, method=method, processes=processes, seconds=seconds,
        output=output,
    )  # fmt: skip


def evaluate(
    case: PathLike, prices: Optional[Prices] = None, *, variant: Optional[str] = None, against: Optional[str] = None,
    within: Optional[float] = None, output: Optional[PathLike] = None, progress: Show = None,
) -> Result:  # fmt: skip
    """Answers given prices, or those of the folder of a result, and proves the answer."""
    with _PricesFile(prices) as file:
        return _result(
            "evaluate", case, progress, variant=variant, prices=file, against=against, within=within, output=output
        )


def certify(
    case: PathLike, prices: Optional[Prices] = None, *, variant: Optional[str] = None, time: Optional[float] = None,
    nodes: Optional[int] = None, workers: Union[int, str, None] = None, output: Optional[PathLike] = None,
    progress: Show = None,
) -> Result:  # fmt: skip
    """Bounds what any prices pay, beside given ones or those of the folder of a result."""
    with _PricesFile(prices) as file:
        return _result(
            "certify", case, progress, variant=variant, prices=file, time=time, nodes=nodes, workers=workers,
            output=output,
        )


def compare(
    suite: PathLike, *, algorithms: Union[str, Iterable[str], None] = None, seeds: Optional[int] = None,
    evaluations: Optional[int] = None, population: Optional[int] = None, reference: Optional[str] = None,
    workers: Union[int, str, None] = None, output: Optional[PathLike] = None, progress: Show = None,
) -> Result:  # fmt: skip
    """Compares metaheuristics on a suite of benchmarks; the values are those of its manifest."""
    printed = _printed(
        "compare", suite, progress, algorithms=_listed(algorithms), seeds=seeds, evaluations=evaluations,
        population=population, reference=reference, workers=workers, output=output,
    )  # fmt: skip
    found = re.search(r"^Report: (.*)/report\.md", printed, re.MULTILINE)
    folder = Path(output) if output is not None else Path(found[1]) if found else None
    if folder is None:
        raise ProgramDied(
            [Problem.read("the comparison does not say where its tables are. Name a folder by 'output'.")]
        )
    return Result(json.loads((folder / "manifest.json").read_text(encoding="utf-8")), folder)


def _result(command: str, case: PathLike, progress: Show, **options: _Option) -> Result:
    try:
        return Result.of(_printed(command, case, progress, json=True, **options))
    except NotProved as problem:
        if problem.printed:
            problem.result = Result.of(problem.printed)
        raise


def _printed(command: str, subject: PathLike, progress: Show, **options: _Option) -> str:
    arguments = [command]
    for name, value in options.items():
        if value is None or value is False:
            continue
        option = "--" + name.replace("_", "-")
        # With '=', so that a value may begin with '-'.
        arguments.append(option if value is True else f"{option}={value}")
    code, printed, said = run([*arguments, "--", str(subject)], progress)
    if code != 0:
        problem = error(code, said)
        if isinstance(problem, NotProved):
            problem.printed = printed
        raise problem
    return printed


def _listed(names: Union[str, Iterable[str], None]) -> Optional[str]:
    return names if names is None or isinstance(names, str) else ",".join(names)


class _PricesFile:
    """Prices as a file, for as long as the program reads it."""

    def __init__(self, prices: Optional[Prices]):
        self._prices = prices
        self._folder: Optional[tempfile.TemporaryDirectory[str]] = None

    def __enter__(self) -> Optional[Path]:
        if self._prices is None or isinstance(self._prices, (str, Path)):
            return Path(self._prices) if self._prices is not None else None
        if not hasattr(self._prices, "items"):
            kind = type(self._prices).__name__
            raise TypeError(f"prices are a file, or numbers by the name of the price, and no {kind}")
        rows = [row for name, values in self._prices.items() for row in self._rows(name, values)]
        self._folder = tempfile.TemporaryDirectory(prefix="stackelberg-")
        path = Path(self._folder.name) / "prices.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["price", "step", "start [h]", "value"])
            table.writerows(rows)
        return path

    @staticmethod
    def _rows(name: str, values: Any) -> Iterable[Sequence[object]]:
        if isinstance(values, (str, bytes)):
            raise TypeError(f"{name}: prices are numbers, and no texts")
        # A number has no length, one of NumPy neither, and an array without dimensions is one.
        is_one = getattr(values, "ndim", 1 if hasattr(values, "__len__") else 0) == 0
        return [
            [name, step, step, repr(float(value))] for step, value in enumerate([values] if is_one else values)
        ]

    def __exit__(self, *_: object) -> None:
        if self._folder:
            self._folder.cleanup()
