/// Errors in a case file.
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
            "case.yaml:11:34  carriers.gas.price: 'EUR/kWh' in '0.26 EUR/kWh' is not a known unit."),
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
        .init(
            "a start that is no time",
            [.init("start: \"2024-07-15T00:00\"", "start: \"15 July\"")],
            "case.yaml:3:15  time.start: '15 July' is no date and time. Write it as \"2024-07-15T00:00\"."),
        .init(
            "no such day",
            [.init("2024-07-15", "2024-02-30")],
            "case.yaml:3:15  time.start: '2024-02-30T00:00' is no date and time. Write it as \"2024-07-15T00:00\"."),
        .init(
            "more than a year",
            [.init("steps: 24, step: 1 h", "steps: 24, step: 400 h")],
            "case.yaml:3:42  time.steps: 24 steps of 400 h are 9600 h; at most a year of 8784 h can be covered."),
        .init(
            "too many steps",
            [.init("steps: 24", "steps: 200000")],
            "case.yaml:3:42  time.steps: 200000 is outside 1 … 100000."),
        .init(
            "no steps",
            [.init("steps: 24", "steps: 0")],
            "case.yaml:3:42  time.steps: 0 is outside 1 … 100000."),
        .init(
            "a table that does not exist",
            [.init("demand: {electricity: profiles.com_e", "demand: {electricity: profile.com_e")],
            "case.yaml:37:27  users.commercial.demand.electricity: there is no table 'profile'. Did you mean 'profiles'?"
        ),
        .init(
            "a column that does not exist",
            [.init("profiles.com_e", "profiles.con_e")],
            "case.yaml:37:27  users.commercial.demand.electricity: the table 'profiles' has no column 'con_e'. Did you mean 'com_e'?"
        ),
        .init(
            "a table without a column",
            [.init("electricity: profiles.com_e", "electricity: profiles")],
            "case.yaml:37:27  users.commercial.demand.electricity: 'profiles' is neither a number nor a table column. Write a column as table.column."
        ),
        .init(
            "a column of the wrong dimension",
            [.init("price: profiles.grid_buy", "price: profiles.res_e")],
            "case.yaml:14:16  grid.buy.price: 'profiles.res_e' in kW is a power, but a price of energy (CNY/kWh) is needed."
        ),
        .init(
            "a missing file",
            [.init("file: data/profiles.csv", "file: data/profile.csv")],
            "case.yaml:5:20  tables.profiles.file: there is no file 'data/profile.csv' in the case's folder."),
        .init(
            "a missing index column",
            [.init("index: hour", "index: hours")],
            "case.yaml:5:46  tables.profiles.index: data/profiles.csv has no column 'hours'. Did you mean 'hour'?"),
        .init(
            "a column of a table that has few",
            [.init("profiles.ind_h", "profiles.none")],
            "case.yaml:43:49  users.industrial.demand.heat: the table 'profiles' has no column 'none'. Its columns: hour, grid_buy, grid_sell, pv, res_e, res_h, com_e, com_h, ind_e, ind_h."
        ),
        .init(
            "a row too few",
            [.init("data/profiles.csv", "\n23,0.38,0.35,0,248.7,335.0,136.1,143.7,520.1,380.3", "")],
            "case.yaml:5:46  tables.profiles: profiles has 23 rows of 1 h = 23 h, but the case covers 24 h."),
        .init(
            "an empty table",
            [.init("data/profiles.csv", nil, "")],
            "data/profiles.csv  is empty. A table begins with a row of column names."),
        .init(
            "a table of one header",
            [.init("data/profiles.csv", nil, "hour,grid_buy [CNY/kWh]\n")],
            "data/profiles.csv  has a header but no rows."),
        .init(
            "a list of the wrong length",
            [.init("heat: profiles.ind_h", "heat: [1, 2, 3]")],
            "case.yaml:43:49  users.industrial.demand.heat: has 3 values, but the case has 24 steps."),
        .init(
            "a carrier that nobody declares",
            [.init("fuel: gas, capacity: 1500 kW", "fuel: coal, capacity: 1500 kW")],
            "case.yaml:21:34  operator.devices.boiler.fuel: the case declares no carrier 'coal'. Carriers: electricity, heat, gas."
        ),
        .init(
            "a demand of no carrier",
            [.init("heat: profiles.ind_h", "heatt: profiles.ind_h")],
            "case.yaml:43:43  users.industrial.demand.heatt: the case declares no carrier 'heatt'. Did you mean 'heat'?"
        ),
        .init(
            "a default carrier that is missing",
            [.init("  gas: {color", "  methane: {color")],
            "case.yaml:19:50  operator.devices.chp.fuel: the case declares no carrier 'gas'. Carriers: electricity, heat, methane."
        ),
        .init(
            "a colour that is none",
            [.init("\"#EE6677\"", "red")],
            "case.yaml:10:17  carriers.heat.color: 'red' is no colour. Write it as \"#4477AA\", in quotes."),
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
