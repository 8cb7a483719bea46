from __future__ import annotations

import json
import math
import os
import random
import signal
import struct
import subprocess
import sys
import threading
import unittest
from pathlib import Path
from typing import Callable

import stackelberg

from .support import BRIDGE, ROOF, ROOT, SHOP, ProgramTest, needs


def admissible(game: stackelberg.Game, count: int, seed: int = 1) -> list[list[float]]:
    numbers = random.Random(seed)
    return game.nearest([[numbers.uniform(d.lower, d.upper) for d in game.decisions] for _ in range(count)])


class Payoffs(ProgramTest):
    def test_by_hand(self) -> None:
        game = self.game(self.case(SHOP))
        self.assertEqual((game.kind, game.maximised, game.unit, game.followers), ("prices", True, "EUR", ["u"]))
        self.assertEqual(game.names, ["prices.electricity_sell[0]", "prices.electricity_sell[1]"])
        # Money per kWh, as all tables have it.
        self.assertEqual([(d.lower, d.upper, d.unit) for d in game.decisions], [(0.03, 0.09, "EUR/kWh")] * 2)
        cap = game.caps[0]
        self.assertEqual((cap.decisions, cap.coefficients, cap.most), ((0, 1), (1.0, 1.0), 0.12))
        X = [[0.03, 0.09], [0.05, 0.05], [0.09, 0.03]]
        answers = game.ties(X)
        for (p, q), payoff, (cost,) in zip(X, answers.payoff, answers.costs):
            self.assertAlmostEqual(payoff, 2000 * (p - 0.04) + 3000 * (q - 0.04), 9)
            self.assertAlmostEqual(cost, 2000 * p + 3000 * q, 9)
        # Nobody has a choice, so ties change nothing.
        self.assertEqual(answers.optimistic, answers.payoff)
        self.assertEqual(answers.settled, [1, 1, 1])
        self.assertEqual(game.evaluate([0.03, 0.09]).payoff, answers.payoff[0])

    def test_twenty_decisions_to_the_bit(self) -> None:
        """The payoffs of a park with every kind of follower are those of `evaluate`."""
        park = self.folder / "park"
        subprocess.run([stackelberg.program(), "new", park], check=True, stdout=subprocess.DEVNULL)
        game = self.game(park)
        X = admissible(game, 20)
        answers = game.evaluate(X)
        self.assertEqual(len(set(answers.payoff)), 20)
        for x, payoff in zip(X, answers.payoff):
            result = stackelberg.evaluate(park, game.prices(x), output=self.folder / f"{payoff.hex()}")
            self.assertEqual(payoff, result.payoff)

    def test_batches_and_workers_change_nothing(self) -> None:
        case = stackelberg.case("stackelberg-park")
        one, three = self.game(case, workers=1), self.game(case, workers=3)
        X = admissible(one, 40)
        self.assertEqual(admissible(three, 40), X)
        whole = one.evaluate(X)
        self.assertEqual(three.evaluate(X), whole)
        self.assertEqual([one.evaluate(x).payoff for x in reversed(X)], whole.payoff[::-1])

    def test_sizes_by_hand(self) -> None:
        game = self.game(self.case(ROOF))
        self.assertEqual((game.kind, game.maximised, game.unit), ("sizes", False, "CNY/a"))
        for size in [0.0, 20.0, 50.0]:
            expected = 90 * size + 0.5 * 8760 * (50 - size / 4)
            self.assertAlmostEqual(game.evaluate([size]).payoff / expected, 1, 12)
        with self.assertRaises(TypeError):
            game.prices([1.0])

    def test_published_bilevel_problems(self) -> None:
        """What is proven of problems from the literature, with ties for the leader and against it."""
        file = ROOT / "data/benchmarks/bilevel/problems.json"
        problems = json.loads(file.read_text())["problems"]
        chosen = [p for p in problems if p["name"] in ("bard_8_1_2", "zeng_pess_ex", "tie_trap_1", "toll_dms2006_P1")]
        self.assertEqual(len(chosen), 4)
        for problem in chosen:
            game = self.game(file, problem=problem["name"])
            self.assertEqual(game.maximised, "maximise" in problem["leader"])
            best = problem["optimistic"]
            self.assertAlmostEqual(game.ties(best["x"]).optimistic, best["value"], 6)
            worst = problem.get("pessimistic")
            if worst and problem["name"] != "bard_8_1_2":
                self.assertAlmostEqual(game.ties(worst["x"]).pessimistic, worst["value"], 6)

    def test_tolls_by_hand(self) -> None:
        game = self.game(self.file(BRIDGE, "bridge.json"))
        self.assertEqual((game.kind, game.names), ("network", ["toll.1.2.1"]))
        # At 4 both ways cost the same.
        self.assertAlmostEqual(game.upper[0], 4, 9)
        self.assertEqual(game.evaluate([[0.0], [1.0], [3.5]]).payoff, [0, 10, 35])
        ties = game.ties([[4.0], [3.5]])
        self.assertAlmostEqual(ties.optimistic[0], 40, 9)
        self.assertAlmostEqual(ties.pessimistic[0], 0, 9)
        self.assertEqual((ties.optimistic[1], ties.pessimistic[1]), (35, 35))

    @needs("numpy")
    def test_arrays_and_lists_are_the_same(self) -> None:
        import numpy

        game = self.game(stackelberg.case("stackelberg-park"))
        X = admissible(game, 5)
        lists, arrays = game.ties(X), game.ties(numpy.array(X))
        for name in ("payoff", "optimistic", "pessimistic", "settled", "costs"):
            self.assertIsInstance(getattr(arrays, name), numpy.ndarray)
            self.assertEqual(getattr(arrays, name).tolist(), getattr(lists, name))
        self.assertEqual(game.evaluate(numpy.array(X[0])).payoff, lists.payoff[0])
        with self.assertRaisesRegex(ValueError, "48 numbers"):
            game.evaluate(numpy.zeros((2, 3)))


