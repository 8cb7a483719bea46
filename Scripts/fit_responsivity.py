#!/usr/bin/env python3
"""Fits the free coefficients of the incentive response (Zeng et al., eq. 1-8) to the shares of users that tables 5 and 6 publish.

    python3 Scripts/fit_responsivity.py

Prints the coefficients that `IncentiveResponse` has as defaults, and what is left over at each point. Needs numpy and scipy.

The shares tell less than the model has coefficients. Incentive and responsivity have no unit of their own, and a shift of
the incentive can be made up for by the slope, so three conventions come first: a yuan of charging subsidy is one unit of
incentive (alpha = 1), a user responds above a responsivity of one half, and charging and discharging wear a battery by 0.1
yuan/kWh each. Any wear of 0.05 ... 0.12 yuan/kWh fits as well. The incentive at which responsivity
saturates lies beyond the published points; it is put where the spread has shrunk to nothing.
"""
import numpy as np
from scipy.optimize import least_squares

CHARGING = np.array([0.25, 0.30, 0.35, 0.40, 0.45, 0.25, 0.25, 0.25, 0.25, 0.25])
DISCHARGING = np.array([0.27, 0.27, 0.27, 0.27, 0.27, 0.27, 0.32, 0.37, 0.42, 0.47])
PUBLISHED = np.array([0.33, 0.42, 0.53, 0.70, 0.96, 0.33, 0.41, 0.48, 0.59, 0.74])
THRESHOLD, WEAR = 0.5, 0.1
NAMES = ["dischargingAttraction", "slope", "spreadGrowth", "spreadDecline", "inflection"]


def shares(coefficients):
    attraction, slope, growth, decline, inflection = coefficients
    incentive = np.maximum(0, CHARGING - WEAR) + attraction * np.maximum(0, DISCHARGING - WEAR)
    spread = np.where(incentive <= inflection, growth * incentive, growth * inflection - decline * (incentive - inflection))
    spread = np.maximum(spread, 1e-12)
    lower = np.maximum(slope * incentive - spread, 0)
    upper = np.minimum(slope * incentive + spread, 1)
    return np.clip((upper - THRESHOLD) / (upper - lower), 0, 1)


# The point that both tables share is one observation, so it gets half the weight in each.
weights = np.where((CHARGING == 0.25) & (DISCHARGING == 0.27), np.sqrt(0.5), 1)
low, high = [0.3, 0.3, 0.1, 0.1, 0.1], [1.5, 4, 4, 4, 0.5]
starts = np.random.default_rng(1).uniform(low, high, (100, 5))
fits = [least_squares(lambda c: weights * (shares(c) - PUBLISHED), start, bounds=(low, high), xtol=1e-14, ftol=1e-14)
        for start in starts]
best = min(fits, key=lambda fit: fit.cost)
coefficients = best.x.round(4)
attraction, slope, growth, decline, inflection = coefficients
saturation = round(inflection + growth * inflection / decline, 4)

print(f"{sum(fit.cost < 1.001 * best.cost for fit in fits)} of {len(fits)} starts end at the best fit")
for name, value in zip(NAMES + ["saturation"], [*coefficients, saturation]):
    print(f"{name:22} {value:.4f}")
fitted = shares(coefficients)
print("charging  discharging  published  fitted      error, percentage points")
for row in zip(CHARGING, DISCHARGING, 100 * PUBLISHED, 100 * fitted, 100 * (fitted - PUBLISHED)):
    print("%8.2f  %11.2f  %9.0f  %9.5f  %+6.2f" % row)
error = 100 * (fitted - PUBLISHED)
rms = np.sqrt(np.sum((weights * error) ** 2) / np.sum(weights**2))
print(f"largest error {np.abs(error).max():.2f}, RMS {rms:.2f} percentage points (rounding alone: {1 / np.sqrt(12):.2f})")
