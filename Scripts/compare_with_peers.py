#!/usr/bin/env python3
"""Runs other tools beside the engine on the same instance and prints tables of ratios as Markdown.

    swift build -c release --product stackelberg
    (cd Benchmarks && swift build -c release --product evaluate && swift build -c release --product search)
    Scripts/compare_with_peers.py PEERS --python venv/bin/python

PEERS is a folder with the same game written for other tools: instance.json, make_traj.py, evalc.c and the b_*.py. It is copied and not
changed. What does not run here (a package or a solver that is missing) is left out with its reason. Everything is interleaved: a round
runs every tool once, ratios are taken within a round, and the median of the rounds is printed. Times are processor time where not said
otherwise, of the process and the solvers that it starts.

Exit code 1 when answers differ.
"""
import argparse
import array
import filecmp
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "data/benchmarks/park-pricing"
SEQUENCES = {"random": "unrelated prices", "traj": "along a search"}
TOLERANCE = 1e-6
# A peer that needs longer for one run of a whole search is run this often only.
PATIENCE, FEW_RUNS = 180, 2


class Peer(NamedTuple):
    name: str
    script: str
    variant: str
    # Slow tools answer only so many decisions of a sequence, its first ones.
    most: int = 10**9


PEERS = [
    Peer("Pyomo, rebuilt, GLPK", "whole.py", "pyomo_glpk", 25),
    Peer("Pyomo, rebuilt, GLPK, followers only", "b_pyomo_glpk.py", "glpk", 25),
    Peer("Pyomo, persistent HiGHS, MILP", "b_pyomo_appsi.py", "milp", 40),
    Peer("Pyomo, persistent HiGHS, LP", "b_pyomo_appsi.py", "lp", 60),
    Peer("PuLP, rebuilt, GLPK", "b_pulp.py", "glpk", 20),
    Peer("PuLP, rebuilt, CBC", "b_pulp.py", "cbc", 20),
    Peer("linopy, rebuilt, HiGHS", "b_linopy.py", "rebuild", 6),
    Peer("linopy, objective changed, HiGHS", "b_linopy.py", "swap", 8),
    Peer("CVXPY, HiGHS", "b_cvxpy.py", "highs", 30),
    Peer("SciPy, MILP", "b_scipy.py", "milp", 40),
    Peer("OR-Tools, GLOP", "b_glop.py", "", 100),
    Peer("highspy, MILP", "b_highspy.py", "milp", 40),
    Peer("highspy, warm LP", "b_highspy.py", "lp"),
    Peer("highspy, warm LP, no binaries", "b_highspy.py", "lean"),
    Peer("swiglpk, MILP", "b_swiglpk.py", "milp"),
    Peer("swiglpk, warm LP, primal", "b_swiglpk.py", "full"),
    Peer("swiglpk, warm LP, dual", "b_swiglpk.py", "flip"),
    Peer("swiglpk, warm LP, primal, no binaries", "b_swiglpk.py", "lean"),
    Peer("swiglpk, warm LP, dual, no binaries", "b_swiglpk.py", "leanflip"),
]

# b_pyomo_glpk.py stops at the followers' answer. This goes on to the operator's, with the evaluator that pipeline.py searches with.
OPERATOR_TOO = """
from inst import *
import pipeline
a, I, P = args(25)
evaluate = pipeline.Evaluator(a.instance, a.variant).f
times, profits = [], []
for p in P[:a.n]:
    began = clk()
    profits.append(float(evaluate(p)))
    times.append(clk() - began)
report("whole_" + a.variant, a, I, times, [], profits=profits)
"""

# Modes of evalc.c. From a fixed basis an answer depends on the prices alone, as the engine's does; from the last answer it does not.
FIXED = {8: "dual, long steps", 9: "primal"}
WARM = {0: "primal, steepest edge", 5: "dual, long steps", 6: "primal"}
MODELS = {"full": "", "lean": ", no binaries"}

