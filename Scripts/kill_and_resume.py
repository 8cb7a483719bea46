#!/usr/bin/env python3
"""Kills runs at random moments, lets them go on, and compares the result with one that was left alone.

    swift build -c release --product stackelberg
    Scripts/kill_and_resume.py data/cases/stackelberg-park --kills 200
    Scripts/kill_and_resume.py data/benchmarks/park-pricing --kills 50 --nodes 300
    Scripts/kill_and_resume.py data/benchmarks/functions.yaml --kills 50

Of a case, studies are begun by `price`, or by `size` where it has sizes to decide. Each is killed once or several times, at moments that
spread evenly over the whole run from its first instant to the writing of its tables, and gone on with by `resume`, until it ends.
With --nodes these are certificates of so many programs, begun by `certify`. Of a suite, one comparison is killed again and again. Exit code 1 where anything differs but times and the number of threads.
"""
import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("path", help="a case's folder, or a suite's YAML file")
parser.add_argument("--program", default=".build/release/stackelberg")
parser.add_argument("--kills", type=int, default=50)
parser.add_argument("--algorithms", default="ga,goa,lshade,cma-es,nelder-mead")
parser.add_argument("--seeds", default="3", help="of a comparison")
parser.add_argument("--evaluations", default="10000")
parser.add_argument("--population", default="50", help="of a study")
parser.add_argument("--nodes", type=int, help="of certificates, which are killed instead of studies")
parser.add_argument("--seed", type=int, default=1, help="of the moments")
options = parser.parse_args()
moments = random.Random(options.seed)


def start(*arguments):
    return subprocess.Popen([options.program, *arguments, "--quiet"])


def finish(process, what):
    if process.wait() != 0:
        sys.exit(f"{what} failed with code {process.returncode}")


def was_killed(process, seconds):
    """Whether it had to be killed after so many seconds."""
    try:
        process.wait(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait() < 0


def content(folder, leave_out=("times.csv", "manifest.json")):
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in leave_out
    }


def different(a, b):
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


# ---- Comparisons


def compare(folder, workers):
    return start(
        "compare", options.path, "--algorithms", options.algorithms, "--seeds", options.seeds, "--evaluations",
        options.evaluations, "--workers", str(workers), "--output", str(folder))


def kill_a_comparison(parent):
    whole, killed = parent / "whole", parent / "killed"
    began = time.time()
    finish(compare(whole, 2), "the comparison")
    seconds = time.time() - began
    # Short enough that most of the kills fall into the work, also near its end. A complete comparison writes its tables anew, which may
    # be killed too.
    kills = sum(
        was_killed(compare(killed, moments.choice([1, 2, 3])), moments.uniform(0, 2.5 * seconds / options.kills))
        for _ in range(options.kills))
    finish(compare(killed, 2), "the comparison that was killed")
    a, b = content(whole), content(killed)
    wrong = different(a, b)
    print(f"{kills} kills of {options.kills} starts, {len(a)} files of {seconds:.1f} s undisturbed, {len(wrong)} differ")
    return wrong


# ---- Studies


def generations(folder):
    """What the store holds, without times; read from a copy, since a reader would put in order what a kill has left."""
    if not (folder / "study.sqlite").exists():
        return []
    with tempfile.TemporaryDirectory() as copies:
        for file in folder.glob("study.sqlite*"):
            shutil.copy(file, copies)
        database = sqlite3.connect(Path(copies) / "study.sqlite")
        try:
            return database.execute(
                "SELECT number, evaluations, best, failure, payoffs, decisions FROM generation ORDER BY number").fetchall()
        finally:
            database.close()


def study_content(folder):
    files = content(folder, leave_out=("study.sqlite", "manifest.json"))
    manifest = json.loads((folder / "manifest.json").read_text())
    for key in ("startedAt", "seconds", "searchSeconds", "phaseSeconds"):
        manifest.pop(key, None)
    del manifest["settings"]["workers"]
    return files | {"manifest.json": manifest, "study.sqlite": generations(folder)}


def has_sizes():
    shown = subprocess.run(
        [options.program, "show", options.path, "--json"], capture_output=True, text=True, check=True)
    return bool(json.loads(shown.stdout)["sizes"])


def begin(command, algorithm, folder, workers):
    return start(
        command, options.path, "--algorithm", algorithm, "--evaluations", options.evaluations, "--population",
        options.population, "--workers", str(workers), "--output", str(folder))