class NearestDecisions(ProgramTest):
    @needs("numpy")
    def test_what_is_no_decision(self) -> None:
        """Nothing is read as numbers that is none, and nothing is left out of what was given."""
        import numpy as np

        game = self.game(self.case(SHOP))
        x = [0.05, 0.05]
        whole = game.evaluate(x).payoff
        for X in (
            np.array(x) + 0j, np.array(["0.05", "0.05"]), np.array(["0.05", "0.05"], dtype=object), b"ab", "ab",
            ["0.05", "0.05"], [None, None], np.array([None, 0.05]), 0.05, None, (v for v in x), {0: 0.05, 1: 0.05},
            np.array(["2020-01-01", "2020-01-02"], dtype="M8[D]"),
        ):  # fmt: skip
            with self.subTest(X=X), self.assertRaises((TypeError, ValueError)):
                game.evaluate(X)
        for X in (
            np.ma.masked_array(x, mask=[True, False]), np.array(0.05), np.zeros((1, 1, 2)), [], [[]],
            np.zeros((0, 2)), [x, [0.05]], [[[0.05, 0.05]]],
        ):  # fmt: skip
            with self.subTest(X=X), self.assertRaises((TypeError, ValueError, stackelberg.RequestRefused)):
                game.evaluate(X)
        for x_too in ([np.array(0.05)] * 2, np.ma.masked_array(x), np.array(x, dtype=object), np.array(x, dtype=">f8")):
            self.assertEqual(game.evaluate(x_too).payoff, whole)

    def test_prices_are_of_one_whole_decision(self) -> None:
        game = self.game(self.case(SHOP))
        self.assertEqual(game.prices([0.03, 0.09]), {"prices.electricity_sell": [0.03, 0.09]})
        for x in ([0.03], [0.03, 0.09, 0.05], [[0.03, 0.09]], []):
            with self.subTest(x=x), self.assertRaises(ValueError):
                game.prices(x)

    def test_no_admissible_decision_is_nearer(self) -> None:
        game = self.game(stackelberg.case("stackelberg-park"))
        numbers = random.Random(3)
        outside = [[numbers.uniform(d.lower - 1, d.upper + 1) for d in game.decisions] for _ in range(10)]
        others = admissible(game, 50, seed=4)
        for x, near in zip(outside, game.nearest(outside)):
            for k, decision in enumerate(game.decisions):
                self.assertTrue(decision.lower <= near[k] <= decision.upper)
            for cap in game.caps:
                self.assertLessEqual(sum(c * near[k] for k, c in zip(cap.decisions, cap.coefficients)), cap.most + 1e-9)
            distance = math.dist(x, near)
            for other in others:
                self.assertLessEqual(distance, math.dist(x, other) + 1e-12)

    def test_evaluate_nearest(self) -> None:
        game = self.game(self.case(SHOP))
        answers = game.evaluate([[0.09, 0.09], [0.03, 0.2]], nearest=True)
        # On the line p + q = 0.12, and at the corner of it and the bounds.
        self.assertAlmostEqual(answers.decisions[0][0], 0.06, 12)
        self.assertAlmostEqual(answers.decisions[1][1], 0.09, 12)
        self.assertEqual(game.evaluate(answers.decisions).payoff, answers.payoff)


