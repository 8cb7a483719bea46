import Energy
import EnergyGames

/// Sections of parties that trade with each other.
extension CaseSchema {
    /// What every party may have, besides what its own kind of section adds.
    static let partyParts = [
        Part("grid", "What it trades with the outer market, as the operator does under 'grid'."),
        Part("demand", "Series of power by carrier, before flexibility."),
        Part("devices", "Devices by name, each with a type."),
        Part("flexibility", "Flexible parts of the demand by name, each with a type."),
        Part("fleets", "Vehicles by name, which charge as the party schedules them, or by a strategy."),
        Part("carbon", "Its own carbon account, as the case's, without a payer."),
    ]
    static let party = Section(
        "parties.<name>", "A party that may trade with the others, or competes with them for users.",
        [
            Attribute(
                "elsewhere", .flag, .standard(.flag(false)),
                "Whether somebody else holds its model and answers for it."),
            Attribute(
                "command", .text, .optional,
                "What starts the process that answers for it, as \"ssh host stackelberg cooperate park --as NAME\"."),
        ],
        parts: partyParts + [
            Part("prices", "What it posts to users, as under 'operator.prices': it is one of several operators then.")
        ])
    static let ownFleet = Section(
        "<party or user>.fleets.<name>", "Vehicles that their party schedules.", EVFleet.attributes,
        parts: fleetWays)
    static let fleetWays = [
        Part("sessions", "table name", "Table with one row per stay."),
        Part("sampling", "Vehicles drawn from distributions, instead of sessions."),
        Part("envelope", "Power and energy limits of all vehicles together, instead of sessions."),
    ]
    static let ownCarbon = Section(
        "parties.<name>.carbon", "A party's own carbon account.", carbon.attributes.filter { $0.name != "payer" },
        parts: carbon.parts)
    static let trade = Section(
        "trades.<name>", "What parties may sell to each other.",
        [
            Attribute("carrier", .carrier, .standard(.text("electricity")), "What is sold."),
            Attribute("max", .series(.power, 0...1e9), .required, "Greatest power from a seller to a buyer."),
            Attribute(
                "fee", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
                "What the buyer pays for the way, beside the price."),
        ],
        parts: [
            Part("sellers", "list of names", "Who may sell; everybody by default."),
            Part("buyers", "list of names", "Who may buy; everybody by default."),
            Part(
                "price", "What may be paid; between what the seller's grid pays and the buyer's grid asks by default."),
        ])
    static let tradePrice = Section(
        "trades.<name>.price", "What may be paid for what is traded.",
        [
            Attribute("min", .series(.energyPrice, anyPrice), .optional, "Least price."),
            Attribute("max", .series(.energyPrice, anyPrice), .optional, "Greatest price."),
        ])
    static let coalition = Section(
        "coalition", "How parties find what is best for all, and divide what they gain.",
        [
            Attribute(
                "division", .choice(CoalitionTerms.Division.allCases.map(\.rawValue)), .standard(.text("nash")),
                "How the gain is divided."),
            Attribute(
                "method", .choice(CoalitionTerms.Method.allCases.map(\.rawValue)), .standard(.text("central")),
                "How the least joint cost is found."),
            Attribute(
                "gap", .quantity(.ratio, 1e-9...0.5), .standard(.number(1e-4)),
                "Part of the greatest possible gain that may be missed where a distributed method stops."),
            Attribute(
                "rounds", .count(1...100_000), .standard(.count(500)),
                "Rounds after which a distributed method stops in any case."),
        ],
        parts: [
            Part(
                "weights", "word or map",
                "How much a party counts in the bargain: equal, contribution, or a number each.")
        ])
}
