/// Times, series and the tables that they come from.
extension BrokenCase {
    static let ofSeries: [BrokenCase] = [
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
    ]
}
