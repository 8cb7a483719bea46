/// Errors in fleets that charge by a strategy, and in vehicles that are scheduled one by one.
extension BrokenCase {
    static let ofFleets: [BrokenCase] = ofStrategies + ofIndividualVehicles

    private static let industrial = "    demand: {electricity: profiles.ind_e, heat: profiles.ind_h}\n"

    private static func cars(_ keys: String) -> [Edit] {
        [.init(industrial, industrial + "    fleets: {cars: {\(keys)}}\n")]
    }

    private static let ofStrategies: [BrokenCase] = [
        .init(
            "a strategy that there is not",
            cars(
                "strategy: ordered, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:31  users.industrial.fleets.cars.strategy: 'ordered' is not known. Did you mean 'orderly'?"),
        .init(
            "a strategy without vehicles",
            cars("strategy: disorderly"),
            "case.yaml:44:14  users.industrial.fleets.cars: has no vehicles. Add 'sessions': the name of a table with one row a stay, or 'sampling'."
        ),
        .init(
            "a fleet of a user with sessions and sampling",
            cars(
                "strategy: disorderly, sessions: sessions, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:63  users.industrial.fleets.cars.sampling: and sessions are both given. Keep one of them."),
        .init(
            "orderly charging without a valley",
            cars(
                "strategy: orderly, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:14  users.industrial.fleets.cars.valley: is missing. Who waits, waits for the valley: give its clock hours, as [[23, 8]]."
        ),
        .init(
            "orderly charging without a peak",
            cars(
                "strategy: orderly, valley: [[23, 8]], sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:14  users.industrial.fleets.cars.peak: is missing. Load is moved out of the peak: give its clock hours, as [[8, 11], [16, 22]]."
        ),
        .init(
            "a valley that is no list of pairs",
            cars(
                "strategy: orderly, valley: night, peak: [[8, 11]], sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:48  users.industrial.fleets.cars.valley: must be a list of pairs, as [[0, 1], [2, 3]], but is 'night'."
        ),
        .init(
            "periods that overlap",
            cars(
                "strategy: orderly, valley: [[23, 8]], peak: [[7, 11]], sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:65  users.industrial.fleets.cars.peak: the hours from 7 to 8 are valley, too. Let no two periods overlap."
        ),
        .init(
            "a contract without a compensation",
            cars(
                "strategy: improved, valley: [[23, 8]], peak: [[8, 11], [16, 22]], tariff: profiles.grid_buy, elasticity: 3, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:14  users.industrial.fleets.cars.compensation: is missing. A contract needs what drivers get for a kWh moved, as 0.34. Add it, or choose another strategy."
        ),
        .init(
            "a contract without an elasticity",
            cars(
                "strategy: incentive, valley: [[23, 8]], peak: [[8, 11], [16, 22]], tariff: profiles.grid_buy, compensation: 0.3, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:14  users.industrial.fleets.cars.elasticity: is missing. A contract needs the share that is moved where that is the tariff, as 3.5. Add it, or choose another strategy."
        ),
        .init(
            "a contract without a tariff",
            cars(
                "strategy: incentive, valley: [[23, 8]], peak: [[8, 11], [16, 22]], compensation: 0.3, elasticity: 3, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:14  users.industrial.fleets.cars.tariff: is missing. A contract needs what drivers pay for a kWh. Add it, or choose another strategy."
        ),
        .init(
            "a compensation below zero",
            cars(
                "strategy: improved, valley: [[23, 8]], peak: [[8, 11], [16, 22]], tariff: profiles.grid_buy, compensation: -0.3, elasticity: 3, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:128  users.industrial.fleets.cars.compensation: -0.3 CNY/kWh is below 0 CNY/kWh, the least allowed."
        ),
        .init(
            "a compensation that is no price",
            cars(
                "strategy: improved, valley: [[23, 8]], peak: [[8, 11], [16, 22]], tariff: profiles.grid_buy, compensation: 3 kWh, elasticity: 3, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:128  users.industrial.fleets.cars.compensation: '3 kWh' is an energy, but a price of energy (CNY/kWh) is needed."
        ),
        .init(
            "a service price that is no number",
            cars(
                "strategy: improved, service_price: much, valley: [[23, 8]], peak: [[8, 11], [16, 22]], tariff: profiles.grid_buy, compensation: 0.3, elasticity: 3, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:56  users.industrial.fleets.cars.service_price: 'much' is not a number with a unit. Write it as in 12 CNY/kWh."
        ),
        .init(
            "a placement that there is not",
            cars(
                "strategy: improved, placement: everywhere, valley: [[23, 8]], peak: [[8, 11], [16, 22]], tariff: profiles.grid_buy, compensation: 0.3, elasticity: 3, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:52  users.industrial.fleets.cars.placement: 'everywhere' is not known. Write one of: dispatched, spread."
        ),
        .init(
            "an elasticity with a unit",
            cars(
                "strategy: improved, valley: [[23, 8]], peak: [[8, 11], [16, 22]], tariff: profiles.grid_buy, compensation: 0.3, elasticity: 3 kW, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:145  users.industrial.fleets.cars.elasticity: '3 kW' is a power, but a plain number is needed."
        ),
        .init(
            "no draws",
            cars(
                "strategy: disorderly, draws: 0, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:50  users.industrial.fleets.cars.draws: 0 is outside 1 … 1000."),
        .init(
            "too many drawn",
            cars(
                "strategy: disorderly, draws: 1000, sampling: {count: 2000, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:74  users.industrial.fleets.cars.sampling.count: 2000 vehicles on 1000 draws of 1 days are more than 200000. Lower it, or the draws."
        ),
        .init(
            "a normal departure without a deviation",
            cars(
                "strategy: disorderly, sampling: {count: 5, departure_mean: 9, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:80  users.industrial.fleets.cars.sampling.departure_mean: needs departure_deviation, the standard deviation in hours. Add it."
        ),
        .init(
            "a deviation of no departure",
            cars(
                "strategy: disorderly, sampling: {count: 5, departure_deviation: 3, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:85  users.industrial.fleets.cars.sampling.departure_deviation: has no effect without departure_mean. Give it, or departure_spread instead."
        ),
        .init(
            "two laws of the departure",
            cars(
                "strategy: disorderly, sampling: {count: 5, departure_median: 8, departure_mean: 9, departure_deviation: 3, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:82  users.industrial.fleets.cars.sampling.departure_median: and departure_mean are both given. Keep one of them."
        ),
        .init(
            "a fleet that works with what it has not",
            cars(
                "strategy: disorderly, v2g: true, sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, distance_median: 30}"
            ),
            "case.yaml:44:43  users.industrial.fleets.cars.v2g: unknown key. Known keys: strategy, charge_efficiency, draws, valley, peak, service_price, compensation, elasticity, tariff, placement, sessions, sampling."
        ),
    ]

    private static let ofIndividualVehicles: [BrokenCase] = [
        .init(
            "groups of individual vehicles", [.init("chargers: 40", "individual: true, groups: 3, chargers: 40")],
            "case.yaml:46:57  ev_stations.plaza.groups: has no effect, because each vehicle is scheduled by itself. Take it out."
        ),
        .init(
            "individual vehicles that may be", [.init("chargers: 40", "individual: perhaps, chargers: 40")],
            "case.yaml:46:43  ev_stations.plaza.individual: 'perhaps' is neither true nor false. Write true or false."),
        .init(
            "a wear by depth of a sum", [.init("chargers: 40", "depth_wear: 0.3, chargers: 40")],
            "case.yaml:46:43  ev_stations.plaza.depth_wear: is of single vehicles: a sum of them has no depth of its own. Set individual to true."
        ),
        .init(
            "a wear's exponent without the wear",
            [.init("chargers: 40", "individual: true, wear_exponent: 2, chargers: 40")],
            "case.yaml:46:64  ev_stations.plaza.wear_exponent: has no effect without depth_wear. Give it, or take this out."
        ),
        .init(
            "a wear of no pieces",
            [.init("chargers: 40", "individual: true, depth_wear: 0.3, wear_pieces: 0, chargers: 40")],
            "case.yaml:46:79  ev_stations.plaza.wear_pieces: 0 is outside 1 … 1000."),
        .init(
            "a payment below zero", [.init("chargers: 40", "v2g_payment: -1, chargers: 40")],
            "case.yaml:46:44  ev_stations.plaza.v2g_payment: -1 CNY/kWh is below 0 CNY/kWh, the least allowed."),
        .init(
            "payments to drivers who may not give",
            [.init("v2g: true, degradation_cost: 0.08 CNY/kWh", "v2g: false, v2g_payment: 0.1")],
            "case.yaml:47:36  ev_stations.plaza.v2g_payment: has no effect, because vehicles may not discharge. Set v2g to true, or take it out."
        ),
    ]
}
