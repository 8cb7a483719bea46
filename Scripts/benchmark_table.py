#!/usr/bin/env python3
"""Makes one Markdown table of what the harness prints: the median of each benchmark.

    cd Benchmarks && swift package benchmark --format markdown --no-progress | ../Scripts/benchmark_table.py
"""
import re
import sys

SCALES = {"K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
MILLISECONDS = {"ns": 1e-6, "μs": 1e-3, "ms": 1, "s": 1e3, "ks": 1e6}


def quantity(metric, number):
    """A row's median, in milliseconds or megabytes: the harness gives each row a scale of its own, in parentheses after its name."""
    brackets = re.findall(r"\(([^)]*)\)", metric)
    scale = SCALES.get(brackets[-1], 1)
    if "bytes" in brackets:
        return "memory", f"{number * scale / 1e6:,.1f}"
    unit = "ns" if "ns" in brackets else brackets[-1]
    milliseconds = number * scale * MILLISECONDS[unit]
    return "processor" if metric.startswith("Processor") else "wall", f"{milliseconds:,.4f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


rows, name = {}, None
for line in sys.stdin:
    if line.startswith("### "):
        name = line[4:].strip()
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    if name and len(cells) > 5 and re.match(r"Processor|Resident|Time", cells[0]):
        column, text = quantity(cells[0].rstrip(" *"), float(cells[3].replace(",", "")))
        rows.setdefault(name, {})[column] = text
if not rows:
    sys.exit("No benchmark in what was read.")
columns = [column for column in ("processor", "wall", "memory") if any(column in row for row in rows.values())]
titles = {"processor": "processor time, ms", "wall": "wall time, ms", "memory": "memory, MB"}
print("| benchmark | " + " | ".join(titles[column] for column in columns) + " |")
print("|---|" + "--:|" * len(columns))
for name, row in rows.items():
    print(f"| {name} | " + " | ".join(row.get(column, "–") for column in columns) + " |")
