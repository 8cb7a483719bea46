"""Where the program is, and how it is run."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from typing import Any, NoReturn, Sequence, Union

from ._errors import CaseWarning, Problem, ProgramDied, ProgramNotFound, is_warning
from ._progress import Progress, Show, shown

_NAME = "stackelberg"
_VARIABLE = "STACKELBERG_PROGRAM"


def program() -> Path:
    """The program: what STACKELBERG_PROGRAM names in the environment, else the one in this package, else on the path."""
    named = os.environ.get(_VARIABLE)
    if named:
        if os.access(named, os.X_OK) and os.path.isfile(named):
            # Whole: a name alone would be looked for on the path.
            return Path(named).absolute()
        raise _not_found(f"{_VARIABLE} is {named}, which is no program. Name the executable, or unset it.")
    own = Path(__file__).with_name("bin") / _NAME
    if own.is_file():
        return own
    for folder in os.get_exec_path():
        found = shutil.which(_NAME, path=folder)
        # The command that this package installs runs the program, and is not it.
        if found and not _is_script(found):
            return Path(found).absolute()
    raise _not_found(
        "the program 'stackelberg' was not found. Install the wheel that contains it, build it with 'make build', or "
        f"name it by the environment variable {_VARIABLE}."
    )


def _not_found(text: str) -> ProgramNotFound:
    return ProgramNotFound([Problem.read(text)])


def said_json(text: Union[str, bytes]) -> Any:
    """What the program printed, as it does where it is the program."""
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if isinstance(told, dict):
        return told
    start = text[:60].decode("utf-8", "replace") if isinstance(text, bytes) else text[:60]
    raise ProgramDied([Problem.read(
        f"{program()} printed {start.strip()!r}, which is not what stackelberg prints. Name the right program by the environment "
        f"variable {_VARIABLE}, or unset it."
    )])  # fmt: skip


def _is_script(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(2) == b"#!"


def main() -> NoReturn:
    """The command `stackelberg` of the wheel: the program itself."""
    try:
        path = str(program())
    except ProgramNotFound as error:
        sys.exit(str(error))
    os.execv(path, [path, *sys.argv[1:]])


def run(arguments: Sequence[str], progress: Show = None) -> tuple[int, str, list[str]]:
    """Runs the program to its end.

    Returns its exit code, what it printed, and the lines that it wrote on standard error beside progress and warnings.
    Ctrl-C, and the interrupt of a notebook, stop it as they would on a terminal.
    """
    show, clear = shown(progress)
    process = subprocess.Popen(
        [str(program()), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    assert process.stdout and process.stderr
    output, errors = process.stdout, process.stderr
    printed: list[str] = []
    reader = threading.Thread(target=lambda: printed.append(output.read()), daemon=True)
    reader.start()
    said: list[str] = []
    try:
        for line in errors:
            line = line.rstrip("\n")
            told = Progress.read(line)
            if told:
                show(told)
            elif is_warning(line):
                warnings.warn(line, CaseWarning, stacklevel=5)
            else:
                said.append(line)
        process.wait()
    except BaseException:
        _stop(process)
        raise
    finally:
        clear()
        reader.join()
        output.close()
        errors.close()
    return process.returncode, "".join(printed), said


def _stop(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
