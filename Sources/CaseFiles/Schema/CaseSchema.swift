import Energy

/// Every section of a case file with its keys: the table that the reader, the messages and the printed schema share.
public enum CaseSchema {
    /// The version that `case.schema` must name.
    public static let version = 1

    /// A map of the case file.
    public struct Section: Sendable {
        /// Such as `grid.buy` or `users.<name>`.
        public let path: String
        public let meaning: String
        public let attributes: [Attribute]
        /// Keys that hold maps of their own, or values with a grammar of their own.
        public let parts: [Part]

        init(_ path: String, _ meaning: String, _ attributes: [Attribute] = [], parts: [Part] = []) {
            self.path = path
            self.meaning = meaning
            self.attributes = attributes
            self.parts = parts
        }

        var partNames: [String] { parts.map(\.name) }
    }

    /// A key whose value is more than a plain attribute.
    public struct Part: Sendable {
        public let name: String
        public let kind: String
        public let meaning: String

        init(_ name: String, _ meaning: String) { self.init(name, "map", meaning) }

        init(_ name: String, _ kind: String, _ meaning: String) {
            self.name = name
            self.kind = kind
            self.meaning = meaning
        }
    }

    static let anyPrice = -1e6...1e6
    static let root = Section(
        "", "The whole file.",
        parts: [
            Part("case", "What this file is."), Part("units", "Units of numbers without a unit."),
            Part("time", "The time steps of the case."), Part("tables", "CSV files by name."),
            Part("carriers", "Energy forms by name."), Part("grid", "What the operator trades with the outer market."),
            Part("operator", "The leader."), Part("users", "Followers with a demand, by name."),
            Part("ev_stations", "Followers with vehicles, by name."), Part("carbon", "The carbon account."),
            Part("parties", "Parties of one kind, by name, that may trade with each other or compete for users."),
            Part("trades", "Who may sell what to whom, by name."),
            Part("coalition", "How parties who trade find what is best for all, and divide it."),
            Part("economics", "Discounting of investment over years."),
            Part("days", "Typical days by name, for sizes to be decided: a weight, and changes as of a variant."),
            Part("scenarios", "Forecast errors, and the scenarios that represent them."),
            Part("indices", "Numbers made of results, by name."),
            Part("game", "Objectives of leader and followers, and tie-breaking."), Part("optimiser", "The search."),
            Part("variants", "Changes to this case, by name: {dotted.path: value, …}, with null to remove a key."),
        ])
    static let case_ = Section(
        "case", "What this file is.",
        [
            Attribute("schema", .count(0...1_000_000), .required, "Version of the case format, 1."),
            Attribute("name", .text, .required, "Short name, for files and logs."),
            Attribute("title", .text, .optional, "Long name, for reports."),
        ])
    static let units = Section(
        "units", "Units of numbers without a unit.",
        [
            Attribute("power", .choice(["W", "kW", "MW", "GW"]), .standard(.text("kW")), "Unit of power."),
            Attribute(
                "energy", .choice(["Wh", "kWh", "MWh", "GWh", "kJ", "MJ", "GJ"]), .standard(.text("kWh")),
                "Unit of energy."),
            Attribute("mass", .choice(["g", "kg", "t"]), .standard(.text("kg")), "Unit of mass."),
            Attribute("currency", .text, .standard(.text("CNY")), "Name of the currency."),
        ])
    static let time = Section(
        "time", "The time steps of the case.",
        [
            Attribute(
                "start", .text, .standard(.text("2024-01-01T00:00")),
                "When the first step begins, as 2024-07-15T00:00; an offset may follow."
            ),
            Attribute("steps", .count(1...100_000), .required, "Number of steps."),
            Attribute("step", .quantity(.duration, 1.0 / 3600...8784), .standard(.number(1)), "Length of a step."),
            Attribute(
                "timezone", .text, .standard(.text("UTC")),
                "Zone of the clock, as Europe/Berlin: what times without an offset are read by."),
        ])
    static let table = Section(
        "tables.<name>", "A CSV file.",
        [
            Attribute("file", .text, .required, "Path from the folder of the case."),
            Attribute("index", .text, .required, "Column that counts hours or has times, or names sessions."),
            Attribute(
                "step", .quantity(.duration, 1.0 / 3600...8784), .optional,
                "Length of a row, if the index does not give it."),
            Attribute(
                "start", .text, .optional,
                "When hour 0 of an index that counts hours is, as 2024-01-01T00:00: of a longer table the case takes the "
                    + "rows from time.start on, as of one with times."),
            Attribute("separator", .mark, .optional, "What separates cells: \",\" by default, \";\", \"|\" or tab."),
            Attribute("decimal", .mark, .optional, "What marks decimals: \".\" by default, or \",\"."),
            Attribute("thousands", .mark, .optional, "What stands between thousands: \".\", \",\", \"'\" or space."),
            Attribute(
                "short_stays", .choice(ShortStays.allCases.map(\.rawValue)), .optional,
                "What becomes of stays that are too short for their energy: refuse (default), or clip and say how many."
            ),
        ],
        parts: [
            Part(
                "columns", "header by name",
                "Names for columns: a header as the file has it, {header: \"Price (ct)\", unit: EUR/kWh}, or {value: 7.2 "
                    + "kW} for the same in every row.")
        ])
    static let tableColumn = Section(
        "tables.<name>.columns.<column>", "A column under another name, or a value in place of one.",
        [
            Attribute("header", .text, .optional, "The header as the file has it, with its unit or without."),
            Attribute("unit", .text, .optional, "Unit of the numbers, if the header says none."),
            Attribute("value", .text, .optional, "A number with its unit that every row has, in place of a column."),
        ])
    static let carrier = Section(
        "carriers.<name>", "An energy form.",
        [
            Attribute("color", .text, .optional, "Colour in figures, as \"#4477AA\"."),
            Attribute(
                "price", .series(.energyPrice, anyPrice), .optional, "Price of outside supply, open to every party."),
            Attribute("co2", .quantity(.emissionFactor, 0...10), .standard(.number(0)), "Emission of outside supply."),
            Attribute("vent", .flag, .standard(.flag(false)), "Whether a surplus may go unused."),
            Attribute(
                "mass", .flag, .standard(.flag(false)),
                "Whether it is counted in kg, as CO2 is: a power of 1 kW of it stands for 1 kg/h."),
            heatingValue,
        ])
    static let heatingValue = Attribute(
        "heating_value", .quantity(.heatingValue, 1e-3...1e5), .optional,
        "Energy of a cubic metre, so that volumes of it may be written, as 500 m3 and 2.18 CNY/m3.")
    static let grid = Section(
        "grid", "What the operator trades with the outer market.",
        market(["carrier", "available"], cut: 0), parts: [Part("buy", "What it buys."), Part("sell", "What it sells.")])
    static let gridBuy = Section(
        "grid.buy", "What the operator buys.", market(["buy_price", "buy_max"], cut: 4) + market(["co2"], cut: 0))
    static let gridSell = Section(
        "grid.sell", "What the operator sells.",
        market(["sell_price", "sell_max"], cut: 5).map { Attribute($0.name, $0.kind, .required, $0.meaning) })
    static let operator_ = Section(
        "operator", "The leader.",
        [
            Attribute(
                "bill_rise_max", .quantity(.ratio, 0...1000), .optional,
                "How much more a user may pay than at the prices' 'reference', as a share of its bill there.")
        ],
        parts: [
            Part("devices", "Its devices by name, each with a type."),
            Part("prices", "Prices that it charges and pays: <carrier>_sell, <carrier>_buy and ev_sell."),
            Part("tariffs", "Tariffs by name, of which each user takes one."),
            Part("demand", "Its own demand by carrier."),
            Part("fleets", "Vehicles that charge at its own site, by name."),
        ])
    static let price = Section(
        "operator.prices.<name>",
        "A price that the operator, or a party, decides; a number or a series in its place fixes the price.",
        [
            Attribute("mean_max", .quantity(.energyPrice, anyPrice), .optional, "Cap on the mean over the horizon."),
            Attribute(
                "interval", .quantity(.duration, 1.0 / 3600...8784), .optional,
                "How long a price stays the same; one time step by default."),
            Attribute(
                "levels", .count(1...100_000), .optional,
                "How many different prices there may be; the search chooses which hours share one."),
            Attribute(
                "mean_weights", .series(.power, 0...1e9), .optional,
                "How much each step counts in the mean of mean_max, as a demand; all the same by default."),
            Attribute(
                "revenue_max", .quantity(.money, -1e12...1e12), .optional,
                "Cap on what revenue_demand pays over the horizon."),
            Attribute(
                "revenue_demand", .series(.power, 0...1e9), .optional, "The consumption that revenue_max is about."),
            Attribute(
                "change_max", .quantity(.energyPrice, 0...1e6), .optional,
                "How far the prices of neighbouring steps may be apart."),
            Attribute(
                "change_around", .flag, .optional, "Whether the last step and the first are neighbours in change_max."),
            Attribute(
                "reference", .series(.energyPrice, anyPrice), .optional,
                "The tariff that bills are compared with, see operator.bill_rise_max."),
        ],
        parts: [
            Part(
                "periods", "number, map or list",
                "Steps that share a price: {peak: \"17:00-21:00\"}, where the rest is one more period; one name per step; or how many periods the search may choose."
            ),
            Part("weekend", "map", "Periods of Saturdays and Sundays, as those of the other days; {} for one price."),
            Part("min", "series", "Least price."),
            Part("max", "series or price name", "Upper bound of the price: values, or the name of another price."),
        ])
    /// Keys of the operator's market device under other names, so that the grid's keys are defined only once.
    private static func market(_ names: [String], cut: Int) -> [Attribute] {
        MarketExchange.attributes.filter { names.contains($0.name) }.map {
            Attribute(String($0.name.dropFirst(cut)), $0.kind, $0.need, $0.meaning)
        }
    }

    /// Whether a case may have a section at a path, whatever its parties and devices are called: `game`, `game.leader`.
    static func isSection(_ path: String) -> Bool { sections().contains { !$0.path.isEmpty && $0.path == path } }

    /// All sections, in the order in which a case writes them.
    ///
    /// - Parameter components: the types of devices and flexible demands that the case may name.
    public static func sections(_ components: ComponentCatalogue = .standard) -> [Section] {
        [
            root, case_, units, time, table, tableColumn, carrier, grid, gridBuy, gridSell, operator_, fleet,
            chargingFleet, price, charges, block, takeOrPay, tariff, user, outside, station, sampling, envelope,
            session, party, ownFleet, ownCarbon, trade, tradePrice, coalition,
            carbon, baseline, outputFactors, outputCurve, ladder, economics, day, scenarios, forecastError, index,
            game,
            leader, risk, followers, optimiser,
        ]
            + components.devices.map { Section("devices.<name> of type \($0.type)", $0.meaning, $0.attributes) }
            + components.flexibilities.map {
                Section("flexibility.<name> of type \($0.type)", $0.meaning, $0.attributes)
            }
    }
}
