"""Cases and suites that come with the package."""

from __future__ import annotations

from pathlib import Path

from ._errors import Problem, WrongInput

_HERE = Path(__file__).resolve()


def _data() -> Path:
    own = _HERE.with_name("data")
    # In a clone of the repository they stand at its top.
    return own if own.is_dir() else _HERE.parents[3] / "data"


def cases() -> list[str]:
    """The names of the shipped cases."""
    return sorted(file.parent.name for file in _data().glob("cases/*/case.yaml"))


def case(name: str) -> Path:
    """The folder of a shipped case, such as "stackelberg-park"; copy it to change it."""
    return _named(_data() / "cases" / name, name, cases())


def suite(name: str) -> Path:
    """The file of a shipped suite of benchmarks, such as "pricing"."""
    known = sorted(file.stem for file in _data().glob("benchmarks/*.yaml"))
    return _named(_data() / "benchmarks" / f"{name}.yaml", name, known)


def _named(path: Path, name: str, known: list[str]) -> Path:
    if not known:
        raise WrongInput([Problem.read(
            "this installation has no shipped cases. Install the wheel that 'make wheel' makes, install a clone by 'pip install -e', "
            "or give the path of a case."
        )])  # fmt: skip
    if name not in known:
        raise WrongInput([Problem.read(f"'{name}' is not shipped. There are: {', '.join(known)}.")])
    return path
