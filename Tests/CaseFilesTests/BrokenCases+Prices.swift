/// Prices and their bounds.
extension BrokenCase {
    static let ofPrices: [BrokenCase] = [
        .init(
            "an unknown price",
            [.init("heat_sell: {min", "heat_sel: {min")],
            "case.yaml:25:5  operator.prices.heat_sel: unknown price. Prices are <carrier>_sell, <carrier>_buy and ev_sell. Did you mean 'heat_sell'?"
        ),
        .init(
            "crossed price bounds",
            [.init("min: 0.15 CNY/kWh, max: 0.50 CNY/kWh", "min: 0.60 CNY/kWh, max: 0.50 CNY/kWh")],
            "case.yaml:25:16  operator.prices.heat_sell: min 0.6 CNY/kWh is above max 0.5 CNY/kWh."),
        .init(
            "price bounds crossed at some hours",
            [
                .init(
                    "ev_sell: {min: profiles.grid_sell, max: profiles.grid_buy}",
                    "ev_sell: {min: 0.5 CNY/kWh, max: profiles.grid_buy}")
            ],
            "case.yaml:26:14  operator.prices.ev_sell: min 0.5 CNY/kWh is above max 0.38 CNY/kWh at hour 0, and at 7 other hours."
        ),
        .init(
            "a cap below every mean",
            [.init("mean_max: 0.40", "mean_max: 0.10")],
            "case.yaml:25:65  operator.prices.heat_sell.mean_max: 0.1 CNY/kWh is below the mean of min, 0.15 CNY/kWh, so no price vector satisfies it. Raise it or lower min."
        ),
        .init(
            "an interval that is no multiple",
            [.init("interval: 6 h", "interval: 90 min")],
            "case.yaml:25:89  operator.prices.heat_sell.interval: is 1.5 h, but must be a multiple of the step of 1 h."),
        .init(
            "a buying price above the selling price",
            [.init("max: electricity_sell}", "max: 0.9 CNY/kWh}")],
            "case.yaml:24:53  operator.prices.electricity_buy: can reach 0.9 CNY/kWh at hour 0, while electricity_sell can be as low as 0.35 CNY/kWh: users would earn by buying and selling at once. Write max: electricity_sell."
        ),
        .init(
            "a bound by a price that is none",
            [.init("max: electricity_sell}", "max: electricity_sel}")],
            "case.yaml:24:53  operator.prices.electricity_buy.max: 'electricity_sel' is neither a number, nor a table column, nor another price. Did you mean 'electricity_sell'?"
        ),
        .init(
            "a price that bounds itself",
            [.init("max: electricity_sell}", "max: electricity_buy}")],
            "case.yaml:24:53  operator.prices.electricity_buy.max: a price cannot bound itself."),
        .init(
            "a price without a maximum",
            [.init("heat_sell: {min: 0.15 CNY/kWh, max: 0.50 CNY/kWh, ", "heat_sell: {min: 0.15 CNY/kWh, ")],
            "case.yaml:25:16  operator.prices.heat_sell: 'max' is missing. Add it: upper bound of the price: values, or the name of another price."
        ),
        .init(
            "a price that nobody takes",
            [.init("    heat_sell: {min", "    gas_sell: {min: 0.1, max: 0.5}\n    heat_sell: {min")],
            "case.yaml:25:5  operator.prices.gas_sell: no follower takes gas at this price. Add a demand or a device that does, or take the price out."
        ),
        .init(
            "different intervals of bounding prices",
            [.init("max: electricity_sell}", "max: electricity_sell, interval: 2 h}")],
            "case.yaml:24:53  operator.prices.electricity_buy.max: holds for 2 h, but 'electricity_sell', which bounds it, for 1 h. Give both the same interval."
        ),
    ]
}