def kill_studies(parent):
    command = "size" if has_sizes() else "price"
    algorithms = options.algorithms.split(",")
    wholes, seconds = {}, {}
    for algorithm in algorithms:
        folder = parent / algorithm
        began = time.time()
        finish(begin(command, algorithm, folder, 2), "the study")
        seconds[algorithm] = time.time() - began
        wholes[algorithm] = study_content(folder)
    wrong, studies, kills, stages = [], 0, 0, {"before it began": 0, "in the search": 0, "after the search": 0}
    while kills < options.kills:
        algorithm = algorithms[studies % len(algorithms)]
        whole = wholes[algorithm]
        folder = parent / f"study-{studies}"
        studies += 1
        process = begin(command, algorithm, folder, moments.choice([1, 2, 3]))
        stored = 0
        while kills < options.kills and was_killed(process, moments.uniform(0, 1.05 * seconds[algorithm])):
            kills += 1
            now = generations(folder)
            if now != whole["study.sqlite"][:len(now)] or len(now) < stored:
                wrong.append(f"{folder.name}: its generations after kill {kills}")
            stored = len(now)
            is_begun = (folder / "study.sqlite").exists()
            stages["before it began" if not is_begun else
                   "in the search" if stored < len(whole["study.sqlite"]) else "after the search"] += 1
            process = (start("resume", str(folder)) if is_begun
                       else begin(command, algorithm, folder, moments.choice([1, 2, 3])))
            # Most go on to their end now, so that moments spread over the whole of a run and not over its first part.
            if moments.random() < 0.6:
                break
        finish(process, f"{folder.name} after its last kill")
        wrong += [f"{folder.name} ({algorithm}): {name}" for name in different(whole, study_content(folder))]
    where = ", ".join(f"{count} {stage}" for stage, count in stages.items())
    print(f"{kills} kills ({where}) of {studies} studies with {options.algorithms}, "
          f"{sum(seconds.values()) / len(seconds):.1f} s undisturbed, {len(whole)} files each, {len(wrong)} differ")
    return wrong


# ---- Certificates


def certify(folder):
    return start("certify", options.path, "--nodes", str(options.nodes), "--time", "86400", "--workers",
                 str(moments.choice([1, 2])), "--output", str(folder))


def certificate_content(folder):
    """All but seconds, over which the page draws the bounds, too."""
    files = content(folder, leave_out=("bounds.csv", "manifest.json", "report.html"))
    rows = (folder / "bounds.csv").read_text().splitlines()
    manifest = json.loads((folder / "manifest.json").read_text())
    for key in ("startedAt", "seconds"):
        manifest.pop(key, None)
    untimed = [[cell for place, cell in enumerate(row.split(",")) if place != 1] for row in rows]
    return files | {"bounds.csv": untimed, "manifest.json": manifest}


def kill_certificates(parent):
    folder = parent / "whole"
    began = time.time()
    finish(certify(folder), "the certificate")
    seconds = time.time() - began
    whole = certificate_content(folder)
    wrong, certificates, kills, stages = [], 0, 0, {"before it began": 0, "before it branched": 0, "afterwards": 0}
    while kills < options.kills:
        folder = parent / f"certificate-{certificates}"
        certificates += 1
        process = certify(folder)
        while kills < options.kills and was_killed(process, moments.uniform(0, 1.05 * seconds)):
            kills += 1
            is_begun = (folder / "certificate.json").exists()
            stages["before it began" if not is_begun else
                   "afterwards" if (folder / "parts.bin").exists() else "before it branched"] += 1
            process = start("resume", str(folder)) if is_begun else certify(folder)
            if moments.random() < 0.6:
                break
        finish(process, f"{folder.name} after its last kill")
        wrong += [f"{folder.name}: {name}" for name in different(whole, certificate_content(folder))]
    where = ", ".join(f"{count} {stage}" for stage, count in stages.items())
    print(f"{kills} kills ({where}) of {certificates} certificates of {options.nodes} programs, {seconds:.1f} s undisturbed, "
          f"{len(whole)} files each, {len(wrong)} differ")
    return wrong


with tempfile.TemporaryDirectory() as parent:
    kill = (kill_a_comparison if not Path(options.path).is_dir() else kill_certificates if options.nodes else kill_studies)
    wrong = kill(Path(parent))
    for name in wrong[:20]:
        print(f"  {name}")
    sys.exit(bool(wrong))