class Refusals(ProgramTest):
    def test_errors_have_a_place_and_the_server_goes_on(self) -> None:
        game = self.game(self.case(SHOP))
        good = [0.05, 0.05]
        before = game.evaluate(good).payoff
        with self.assertRaises(stackelberg.RequestRefused) as caught:
            game.evaluate([good, good, [0.05, math.nan], [math.inf, 0]])
        refusal = caught.exception
        self.assertEqual((refusal.code, refusal.row, refusal.column), ("not_finite", 2, 1))
        self.assertEqual(refusal.decision, "prices.electricity_sell[1]")
        self.assertEqual(refusal.fix, "Send a number from 0.03 to 0.09.")
        for row, word in [([0.02, 0.05], "0.03 to 0.09"), ([0.08, 0.08], "mean_max")]:
            with self.assertRaisesRegex(stackelberg.RequestRefused, word) as caught:
                game.evaluate([good, row])
            self.assertEqual((caught.exception.code, caught.exception.row), ("outside", 1))
        for row in ([0.05], [0.05] * 3, []):
            with self.assertRaises(ValueError):
                game.evaluate([good, row])
        self.assertEqual(game.evaluate(good).payoff, before)

    def test_bad_frames(self) -> None:
        game = self.game(self.case(SHOP))

        def ask(kind: int, content: bytes) -> tuple[int, dict]:
            server = game._server.process
            server.stdin.write(struct.pack("<4sIQ", b"STKB", kind, len(content)))
            server.stdin.write(content)
            server.stdin.flush()
            _, kind, length = struct.unpack("<4sIQ", server.stdout.read(16))
            return kind, json.loads(server.stdout.read(length))

        number = struct.pack("<d", 0.05)
        for kind, content, code in [
            (77, b"", "unknown_request"), (0, b"", "unknown_request"), (1, b"", "bad_length"),
            (1, number, "bad_length"), (1, number * 3, "bad_length"), (1, number[:5], "bad_length"),
            (4, number * 4, "bad_length"), (1, bytes(game.description["most_bytes"] + 8), "too_long"),
        ]:  # fmt: skip
            answer = ask(kind, content)
            self.assertEqual((answer[0], answer[1]["code"]), (0, code))
            self.assertGreater(len(answer[1]["message"]), 20)
        self.assertEqual(answer[1]["request"], 7)
        self.assertEqual(game.evaluate([0.04, 0.04]).payoff, 0)

    def test_a_decision_without_an_answer(self) -> None:
        # 3 MW are asked for where the grid gives 2.5 at most, unless u goes without, which pays from 0.05 on.
        text = SHOP.replace("max: 10}", "max: 2.5}").replace(
            "[2, 3]}}",
            "[2, 3]}, flexibility: {less: {type: curtailable, carrier: electricity, share: 0.5, "
            "discomfort: 50 EUR/MWh, growth: 0, pieces: 1}}}",
        )
        game = self.game(self.case(text))
        cheap, dear = [0.045, 0.045], [0.06, 0.06]
        answers = game.evaluate([cheap, dear])
        self.assertTrue(math.isnan(answers.payoff[0]) and math.isnan(answers.costs[0][0]))
        self.assertAlmostEqual(answers.payoff[1], 20 * 1 + 20 * 1.5, 9)
        self.assertIn("hour 1", game.why(cheap))
        self.assertIsNone(game.why(dear))


