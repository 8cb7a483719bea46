import Energy
import Games
import Scenarios

/// Sections of followers, the carbon account, the game and the search.
extension CaseSchema {
    static let user = Section(
        "users.<name>", "A follower with a demand.",
        parts: partyParts + [
            Part("outside", "What it may do instead of buying from the operator: prices and charges that are given.")
        ])
    static let station = Section(
        "ev_stations.<name>", "A follower with vehicles.",
        EVFleet.attributes + [
            Attribute(
                "buys_at", .text, .optional,
                "Price at which it buys: ev_sell if that is given, else electricity_sell."),
            Attribute(
                "sell_to_users", .flag, .standard(.flag(false)), "Whether users may buy what the vehicles discharge."),
            Attribute(
                "sell_share", .quantity(.ratio, 0...10), .optional, "Price for users, as a share of electricity_sell."),
            Attribute("sell_price", .series(.energyPrice, anyPrice), .optional, "Price for users."),
        ],
        parts: fleetWays)
    static let fleet = Section(
        "operator.fleets.<name>", ResponsiveFleet.meaning, ResponsiveFleet.attributes,
        parts: [Part("sampling", "Vehicles drawn from distributions.")])
    static let chargingFleet = Section(
        "<party>.fleets.<name> with a strategy", ChargingFleet.meaning, ChargingFleet.attributes,
        parts: [
            Part("sessions", "table name", "Table with one row per stay, of all the days drawn."),
            Part("sampling", "Vehicles drawn from distributions, instead of sessions."),
        ])
    static let envelope = Section(
        "ev_stations.<name>.envelope", "Power and energy limits of all vehicles of a station together.",
        AggregateFleet.envelopeAttributes)
    static let session = Section(
        "<sessions table>",
        "Columns of a table of stays: what batteries hold when they come and go, or the energy that a charging network "
            + "recorded.",
        [
            Attribute(
                "arrival", .quantity(.duration, -8784...8784), .required,
                "Hours after the start of the case, or a time."),
            Attribute(
                "departure", .quantity(.duration, -8784...8784), .required,
                "Hours after the start of the case, or a time."),
            Attribute(
                "energy", .quantity(.energy, 0...1e6), .optional,
                "Energy that the charger gives, as a charging network records it, in place of battery, soc_arrival and "
                    + "soc_departure."),
            Attribute(
                "done", .quantity(.duration, -8784...8784), .optional,
                "When a recorded stay was charged: how much of its energy it took by then is known. It may be empty."),
            Attribute(
                "battery", .quantity(.energy, 1e-3...1e6), .optional, "Energy of the full battery."),
            Attribute("max_charge", .quantity(.power, 0...1e6), .required, "Maximum charging power."),
            Attribute("max_discharge", .quantity(.power, 0...1e6), .optional, "Maximum discharging power."),
            Attribute("soc_arrival", .quantity(.ratio, 0...1), .optional, "State of charge on arrival."),
            Attribute(
                "soc_departure", .quantity(.ratio, 0...1), .optional,
                "Required state of charge at departure; the vehicle is charged to that and not beyond."),
            Attribute("soc_min", .quantity(.ratio, 0...1), .standard(.number(0)), "Minimum state of charge."),
            Attribute("soc_max", .quantity(.ratio, 0...1), .standard(.number(1)), "Maximum state of charge."),
        ])
    static let index = Section(
        "indices.<name>", "A constant and a weighted sum of results, told beside them.",
        [
            Attribute("unit", .text, .standard(.text("1")), "Unit of the index, for tables; 1 for a plain number."),
            Attribute("constant", .quantity(.ratio, IndexReader.weights), .standard(.number(0)), "What is added."),
        ],
        parts: [
            Part(
                "terms", "number per result",
                "Weights by result: cost, emission, carbon cost, renewable use, peak to valley of <party>.<market>, "
                    + "self-sufficiency in <carrier>, cost of <party>, payoff of <party>, emission of <party>, "
                    + "carbon cost of <party>, energy of <party>.<component>.<carrier>, peak of "
                    + "<party>.<component>.<carrier>, or an index above; a flow's name may follow its carrier.")
        ])
    static let sampling = Section(
        "<fleet or station>.sampling", "Stays drawn from distributions, the same number every day.",
        [
            Attribute("count", .count(1...2000), .required, "Stays per day."),
            Attribute("seed", .count(SearchLimits.seed), .standard(.count(1)), "Seed of the random numbers."),
            Attribute(
                "method", .choice(VehicleSampling.Method.allCases.map(\.rawValue)), .standard(.text("random")),
                "How the distributions are sampled."),
            Attribute("battery", .quantity(.energy, 1e-3...1e6), .required, "Energy of the full battery."),
            Attribute("max_charge", .quantity(.power, 0...1e6), .required, "Maximum charging power."),
            Attribute(
                "max_discharge", .quantity(.power, 0...1e6), .standard(.number(0)), "Maximum discharging power."),
            Attribute(
                "soc_departure", .quantity(.ratio, 0...1), .required,
                "Required state of charge at departure, as far as the stay allows it; vehicles are charged to that and "
                    + "not beyond."),
            Attribute(
                "arrival_mean", .quantity(.duration, 0...24), .standard(.number(17.6)), "Mean clock hour of arrival."),
            Attribute(
                "arrival_deviation", .quantity(.duration, 0...24), .standard(.number(3.4)),
                "Standard deviation of the arrival."),
            Attribute(
                "departure_median", .quantity(.duration, 0.1...24), .standard(.number(8)),
                "Median clock hour of departure, which is log-normal."),
            Attribute(
                "departure_spread", .quantity(.ratio, 0...2), .standard(.number(0.15)),
                "Standard deviation of the departure's logarithm."),
            Attribute(
                "departure_mean", .quantity(.duration, 0...24), .optional,
                "Mean clock hour of a departure that is normal and wrapped at midnight, in place of departure_median."),
            Attribute(
                "departure_deviation", .quantity(.duration, 0...24), .optional, "Its standard deviation."),
            Attribute(
                "soc_mean", .quantity(.ratio, 0...1), .standard(.number(0.4)), "Mean state of charge on arrival."),
            Attribute(
                "soc_deviation", .quantity(.ratio, 0...1), .standard(.number(0.1)),
                "Standard deviation of the state of charge on arrival."),
            Attribute(
                "distance_median", .quantity(.ratio, 1e-3...1e4), .optional,
                "Median of the kilometres driven since the last departure, which are log-normal; in place of "
                    + "soc_mean."),
            Attribute(
                "distance_spread", .quantity(.ratio, 0...5), .standard(.number(0.5)),
                "Standard deviation of the distance's logarithm."),
            Attribute(
                "consumption", .quantity(.energy, 1e-6...1e3), .standard(.number(0.25)), "Energy per kilometre."),
            Attribute(
                "soc_min", .quantity(.ratio, 0...1), .standard(.number(0)),
                "Minimum state of charge, also on arrival."),
            Attribute(
                "soc_max", .quantity(.ratio, 0...1), .standard(.number(1)), "Maximum state of charge, also on arrival."
            ),
            Attribute(
                "shortest_stay", .quantity(.duration, 0...23), .standard(.number(1)), "A shorter stay is drawn again."),
        ])
    static let carbon = Section(
        "carbon", "The carbon account.",
        [
            Attribute("enabled", .flag, .standard(.flag(true)), "Whether emission is paid for."),
            Attribute("payer", .text, .standard(.text("operator")), "Party whose emission counts."),
            Attribute(
                "quota", .perCarrier(.emissionFactor, 0...10), .optional,
                "Free allowance per energy delivered, by carrier."),
            Attribute(
                "fixed_quota", .quantity(.mass, 0...1e12), .standard(.number(0)), "Free allowance over the horizon."),
        ],
        parts: [
            Part("baseline", "Free allowance per energy that a component of the payer buys or generates."),
            Part("ladder", "Price of emission above the quota."),
            Part(
                "output_factors",
                "Emission per energy that a component of the payer gives, counted whether it is paid for or not."),
            Part("output_curves", "Emission of components of the payer that grows faster than what they give."),
        ])
    static let baseline = Section(
        "carbon.baseline",
        "Free allowance per energy delivered, by component and carrier, as {grid: {electricity: 0.6 kg/kWh}}.")
    static let outputFactors = Section(
        "carbon.output_factors",
        "Emission per energy given, by component and carrier, as {turbine: {electricity: 0.6 kg/kWh}, p2g: {gas: -0.2 "
            + "kg/kWh}}; what is below 0 is taken up. A fuel that is counted so has no co2 of its own.")
    static let outputCurve = Section(
        "carbon.output_curves.<component>", "Emission that grows faster than what a component gives.",
        OutputEmission.curveAttributes)
    static let ladder = Section(
        "carbon.ladder", "Price of emission above the quota.",
        [
            Attribute("base_price", .quantity(.massPrice, 0...1e6), .required, "Price of the first interval."),
            Attribute(
                "interval", .quantity(.mass, 1e-3...1e12), .optional,
                "Width of an interval; needed with more than one step."),
            Attribute(
                "interval_share", .quantity(.ratio, 1e-6...1e3), .optional,
                "Width of an interval as a share of the quota, in place of interval: prices then follow the ratio of "
                    + "emission to quota, and emission below the quota earns the base price unless surplus_price is given."
            ),
            Attribute(
                "growth", .quantity(.ratio, 0...1e3), .standard(.number(0)),
                "Rise of the price from interval to interval, as a share of the base price."),
            Attribute("steps", .count(1...1000), .standard(.count(1)), "Number of prices."),
            Attribute(
                "surplus_price", .quantity(.massPrice, 0...1e6), .optional, "Price paid for emission below the quota."),
            Attribute(
                "reward_growth", .quantity(.ratio, 0...1e3), .optional,
                "Mirrors the ladder below the quota, with this growth."),
            Attribute(
                "reward_start", .count(0...1000), .optional,
                "How often the growth is in the first price below the quota; 0 by default."),
            Attribute(
                "reward_steps", .count(1...1000), .optional, "Number of prices below the quota; steps by default."),
        ])
    static let economics = Section(
        "economics", "Discounting of investment over years.",
        [
            Attribute(
                "discount_rate", .quantity(.ratio, 0...1), .standard(.number(0.05)),
                "Discount rate per year.")
        ])
    static let day = Section(
        "days.<name>",
        "A typical day, or another horizon: the case with changes, and how often a year has it. Where prices are decided, one tariff is for all days, and weights may be shares of all, together 1.",
        [Attribute("weight", .quantity(.ratio, 0...8784), .required, "Number of such days, or horizons, per year.")],
        parts: [Part("<dotted.path>", "value", "Change to the case, as in a variant; null removes a key.")])
    static let game = Section(
        "game", "Objectives of leader and followers, tie-breaking, and how prices are written.",
        [
            Attribute(
                "tick", .quantity(.energyPrice, 1e-9...1e9), .optional,
                "Step of the grid on which prices per kWh are written, such as 0.0001; by default, and for fees and "
                    + "demand charges, four decimals for what is from 0.1 to 10 at most, one more or less for each "
                    + "power of ten.")
        ],
        parts: [Part("leader", "The operator."), Part("followers", "Everybody else.")])
    static let leader = Section(
        "game.leader", "The operator.",
        [Attribute("maximise", .choice(["profit"]), .standard(.text("profit")), "What the operator maximises.")],
        parts: [Part("risk", "How much bad days count where prices are for several.")])
    static let risk = Section(
        "game.leader.risk", "How much bad days count beside the mean of all, each as often as it comes.",
        [
            Attribute(
                "weight", .quantity(.ratio, 0...1), .required,
                "Share of the payoff that is the mean of the worst days; the rest is the mean of all."),
            Attribute(
                "level", .quantity(.ratio, 0...0.999), .required,
                "Share of all days that is not among the worst, as 90 %."),
        ])
    static let followers = Section(
        "game.followers", "Everybody else.",
        [
            Attribute("minimise", .choice(["cost"]), .standard(.text("cost")), "What followers minimise."),
            Attribute(
                "ties", .choice(TieRule.allCases.map(\.rawValue)), .standard(.text(TieRule.optimistic.rawValue)),
                "Which of equally good responses a follower chooses."),
        ])
    static let optimiser = Section(
        "optimiser", "The search.",
        [
            Attribute("algorithm", .text, .standard(.text("auto")), "Name of the search."),
            Attribute(
                "population", .count(SearchLimits.population), .standard(.count(40)), "Decisions per generation."),
            Attribute(
                "evaluations", .count(SearchLimits.evaluations), .standard(.count(3200)),
                "Budget of evaluated decisions."),
            Attribute("seed", .count(SearchLimits.seed), .standard(.count(1)), "Seed of the random numbers."),
            Attribute("workers", .text, .standard(.text("auto")), "Threads that evaluate, or auto."),
        ])
}
