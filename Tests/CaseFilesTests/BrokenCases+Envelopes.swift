/// Errors in fleets that are given as an envelope, and in cuts that are given as powers.
extension BrokenCase {
    /// The station of ``GoodCase`` by an envelope in place of its stays.
    private static func station(
        _ envelope: String, keys: String = "", table: String = "", _ others: [Edit] = []
    ) -> [Edit] {
        [
            .init("sessions: sessions, chargers: 40,", "\(keys)envelope: {\(envelope)},"),
            .init("  sessions: {file: data/ev_sessions.csv, index: session}\n", table),
        ] + others
    }
    private static let powers = "max_charge: 70 kW, max_discharge: 70 kW"
    private static let quarters =
        "hour,most [kWh]\n" + (0..<96).map { "\(Double($0) / 4),500" }.joined(separator: "\n")

    static let ofEnvelopes: [BrokenCase] = [
        .init(
            "an envelope without a key",
            station("\(powers), max_energy: 500"),
            "case.yaml:45:11  ev_stations.plaza.envelope: 'min_energy' is missing. Add it: least energy charged from the start to the end of each step, net of discharging."
        ),
        .init(
            "an envelope with a mistyped key",
            station("\(powers), min_energy: 0, max_enrgy: 500"),
            "case.yaml:45:78  ev_stations.plaza.envelope.max_enrgy: unknown key. Did you mean 'max_energy'?"),
        .init(
            "an envelope with a power for an energy",
            station("\(powers), min_energy: 0, max_energy: 500 kW"),
            "case.yaml:45:90  ev_stations.plaza.envelope.max_energy: '500 kW' is a power, but an energy (kWh) is needed."
        ),
        .init(
            "an envelope with a price for a power",
            station("max_charge: profiles.grid_buy, max_discharge: 0, min_energy: 0, max_energy: 500 kWh"),
            "case.yaml:45:34  ev_stations.plaza.envelope.max_charge: 'profiles.grid_buy' in CNY/kWh is a price of energy, but a power (kW) is needed."
        ),
        .init(
            "an envelope with a negative power",
            station("max_charge: -7 kW, max_discharge: 0, min_energy: 0, max_energy: 500"),
            "case.yaml:45:34  ev_stations.plaza.envelope.max_charge: -7 kW is below 0 kW, the least allowed."),
        .init(
            "an envelope whose corridor is closed",
            station("\(powers), min_energy: 100 kWh, max_energy: 0.05 MWh"),
            "case.yaml:45:75  ev_stations.plaza.envelope.min_energy: by hour 1, at least 100 kWh must and at most 50 kWh may have been charged. Keep it below max_energy."
        ),
        .init(
            "an envelope that wants more than its power",
            station("\(powers), min_energy: 100 kWh, max_energy: 500 kWh"),
            "case.yaml:45:75  ev_stations.plaza.envelope.min_energy: by hour 1, 100 kWh must have been charged, but at most 66.5 kWh can have been. Lower it, or raise max_charge."
        ),
        .init(
            "an envelope in rows other than the steps",
            station(
                "\(powers), min_energy: 0, max_energy: quarters.most",
                table: "  quarters: {file: data/quarters.csv, index: hour}\n",
                [.init("data/quarters.csv", nil, quarters)]),
            "case.yaml:46:90  ev_stations.plaza.envelope.max_energy: the rows of data/quarters.csv are 15 min apart, but the steps of the case 1 h: an energy at the end of a row can be neither repeated nor averaged. Give a table in the steps of the case."
        ),
        .init(
            "an envelope with chargers",
            station("\(powers), min_energy: 0, max_energy: 500", keys: "chargers: 40, "),
            "case.yaml:45:21  ev_stations.plaza.chargers: has no effect, because an envelope tells no vehicles apart. Take it out, or give 'sessions'."
        ),
        .init(
            "both sessions and an envelope",
            [.init("sessions: sessions,", "sessions: sessions, envelope: {\(powers)},")],
            "case.yaml:46:31  ev_stations.plaza.envelope: and sessions are both given. Keep one of them."),
        .init(
            "an envelope that is no map",
            [.init("sessions: sessions,", "envelope: sessions,")],
            "case.yaml:46:21  ev_stations.plaza.envelope: must be a map of keys, but is 'sessions'."),
        .init(
            "a cut without a size",
            [.init("share: 10 %, ", "")],
            "case.yaml:35:7  users.residential.flexibility.warmth.share: is missing, and so is max_power. Give one of them."
        ),
        .init(
            "a cut with two sizes",
            [.init("share: 10 %, ", "share: 10 %, max_power: 20 kW, ")],
            "case.yaml:35:74  users.residential.flexibility.warmth.max_power: and share are both given. Keep one of them."
        ),
        .init(
            "a cut above the demand",
            [.init("share: 10 %, ", "max_power: 250 kW, ")],
            "case.yaml:35:61  users.residential.flexibility.warmth.max_power: 'warmth' may cut 250 kW at hour 0, but the heat demand of residential is 220 kW then. Lower it."
        ),
    ]
}
