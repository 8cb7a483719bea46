from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import stackelberg
from stackelberg.umbridge import server

from .support import ROOT, SHOP, ProgramTest, needs

EXAMPLES = ROOT / "Python/examples"


class Examples(ProgramTest):
    def run_example(self, name: str, *arguments: object) -> str:
        path = {"PYTHONPATH": str(Path(stackelberg.__file__).parents[1])}
        done = subprocess.run(
            [sys.executable, EXAMPLES / name, *map(str, arguments)],
            capture_output=True, text=True, cwd=self.folder, env={**os.environ, **path},
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def found(self, name: str) -> None:
        """Near the best prices of the shop, which pay 130, and no better."""
        said = self.run_example(name, self.case(SHOP), "--evaluations", 200)
        found = re.findall(r"^ *(.+?)  (\S+)$", said, re.M)
        values = {name: float(value.replace(",", "")) for name, value in found}
        self.assertEqual(values["evaluations"], 200)
        self.assertTrue(120 < values["payoff"] <= 130.000001, said)
        self.assertLessEqual(values["payoff"], values["bound"] + 0.01)

    @needs("numpy", "pymoo")
    def test_pymoo(self) -> None:
        self.found("pymoo_ga.py")

    @needs("numpy", "optuna")
    def test_optuna(self) -> None:
        self.found("optuna_tpe.py")

    @needs("numpy", "nevergrad")
    def test_nevergrad(self) -> None:
        self.found("nevergrad_ask_tell.py")

    @needs("umbridge")
    def test_umbridge(self) -> None:
        http = server(self.game(self.case(SHOP)), port=0)
        threading.Thread(target=http.serve_forever, daemon=True).start()
        self.addCleanup(http.server_close)
        self.addCleanup(http.shutdown)
        said = self.run_example("umbridge_client.py", f"http://localhost:{http.server_address[1]}")
        # The nearest to 0.4 in both hours is 0.06 in both.
        self.assertIn("payoff 100.00, what followers pay 300.00", said)

    def test_the_page_of_the_protocol(self) -> None:
        """The client that the documentation shows, as it stands there."""
        page = (ROOT / "Sources/StackelbergCLI/StackelbergCLI.docc/Serve.md").read_text(encoding="utf-8")
        code = re.search(r"```python\n(.*?)```", page, re.DOTALL)[1]
        self.assertIn('"stackelberg", "serve", "data/cases/stackelberg-park"', code)
        code = code.replace('"stackelberg", "serve"', f'"{stackelberg.program()}", "serve"')
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
        self.assertEqual(done.returncode, 0, done.stderr)
        game = self.game(stackelberg.case("stackelberg-park"))
        middle = [(low + high) / 2 for low, high in zip(game.lower, game.upper)]
        payoff = game.evaluate(middle, nearest=True).payoff
        self.assertIn(f"{{'payoff': {payoff!r}, ", done.stdout)
