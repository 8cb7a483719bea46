/// Numbers, units and the text that they are written in.
extension BrokenCase {
    static let ofValues: [BrokenCase] = [
        .init(
            "a word for a number",
            [.init("capacity: 400 kW", "capacity: big")],
            "case.yaml:32:32  users.residential.devices.pv.capacity: 'big' is not a number with a unit. Write it as in 12 kW."
        ),
        .init(
            "the wrong dimension",
            [.init("capacity: 400 kW", "capacity: 5 kWh")],
            "case.yaml:32:32  users.residential.devices.pv.capacity: '5 kWh' is an energy, but a power (kW) is needed."),
        .init(
            "a price for a mass",
            [.init("base_price: 0.25 CNY/kg", "base_price: 0.25 CNY/kWh")],
            "case.yaml:52:24  carbon.ladder.base_price: '0.25 CNY/kWh' is a price of energy, but a price of mass (CNY/kg) is needed."
        ),
        .init(
            "an unknown unit",
            [.init("capacity: 1500 kW", "capacity: 1500 kw")],
            "case.yaml:21:49  operator.devices.boiler.capacity: 'kw' in '1500 kw' is not a known unit. Did you mean 'kW'?"
        ),
        .init(
            "an unknown currency",
            [.init("price: 0.26 CNY/kWh", "price: 0.26 EUR/kWh")],
            "case.yaml:11:34  carriers.gas.price: 'EUR/kWh' in '0.26 EUR/kWh' is not a known unit. Money is in CNY here; units: {currency: …} names another."
        ),
        .init(
            "a share above one",
            [.init("share: 0.15", "share: 15")],
            "case.yaml:34:63  users.residential.flexibility.washing.share: 15 is outside 0 … 1."),
        .init(
            "a negative capacity",
            [.init("capacity: 400 kW", "capacity: -400 kW")],
            "case.yaml:32:32  users.residential.devices.pv.capacity: -400 kW is below 0 kW, the least allowed."),
        .init(
            "an efficiency above the limit",
            [.init("electricity: 0.36, heat: 0.46", "electricity: 3.6, heat: 0.46")],
            "case.yaml:19:100  operator.devices.chp.efficiency.electricity: 3.6 is outside 1e-06 … 1."),
        .init(
            "efficiencies that make energy",
            [.init("electricity: 0.36, heat: 0.46", "electricity: 0.56, heat: 0.46")],
            "case.yaml:19:86  operator.devices.chp.efficiency: electricity 0.56 and heat 0.46 together give more than the fuel holds. Lower one."
        ),
        .init(
            "an initial state outside its limits",
            [.init("initial_soc: 0.20", "initial_soc: 0.20, min_soc: 0.3")],
            "case.yaml:41:77  users.commercial.devices.heat_store.initial_soc: 0.2 is outside min_soc ... max_soc, 0.3 ... 1.0."
        ),
        .init(
            "a map where a number stands",
            [.init("om_cost: 0.01 CNY/kWh", "om_cost: {min: 0, max: 1}")],
            "case.yaml:21:93  operator.devices.boiler.om_cost: must be a single number, but is a map."
        ),
        .init(
            "a list where a number stands",
            [.init("capacity: 300 kW", "capacity: [1, 2]")],
            "case.yaml:39:58  users.commercial.devices.electric_boiler.capacity: must be a single number, but is a list."
        ),
        .init(
            "a table column where a number stands",
            [.init("capacity: 300 kW", "capacity: profiles.pv")],
            "case.yaml:39:58  users.commercial.devices.electric_boiler.capacity: 'profiles.pv' is a table column, but a single number is needed here."
        ),
        .init(
            "a window with three ends",
            [.init("window: [7, 23]", "window: [7, 12, 23]")],
            "case.yaml:34:77  users.residential.flexibility.washing.window: must be a list of 2 numbers, but has 3."),
        .init(
            "a window that ends before it begins",
            [.init("window: [7, 23]", "window: [23, 7]")],
            "case.yaml:34:77  users.residential.flexibility.washing.window: must begin before it ends, as [7, 23]."),
        .init(
            "a decimal count",
            [.init("steps: 5, surplus", "steps: 2.5, surplus")],
            "case.yaml:52:77  carbon.ladder.steps: '2.5' is not a whole number."),
        .init(
            "an infinite number",
            [.init("capacity: 400 kW", "capacity: 1e999 kW")],
            "case.yaml:32:32  users.residential.devices.pv.capacity: '1e999 kW' is not a number with a unit. Write it as in 12 kW."
        ),
        .init(
            "a missing carrier in efficiency",
            [.init("efficiency: {electricity: 0.36, heat: 0.46}", "efficiency: {electricity: 0.36}")],
            "case.yaml:19:86  operator.devices.chp.efficiency: has no entry for heat, which back-pressure needs. Add one."
        ),
        .init(
            "a bare unit",
            [.init("capacity: 300 kW", "capacity: kW")],
            "case.yaml:39:58  users.commercial.devices.electric_boiler.capacity: 'kW' is not a number with a unit. Write it as in 12 kW."
        ),
        .init(
            "a temperature for a power",
            [.init("capacity: 300 kW", "capacity: -5 degC")],
            "case.yaml:39:58  users.commercial.devices.electric_boiler.capacity: '-5 degC' is a temperature, but a power (kW) is needed."
        ),
        .init(
            "too much for a grid",
            [.init("max: 3 MW", "max: 3000000 GW")],
            "case.yaml:14:40  grid.buy.max: 3000000000000 kW is above 1000000000 kW, the most allowed."),
    ]

