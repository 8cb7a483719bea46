import Energy

/// Sections of what a tariff asks beside its prices, of menus, and of supplies outside.
extension CaseSchema {
    static let chargeRange = 0...1e9

    static let charges = Section(
        "operator.prices",
        "Parts of a tariff beside prices per kWh, for users who can buy the carrier. An amount is a number, or {min: …, max: …} "
            + "where the operator decides it.",
        parts: [
            Part("<carrier>_fee", "money or {min, max}", "Fixed fee of each user over the horizon."),
            Part(
                "<carrier>_demand_charge", "money per kW or {min, max}",
                "Price of the greatest power that a user buys in a step."),
            Part(
                "<carrier>_blocks", "map",
                "Blocks of an increasing block tariff by name: what energy above a quantity costs more than that below."
            ),
            Part(
                "<carrier>_take_or_pay", "map", "What a user pays for each kWh by which it buys less than a quantity."),
            Part(
                "<carrier>_minimum_bill", "money",
                "Least bill of a user for what it buys, where <carrier>_sell is given and not decided."),
            Part(
                "<carrier>_net", "duration",
                "Net metering: what a user sells is netted with what it buys over each such period, at <carrier>_sell; a "
                    + "surplus is paid at <carrier>_buy."),
        ])
    static let block = Section(
        "operator.prices.<carrier>_blocks.<name>", "A block of an increasing block tariff.",
        [
            Attribute(
                "above", .quantity(.energy, 0...1e12), .required, "Purchases over the horizon above which it begins.")
        ],
        parts: [
            Part(
                "surcharge", "money per kWh or {min, max}",
                "What each kWh above costs more than below, 0 at the least: blocks that become cheaper are refused.")
        ])
    static let takeOrPay = Section(
        "operator.prices.<carrier>_take_or_pay", "What a user pays for what it does not take.",
        [Attribute("energy", .quantity(.energy, 0...1e12), .required, "What a user is to buy over the horizon.")],
        parts: [Part("price", "money per kWh or {min, max}", "Price of each kWh less.")])
    static let tariff = Section(
        "operator.tariffs.<name>",
        "A tariff of a menu, of which each user takes the one that costs it least; what 'operator.prices' has stands beside "
            + "each of them.",
        parts: [
            Part(
                "<price>", "as under operator.prices",
                "A price or another part of a tariff, of carriers that are not there.")
        ])
    static let outside = Section(
        "users.<name>.outside",
        "What the user may buy and sell if it leaves the operator altogether, at numbers that are given; what is not among "
            + "it, it must make itself.",
        parts: [
            Part("<price>", "as under operator.prices", "A price or another part of a tariff, as a number or a series.")
        ])

    /// An amount that the operator decides.
    static func band(of dimension: Dimension) -> [Attribute] {
        [
            Attribute("min", .quantity(dimension, chargeRange), .required, "Least amount."),
            Attribute("max", .quantity(dimension, chargeRange), .required, "Greatest amount."),
        ]
    }
}