class Ends(ProgramTest):
    def server(self, case: object) -> subprocess.Popen:
        process = subprocess.Popen(
            [stackelberg.program(), "serve", case],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

        def end() -> None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                try:
                    stream.close()
                except BrokenPipeError:
                    pass

        self.addCleanup(end)
        self.assertTrue(process.stdout.readline().startswith(b"{"))
        return process

    def test_end_of_input_and_goodbye(self) -> None:
        case = self.case(SHOP)
        ended = self.server(case)
        ended.stdin.close()
        self.assertEqual((ended.stdout.read(), ended.stderr.read(), ended.wait()), (b"", b"", 0))
        goodbye = struct.pack("<4sIQ", b"STKB", 5, 0)
        told = self.server(case)
        told.stdin.write(goodbye)
        told.stdin.flush()
        self.assertEqual((told.stdout.read(), told.wait()), (goodbye, 0))

    def test_what_is_no_frame_ends_it(self) -> None:
        case = self.case(SHOP)
        for sent, code in [(b"GET / HTTP/1.1\r\n", b"no_frame"), (b"STKB\1\0\0\0\x10", b"cut_short"),
                           (struct.pack("<4sIQd", b"STKB", 1, 16, 0.05), b"cut_short")]:  # fmt: skip
            process = self.server(case)
            process.stdin.write(sent)
            process.stdin.close()
            self.assertIn(code, process.stdout.read())
            self.assertEqual(process.wait(), 65)
            self.assertIn(b"frame", process.stderr.read())

    def test_signals_and_a_closed_pipe(self) -> None:
        case = self.case(SHOP)
        for number, code in [(signal.SIGINT, 130), (signal.SIGTERM, 143)]:
            process = self.server(case)
            process.send_signal(number)
            self.assertEqual(process.wait(), code)
            self.assertIn(b"stopped", process.stderr.read())
        # In the middle of a batch, too.
        busy = self.server(stackelberg.case("stackelberg-park"))
        rows = b"".join(struct.pack("<d", 0.3 + 1e-6 * k) for k in range(48 * 5000))
        busy.stdin.write(struct.pack("<4sIQ", b"STKB", 3, len(rows)) + rows)
        busy.stdin.flush()
        busy.send_signal(signal.SIGTERM)
        self.assertEqual(busy.wait(), 143)
        deaf = self.server(case)
        deaf.stdout.close()
        deaf.stdin.write(struct.pack("<4sIQ2d", b"STKB", 1, 16, 0.05, 0.05))
        deaf.stdin.flush()
        self.assertEqual((deaf.wait(), deaf.stderr.read()), (0, b""))

    def test_nobody_waits_for_a_batch(self) -> None:
        """A server whose client has gone does not finish what nobody reads."""
        process = self.server(stackelberg.case("stackelberg-park"))
        game = self.game(stackelberg.case("stackelberg-park"))
        row = struct.pack("<48d", *admissible(game, 1)[0])
        rows = b"".join(row[:-8] + struct.pack("<d", 0.15 + 1e-7 * k) for k in range(20_000))
        process.stdin.write(struct.pack("<4sIQ", b"STKB", 2, len(rows)) + rows)
        process.stdin.flush()
        process.stdout.close()
        self.assertEqual(process.wait(60), 0)

    def test_a_server_that_dies_in_the_middle_of_a_call(self) -> None:
        game = self.game(stackelberg.case("stackelberg-park"))
        numbers = random.Random(1)
        X = [[numbers.uniform(d.lower, d.upper) for d in game.decisions] for _ in range(50_000)]
        killer = threading.Timer(1, os.kill, (game._server.process.pid, signal.SIGKILL))
        killer.start()
        with self.assertRaisesRegex(stackelberg.ProgramDied, "signal 9") as caught:
            game.evaluate(X, nearest=True)
        killer.join()
        self.assertEqual(caught.exception.exit_code, -9)
        with self.assertRaisesRegex(ValueError, "closed"):
            game.evaluate(X[0])

    @unittest.skipUnless(hasattr(os, "fork"), "there are no forks")
    def test_a_fork_leaves_the_game_to_its_process(self) -> None:
        game = self.game(self.case(SHOP))
        whole = game.evaluate([0.05, 0.05]).payoff

        def in_fork(work: Callable[[], object]) -> int:
            """The exit code of a fork that does the work; its own signal where it does not end."""
            fork = os.fork()
            if not fork:
                signal.alarm(10)
                try:
                    work()
                except ValueError as error:
                    os._exit(3 if "another process" in str(error) else 4)
                os._exit(0)
            return os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1])

        self.assertEqual(in_fork(lambda: game.evaluate([0.05, 0.05])), 3)
        self.assertEqual(in_fork(game.close), 0)
        self.assertEqual(in_fork(game._end), 0)
        self.assertEqual(game.evaluate([0.05, 0.05]).payoff, whole)

    @unittest.skipUnless(hasattr(os, "fork"), "there are no forks")
    def test_a_game_is_closed_though_a_fork_has_its_pipes(self) -> None:
        game = self.game(self.case(SHOP))
        fork = os.fork()
        if not fork:
            signal.pause()
        try:
            closing = threading.Thread(target=game.close, daemon=True)
            closing.start()
            closing.join(10)
            self.assertFalse(closing.is_alive())
        finally:
            os.kill(fork, signal.SIGKILL)
            os.waitpid(fork, 0)

    def test_a_game_that_nobody_closes_ends_with_its_process(self) -> None:
        """Also where a thread of the interpreter reads from the server when that ends."""
        text = f"import stackelberg; game = stackelberg.Game({str(self.case(SHOP))!r}); print(game._server.process.pid)"
        environment = {**os.environ, "PYTHONPATH": str(Path(stackelberg.__file__).parents[1])}
        for _ in range(10):
            ended = subprocess.run([sys.executable, "-c", text], env=environment, capture_output=True, timeout=60)
            self.assertEqual((ended.returncode, ended.stderr), (0, b""))
            with self.assertRaises(ProcessLookupError):
                os.kill(int(ended.stdout), 0)

    def test_what_is_odd_is_a_warning(self) -> None:
        case = self.case(SHOP.replace("carriers:", "tables: {t: {file: t.csv, index: hour}}\ncarriers:"))
        (case / "t.csv").write_text("hour,a\n0,1\n1,2\n")
        with self.assertWarnsRegex(stackelberg.CaseWarning, "case.yaml:5:.*tables.t.*nothing uses it"):
            self.game(case)
        with self.assertWarnsRegex(stackelberg.CaseWarning, "nothing uses it"):
            stackelberg.evaluate(case, {"prices.electricity_sell": [0.05, 0.05]}, output=self.folder / "out")

    def test_a_case_that_is_wrong_has_its_error(self) -> None:
        case = self.case(SHOP.replace("mean_max", "mean_mx"))
        with self.assertRaises(stackelberg.WrongInput) as caught:
            stackelberg.Game(case)
        problem = caught.exception
        self.assertEqual((problem.file, problem.line, problem.exit_code), ("case.yaml", 8, 65))
        self.assertIn("mean_max", problem.fix)
        with self.assertRaisesRegex(stackelberg.WrongInput, "no variant|variant"):
            stackelberg.Game(self.case(SHOP, "other"), variant="none")
        file = ROOT / "data/benchmarks/bilevel/problems.json"
        with self.assertRaisesRegex(stackelberg.WrongInput, "--problem"):
            stackelberg.Game(file)
        with self.assertRaisesRegex(stackelberg.WrongInput, "nothing is left to decide"):
            stackelberg.Game(self.case(SHOP.replace("{min: 30, max: 90, mean_max: 60}", "50"), "fixed"))


if __name__ == "__main__":
    unittest.main()
