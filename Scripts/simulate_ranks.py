#!/usr/bin/env python3
"""Simulates a search over many ranks of MPI: what 8, 64 or 512 of them would gain, told without having them.

    Scripts/simulate_ranks.py results/my-park-lshade-s1 [--spread results/my-park-random-s1]

This is a simulation, not a measurement. It replays a stored study: the search asks for the same at any number of ranks,
so the generations are those that were stored, and their work is the time that was measured, shared out over what was
asked by its evaluations. Decisions of one generation take unequal time; `--spread` names a study of one decision a
generation (--algorithm random --population 1 --workers 1), whose times are drawn from.

The protocol is that of Sources/Studies/Ranks/RankLeader.swift: rank 0 hands chunks, half of what is left shared out over
all helpers, to whoever is free, and begins the next generation when all have answered. Rank 0 does one thing at a time.
A message takes its cost on rank 0 and then its time on the way. What else a generation takes (asking, telling, storing)
is `--between`.

    Scripts/simulate_ranks.py --check     # the simulation against closed formulas
"""

import argparse
import heapq
import json
import os
import random
import sqlite3

# Seconds of a message of 4,000 bytes: half a round trip between two ranks of Open MPI 4.1, the best of 30 times 500, on
# two cores with other work, so that these are rather too long. 8 bytes took 0.35 and 72 us.
SHARED_MEMORY = 1.8e-6
TCP = 144e-6


