"""The evaluation server of the program as a process of this one: see the protocol in `Serve.md`."""

from __future__ import annotations

import os
import struct
import subprocess
import threading
from typing import Any, NoReturn, Sequence

from ._errors import Problem, ProgramDied, error
from ._program import program, said_json

_HEAD = struct.Struct("<4sIQ")
_MARK = b"STKB"
#: The kind of the frame that ends the server.
_GOODBYE = 5


class Server:
    """A server that has greeted. Once a request fails half way, it is ended, since its next bytes mean nothing.

    It is of the process that made it: a fork of that has the same pipes, on which answers to both would be mixed up.
    """

    def __init__(self, arguments: Sequence[str]):
        # In a group of its own: Ctrl-C is for this process, which then ends the other.
        self.process = subprocess.Popen(
            [str(program()), "serve", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdin and self.process.stdout and self.process.stderr
        self._input, self._output, self._errors = self.process.stdin, self.process.stdout, self.process.stderr
        #: What it wrote on standard error.
        self.said: list[str] = []
        self.is_open = True
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        try:
            line = self._output.readline()
            if not line:
                self._ended()
            self.greeting: dict[str, Any] = said_json(line)
            protocol = (self.greeting.get("protocol"), self.greeting.get("version"))
            if protocol != ("stackelberg-serve", 1):
                raise ProgramDied([Problem.read(f"the protocol {protocol} is not known here. Update this package.")])
        except BaseException:
            self.end(kill=True)
            raise

    def ask(self, kind: int, content: bytes) -> tuple[int, bytes]:
        """The kind of the answer, and what is in it."""
        with self._lock:
            if self._owner != os.getpid():
                raise ValueError("the game was made by another process. Make one in each process that uses it.")
            if not self.is_open:
                raise ValueError("the game is closed. Open another.")
            try:
                try:
                    self._input.write(_HEAD.pack(_MARK, kind, len(content)))
                    self._input.write(content)
                    self._input.flush()
                except BrokenPipeError:
                    self._ended()
                _, kind, length = _HEAD.unpack(self._read(_HEAD.size))
                return kind, self._read(length)
            except BaseException:
                self.end(kill=True)
                raise

    def close(self) -> None:
        """Ends the server once it has answered what another thread has asked.

        It is told so: its input does not end as long as a fork of this process has it open, too.
        """
        if self._owner != os.getpid():
            return
        with self._lock:
            if self.is_open:
                try:
                    self._input.write(_HEAD.pack(_MARK, _GOODBYE, 0))
                    self._input.flush()
                except BrokenPipeError:
                    pass
                self.end(kill=False)

    def _read(self, count: int) -> bytes:
        data = self._output.read(count)
        if len(data) < count:
            self._ended()
        return data

    def _ended(self) -> NoReturn:
        """Its output has ended, so it has, or is about to."""
        code = self.process.wait(10)
        self._listener.join(10)
        problem = error(code, self.said) if code else ProgramDied([], code)
        if not problem.problems:
            problem = type(problem)([Problem.read(f"the evaluation server has ended with exit code {code}.")], code)
        raise problem

    def _listen(self) -> None:
        for line in self._errors:
            self.said.append(line.decode(errors="replace").rstrip("\n"))

    def end(self, kill: bool) -> None:
        # A fork leaves the streams alone: it closes its own of them when it ends, and a thread that reads from one here
        # holds what the fork would wait for.
        if not self.is_open or self._owner != os.getpid():
            return
        self.is_open = False
        if kill:
            self.process.kill()
        try:
            self._input.close()
        except BrokenPipeError:
            pass
        self.process.wait()
        self._listener.join(10)
        self._output.close()
        self._errors.close()
