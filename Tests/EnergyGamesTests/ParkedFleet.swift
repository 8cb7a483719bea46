import LinearModels

/// Vehicles of a table of stays in groups that are scheduled as one, of neighbours by departure and arrival.
///
/// A group of one is a vehicle by itself: the limits of its battery are all that is said of it. Of more the sum of what
/// each could have is the limit, given when it came and what it must have when it leaves (paper 001, eq. 2-3).
struct ParkedFleet {
    struct Stay {
        let name: String
        let arrival, departure, charge, discharge: Double
        /// kWh.
        let came, wanted, least, most: Double
        static let efficiency = 0.95

        /// Part of an hour during which it is plugged in.
        func presence(_ hour: Int) -> Double {
            max(0, min(departure, Double(hour + 1)) - max(arrival, Double(hour)))
        }

        /// The hour in which it leaves.
        var last: Int { Int((departure - 1e-9).rounded(.down)) }

        /// Nobody is charged beyond the wish, and nobody is made to give what it came with.
        var takes: ClosedRange<Double> {
            let least = max(wanted, self.least, came - discharge / Self.efficiency * (departure - arrival))
            return least...max(least, came)
        }

        /// Energies that it can have at an hour between arrival and departure.
        func reach(at hour: Double) -> ClosedRange<Double> {
            let (rise, fall) = (charge * Self.efficiency, discharge / Self.efficiency)
            let high = min(most, came + rise * (hour - arrival), takes.upperBound + fall * (departure - hour))
            let low = max(least, came - fall * (hour - arrival), takes.lowerBound - rise * (departure - hour))
            return min(low, high)...high
        }
    }

    private let groups: [[Stay]]

    init(_ file: String, groups count: Int) throws {
        let table = try HandTable(file)
        let names = try table.texts("session")
        func column(_ name: String) throws -> [Double] { try table(name) }
        let (arrival, departure, battery) = (try column("arrival"), try column("departure"), try column("battery"))
        let (charge, discharge) = (try column("max_charge"), try column("max_discharge"))
        let (came, wanted) = (try column("soc_arrival"), try column("soc_departure"))
        let (least, most) = (try column("soc_min"), try column("soc_max"))
        let stays = names.indices.map { k in
            Stay(
                name: names[k], arrival: arrival[k], departure: departure[k], charge: charge[k],
                discharge: discharge[k], came: came[k] * battery[k], wanted: wanted[k] * battery[k],
                least: least[k] * battery[k], most: most[k] * battery[k])
        }.sorted { ($0.departure, $0.arrival, $0.name) < ($1.departure, $1.arrival, $1.name) }
        groups = (0..<count).map { Array(stays[$0 * stays.count / count..<($0 + 1) * stays.count / count]) }
    }

    /// kW taken and given by all, one expression per hour.
    func add(to day: inout HandModel) throws -> (taken: [LinearExpression], given: [LinearExpression]) {
        var taken = [LinearExpression](repeating: .init(), count: HandModel.hours)
        var given = taken
        for (k, group) in groups.enumerated() {
            var before = LinearExpression()
            for t in 0..<HandModel.hours {
                func sum(_ number: (Stay) -> Double) -> Double { group.reduce(0) { $0 + number($1) } }
                let mostTaken = sum { $0.presence(t) * $0.charge }
                let mostGiven = sum { $0.presence(t) * $0.discharge }
                let charge = try day.between("group_\(k)_takes_\(t)", 0, mostTaken)
                let discharge = try day.between("group_\(k)_gives_\(t)", 0, mostGiven)
                let charges = try day.binary("group_\(k)_charges_\(t)")
                try day.require(charge - mostTaken * charges <= 0)
                try day.require(discharge + mostGiven * charges <= mostGiven)
                let staying = group.filter { Int($0.arrival) <= t && t < $0.last }
                let limits = staying.map { group.count == 1 ? $0.least...$0.most : $0.reach(at: Double(t + 1)) }
                let energy = try day.between(
                    "group_\(k)_holds_\(t)", limits.reduce(0) { $0 + $1.lowerBound },
                    limits.reduce(0) { $0 + $1.upperBound })
                let came = sum { Int($0.arrival) == t ? $0.came : 0 }
                let leaving = group.filter { $0.last == t }.map(\.takes)
                let gone = try day.between(
                    "group_\(k)_leaves_with_\(t)", leaving.reduce(0) { $0 + $1.lowerBound },
                    leaving.reduce(0) { $0 + $1.upperBound })
                let change = Stay.efficiency * charge - discharge / Stay.efficiency
                try day.require(energy - before - change + gone == came)
                before = energy.linearExpression
                taken[t] += charge
                given[t] += discharge
            }
        }
        return (taken, given)
    }
}