    static let ofText: [BrokenCase] = [
        .init(
            "a clock time as a number",
            [.init("share: 0.15", "share: 10:00")],
            "case.yaml:34:63  users.residential.flexibility.washing.share: '10:00' is not a number. Write it as in 0.5 or 50 %."
        ),
        .init(
            "yes for true",
            [.init("cyclic: true", "cyclic: yes")],
            "case.yaml:41:91  users.commercial.devices.heat_store.cyclic: 'yes' is neither true nor false. Write true or false."
        ),
        .init(
            "off for false",
            [.init("v2g: true", "v2g: off")],
            "case.yaml:47:16  ev_stations.plaza.v2g: 'off' is neither true nor false. Write true or false."),
        .init(
            "a capital flag",
            [.init("v2g: true", "v2g: True")],
            "case.yaml:47:16  ev_stations.plaza.v2g: 'True' is neither true nor false. Write true or false."),
        .init(
            "a hexadecimal number",
            [.init("capacity: 300 kW", "capacity: 0x10")],
            "case.yaml:39:58  users.commercial.devices.electric_boiler.capacity: '0x10' is not a number with a unit. Write it as in 12 kW."
        ),
        .init(
            "underscores in a number",
            [.init("capacity: 300 kW", "capacity: 1_000")],
            "case.yaml:39:58  users.commercial.devices.electric_boiler.capacity: '1_000' is not a number with a unit. Write it as in 12 kW."
        ),
        .init(
            "a decimal comma",
            [.init("share: 0.15", "share: \"0,15\"")],
            "case.yaml:34:63  users.residential.flexibility.washing.share: '0,15' is not a number. Write it as in 0.5 or 50 %."
        ),
        .init(
            "a duplicate key",
            [.init("capacity: 400 kW, profile", "capacity: 400 kW, capacity: 1 kW, profile")],
            "case.yaml:32:22  the key 'capacity' appears more than once in the same map. Keep one of them."),
        .init(
            "an anchor",
            [.init("      pv: {type: pv, capacity: 400 kW", "      pv: &pv {type: pv, capacity: 400 kW")],
            "case.yaml:32:11  anchors and aliases ('&', '*') are not used in a case. Write the value out, or use a variant."
        ),
        .init(
            "a merge key",
            [.init("{type: boiler, fuel", "{<<: {type: boiler}, fuel")],
            "case.yaml:21:14  merge keys ('<<') are not used in a case. Write the values out, or use a variant."),
        .init(
            "an alias to nothing",
            [.init("heat_store: {type", "heat_store: *store\n      x: {type")],
            "case.yaml:40:19  anchors and aliases ('&', '*') are not used in a case. Write the value out, or use a variant."
        ),
        .init(
            "two documents",
            [.init("\nvariants:", "\n---\nvariants:")],
            "case.yaml:59:1  a second document begins here. A case is one document: take the '---' out."),
        .init(
            "a tab",
            [.init("  residential:\n    demand", "  residential:\n\tdemand")],
            "case.yaml:30:1  a tab is no indentation in YAML. Use spaces."),
        .init(
            "a bracket left open",
            [.init("heat: 0.90}", "heat: 0.90")],
            "case.yaml:22:3  this is not valid YAML: did not find expected ',' or '}'."),
        .init(
            "nesting without end",
            [
                .init(
                    "share: 0.15",
                    "share: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")
            ],
            "case.yaml:34:89  maps and lists are nested more than 30 deep."),
        .init(
            "an unquoted colour",
            [.init("color: \"#4477AA\"", "color: #4477AA\n  ")],
            "case.yaml:10:3  carriers.electricity.color: has no value. Give one, or take the key out."),
    ]
}
