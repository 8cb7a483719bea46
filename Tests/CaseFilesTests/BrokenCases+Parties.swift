/// What parties need, stations and carbon.
extension BrokenCase {
    static let ofParties: [BrokenCase] = [
        .init(
            "a heat demand that nothing supplies",
            [
                .init(
                    "    heat_sell: {min: 0.15 CNY/kWh, max: 0.50 CNY/kWh, mean_max: 0.40 CNY/kWh, interval: 6 h}\n", ""
                )
            ],
            "case.yaml:28:3  users.residential: residential cannot meet heat at hour 0: 198 kW are needed, 0 kW available. Post heat_sell, or add a device."
        ),
        .init(
            "a flexible demand of nothing",
            [.init("carrier: heat, share: 10 %", "carrier: gas, share: 10 %")],
            "case.yaml:35:44  users.residential.flexibility.warmth.carrier: residential has no demand of gas. Its demands are: electricity, heat."
        ),
        .init(
            "shares above the whole demand",
            [
                .init(
                    "window: [7, 23]}",
                    "window: [0, 24]}\n      again: {type: shiftable, carrier: electricity, share: 0.9}")
            ],
            "case.yaml:35:61  users.residential.flexibility.again.share: 'again' and the flexible demands before it claim more than the whole electricity demand of residential. Let their shares sum to at most 1."
        ),
        .init(
            "a station without vehicles",
            [.init("sessions: sessions, chargers", "chargers")],
            "case.yaml:46:3  ev_stations.plaza: has no vehicles. Add 'sessions': the name of a table with one row a stay."
        ),
        .init(
            "a session table that is none",
            [.init("plaza: {sessions: sessions", "plaza: {sessions: session")],
            "case.yaml:46:21  ev_stations.plaza.sessions: there is no table 'session'. Did you mean 'sessions'?"),
        .init(
            "too few chargers",
            [.init("chargers: 40", "chargers: 10")],
            "case.yaml:46:41  ev_stations.plaza.chargers: 10 are too few: 24 vehicles are plugged in at hour 10.0. Add chargers or move stays."
        ),
        .init(
            "an unknown price for a station",
            [.init("chargers: 40", "buys_at: ev_cell, chargers: 40")],
            "case.yaml:46:40  ev_stations.plaza.buys_at: 'ev_cell' is no price at which the operator sells electricity. Did you mean 'ev_sell'?"
        ),
        .init(
            "both sessions and sampling",
            [.init("sessions: sessions, chargers: 40", "sessions: sessions, sampling: {count: 5}, chargers: 40")],
            "case.yaml:46:31  ev_stations.plaza.sampling: and sessions are both given. Keep one of them."),
        .init(
            "a sampling without a battery",
            [
                .init(
                    "sessions: sessions, chargers: 40",
                    "sampling: {count: 5, max_charge: 7 kW, soc_departure: 0.8}, chargers: 40")
            ],
            "case.yaml:46:11  ev_stations.plaza.sampling: 'battery' is missing. Add it: energy of the full battery."),
        .init(
            "a share that has no effect",
            [.init("sell_to_users: true", "sell_share: 0.8")],
            "case.yaml:47:66  ev_stations.plaza.sell_share: has no effect, because sell_to_users is false. Set it to true."
        ),
        .init(
            "a demand above the devices",
            [
                .init(
                    "    heat_sell: {min: 0.15 CNY/kWh, max: 0.50 CNY/kWh, mean_max: 0.40 CNY/kWh, interval: 6 h}\n", ""
                ),
                .init(", heat: profiles.ind_h", ""),
            ],
            "case.yaml:28:3  users.residential: residential cannot meet heat at hour 0: 198 kW are needed, 0 kW available. Post heat_sell, or add a device."
        ),
        .init(
            "a share without a price",
            [
                .init(
                    "    electricity_sell: {min: profiles.grid_sell, max: profiles.grid_buy, mean_max: 0.72 CNY/kWh}\n    electricity_buy: {min: profiles.grid_sell, max: electricity_sell}\n",
                    "")
            ],
            "case.yaml:45:69  ev_stations.plaza.sell_to_users: users pay a share of electricity_sell, which is not among operator.prices. Add it, or give sell_price."
        ),
        .init(
            "an empty station",
            [
                .init(
                    "  plaza: {sessions: sessions, chargers: 40, site_limit: 150 kW, charge_efficiency: 0.95, discharge_efficiency: 0.93,\n          v2g: true, degradation_cost: 0.08 CNY/kWh, sell_to_users: true}",
                    "  plaza:")
            ],
            "case.yaml:46:9  ev_stations.plaza: has no value. Give a map of keys, or take it out."),
        .init(
            "a payer that is none",
            [.init("payer: operator", "payer: operators")],
            "case.yaml:50:10  carbon.payer: there is no party 'operators'. Did you mean 'operator'?"),
        .init(
            "a ladder without a base price",
            [.init("base_price: 0.25 CNY/kg, ", "")],
            "case.yaml:52:3  carbon.ladder: 'base_price' is missing. Add it: price of the first interval."),
        .init(
            "two rewards",
            [.init("surplus_price: 0.20 CNY/kg", "surplus_price: 0.20 CNY/kg, reward_growth: 0.25")],
            "case.yaml:52:123  carbon.ladder.reward_growth: and surplus_price are both given. Keep one of them."),
    ]
}
