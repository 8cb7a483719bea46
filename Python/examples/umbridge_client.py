"""A client of UM-Bridge; those for Julia, MATLAB and R have the same calls. First start the server:

python -m stackelberg.umbridge my-park --port 4242
python umbridge_client.py http://localhost:4242
"""

from __future__ import annotations

import sys

import umbridge


def main(url: str) -> None:
    model = umbridge.HTTPModel(url, "payoff")
    (count,) = model.get_input_sizes()
    decision = [[0.4] * count]
    # The decision itself may break a bound or a cap; the nearest that does not is answered.
    (payoff,), costs = model(decision, {"nearest": True})
    print(f"payoff {payoff:,.2f}, what followers pay {', '.join(f'{cost:,.2f}' for cost in costs)}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:4242")
