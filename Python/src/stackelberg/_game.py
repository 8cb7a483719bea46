"""Payoffs of decisions, over the evaluation server of the program (`stackelberg serve`)."""

from __future__ import annotations

import json
import sys
import warnings
import weakref
from array import array
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Optional, Sequence, Union

from ._errors import CaseWarning, RequestRefused
from ._server import Server

#: One decision, or several as rows: lists, or an array of NumPy.
Points = Union[Sequence[float], Sequence[Sequence[float]], Any]


@dataclass(frozen=True)
class Decision:
    """One number of a decision."""

    name: str
    lower: float
    upper: float
    unit: str
    integer: bool
    #: For a price by step: the price, and the steps at which this number holds.
    price: Optional[str] = None
    steps: Optional[tuple[int, ...]] = None
    #: Of a price, the step of the grid on which it is written.
    tick: Optional[float] = None


@dataclass(frozen=True)
class Cap:
    """The sum of `coefficients` times these decisions is at most `most`."""

    name: str
    decisions: tuple[int, ...]
    coefficients: tuple[float, ...]
    most: float


@dataclass(frozen=True)
class Answers:
    """What decisions come to; of one decision numbers, of several a list of them, of an array arrays.

    A decision that somebody cannot answer has NaN: `Game.why` tells the reason.
    """

    #: What the leader gets; what it pays where `Game.maximised` is false.
    payoff: Any
    #: What each follower pays.
    costs: Any
    #: What was answered, where the nearest admissible decisions were asked for.
    decisions: Any = None
    #: The payoffs where all ties go the leader's way, and against it.
    optimistic: Any = None
    pessimistic: Any = None
    #: Whether the worst was looked for to the end.
    settled: Any = None


