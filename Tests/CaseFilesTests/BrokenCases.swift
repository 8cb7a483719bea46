/// Keys, sections, settings and variants.
extension BrokenCase {
    static let ofKeys: [BrokenCase] = [
        .init(
            "a mistyped key of a device",
            [.init("capacity: 800 kWh", "capcity: 800 kWh")],
            "case.yaml:40:50  users.commercial.devices.heat_store.capcity: unknown key. Did you mean 'capacity'?"),
        .init(
            "an unknown key with nothing near",
            [.init("region: backpressure", "zone: backpressure")],
            "case.yaml:19:22  operator.devices.chp.zone: unknown key. Known keys: region, capacity, fuel, efficiency, corners, power_loss_index, min_load, commitment, startup_cost, min_up, min_down, part_load, om_cost, ramp, ramp_share, investment, lifetime, type."
        ),
        .init(
            "an unknown section",
            [.init("optimiser: {", "uncertainty: {keep: 1}\noptimiser: {")],
            "case.yaml:57:1  uncertainty: unknown key. Known keys: case, units, time, tables, carriers, grid, operator, users, ev_stations, carbon, parties, trades, coalition, economics, days, scenarios, indices, game, optimiser, variants."
        ),
        .init(
            "a mistyped section",
            [.init("ev_stations:\n", "ev_station:\n")],
            "case.yaml:45:1  ev_station: unknown key. Did you mean 'ev_stations'?"),
        .init(
            "a missing required key",
            [.init("capacity: 1200 kW, ", "")],
            "case.yaml:19:5  operator.devices.chp: 'capacity' is missing. Add it: greatest electric output."),
        .init(
            "a missing section",
            [.init("case: {schema: 1, name: park-3users, title: \"CHP park, July workday\"}\n", "")],
            "case.yaml  'case' is missing. Add it: what this file is."),
        .init(
            "a section that is no map",
            [
                .init(
                    "game:\n  leader: {maximise: profit}\n  followers: {minimise: cost, ties: optimistic}", "game: fair"
                )
            ],
            "case.yaml:54:7  game: must be a map of keys, but is 'fair'."),
        .init(
            "a key without a value",
            [.init("share: 0.15", "share: ")],
            "case.yaml:34:63  users.residential.flexibility.washing.share: has no value. Give one, or take the key out."
        ),
        .init(
            "a newer schema",
            [.init("schema: 1", "schema: 2")],
            "case.yaml:1:16  case.schema: is 2, but this program reads schema 1. A newer version of the program is needed."
        ),
        .init(
            "a case name that cannot name files",
            [.init("name: park-3users", "name: park 3 users")],
            "case.yaml:1:25  case.name: 'park 3 users' cannot name files. Use letters, digits, '.', '_' and '-'; what people read goes into title."
        ),
        .init(
            "an unknown device type",
            [.init("type: electric_boiler", "type: electric_boiller")],
            "case.yaml:39:31  users.commercial.devices.electric_boiler.type: there is no type 'electric_boiller'. Did you mean 'electric_boiler'?"
        ),
        .init(
            "a device without a type",
            [.init("{type: boiler, fuel", "{fuel")],
            "case.yaml:21:5  operator.devices.boiler: 'type' is missing. Add it: one of chp, boiler, electric_boiler, storage_boiler, heat_pump, electric_chiller, absorption_chiller, electrolyser, fuel_cell, power_to_gas, converter, pv, wind, storage, market, shortage."
        ),
        .init(
            "an unknown flexibility type",
            [.init("type: shiftable", "type: movable")],
            "case.yaml:34:23  users.residential.flexibility.washing.type: there is no type 'movable'. Types: shiftable, curtailable, elastic."
        ),
        .init(
            "a choice that does not exist",
            [.init("region: backpressure", "region: backpresure")],
            "case.yaml:19:30  operator.devices.chp.region: 'backpresure' is not known. Did you mean 'backpressure'?"),
        .init(
            "a name with a space",
            [.init("heat_store: {", "heat store: {")],
            "case.yaml:40:7  users.commercial.devices.heat store: 'heat store' cannot be a name. Use letters, digits and '_', beginning with a letter."
        ),
        .init(
            "a device with a word of the model",
            [.init("      pv: {type: pv", "      demand: {type: pv")],
            "case.yaml:32:7  users.residential.devices.demand: 'demand' is the name of a part of the model. Choose another."
        ),
        .init(
            "a device named like a party",
            [.init("      pv: {type: pv", "      plaza: {type: pv")],
            "case.yaml:32:7  users.residential.devices.plaza: 'plaza' is the name of a party. Choose another."),
        .init(
            "one name for two components",
            [.init("      washing:", "      pv:")],
            "case.yaml:34:7  users.residential.flexibility.pv: residential has another 'pv' already. Choose another name."
        ),
        .init(
            "a user named operator",
            [.init("  residential:", "  operator:")],
            "case.yaml:29:3  users.operator: is a word that the model uses itself. Choose another name."),
        .init(
            "a station named like a user",
            [.init("  plaza: {", "  industrial: {")],
            "case.yaml:46:3  ev_stations.industrial: there is a user of this name already. Choose another."),
        .init(
            "a user without anything",
            [
                .init(
                    "  industrial:\n    demand: {electricity: profiles.ind_e, heat: profiles.ind_h}", "  industrial: {}"
                )
            ],
            "case.yaml:42:3  users.industrial: has neither a demand nor a device. Add one, or take the user out."),
        .init(
            "no followers",
            [
                .init("users:\n", "user:\n"),
                .init("ev_stations:\n", "stations:\n"),
            ],
            "case.yaml  has no followers. Add 'users' or 'ev_stations'."),
        .init(
            "an unknown tie rule",
            [.init("ties: optimistic", "ties: optimist")],
            "case.yaml:56:37  game.followers.ties: 'optimist' is not known. Did you mean 'optimistic'?"),
        .init(
            "a tolerance, which true best responses have no use for",
            [.init("ties: optimistic}", "ties: optimistic, tolerance: 1}")],
            "case.yaml:56:49  game.followers.tolerance: unknown key. Known keys: minimise, ties."),
        .init(
            "a budget below the population",
            [.init("evaluations: 3200", "evaluations: 32")],
            "case.yaml:57:77  optimiser.evaluations: 32 do not cover even one population of 40. Raise it, or lower population."
        ),
        .init(
            "workers that are no number",
            [.init("workers: auto", "workers: all")],
            "case.yaml:57:108  optimiser.workers: 'all' is neither auto nor a number from 1 to 1024."),
        .init(
            "a variant that does not exist",
            [], variant: "no_v3g",
            "case.yaml:59:1  variants: there is no variant 'no_v3g'. Did you mean 'no_v2g'?"),
        .init(
            "a variant with a wrong path",
            [.init("carbon.ladder.growth: 0", "carbon.lader.growth: 0")],
            "case.yaml:61:17  variants.flat_carbon.carbon.lader.growth: there is no 'lader' in 'carbon'. Did you mean 'ladder'?"
        ),
        .init(
            "a variant that removes nothing",
            [.init("ev_stations.plaza: null, ", "ev_stations.piazza: null, ")],
            "case.yaml:62:16  variants.no_station.ev_stations.piazza: there is no 'piazza' in 'ev_stations'. Did you mean 'plaza'?"
        ),
        .init(
            "a variant with a wrong value",
            [.init("ev_stations.plaza.v2g: false", "ev_stations.plaza.v2g: nope")], variant: "no_v2g",
            "case.yaml:60:35  ev_stations.plaza.v2g: 'nope' is neither true nor false. Write true or false."),
        .init(
            "a variant with an unknown key",
            [.init("ev_stations.plaza.v2g: false", "ev_stations.plaza.v2gg: false")], variant: "no_v2g",
            "case.yaml:60:12  ev_stations.plaza.v2gg: unknown key. Did you mean 'v2g'?"),
        .init(
            "a variant of the units",
            [.init("flat_carbon: {carbon.ladder.growth: 0}", "flat_carbon: {units.power: MW}")],
            "case.yaml:61:17  variants.flat_carbon: 'units' cannot be changed by a variant."),
        .init(
            "an empty file",
            [.init(nil, "")],
            "case.yaml  is empty. A case begins with 'case: {schema: 1, name: …}'."),
        .init(
            "a file that is a list",
            [.init(nil, "- case\n- time\n")],
            "case.yaml:1:1  a case is a map of sections, but this is a list."),
    ]
}
