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
        .init(
            "a performance with a unit",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: heat_pump, capacity: 900 kW, cop: 3 kW")
            ],
            "case.yaml:21:54  operator.devices.boiler.cop: '3 kW' is a power, but a plain number is needed."),
        .init(
            "a pump without a performance",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: heat_pump, capacity: 900 kW")
            ],
            "case.yaml:21:5  operator.devices.boiler: 'cop' is missing. Add it: heat per electricity for each step."),
        .init(
            "a performance of nothing",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: heat_pump, capacity: 900 kW, cop: 0")
            ],
            "case.yaml:21:54  operator.devices.boiler.cop: 0 is outside 0.1 … 50."),
        .init(
            "a performance of two hours of a day",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: heat_pump, capacity: 900 kW, cop: [3, 4]")
            ],
            "case.yaml:21:54  operator.devices.boiler.cop: has 2 values, but the case has 24 steps."),
        .init(
            "a performance from a column of another unit",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: heat_pump, capacity: 900 kW, cop: profiles.res_h")
            ],
            "case.yaml:21:54  operator.devices.boiler.cop: 'profiles.res_h' in kW is a power, but a plain number is needed."
        ),
        .init(
            "a chiller without an efficiency",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: electric_chiller, capacity: 900 kW")
            ],
            "case.yaml:21:5  operator.devices.boiler.efficiency: is missing, and so is cop. Give one of them."),
        .init(
            "a chiller with two efficiencies",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: absorption_chiller, capacity: 900 kW, efficiency: {heat: 0.7}, cop: 0.7")
            ],
            "case.yaml:21:88  operator.devices.boiler.cop: and efficiency are both given. Keep one of them."),
        .init(
            "a factor of a converter with a unit",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: converter, capacity: 900 kW, inputs: {gas: 1}, outputs: {heat: 0.9}, efficiency_factor: 0.9 h"
                )
            ],
            "case.yaml:21:108  operator.devices.boiler.efficiency_factor: '0.9 h' is a duration, but a plain number is needed."
        ),
        .init(
            "an electrolyser that gives more than it takes",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: electrolyser, capacity: 900 kW, efficiency: {gas: 0.7, heat: 0.4}")
            ],
            "case.yaml:21:64  operator.devices.boiler.efficiency: comes to 1.1 kWh for each 1 kWh taken. Lower it to 1 or below."
        ),
        .init(
            "a fuel cell without electricity",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: fuel_cell, fuel: gas, capacity: 900 kW, efficiency: {heat: 0.4}")
            ],
            "case.yaml:21:72  operator.devices.boiler.efficiency: has no entry for electricity. Add one, as {electricity: 0.5, heat: 0.35}."
        ),
        .init(
            "a fuel cell without its fuel",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: fuel_cell, capacity: 900 kW, efficiency: {electricity: 0.4}")
            ],
            "case.yaml:21:5  operator.devices.boiler.fuel: is 'hydrogen' by default, but the case declares no such carrier. Declare it under 'carriers', or name another."
        ),
        .init(
            "an uptake in another unit",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: power_to_gas, capacity: 900 kW, efficiency: {gas: 0.6}, co2_uptake: 0.2 kg")
            ],
            "case.yaml:21:88  operator.devices.boiler.co2_uptake: '0.2 kg' is a mass, but an emission factor (kg/kWh) is needed."
        ),
        .init(
            "a storage boiler without a tank",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: storage_boiler, capacity: 900 kW, efficiency: {heat: 0.95}, tank_power: 3 kW")
            ],
            "case.yaml:21:5  operator.devices.boiler: 'tank' is missing. Add it: heat between an empty and a full tank."
        ),
        .init(
            "a tank in another unit",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: storage_boiler, capacity: 900 kW, efficiency: {heat: 0.95}, tank: 400 kW")
            ],
            "case.yaml:21:86  operator.devices.boiler.tank: '400 kW' is a power, but an energy (kWh) is needed."),
        .init(
            "a share through the tank above all of it",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: storage_boiler, capacity: 900 kW, efficiency: {heat: 0.95}, tank: 400 kWh, through_tank: 120 %"
                )
            ],
            "case.yaml:21:109  operator.devices.boiler.through_tank: 1.2 is outside 0 … 1."),
        .init(
            "a window that is neither open nor closed",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: storage_boiler, capacity: 900 kW, efficiency: {heat: 0.95}, tank: 400 kWh, may_run: 0.5")
            ],
            "case.yaml:21:104  operator.devices.boiler.may_run: is 0.5 at hour 0, but must be 1 or 0."),
        .init(
            "a window that is shorter than the day",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: storage_boiler, capacity: 900 kW, efficiency: {heat: 0.95}, tank: 400 kWh, may_run: [1, 1, 0]"
                )
            ],
            "case.yaml:21:104  operator.devices.boiler.may_run: has 3 values, but the case has 24 steps."),
        .init(
            "a window of a boiler that never stops",
            [
                .init(
                    "type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh",
                    "type: storage_boiler, capacity: 900 kW, efficiency: {heat: 0.95}, tank: 400 kWh, may_run: 0, min_load: 0.2"
                )
            ],
            "case.yaml:21:104  operator.devices.boiler.may_run: is 0 at hour 0, but the boiler never gives less than its min_load. Add commitment: true."
        ),
        .init(
            "a limit of the grid by two values",
            [
                .init(
                    "buy: {price: profiles.grid_buy, max: 3 MW, co2: 0.570 kg/kWh}",
                    "buy: {price: profiles.grid_buy, max: [1, 2], co2: 0.570 kg/kWh}")
            ],
            "case.yaml:14:40  grid.buy.max: has 2 values, but the case has 24 steps."),
        .init(
            "a limit of the grid from a column of another unit",
            [
                .init(
                    "buy: {price: profiles.grid_buy, max: 3 MW, co2: 0.570 kg/kWh}",
                    "buy: {price: profiles.grid_buy, max: profiles.pv, co2: 0.570 kg/kWh}")
            ],
            "case.yaml:14:40  grid.buy.max: 'profiles.pv' in 1 is a plain number, but a power (kW) is needed."),
        .init(
            "emission of the grid from a column of another unit",
            [
                .init(
                    "buy: {price: profiles.grid_buy, max: 3 MW, co2: 0.570 kg/kWh}",
                    "buy: {price: profiles.grid_buy, max: 3 MW, co2: profiles.grid_buy}")
            ],
            "case.yaml:14:51  grid.buy.co2: 'profiles.grid_buy' in CNY/kWh is a price of energy, but an emission factor (kg/kWh) is needed."
        ),
        .init(
            "more of a connection than there is",
            [
                .init(
                    "buy: {price: profiles.grid_buy, max: 3 MW, co2: 0.570 kg/kWh}",
                    "available: 1.2\n  buy: {price: profiles.grid_buy, max: 3 MW, co2: 0.570 kg/kWh}")
            ],
            "case.yaml:14:14  grid.available: 1.2 is outside 0 … 1."),
        .init(
            "a wear of depth by another unit",
            [
                .init(
                    "standing_loss: 0.01 1/h, initial_soc: 0.20",
                    "standing_loss: 0.01 1/h, initial_soc: 0.20, depth_wear: 2 CNY")
            ],
            "case.yaml:41:95  users.commercial.devices.heat_store.depth_wear: '2 CNY' is money, but a price of energy (CNY/kWh) is needed."
        ),
        .init(
            "pieces of a wear that is not given",
            [
                .init(
                    "standing_loss: 0.01 1/h, initial_soc: 0.20",
                    "standing_loss: 0.01 1/h, initial_soc: 0.20, wear_pieces: 4")
            ],
            "case.yaml:41:96  users.commercial.devices.heat_store.wear_pieces: has no effect without depth_wear. Give it, or take this out."
        ),
        .init(
            "no pieces of a wear",
            [
                .init(
                    "standing_loss: 0.01 1/h, initial_soc: 0.20",
                    "standing_loss: 0.01 1/h, initial_soc: 0.20, depth_wear: 0.1, wear_pieces: 0")
            ],
            "case.yaml:41:113  users.commercial.devices.heat_store.wear_pieces: 0 is outside 1 … 1000."),
        .init(
            "a negative power of a wear",
            [
                .init(
                    "standing_loss: 0.01 1/h, initial_soc: 0.20",
                    "standing_loss: 0.01 1/h, initial_soc: 0.20, depth_wear: 0.1, wear_exponent: -1")
            ],
            "case.yaml:41:115  users.commercial.devices.heat_store.wear_exponent: -1 is outside 0 … 10."),
        .init(
            "a deep wear of a tank",
            [
                .init(
                    "standing_loss: 0.01 1/h, initial_soc: 0.20",
                    "standing_loss: 0.01 1/h, initial_soc: 0.20, depth_wear: 0.1, simultaneous: true")
            ],
            "case.yaml:41:95  users.commercial.devices.heat_store.depth_wear: is of a battery, and simultaneous of a tank, which gives more than it holds. Take one of them out."
        ),
    ]
}
