/// Errors in the keys of devices.
extension BrokenCase {
    static let ofDevices: [BrokenCase] = [
        .init(
            "a least time in another unit",
            [.init("om_cost: 0.01 CNY/kWh}", "commitment: true, min_up: 3 kW}")],
            "case.yaml:21:110  operator.devices.boiler.min_up: '3 kW' is a power, but a duration (h) is needed."),
        .init(
            "a least time without a way to stop",
            [.init("om_cost: 0.01 CNY/kWh}", "min_down: 3 h}")],
            "case.yaml:21:94  operator.devices.boiler.min_down: has no effect on a unit that never stops. Add commitment: true."
        ),
        .init(
            "a negative least time",
            [.init("om_cost: 0.01 CNY/kWh}", "commitment: true, min_down: -1 h}")],
            "case.yaml:21:112  operator.devices.boiler.min_down: -1 h is outside 0 h … 8784 h."),
        .init(
            "a least load above the capacity",
            [.init("om_cost: 0.01 CNY/kWh}", "min_load: 120 %}")],
            "case.yaml:21:94  operator.devices.boiler.min_load: 1.2 is outside 0 … 1."),
        .init(
            "a commitment that is no flag",
            [.init("om_cost: 0.01 CNY/kWh}", "commitment: maybe}")],
            "case.yaml:21:96  operator.devices.boiler.commitment: 'maybe' is neither true nor false. Write true or false."
        ),
        .init(
            "a start that pays",
            [.init("om_cost: 0.01 CNY/kWh}", "commitment: true, startup_cost: -3 CNY}")],
            "case.yaml:21:116  operator.devices.boiler.startup_cost: -3 CNY is below 0 CNY, the least allowed."),
        .init(
            "part load by one number",
            [.init("om_cost: 0.01 CNY/kWh}", "part_load: 0.9}")],
            "case.yaml:21:95  operator.devices.boiler.part_load: must be a list of pairs, as [[0, 1], [2, 3]], but is '0.9'."
        ),
        .init(
            "part load without a second number",
            [.init("om_cost: 0.01 CNY/kWh}", "part_load: [[0.5], [1, 1]]}")],
            "case.yaml:21:96  operator.devices.boiler.part_load[0]: must be a pair of numbers, as [0, 1]."),
        .init(
            "part load in the wrong order",
            [.init("om_cost: 0.01 CNY/kWh}", "part_load: [[1, 1], [0.5, 0.9]]}")],
            "case.yaml:21:95  operator.devices.boiler.part_load: loads must increase, but 1.0 is followed by 0.5."),
        .init(
            "part load that ends early",
            [.init("om_cost: 0.01 CNY/kWh}", "part_load: [[0.5, 0.9]]}")],
            "case.yaml:21:95  operator.devices.boiler.part_load: ends before full load. Add a pair for the load 1, as [1, 1]."
        ),
        .init(
            "part load above the capacity",
            [.init("om_cost: 0.01 CNY/kWh}", "part_load: [[0.5, 0.9], [1.5, 1]]}")],
            "case.yaml:21:95  operator.devices.boiler.part_load: the load 1.5 is not within 0 … 1. Give shares of the capacity."
        ),
        .init(
            "part load that takes less for more",
            [.init("om_cost: 0.01 CNY/kWh}", "part_load: [[0.9, 0.5], [1, 1]]}")],
            "case.yaml:21:95  operator.devices.boiler.part_load: at the load 1.0 the unit would take less than at 0.9, though it gives more. Lower the multiple 1.0, or raise 0.5."
        ),
        .init(
            "part load of an extraction unit",
            [
                .init(
                    "region: backpressure, fuel: gas, capacity: 1200 kW, efficiency: {electricity: 0.36, heat: 0.46}",
                    "region: extraction, corners: [[0, 300], [0, 1200], [800, 600]], part_load: [[1, 1]], fuel: gas, capacity: 1200 kW, efficiency: {electricity: 0.36}"
                )
            ],
            "case.yaml:19:97  operator.devices.chp.part_load: is for back-pressure, where heat follows power: in an extraction region one output does not say the load. Take it out, or make the region backpressure."
        ),
    ]
}
