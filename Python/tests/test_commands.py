from __future__ import annotations

import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import stackelberg
from stackelberg import Problem, Progress, Table

from .support import ROOF, SHOP, STREET, ProgramTest, needs


class Commands(ProgramTest):
    def test_price_evaluate_certify(self) -> None:
        case = self.case(SHOP)
        result = stackelberg.price(case, ties="optimistic", seed=3, output=self.folder / "out")
        # 2 (30 - 40) + 3 (90 - 40)
        self.assertAlmostEqual(result.payoff, 130, 6)
        self.assertAlmostEqual(result["prices"]["prices.electricity_sell"][1], 0.09, 9)
        prices = result.table("prices")
        self.assertEqual(prices["price"], ["prices.electricity_sell"] * 2)
        self.assertEqual((prices["step"], prices.units["value"]), ([0, 1], "EUR/kWh"))
        self.assertIn("costs", result.tables)
        self.assertTrue(result.page.read_text().startswith("<!"))
        again = stackelberg.evaluate(result.folder, output=self.folder / "again")
        self.assertEqual(again.payoff, result.payoff)
        other = stackelberg.evaluate(
            case, {"prices.electricity_sell": [0.05, 0.05]}, within=0.001, output=self.folder / "other"
        )
        self.assertAlmostEqual(other.payoff, 50, 9)
        # All prices lower by as much as is asked for.
        self.assertAlmostEqual(other["nearbyPayoff"], 45, 6)
        bound = stackelberg.certify(result.folder, time=0, output=self.folder / "bound")
        self.assertAlmostEqual(bound["bound"], 130, 4)

    @needs("numpy")
    def test_prices_of_every_type_of_number(self) -> None:
        import numpy as np

        fee = "electricity_fee: {min: 0, max: 9}"
        case = self.case(SHOP.replace("prices: {electricity_sell", f"prices: {{{fee}, electricity_sell"))
        hours = {"prices.electricity_sell": [0.0625, 0.03125]}
        halves = (0.5, np.float32(0.5), np.float64(0.5), np.array(0.5), np.array([0.5]), [0.5], (0.5,))
        for k, half in enumerate(halves):
            prices = {"prices.electricity_fee": half, **hours}
            result = stackelberg.evaluate(case, prices, output=self.folder / f"fee-{k}")
            # 2 (62.5 - 40) + 3 (31.25 - 40) and the fee
            self.assertAlmostEqual(result.payoff, 45 - 26.25 + 0.5, 9)
        single = {"prices.electricity_sell": np.array([0.0625, 0.03125], dtype="f4"), "prices.electricity_fee": 0}
        self.assertAlmostEqual(stackelberg.evaluate(case, single, output=self.folder / "single").payoff, 18.75, 9)
        for prices in ({"prices.electricity_fee": "12", **hours}, [1, 2], 0.5):
            with self.subTest(prices=prices), self.assertRaises(TypeError):
                stackelberg.evaluate(case, prices, output=self.folder / "none")

    def test_size(self) -> None:
        result = stackelberg.size(self.case(ROOF), exact=True, output=self.folder / "out")
        self.assertAlmostEqual(result["cost"], 90 * 50 + 0.5 * 8760 * 37.5, 3)
        self.assertIsNone(result.payoff)

    def test_dispatch(self) -> None:
        # 5 MWh at 40.
        result = stackelberg.dispatch(self.case(SHOP), output=self.folder / "out")
        self.assertAlmostEqual(result["cost"], 200, 6)

    def test_cooperate(self) -> None:
        # What east sells to west is worth 0.8 to one and 0.3 to the other: 20 kWh an hour, two hours.
        result = stackelberg.cooperate(self.case(STREET), output=self.folder / "out")
        self.assertAlmostEqual(sum(result.table("trades")["energy"]), 40, 6)

    def test_compare(self) -> None:
        suite = self.folder / "tiny.yaml"
        suite.write_text(
            "suite: {schema: 1, name: tiny, version: 1, title: Tiny, population: 10, evaluations: 60}\n"
            "targets: [1]\nproblems:\n  - {function: sphere, dimension: 2}\n"
        )
        result = stackelberg.compare(suite, algorithms=["de", "random"], seeds=2, output=self.folder / "out")
        self.assertEqual(result["runs"], 4)
        self.assertEqual(sorted(set(result.table("final")["algorithm"])), ["de", "random"])

    def test_shipped_cases(self) -> None:
        self.assertIn("stackelberg-park", stackelberg.cases())
        self.assertTrue((stackelberg.case("two-operators") / "case.yaml").is_file())
        self.assertTrue(stackelberg.suite("pricing").is_file())
        with self.assertRaisesRegex(stackelberg.WrongInput, "stackelberg-park"):
            stackelberg.case("none")

    def test_the_package_is_of_the_program(self) -> None:
        said = subprocess.run([stackelberg.program(), "--version"], check=True, capture_output=True, text=True)
        self.assertEqual(said.stdout.strip(), stackelberg.__version__)

    def test_the_command_of_the_package(self) -> None:
        import sys

        said = subprocess.run(
            [sys.executable, "-c", "from stackelberg._program import main; main()", "--version"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        self.assertEqual(said.stdout.strip(), stackelberg.__version__)


class Errors(ProgramTest):
    def test_a_wrong_case(self) -> None:
        text = SHOP.replace("carriers:", "carrier:").replace("demand:", "demnd:")
        with self.assertRaises(stackelberg.WrongInput) as caught:
            stackelberg.price(self.case(text))
        error = caught.exception
        self.assertGreaterEqual(len(error.problems), 2)
        first = next(problem for problem in error.problems if "carrier:" in problem.text)
        self.assertEqual((first.file, first.line, first.column), ("case.yaml", 5, 1))
        self.assertEqual(first.fix, "Did you mean 'carriers'?")
        self.assertIn("unknown key", first.reason)
        self.assertEqual((error.file, error.exit_code), ("case.yaml", 65))

    def test_no_answer(self) -> None:
        with self.assertRaisesRegex(stackelberg.NoAnswer, "hour 1"):
            stackelberg.price(self.case(SHOP.replace("max: 10}", "max: 2.5}")), output=self.folder / "out")

    def test_a_folder_that_is_taken(self) -> None:
        case = self.case(SHOP)
        with self.assertRaises(stackelberg.CannotWrite):
            stackelberg.dispatch(case, output=case)

    def test_a_wrong_option(self) -> None:
        with self.assertRaisesRegex(stackelberg.WrongInput, "--evaluations"):
            stackelberg.price(self.case(SHOP), evaluations=-1)
        with self.assertRaises(stackelberg.WrongInput) as caught:
            stackelberg.size(self.case(ROOF, "roof"), exact=True, algorithm="ga")
        self.assertIn("--algorithm", str(caught.exception))
        self.assertNotIn("USAGE", str(caught.exception))

    def test_what_is_not_proved_has_its_result(self) -> None:
        # Two cars, of which one leaves before the cheap hours: the sum of both can follow what neither can.
        case = self.case(
            """
case: {schema: 1, name: yard}
time: {steps: 8}
tables: {s: {file: s.csv, index: id}}
carriers: {electricity: {}}
grid: {buy: {price: 0.05, max: 1 MW}}
operator:
  prices: {electricity_sell: [1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1]}
ev_stations:
  yard: {sessions: s, v2g: true, charge_efficiency: 1, discharge_efficiency: 1, degradation_cost: 2}
"""
        )
        (case / "s.csv").write_text(
            "id,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure\n"
            "a,0,4,40,10,10,0,0.25\nb,0,8,40,10,10,0.75,1\n"
        )
        with self.assertRaises(stackelberg.NotProved) as caught:
            stackelberg.evaluate(case, output=self.folder / "out")
        self.assertIn("not proved", str(caught.exception))
        self.assertFalse(all(verdict["holds"] for verdict in caught.exception.result["verdicts"]))


class WithoutTheProgram(unittest.TestCase):
    def test_no_program(self) -> None:
        with mock.patch.dict(os.environ, {"STACKELBERG_PROGRAM": "/no/such/program"}):
            with self.assertRaisesRegex(stackelberg.ProgramNotFound, "STACKELBERG_PROGRAM is /no/such/program"):
                stackelberg.program()
        own = Path(stackelberg.__file__).with_name("bin")
        with mock.patch.dict(os.environ, {"PATH": ""}):
            os.environ.pop("STACKELBERG_PROGRAM", None)
            if own.is_dir():
                self.assertEqual(stackelberg.program().parent, own)
            else:
                with self.assertRaisesRegex(stackelberg.ProgramNotFound, "was not found"):
                    stackelberg.program()

    def test_a_program_in_the_working_folder(self) -> None:
        """What is named from the working folder is that file, and not one of its name on the path."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder).resolve() / "stackelberg"
            file.symlink_to("/bin/true")
            before = os.getcwd()
            os.chdir(folder)
            try:
                for name in ("stackelberg", "./stackelberg"):
                    with mock.patch.dict(os.environ, {"STACKELBERG_PROGRAM": name}):
                        self.assertEqual(stackelberg.program(), file)
                if not Path(stackelberg.__file__).with_name("bin").is_dir():
                    with mock.patch.dict(os.environ, {"PATH": "."}):
                        os.environ.pop("STACKELBERG_PROGRAM", None)
                        self.assertEqual(stackelberg.program(), file)
            finally:
                os.chdir(before)

    def test_another_program_of_that_name(self) -> None:
        """What prints something else is told as an error of this package, with what to do."""
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "stackelberg"
            for printed in ("", "hello", "[1]", '"text"', "\\377"):
                program.write_text(f"#!/bin/sh\nprintf '{printed}\\n'\n")
                program.chmod(0o755)
                with mock.patch.dict(os.environ, {"STACKELBERG_PROGRAM": str(program)}):
                    for call in (stackelberg.price, stackelberg.Game):
                        with self.subTest(printed=printed, call=call.__name__):
                            with self.assertRaises(stackelberg.ProgramDied) as caught:
                                call(folder)
                            self.assertIn(str(program), str(caught.exception))
                            self.assertIn("STACKELBERG_PROGRAM", caught.exception.fix or "")

    def test_an_installation_without_cases(self) -> None:
        with mock.patch("stackelberg._shipped._data", return_value=Path("/no/such/folder")):
            for find in (stackelberg.case, stackelberg.suite):
                with self.assertRaisesRegex(stackelberg.WrongInput, "no shipped cases") as caught:
                    find("pricing")
                self.assertIn("make wheel", caught.exception.fix or "")

    def test_messages(self) -> None:
        problem = Problem.read("case.yaml:42:50  users.a.capcity: unknown key. Did you mean 'capacity'?")
        self.assertEqual((problem.file, problem.line, problem.column), ("case.yaml", 42, 50))
        self.assertEqual(problem.reason, "users.a.capcity: unknown key.")
        self.assertEqual(problem.fix, "Did you mean 'capacity'?")
        problem = Problem.read("data/profiles.csv:9  grid_buy, hour 7: 'n/a' is not a number.")
        self.assertEqual((problem.file, problem.line, problem.column), ("data/profiles.csv", 9, None))
        self.assertIsNone(problem.fix)
        problem = Problem.read("the grid gives 2.5 kW. Raise it.")
        self.assertEqual((problem.file, problem.reason, problem.fix), (None, "the grid gives 2.5 kW.", "Raise it."))

    def test_progress(self) -> None:
        told = Progress.read("500 of 20000 evaluations, best 10,560.99 CNY, 12 s left (20 s)")
        self.assertEqual((told.done, told.total, told.seconds), (500, 20000, 20))
        self.assertEqual(Progress.read("prices for certain (10 s)"), Progress("prices for certain", 10))
        self.assertIsNone(Progress.read("1 problem."))

    def test_progress_is_told_and_stops_where_asked(self) -> None:
        """A program that writes as this one does; a callback that raises ends it."""
        import tempfile

        from stackelberg._program import run

        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "stackelberg"
            program.write_text(
                "#!/bin/sh\necho '1 of 2 runs (10 s)' >&2\necho 'case.yaml:1  warning: odd.' >&2\necho said >&2\n"
                'echo printed\n[ "$1" = long ] && exec sleep 600\nexit 3\n'
            )
            program.chmod(0o755)
            with mock.patch.dict(os.environ, {"STACKELBERG_PROGRAM": str(program)}):
                told: list[Progress] = []
                with self.assertWarnsRegex(stackelberg.CaseWarning, "odd"):
                    self.assertEqual(run(["short"], told.append), (3, "printed\n", ["said"]))
                self.assertEqual(told, [Progress("1 of 2 runs", 10, 1, 2)])

                def stop(progress: Progress) -> None:
                    raise KeyboardInterrupt

                with self.assertRaises(KeyboardInterrupt):
                    run(["long"], stop)


class Tables(unittest.TestCase):
    def table(self) -> Table:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "t.csv"
            path.write_text('party,step,value [CNY/kWh],note\n"a, b",0,0.5,\n<c>,1,,x\n')
            return Table.read(path)

    def test_types_and_units(self) -> None:
        table = self.table()
        self.assertEqual(dict(table), {
            "party": ["a, b", "<c>"], "step": [0, 1], "value": [0.5, None], "note": [None, "x"],
        })  # fmt: skip
        self.assertEqual(table.units, {"value": "CNY/kWh"})
        self.assertEqual(table.rows[1], {"party": "<c>", "step": 1, "value": None, "note": "x"})
        page = table._repr_html_()
        self.assertIn("<th>value [CNY/kWh]</th>", page)
        self.assertIn("&lt;c&gt;", page)

    @needs("pandas")
    def test_pandas(self) -> None:
        frame = self.table().to_pandas()
        self.assertEqual(frame["step"].tolist(), [0, 1])
        self.assertEqual(frame.attrs["units"], {"value": "CNY/kWh"})

    @needs("polars")
    def test_polars(self) -> None:
        self.assertEqual(self.table().to_polars()["value"].to_list(), [0.5, None])


if __name__ == "__main__":
    unittest.main()
