"""Errors of the program as exceptions: what is wrong, where, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Iterable, Optional

if TYPE_CHECKING:
    from ._results import Result


class CaseWarning(UserWarning):
    """Something in a case is odd, but not wrong."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, as the program says it."""

    text: str
    #: What is wrong.
    reason: str
    #: What to do about it, where the program says so.
    fix: Optional[str] = None
    file: Optional[str] = None
    line: Optional[int] = None
    column: Optional[int] = None

    _place = re.compile(r"(?P<file>\S[^:]*)(?::(?P<line>\d+)(?::(?P<column>\d+))?)?  (?P<rest>\S.*)", re.DOTALL)
    _sentence = re.compile(r"(?<=[.!?]) (?=[A-Z])")

    @classmethod
    def read(cls, text: str) -> Problem:
        place = cls._place.fullmatch(text)
        rest = place["rest"] if place else text
        reason, *fix = cls._sentence.split(rest, maxsplit=1)
        if not place:
            return cls(text, reason, fix[0] if fix else None)
        line, column = (int(place[key]) if place[key] else None for key in ("line", "column"))
        return cls(text, reason, fix[0] if fix else None, place["file"], line, column)


class StackelbergError(RuntimeError):
    """The program ended without an answer. `problems` has everything that it said, the first of them in short:
    `file`, `line`, `column`, `reason` and `fix`."""

    def __init__(self, problems: Iterable[Problem], exit_code: Optional[int] = None):
        self.problems = list(problems)
        self.exit_code = exit_code
        super().__init__("\n".join(problem.text for problem in self.problems) or f"exit code {exit_code}")

    @property
    def _first(self) -> Problem:
        return self.problems[0] if self.problems else Problem("", "")

    @property
    def file(self) -> Optional[str]:
        return self._first.file

    @property
    def line(self) -> Optional[int]:
        return self._first.line

    @property
    def column(self) -> Optional[int]:
        return self._first.column

    @property
    def reason(self) -> str:
        return self._first.reason

    @property
    def fix(self) -> Optional[str]:
        return self._first.fix


class WrongInput(StackelbergError):
    """A case, a table or an option is wrong."""


class NoAnswer(StackelbergError):
    """The input is correct, but nobody can do what it asks for."""


class NotProved(StackelbergError):
    """A check on the result failed: do not use it. `result` is what was found."""

    result: Optional[Result] = None
    #: What the program printed of it.
    printed: str = ""


class OutOfMemory(StackelbergError):
    """Memory ran out within a limit that was set for the process."""


class CannotWrite(StackelbergError):
    """The folder for the result is taken, or cannot be written."""


class InUse(StackelbergError):
    """Another process works on the same folder: try again later."""


class Stopped(StackelbergError):
    """Somebody stopped the program. `resume` on the command line continues searches and certificates."""


class ProgramDied(StackelbergError):
    """The program ended where it should not have, such as by a signal."""


class ProgramNotFound(StackelbergError):
    """There is no program to run."""


class RequestRefused(StackelbergError):
    """A game does not take a decision: `row`, `column` and `decision` tell which. They count from 0."""

    def __init__(
        self, message: str, code: str, row: Optional[int] = None, column: Optional[int] = None,
        decision: Optional[str] = None,
    ):  # fmt: skip
        super().__init__([Problem.read(message)])
        self.code, self.row, self.decision = code, row, decision
        self._column = column

    @property
    def column(self) -> Optional[int]:
        return self._column


_BY_CODE = {
    64: WrongInput, 65: WrongInput, 69: NoAnswer, 70: NotProved, 71: OutOfMemory, 73: CannotWrite, 75: InUse,
    130: Stopped, 143: Stopped,
}  # fmt: skip
_COUNT = re.compile(r"\d+ problems?\.")
_WARNING = re.compile(r"(^|  )warning: ")


def is_warning(line: str) -> bool:
    return _WARNING.search(line) is not None


def error(exit_code: int, lines: Iterable[str]) -> StackelbergError:
    """The exception for an exit code and what the program said on standard error."""
    said = [line for line in lines if line.strip() and not _COUNT.fullmatch(line) and not is_warning(line)]
    if exit_code == 64:
        # How the program is used follows the sentence about what is wrong.
        said = [line for line in said if line.startswith("Error: ")] or said
    problems = [Problem.read(line[7:] if line.startswith("Error: ") else line) for line in said]
    if exit_code < 0:
        problems.append(Problem.read(f"the program was ended by signal {-exit_code}."))
    return _BY_CODE.get(exit_code, ProgramDied)(problems, exit_code)
