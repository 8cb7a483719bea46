from __future__ import annotations

import http.client
import json
import math
import threading
import unittest
import urllib.error
import urllib.request
from typing import Any, Optional

from stackelberg.umbridge import server

from .support import SHOP, ProgramTest, needs


class Bridge(ProgramTest):
    def setUp(self) -> None:
        super().setUp()
        self.played = self.game(self.case(SHOP))
        served = server(self.played, port=0)
        self.url = f"http://localhost:{served.server_address[1]}"
        threading.Thread(target=served.serve_forever, daemon=True).start()
        self.addCleanup(served.server_close)
        self.addCleanup(served.shutdown)

    def ask(self, path: str, request: Optional[Any] = None) -> tuple[int, Any]:
        data = None if request is None else json.dumps(request).encode()
        try:
            with urllib.request.urlopen(self.url + path, data) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def test_the_protocol(self) -> None:
        self.assertEqual(self.ask("/Info"), (200, {"protocolVersion": 1.0, "models": ["payoff", "ties"]}))
        self.assertEqual(self.ask("/InputSizes", {"name": "payoff"}), (200, {"inputSizes": [2]}))
        self.assertEqual(self.ask("/OutputSizes", {"name": "payoff", "config": {}}), (200, {"outputSizes": [1, 1]}))
        self.assertEqual(self.ask("/OutputSizes", {"name": "ties"}), (200, {"outputSizes": [3, 1]}))
        support = self.ask("/ModelInfo", {"name": "payoff"})[1]["support"]
        self.assertEqual((support["Evaluate"], support["Gradient"]), (True, False))
        status, answer = self.ask("/Evaluate", {"name": "payoff", "input": [[0.03, 0.09]], "config": {}})
        self.assertEqual(status, 200)
        self.assertAlmostEqual(answer["output"][0][0], 130, 9)
        self.assertAlmostEqual(answer["output"][1][0], 330, 9)
        for said in (True, [True]):
            nearest = {"name": "ties", "input": [[0.2, 0.2]], "config": {"nearest": said}}
            self.assertAlmostEqual(self.ask("/Evaluate", nearest)[1]["output"][0][2], 100, 9)
        refused = {"name": "payoff", "input": [[0.2, 0.2]], "config": {"nearest": [False]}}
        self.assertEqual(self.ask("/Evaluate", refused)[0], 400)

    def test_errors(self) -> None:
        for path, request, status, kind in [
            ("/Nothing", {}, 404, "NotFound"),
            ("/Evaluate", {"name": "forward", "input": [[0.05, 0.05]]}, 400, "ModelNotFound"),
            ("/Evaluate", {"name": "payoff", "input": [[0.05]]}, 400, "InvalidInput"),
            ("/Evaluate", {"name": "payoff", "input": [[0.05, "x"]]}, 400, "InvalidInput"),
            ("/Evaluate", {"name": "payoff", "input": [[0.05, 5]]}, 400, "InvalidInput"),
            ("/Evaluate", {"name": "payoff"}, 400, "InvalidInput"),
            ("/Evaluate", [], 400, "InvalidInput"),
            ("/Evaluate", {"name": "payoff", "input": [[0.05, 0.05]], "config": [1]}, 400, "InvalidInput"),
            ("/Evaluate", {"name": "payoff", "input": [[0.05, 10**400]]}, 400, "InvalidInput"),
            ("/Evaluate", {"name": "payoff", "input": [[0.05, math.nan]]}, 400, "InvalidInput"),
            ("/Evaluate", {"name": ["payoff"], "input": [[0.05, 0.05]]}, 400, "ModelNotFound"),
            ("/Gradient", {"name": "payoff"}, 400, "UnsupportedFeature"),
        ]:
            found, answer = self.ask(path, request)
            self.assertEqual((found, answer["error"]["type"]), (status, kind), path)
        self.assertEqual(self.ask("/Evaluate", {"name": "payoff", "input": [[0.05, 0.05]]})[0], 200)

    def test_what_is_no_request(self) -> None:
        for length, body in [("x", b""), ("-1", b""), ("5", b"[[[[["), ("2", b"\xff\xfe"), ("200000", b"[" * 200000)]:
            connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=10)
            self.addCleanup(connection.close)
            connection.putrequest("POST", "/Evaluate")
            connection.putheader("Content-Length", length)
            connection.endheaders(body)
            answer = connection.getresponse()
            self.assertEqual((answer.status, json.load(answer)["error"]["type"]), (400, "InvalidInput"), length)
        self.assertEqual(self.ask("/Evaluate", {"name": "payoff", "input": [[0.05, 0.05]]})[0], 200)

    def test_many_clients_at_once(self) -> None:
        answers: list[tuple[int, Any]] = []
        start = threading.Barrier(60)

        def ask() -> None:
            start.wait()
            answers.append(self.ask("/Evaluate", {"name": "payoff", "input": [[0.03, 0.09]]}))

        threads = [threading.Thread(target=ask) for _ in range(60)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual([status for status, _ in answers], [200] * 60)
        self.assertEqual(len({str(answer) for _, answer in answers}), 1)

    def test_a_program_that_died(self) -> None:
        """It is no fault of what is asked, however often."""
        self.played._server.process.kill()
        self.played._server.process.wait()
        for _ in range(3):
            status, answer = self.ask("/Evaluate", {"name": "payoff", "input": [[0.03, 0.09]]})
            self.assertEqual((status, answer["error"]["type"]), (500, "EvaluationFailed"))

    @needs("umbridge")
    def test_the_client_of_um_bridge(self) -> None:
        import umbridge

        model = umbridge.HTTPModel(self.url, "payoff")
        self.assertEqual((model.get_input_sizes(), model.get_output_sizes()), ([2], [1, 1]))
        self.assertAlmostEqual(model([[0.03, 0.09]])[0][0], 130, 9)


if __name__ == "__main__":
    unittest.main()