# How a whole search evaluates, by the names of pipeline.py.
SEARCHES = {
    "swiglpk": "pymoo + swiglpk, dual, no binaries", "swiglpk_primal": "pymoo + swiglpk, primal, no binaries",
    "highspy": "pymoo + highspy, no binaries", "c": "pymoo + C through ctypes, dual, no binaries",
    "pyomo_glpk": "pymoo + Pyomo, rebuilt, GLPK",
}

OURS, UNSAVED, WHOLE = "stackelberg", "stackelberg, every saving off", "stackelberg, followers in one piece"
PROCESS = "stackelberg, the whole process"

# What the search that knows the game is timed to: the best known payoff, but for its pence.
TARGET, TARGET_SEEDS = 12042, 30


# MARK: Running


class Bench:
    """A copy of the peers with what they need compiled, and the price sequences."""

    def __init__(self, peers, python, folder):
        self.folder = Path(folder) / "peers"
        self.python = python
        # Peers must not win by a second thread.
        self.environment = os.environ | {
            name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
        self.environment["PATH"] = f"{Path(python).parent}{os.pathsep}{self.environment['PATH']}"
        shutil.copytree(peers, self.folder, copy_function=shutil.copyfile)
        self.folder.chmod(0o755)
        (self.folder / "whole.py").write_text(OPERATOR_TOO)
        self.run(["gcc", "-O2", "-o", "evalc", "evalc.c", "-lglpk", "-lm"])
        self.run(["gcc", "-O2", "-DLIB", "-shared", "-fPIC", "-o", "libevalc.so", "evalc.c", "-lglpk", "-lm"])
        for model in MODELS:
            self.run([python, "dump.py", "instance.json", f"{model}.lp"] + (["--lean"] if model == "lean" else []))
        self.run([python, "make_traj.py", "instance.json"])
        self.length = 2 * json.loads((self.folder / "instance.json").read_text())["T"]
        for sequence in SEQUENCES:
            self.write_table(sequence)

    def run(self, command):
        done = subprocess.run(
            [str(word) for word in command], cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} {command[1]}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
        return done.stdout

    def report(self, command):
        lines = [line for line in self.run(command).splitlines() if line.startswith("{")]
        if not lines:
            raise RuntimeError(f"{command[1]} printed no result")
        return json.loads(lines[-1])

    def write_table(self, sequence):
        numbers = array.array("d", (self.folder / f"prices_{sequence}.bin").read_bytes())
        rows = (numbers[i:i + self.length] for i in range(0, len(numbers), self.length))
        (self.folder / f"prices_{sequence}.csv").write_text("".join(",".join(map(repr, row)) + "\n" for row in rows))

    def ours(self, evaluate, sequence, count, *flags):
        return self.report([evaluate, CASE, f"prices_{sequence}.csv", "--count", count, *flags])

    def floor(self, model, mode, sequence, count):
        return self.report(["./evalc", f"{model}.lp", f"prices_{sequence}.bin", count, mode])

    def peer(self, peer, sequence, count):
        count = min(count, peer.most)
        variant = ["--variant", peer.variant] if peer.variant else []
        return self.report([
            self.python, peer.script, "instance.json", "--prices", f"prices_{sequence}.npy", "--n", count, "--check", count,
            *variant])


def measured(command, **options):
    """Wall and processor seconds of a command, and what it printed."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command[:3]))}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, processor, done.stdout


def say(text):
    print(text, file=sys.stderr, flush=True)


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|---|" + "--:|" * (len(header) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
    print(flush=True)


def times(ratio):
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


# MARK: Evaluations


def evaluation_tools(bench, options):
    """Name of a tool and what runs it on a sequence, for all that run here."""
    evaluate, count = options.evaluate, options.count
    tools = {
        OURS: lambda s: bench.ours(evaluate, s, count),
        UNSAVED: lambda s: bench.ours(evaluate, s, count, "--no-savings"),
        WHOLE: lambda s: bench.ours(evaluate, s, count, "--whole"),
    }
    for model, remark in MODELS.items():
        for kind, modes in (("fixed basis", FIXED), ("last basis", WARM)):
            for mode, words in modes.items():
                tools[f"C + GLPK, {kind}: {words}{remark}"] = (
                    lambda s, model=model, mode=mode: bench.floor(model, mode, s, count))
    for peer in PEERS:
        if not re.search(options.only, peer.name):
            continue
        try:
            bench.peer(peer, "random", 2)
        except RuntimeError as reason:
            say(f"left out: {peer.name}: {reason}")
            continue
        tools[peer.name] = lambda s, peer=peer: bench.peer(peer, s, count)
    return tools


def compare_evaluations(bench, options):
    tools = evaluation_tools(bench, options)
    # reports[tool][sequence] has one report a round.
    reports = {name: {sequence: [] for sequence in SEQUENCES} for name in tools}
    for number in range(options.rounds):
        for name, run in tools.items():
            for sequence in SEQUENCES:
                reports[name][sequence].append(run(sequence))
        say(f"evaluations: round {number + 1} of {options.rounds}")

    def median(name, sequence, key):
        return statistics.median(report[key] for report in reports[name][sequence])

    def ratio(name, sequence, other=OURS):
        pairs = zip(reports[name][sequence], reports[other][sequence])
        return statistics.median(a["cpu_ms_mean"] / b["cpu_ms_mean"] for a, b in pairs)

    def best(kind):
        return min(
            (name for name in tools if name.startswith(f"C + GLPK, {kind}")),
            key=lambda name: sum(median(name, sequence, "cpu_ms_mean") for sequence in SEQUENCES))

    floors = [best("fixed basis"), best("last basis")]
    shown = [OURS, UNSAVED, WHOLE, *floors, *(name for name in tools if not name.startswith(("C + ", OURS)))]
    print(f"Processor time of an evaluation in ms, and the mean as a multiple of ours; {options.rounds} rounds.\n")
    rows, agrees = [], True
    for name in shown:
        agreement, holds = compare_answers(reports[name], reports[OURS])
        if not holds:
            say(f"answers differ: {name}")
        agrees = agrees and holds
        cells = [name]
        for sequence in SEQUENCES:
            cells += [f"{median(name, sequence, 'cpu_ms_median'):.3f}", f"{median(name, sequence, 'cpu_ms_mean'):.3f}",
                      times(ratio(name, sequence))]
        rows.append(cells + [str(reports[name]["random"][0]["n"]), *agreement])
    header = ["tool"]
    for words in SEQUENCES.values():
        header += [f"{words}: median", "mean", "× ours"]
    print("Last two columns: answers compared with ours, how many are equal / lower / higher to 1e-6.\n")
    table(header + ["decisions", "followers' cost", "profit"], rows)

    for floor in floors:
        for name in (UNSAVED, OURS):
            ratios = " and ".join(f"{ratio(name, s, floor):.2f}" for s in SEQUENCES)
            print(f"- {name}: {ratios} times {floor}")
    print(flush=True)
    return agrees


def compare_answers(theirs, ours):
    """What another tool's answers are beside the engine's, and whether they leave the engine's standing.

    The followers' cost is a minimum: another tool may stop above it, but nothing may be below. The operator's profit depends on which of
    several best answers a follower gives; the engine tells that of the friendliest, so that at equal cost nothing may be above, and where
    there is one best answer only, below.
    """
    costs, profits, holds = [0, 0, 0], [0, 0, 0], True
    for sequence in SEQUENCES:
        their, our = theirs[sequence][0], ours[sequence][0]
        sides = [side(a, b) for a, b in zip(their["costs"], our["costs"])]
        for place in sides:
            costs[place] += 1
        holds = holds and -1 not in sides
        for k, (a, b) in enumerate(zip(their.get("profits", []), our["profits"])):
            place = side(a, b)
            profits[place] += 1
            hasSameCost = k >= len(sides) or sides[k] == 0
            holds = holds and not (hasSameCost and (place == 1 or place == -1 and not our["ties"][k]))
    return [" / ".join(f"{counts[k]}" for k in (0, -1, 1)) if sum(counts) else "–" for counts in (costs, profits)], holds


def side(a, b):
    """-1 where a is below b, 1 where it is above, 0 where they are equal."""
    difference = (a - b) / max(1, abs(b))
    return 0 if abs(difference) <= TOLERANCE else 1 if difference > 0 else -1


# MARK: Whole searches


def compare_searches(bench, options):
    """Differential evolution, rand/1/bin with F = 0.5, CR = 0.9 and a population of 50, everywhere. The search alone is timed, models being
    built before; of the engine the whole process too: reading the case, proving the result and writing tables and a page.
    """
    searches = {evaluator: words for evaluator, words in SEARCHES.items() if re.search(options.only, words)}
    runs = {OURS: [], PROCESS: []} | {words: [] for words in searches.values()}

    def process(seed):
        with tempfile.TemporaryDirectory() as folder:
            wall, processor, text = measured([
                options.program, "price", CASE, "--algorithm", "de", "--population", 50, "--evaluations", options.evaluations,
                "--workers", 1, "--seed", seed, "--json", "--output", Path(folder) / "run"])
        return processor, wall, json.loads(text)["payoff"]

    def alone(seed):
        run = bench.report([
            options.search, CASE, "--algorithm", "de", "--population", 50, "--evaluations", options.evaluations, "--seed", seed])
        return run["whole"]["processor_seconds"], run["whole"]["wall_seconds"], run["best"]

    def pymoo(evaluator, seed):
        report = bench.report([
            bench.python, "pipeline.py", "instance.json", "--algo", "pymoo:DE", "--eval", evaluator, "--seed", seed,
            "--n", options.evaluations])
        return report["cpu_s"], report["wall_s"], report["best"]

    left_out = set()
    for seed in range(1, options.rounds + 1):
        runs[OURS].append(alone(seed))
        runs[PROCESS].append(process(seed))
        for evaluator, words in searches.items():
            done = runs[words]
            if words in left_out or len(done) >= FEW_RUNS and statistics.median(run[1] for run in done) > PATIENCE:
                continue
            try:
                done.append(pymoo(evaluator, seed))
            except RuntimeError as reason:
                left_out.add(words)
                say(f"left out: {words}: {reason}")
        say(f"searches: round {seed} of {options.rounds}")

    print(f"A whole search of {options.evaluations:,} evaluations by differential evolution on one core.\n")
    rows = []
    for name, done in runs.items():
        if not done:
            continue
        ratio = statistics.median(a[0] / b[0] for a, b in zip(done, runs[OURS]))
        rows.append([name, f"{statistics.median(run[0] for run in done):.2f}", f"{statistics.median(run[1] for run in done):.2f}",
                     times(ratio), str(len(done)), f"{statistics.median(run[2] for run in done):,.1f}"])
    table(["tool", "processor time, s", "wall time, s", "× ours", "runs", "best payoff, CNY"], rows)
    walls = [statistics.median(run[1] for run in runs[words]) for words in searches.values() if runs[words]]
    compare_target(bench, options, min(walls, default=None))


def compare_target(bench, options, wall):
    """How long the search that knows the game takes to reach what is best known, beside the fastest of the others' whole runs."""
    lines = bench.run([
        options.search, CASE, "--algorithm", "auto", "--target", TARGET, "--seeds", TARGET_SEEDS]).splitlines()
    runs = [json.loads(line) for line in lines]
    reached = [run["reached"] for run in runs if "reached" in run]
    print(f"`auto`, one core: seconds until {TARGET:,} CNY, in {len(reached)} of {len(runs)} seeds; the least payoff at the end is "
          f"{min(run['best'] for run in runs):,.2f}.\n")
    rows = []
    for name, pick in (("median", statistics.median), ("worst", max)):
        if reached:
            rows.append([name, f"{pick(run['evaluations'] for run in reached):,.0f}",
                         *(f"{pick(run[key] for run in reached):.3f}" for key in ("processor_seconds", "wall_seconds"))])
    table(["", "evaluations", "processor time, s", "wall time, s"], rows)
    if wall is not None:
        print(f"A tenth of the wall time of the fastest other tool's {options.evaluations:,} evaluations: {wall / 10:.3f} s.\n", flush=True)


# MARK: Workers


def compare_workers(options):
    settings = ["--algorithm", "de", "--population", 50, "--evaluations", options.evaluations]

    def process(workers, folder):
        return measured([options.program, "price", CASE, *settings, "--workers", workers, "--quiet", "--output", folder])[:2]

    def alone(workers):
        run = json.loads(measured([options.search, CASE, *settings, "--workers", workers])[2])["whole"]
        return run["wall_seconds"], run["processor_seconds"]

    runs = {(what, workers): [] for what in ("the search alone", "the whole process") for workers in (1, 2)}
    with tempfile.TemporaryDirectory() as parent:
        for number in range(options.rounds):
            for what, workers in runs:
                folder = Path(parent) / f"{number}-{workers}"
                runs[what, workers].append(alone(workers) if what == "the search alone" else process(workers, folder))
            say(f"workers: round {number + 1} of {options.rounds}")
        counts = [1, 2, 3, 8]
        for workers in counts:
            process(workers, Path(parent) / f"logs-{workers}")
        same = all(same_files(Path(parent) / "logs-1", Path(parent) / f"logs-{workers}") for workers in counts)

    print(f"The same search with more workers; {os.cpu_count()} cores, load of the machine {os.getloadavg()[0]:.1f}.\n")
    rows = []
    for (what, workers), done in runs.items():
        speed = statistics.median(a[0] / b[0] for a, b in zip(runs[what, 1], done))
        rows.append([what, str(workers), *(f"{statistics.median(run[k] for run in done):.2f}" for k in (0, 1)), f"{speed:.2f}"])
    table(["", "workers", "wall time, s", "processor time, s", "times as fast"], rows)
    print(f"Tables and logs at 1, 2, 3 and 8 workers: {'the same bytes' if same else 'DIFFERENT'}.\n", flush=True)
    return same


def same_files(one, other):
    """The manifest tells when a run was and how long it took, the store how long each generation took."""
    def names_in(folder):
        return sorted(path.name for path in folder.iterdir() if path.name not in ("manifest.json", "study.sqlite"))

    names = names_in(one)
    if names != names_in(other):
        return False
    return filecmp.cmpfiles(one, other, names, shallow=False)[0] == names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", type=Path)
    parser.add_argument("--python", default=sys.executable, help="interpreter with the peers' packages")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=500, help="decisions of a sequence, at most 500")
    parser.add_argument("--evaluations", type=int, default=10_000, help="of a whole search")
    parser.add_argument("--only", default="", help="regular expression: the peers to measure")
    parser.add_argument("--tables", default="evaluations,searches,workers")
    parser.add_argument("--program", type=Path, default=ROOT / ".build/release/stackelberg")
    parser.add_argument("--evaluate", type=Path, default=ROOT / "Benchmarks/.build/release/evaluate")
    parser.add_argument("--search", type=Path, default=ROOT / "Benchmarks/.build/release/search")
    options = parser.parse_args()
    # Peers run in another folder, and an interpreter that is a link must not be resolved: it knows its packages by its place.
    options.python = os.path.abspath(options.python) if os.sep in options.python else shutil.which(options.python)
    options.program, options.evaluate, options.search = (
        path.absolute() for path in (options.program, options.evaluate, options.search))
    for tool in (options.program, options.evaluate, options.search):
        if not tool.exists():
            sys.exit(f"{tool} is not there. Build it first: see --help.")

    tables, holds = options.tables.split(","), True
    with tempfile.TemporaryDirectory() as folder:
        if "evaluations" in tables or "searches" in tables:
            bench = Bench(options.peers, options.python, folder)
        if "evaluations" in tables:
            holds = compare_evaluations(bench, options) and holds
        if "searches" in tables:
            compare_searches(bench, options)
        if "workers" in tables:
            holds = compare_workers(options) and holds
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
