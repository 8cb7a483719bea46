#!/usr/bin/env python3
"""Checks what tolls bring by shortest paths of its own, apart from the engine.

Usage: stackelberg solve NETWORK.json --json | check_tolls.py NETWORK.json
       check_tolls.py NETWORK.json ANSWER.json

Each commodity takes the cheapest way that a plain search finds. The engine gives tolls a billionth below the best ones,
so that no tie needs to go the operator's way: a search that knows nothing of ties must find the same.
"""
import heapq
import json
import sys


def main():
    problem = json.load(open(sys.argv[1]))["problem"]
    answer = json.load(open(sys.argv[2]) if len(sys.argv) > 2 else sys.stdin)
    arcs = problem["A"]
    tolls = [0.0] * len(arcs)
    for toll in answer["tolls"]:
        arc = arcs[toll["arc"] - 1]
        assert arc["toll"] and (arc["src"], arc["dst"]) == (toll["src"], toll["dst"]), toll
        assert toll["toll"] >= 0, toll
        tolls[toll["arc"] - 1] = toll["toll"]
    weights = [arc["cost"] + toll for arc, toll in zip(arcs, tolls)]

    def strict(commodity):
        """The way of a plain search, which knows nothing of ties."""
        cost, paid, heap = {}, {}, [(0.0, 0.0, commodity["orig"])]
        leaving = {}
        for a, arc in enumerate(arcs):
            leaving.setdefault(arc["src"], []).append(a)
        while heap:
            distance, toll, node = heapq.heappop(heap)
            if node in cost:
                continue
            cost[node], paid[node] = distance, toll
            for a in leaving.get(node, ()):
                if arcs[a]["dst"] not in cost:
                    heapq.heappush(heap, (distance + weights[a], toll + tolls[a], arcs[a]["dst"]))
        return paid[commodity["dest"]]

    plain = sum(k["demand"] * strict(k) for k in problem["K"])
    value = answer["value"]
    print(f"{sys.argv[1]}: said {value:.6f}, by shortest paths {plain:.6f}")
    if abs(plain - value) > 1e-6 * max(1.0, abs(value)):
        sys.exit("differs")


main()
