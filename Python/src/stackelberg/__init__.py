"""What an energy operator should charge when its customers respond optimally.

The program `stackelberg` does the work; this package runs it and reads its results.

>>> import stackelberg
>>> result = stackelberg.price(stackelberg.case("stackelberg-park"), evaluations=2000)
>>> result.payoff, result.table("prices").to_pandas()

>>> with stackelberg.Game(stackelberg.case("stackelberg-park")) as game:
...     payoffs = game.evaluate(X).payoff
"""

from ._commands import certify, compare, cooperate, dispatch, evaluate, price, size
from ._errors import (
    CannotWrite,
    CaseWarning,
    InUse,
    NoAnswer,
    NotProved,
    OutOfMemory,
    Problem,
    ProgramDied,
    ProgramNotFound,
    RequestRefused,
    StackelbergError,
    Stopped,
    WrongInput,
)
from ._game import Answers, Cap, Decision, Game
from ._program import program
from ._progress import Progress
from ._results import Result, Table
from ._shipped import case, cases, suite
from ._version import version as __version__

__all__ = [
    "Answers", "CannotWrite", "Cap", "CaseWarning", "Decision", "Game", "InUse", "NoAnswer", "NotProved", "OutOfMemory",
    "Problem", "ProgramDied", "ProgramNotFound", "Progress", "RequestRefused", "Result", "StackelbergError", "Stopped",
    "Table", "WrongInput", "__version__", "case", "cases", "certify", "compare", "cooperate", "dispatch", "evaluate",
    "price", "program", "size", "suite",
]  # fmt: skip
