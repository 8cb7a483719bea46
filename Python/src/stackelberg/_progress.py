"""What the program is doing, while it runs."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Callable, Optional, Union


@dataclass(frozen=True)
class Progress:
    """What the program is doing, told about every ten seconds."""

    text: str
    #: How long it has been running.
    seconds: int
    #: Where it counts: how much is done, and of how much.
    done: Optional[int] = None
    total: Optional[int] = None

    _line = re.compile(r"(?P<text>.*) \((?P<seconds>\d+) s\)")
    _count = re.compile(r"(\d+) of (\d+)\b")

    @classmethod
    def read(cls, line: str) -> Optional[Progress]:
        """The line that the program wrote; None where it is no progress."""
        found = cls._line.fullmatch(line)
        if not found:
            return None
        count = cls._count.match(found["text"])
        done, total = (int(count[1]), int(count[2])) if count else (None, None)
        return cls(found["text"], int(found["seconds"]), done, total)

    def __str__(self) -> str:
        return f"{self.text} ({self.seconds} s)"


#: True shows a line, False nothing; a function is called with each `Progress`. None shows it to people only.
Show = Union[bool, None, Callable[[Progress], object]]


class Line:
    """One line on a terminal or below a cell of a notebook, which overwrites itself."""

    def __init__(self) -> None:
        self._width = 0

    def __call__(self, progress: Progress) -> None:
        text = str(progress)
        print("\r" + text.ljust(self._width), end="", file=sys.stderr, flush=True)
        self._width = len(text)

    def clear(self) -> None:
        if self._width:
            print("\r" + " " * self._width + "\r", end="", file=sys.stderr, flush=True)


def shown(show: Show) -> tuple[Callable[[Progress], object], Callable[[], object]]:
    """What is called with each progress, and what at the end."""
    if callable(show):
        return show, lambda: None
    if show is None:
        show = "ipykernel" in sys.modules or bool(sys.stderr and sys.stderr.isatty())
    if not show:
        return lambda progress: None, lambda: None
    line = Line()
    return line, line.clear