def chunk(left, helpers):
    """How many proposals a helper of one thread is given."""
    return min(left, max(1, -(-left // (2 * helpers))))


def generation(times, latencies, send, receive):
    """Seconds from the first message to the last answer, and the number of messages to helpers.

    times: of each proposal; latencies: of a message to or from each helper; send, receive: of rank 0 for a message.
    """
    helpers = len(latencies)
    clock, following, messages = 0.0, 0, 0
    arrivals = []  # (when an answer reaches rank 0, helper)

    def serve(helper):
        nonlocal clock, following, messages
        if following == len(times):
            return
        count = chunk(len(times) - following, helpers)
        clock += send
        messages += 1
        work = sum(times[following:following + count])
        heapq.heappush(arrivals, (clock + 2 * latencies[helper] + work, helper))
        following += count

    for helper in range(helpers):
        serve(helper)
    while arrivals:
        arrival, helper = heapq.heappop(arrivals)
        clock = max(clock, arrival) + receive
        serve(helper)
    return clock, messages


def latencies(helpers, a_node):
    """Rank 0 shares a node with the first helpers."""
    return [SHARED_MEMORY if helper + 1 < a_node else TCP for helper in range(helpers)]


def replay(generations, ranks, a_node, send, receive, between):
    """Seconds of a study over so many ranks, one of which asks, or alone where there is one."""
    if ranks == 1:
        return sum(sum(times) + between for times in generations)
    ways = latencies(ranks - 1, a_node)
    return sum(generation(times, ways, send, receive)[0] + between for times in generations)


def stored(folder):
    """The generations of a study: for each the seconds and the evaluations of every proposal."""
    path = os.path.join(folder, "study.sqlite")
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = base.execute("SELECT seconds, payoffs, climbs FROM generation ORDER BY number").fetchall()
    found = []
    for seconds, payoffs, climbs in rows:
        count = len(payoffs) // 8
        efforts = [climb["effort"] for climb in json.loads(climbs)] if climbs else [1] * count
        found.append((seconds, efforts))
    return found


def work(generations, spread, seed=1):
    """Seconds of each proposal: by its evaluations, and with a factor drawn from the measured spread."""
    stream = random.Random(seed)
    mean = sum(spread) / len(spread) if spread else 1
    result = []
    for seconds, efforts in generations:
        shares = [effort * (stream.choice(spread) / mean if spread and effort == 1 else 1) for effort in efforts]
        total = sum(shares)
        result.append([seconds * share / total if total > 0 else seconds / len(shares) for share in shares])
    return result


def check():
    """What is known in closed form."""
    near = lambda a, b: abs(a - b) <= 1e-9 * max(1, abs(b))
    # Not more proposals than helpers: messages go out one by one, and answers are taken one by one.
    for count, helpers in ((1, 1), (5, 8), (8, 8), (30, 64)):
        for send, receive in ((2e-6, 3e-6), (3e-6, 2e-6)):
            time, messages = generation([0.01] * count, [TCP] * helpers, send, receive)
            at_rank_0 = max(count * send + receive, send + count * receive)
            assert near(time, 2 * TCP + 0.01 + at_rank_0) and messages == count, (count, helpers, time)
    # One helper does all in turn: the work, and for each chunk both costs and both ways.
    times = [0.001 * (k % 7 + 1) for k in range(40)]
    time, messages = generation(times, [TCP], 2e-6, 3e-6)
    assert near(time, sum(times) + messages * (2e-6 + 3e-6 + 2 * TCP)), time
    # Messages that cost nothing: no less than the work shared out, no more than that and the longest chunk.
    stream = random.Random(7)
    for count in (50, 400, 5000):
        for helpers in (1, 2, 7, 63, 511):
            times = [stream.expovariate(500) for _ in range(count)]
            time, _ = generation(times, [0.0] * helpers, 0, 0)
            first = chunk(count, helpers)
            longest = max(sum(times[k:k + first]) for k in range(count))
            assert max(sum(times) / helpers, max(times)) - 1e-12 <= time <= sum(times) / helpers + longest, (count, helpers)
    # Work that costs nothing: rank 0 is the limit, and does all its messages one after the other.
    time, messages = generation([0.0] * 5000, [0.0] * 63, 2e-6, 3e-6)
    assert near(time, messages * 5e-6), (time, messages)
    # Constant times, as many proposals as helpers: Amdahl's law, with what rank 0 does alone.
    time = replay([[0.002] * 64] * 10, 65, 65, 0, 0, 0.001)
    assert near(time, 10 * (0.002 + 2 * SHARED_MEMORY + 0.001)), time
    # Everything is dealt once, in chunks that fall.
    left, dealt = 1000, []
    while left:
        dealt.append(chunk(left, 9))
        left -= dealt[-1]
    assert sum(dealt) == 1000 and dealt == sorted(dealt, reverse=True) and dealt[-1] == 1
    print("the simulation keeps to the closed formulas")


def main():
    parser = argparse.ArgumentParser(description="What more ranks would gain, by simulation.")
    parser.add_argument("studies", nargs="*", help="folders of stored studies, made with --workers 1")
    parser.add_argument("--spread", help="folder of a study of one decision a generation")
    parser.add_argument("--ranks", default="2,8,64,512")
    parser.add_argument("--node", type=int, default=64, help="ranks of a node")
    parser.add_argument("--message", type=float, default=10e-6, help="seconds of rank 0 for a message, each way")
    parser.add_argument("--between", type=float, default=0.0004, help="seconds between generations")
    parser.add_argument("--check", action="store_true", help="check the simulation against closed formulas")
    options = parser.parse_args()
    if options.check:
        return check()
    if not options.studies:
        parser.error("name the folder of a study, or --check")
    spread = [seconds for seconds, _ in stored(options.spread)] if options.spread else []
    if spread:
        ordered = sorted(spread)
        at = lambda share: 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]
        print(f"one decision takes {at(0.05):.2f} / {at(0.5):.2f} / {at(0.95):.2f} ms (5, 50, 95 %), at most {at(1):.2f} ms")
    print("A simulation of the protocol with measured times, not a measurement on so many ranks.")
    for folder in options.studies:
        generations = work(stored(folder), spread)
        alone = replay(generations, 1, options.node, 0, 0, options.between)
        widths = sorted(len(times) for times in generations)
        longest = sum(max(times) + options.between for times in generations)
        print(f"\n{folder}: {len(generations)} generations of {widths[0]} to {widths[-1]} proposals (median "
              f"{widths[len(widths) // 2]}), {alone:.2f} s alone; with any number of ranks no less than {longest:.2f} s")
        for ranks in map(int, options.ranks.split(",")):
            time = replay(generations, ranks, options.node, options.message, options.message, options.between)
            print(f"  {ranks:4d} ranks: {time:9.3f} s, {alone / time:7.2f} times as fast, "
                  f"efficiency {100 * alone / time / ranks:5.1f} %")


if __name__ == "__main__":
    main()
