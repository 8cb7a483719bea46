"""A game as a model of UM-Bridge (protocol 1.0), whose clients there are for Python, Julia, MATLAB, R, C++ and others.

    python -m stackelberg.umbridge my-park --port 4242

The model "payoff" has one input, a decision, and two outputs: the payoff, and what each follower pays. With the
configuration {"nearest": true} the nearest admissible decision is answered. The model "ties" has the payoffs that ties
decide between as its first output: under the case's rule, for the leader, against it.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Optional

from ._errors import RequestRefused, StackelbergError
from ._game import Game

_MODELS = ("payoff", "ties")


class _Listener(ThreadingHTTPServer):
    """Clients that ask from many threads at once connect at once, too."""

    daemon_threads = True
    request_queue_size = 128


class _Refusal(Exception):
    """An error as the protocol tells it."""

    def __init__(self, kind: str, message: str, status: int = 400):
        super().__init__(message)
        self.kind, self.status = kind, status


def server(game: Game, host: str = "localhost", port: int = 4242) -> ThreadingHTTPServer:
    """A server of the game; `serve_forever` runs it. Port 0 takes a free one."""

    def model(request: dict[str, Any]) -> str:
        name = request.get("name")
        if not isinstance(name, str) or name not in _MODELS:
            raise _Refusal("ModelNotFound", f"there is no model {name!r}; there are {', '.join(_MODELS)}")
        return name

    def heads(name: str) -> int:
        return 1 if name == "payoff" else 3

    def input_sizes(request: dict[str, Any]) -> dict[str, Any]:
        model(request)
        return {"inputSizes": [len(game.names)]}

    def output_sizes(request: dict[str, Any]) -> dict[str, Any]:
        costs = len(game.description["requests"]["evaluate"]["columns"]) - 1
        return {"outputSizes": [heads(model(request)), costs]}

    def model_info(request: dict[str, Any]) -> dict[str, Any]:
        model(request)
        return {"support": {"Evaluate": True, "Gradient": False, "ApplyJacobian": False, "ApplyHessian": False}}

    def evaluate(request: dict[str, Any]) -> dict[str, Any]:
        name = model(request)
        inputs = request.get("input")
        if not isinstance(inputs, list) or len(inputs) != 1 or not isinstance(inputs[0], list):
            raise _Refusal("InvalidInput", "the input must be a list of one list: the decision")
        point = inputs[0]
        if len(point) != len(game.names) or not all(type(x) in (int, float) for x in point):
            raise _Refusal("InvalidInput", f"the decision must be {len(game.names)} numbers")
        config = request.get("config") or {}
        if not isinstance(config, dict):
            raise _Refusal("InvalidInput", "the configuration must be an object of JSON")
        nearest = config.get("nearest")
        # The client for R writes a number as a list of one.
        if nearest not in (None, False, 0, [False], [0]):
            point = game.nearest(point)
        answers = game.evaluate(point) if name == "payoff" else game.ties(point)
        if math.isnan(answers.payoff):
            raise _Refusal("InvalidInput", game.why(point) or "the decision has no answer")
        payoffs = [answers.payoff] if name == "payoff" else [answers.payoff, answers.optimistic, answers.pessimistic]
        return {"output": [payoffs, answers.costs]}

    def unsupported(request: dict[str, Any]) -> dict[str, Any]:
        raise _Refusal("UnsupportedFeature", "only Evaluate is supported")

    routes: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "/InputSizes": input_sizes, "/OutputSizes": output_sizes, "/ModelInfo": model_info, "/Evaluate": evaluate,
        "/Gradient": unsupported, "/ApplyJacobian": unsupported, "/ApplyHessian": unsupported,
    }  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/Info":
                self._send(200, {"protocolVersion": 1.0, "models": list(_MODELS)})
            else:
                self._send(404, {"error": {"type": "NotFound", "message": f"there is no {self.path}"}})

        def do_POST(self) -> None:
            try:
                length = self.headers.get("Content-Length") or "0"
                if not length.isdecimal():
                    # Where the next request begins is not known.
                    self.close_connection = True
                    raise _Refusal("InvalidInput", f"the length of the request must be a number, not {length!r}")
                body = self.rfile.read(int(length))
                route = routes.get(self.path)
                if route is None:
                    raise _Refusal("NotFound", f"there is no {self.path}", 404)
                request = json.loads(body)
                if not isinstance(request, dict):
                    raise _Refusal("InvalidInput", "the request must be an object of JSON")
                self._send(200, route(request))
            except _Refusal as refusal:
                self._fail(refusal.status, refusal.kind, refusal)
            except (ValueError, OverflowError, RecursionError, RequestRefused) as refusal:
                if game.is_open:
                    self._fail(400, "InvalidInput", refusal)
                else:
                    self._fail(500, "EvaluationFailed", refusal)
            except StackelbergError as problem:
                self._fail(500, "EvaluationFailed", problem)

        def _fail(self, status: int, kind: str, problem: Exception) -> None:
            self._send(status, {"error": {"type": kind, "message": str(problem)}})

        def _send(self, status: int, value: dict[str, Any]) -> None:
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    return _Listener((host, port), Handler)


def main(arguments: Optional[list[str]] = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m stackelberg.umbridge", description="Serves a case to clients of UM-Bridge."
    )
    parser.add_argument("case", help="folder of the case")
    parser.add_argument("--variant", help="name of a variant of the case")
    parser.add_argument("--workers", help="threads that evaluate")
    parser.add_argument("--host", default="localhost", help="where it listens")
    parser.add_argument("--port", type=int, default=4242, help="where it listens")
    given = parser.parse_args(arguments)
    try:
        with Game(given.case, variant=given.variant, workers=given.workers) as game:
            with server(game, given.host, given.port) as http:
                print(f"{game.name} at http://{given.host}:{http.server_address[1]}; Ctrl-C ends it", flush=True)
                http.serve_forever()
    except KeyboardInterrupt:
        pass
    except StackelbergError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