class Game:
    """A case whose decisions another program makes, such as an optimiser.

    >>> with Game("my-park") as game:
    ...     answers = game.evaluate(X)          # rows of decisions, inside `game.lower` and `game.upper`
    ...     answers.payoff, answers.costs

    The models are built once. Send as many rows at a time as there are: they are shared out over `workers` threads.
    """

    def __init__(
        self, case: Union[str, Path], *, variant: Optional[str] = None, problem: Optional[str] = None,
        workers: Union[int, str, None] = None,
    ):  # fmt: skip
        options = {"variant": variant, "problem": problem, "workers": workers}
        given = [f"--{name}={value}" for name, value in options.items() if value is not None]
        self._server = Server([*given, "--", str(case)])
        # Also where the interpreter ends, and as long as it has its threads: one of them reads from the server.
        self._end = weakref.finalize(self, self._server.end, kill=True)
        told = self._server.greeting
        for warning in told["warnings"]:
            warnings.warn(warning, CaseWarning, stacklevel=2)
        #: Everything that the server tells of itself.
        self.description = told
        self.name: str = told["name"]
        #: "prices", "sizes", "bilevel" or "network".
        self.kind: str = told["kind"]
        #: Whether more is better for the leader.
        self.maximised: bool = told["payoff"]["maximised"]
        self.unit: str = told["payoff"]["unit"]
        self.followers: list[str] = told["followers"]["names"]
        self.decisions = [
            Decision(**{**d, "steps": tuple(d["steps"]) if "steps" in d else None}) for d in told["decisions"]
        ]
        self.names = [d.name for d in self.decisions]
        self.lower = [d.lower for d in self.decisions]
        self.upper = [d.upper for d in self.decisions]
        #: Beside the bounds; `nearest` keeps to these, and to `description["equal"]` and `description["groupings"]`.
        self.caps = [Cap(c["name"], tuple(c["decisions"]), tuple(c["coefficients"]), c["most"]) for c in told["caps"]]
        self._kinds = {name: request["kind"] for name, request in told["requests"].items()}

    # Answers

    def evaluate(self, X: Points, *, nearest: bool = False) -> Answers:
        """The payoffs of decisions, and what followers pay.

        With `nearest`, the nearest admissible decisions are answered instead, and told in `decisions`. Without it, a
        decision that breaks a bound or a cap is refused.
        """
        decisions = self.nearest(X) if nearest else None
        rows = self._rows("evaluate", X if decisions is None else decisions)
        return Answers(payoff=rows.column(0), costs=rows.columns(1), decisions=decisions)

    def ties(self, X: Points) -> Answers:
        """The same, with the payoffs between which followers' ties decide. Takes longer."""
        rows = self._rows("ties", X)
        return Answers(
            payoff=rows.column(0), optimistic=rows.column(1), pessimistic=rows.column(2),
            settled=rows.column(3), costs=rows.columns(4),
        )  # fmt: skip

    def nearest(self, X: Points) -> Any:
        """The nearest admissible decisions."""
        return self._rows("nearest", X).columns(0)

    def why(self, x: Sequence[float]) -> Optional[str]:
        """Why a decision has no answer; None where it has one."""
        content = self._ask("why", _Rows.of(x, len(self.names)).bytes)
        return content.decode() or None

    def prices(self, x: Sequence[float]) -> dict[str, list[float]]:
        """A decision as the prices of each step, as `stackelberg.evaluate` and `certify` take them."""
        found: dict[str, dict[int, float]] = {}
        for decision, value in zip(self.decisions, _Rows.of(x, len(self.names)).single):
            if decision.price is None or decision.steps is None:
                raise TypeError(f"{decision.name} is no price: decisions of {self.name} are {self.kind}")
            found.setdefault(decision.price, {}).update(dict.fromkeys(decision.steps, value))
        return {price: [values[step] for step in sorted(values)] for price, values in found.items()}

    def _rows(self, request: str, X: Points) -> _Rows:
        asked = _Rows.of(X, len(self.names))
        answered = bytearray()
        # As many rows at a time as a frame may have.
        most = max(1, self.description["most_bytes"] // asked.row_bytes) * asked.row_bytes
        for start in range(0, max(1, len(asked.bytes)), most):
            try:
                answered += self._ask(request, asked.bytes[start : start + most])
            except RequestRefused as refusal:
                if refusal.row is not None:
                    refusal.row += start // asked.row_bytes
                raise
        return asked.answered(bytes(answered), len(self.description["requests"][request]["columns"]))

    def _ask(self, request: str, content: bytes) -> bytes:
        kind, answer = self._server.ask(self._kinds[request], content)
        if kind:
            return answer
        told = json.loads(answer)
        raise RequestRefused(told["message"], told["code"], told.get("row"), told.get("column"), told.get("decision"))

    @property
    def is_open(self) -> bool:
        """Whether it answers: it was not closed, and its program lives as far as is known."""
        return self._server.is_open

    def close(self) -> None:
        """Ends the server."""
        self._server.close()

    def __enter__(self) -> Game:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Rows:
    """Rows of numbers as bytes, and how they were given: one row or several, lists or an array."""

    def __init__(self, data: bytes, width: int, is_single: bool, is_array: bool):
        self.bytes, self.width, self.is_single, self.is_array = data, width, is_single, is_array

    @classmethod
    def of(cls, X: Points, width: int) -> _Rows:
        if hasattr(X, "__array__"):
            import numpy

            given = numpy.asanyarray(X)
            if given.dtype.kind not in "biufO":
                raise TypeError(f"a decision is made of real numbers, but the array has the type {given.dtype}")
            if numpy.ma.is_masked(given):
                raise ValueError("a decision has no missing numbers, but some of the array are masked")
            if given.dtype.kind == "O":
                # Numbers of other types, such as fractions; texts are none, though NumPy would read them.
                given = numpy.reshape(array("d", given.ravel().tolist()), given.shape)
            values = numpy.array(given, dtype="<f8", order="C", ndmin=1, subok=False)
            if values.ndim not in (1, 2) or values.shape[-1] != width:
                raise ValueError(f"a decision has {width} numbers, but the array has the shape {values.shape}")
            return cls(values.tobytes(), width, values.ndim == 1, True)
        if isinstance(X, (str, bytes, bytearray, Mapping, Set)):
            raise TypeError(f"a decision is a list or an array of numbers, and no {type(X).__name__}")
        # An array without dimensions is a number, although its type has a length.
        is_single = len(X) > 0 and getattr(X[0], "ndim", 1 if hasattr(X[0], "__len__") else 0) == 0
        rows: Any = [X] if is_single else X
        for number, row in enumerate(rows):
            if len(row) != width:
                raise ValueError(f"a decision has {width} numbers, but row {number} has {len(row)}")
        numbers = array("d", chain.from_iterable(rows))
        if sys.byteorder == "big":
            numbers.byteswap()
        return cls(numbers.tobytes(), width, is_single, False)

    @property
    def single(self) -> list[float]:
        """The numbers of the one row that was given."""
        if not self.is_single:
            raise ValueError("one decision is wanted, but rows of them were given")
        return array("d", self.bytes).tolist() if not self.is_array else self._values[0].tolist()

    @property
    def row_bytes(self) -> int:
        return 8 * self.width

    def answered(self, data: bytes, width: int) -> _Rows:
        return _Rows(data, width, self.is_single, self.is_array)

    def column(self, k: int) -> Any:
        rows = self._values
        if self.is_array:
            return float(rows[0, k]) if self.is_single else rows[:, k].copy()
        values = [row[k] for row in rows]
        return values[0] if self.is_single else values

    def columns(self, first: int) -> Any:
        rows = self._values
        if self.is_array:
            return (rows[0, first:] if self.is_single else rows[:, first:]).copy()
        values = [row[first:] for row in rows]
        return values[0] if self.is_single else values

    @cached_property
    def _values(self) -> Any:
        if self.is_array:
            import numpy

            return numpy.frombuffer(self.bytes, dtype="<f8").reshape(-1, self.width)
        numbers = array("d", self.bytes)
        if sys.byteorder == "big":
            numbers.byteswap()
        flat, width = numbers.tolist(), self.width
        return [flat[start : start + width] for start in range(0, len(flat), width)]
