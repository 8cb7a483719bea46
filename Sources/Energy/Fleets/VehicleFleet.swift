/// A fleet that is scheduled as a whole and whose vehicles are known, so that it can be told how far they follow.
public protocol VehicleFleet: Component {
    /// What is scheduled: whole vehicles, or the share of each that answers. None where nobody is scheduled.
    var scheduledVehicles: [Vehicle] { get }
    /// Whether the horizon repeats itself, so that a stay that lasts beyond its end goes on at its beginning.
    var isCyclic: Bool { get }
    var chargeEfficiency: Double { get }
    var dischargeEfficiency: Double { get }
    /// Whether vehicles may discharge.
    var v2g: Bool { get }
    /// Of all that is scheduled together.
    var envelope: FleetEnvelope { get }
    /// Vehicles that are scheduled as one.
    var groups: [FleetOperation.Group] { get }
}

extension VehicleFleet {
    public static var groupsAttribute: Attribute {
        Attribute(
            "groups", .count(1...1000), .standard(.count(1)),
            "Groups of vehicles with similar stays, each summed by itself.")
    }

    /// The steps over which the vehicles' stays lie.
    func span(_ time: TimeGrid) -> TimeGrid { isCyclic ? time.twice : time }
}

extension [Vehicle] {
    /// Vehicles in groups of nearly equal size, neighbours by departure and then by arrival. The order of the list does
    /// not matter.
    func similarStays(into count: Int) -> [[Vehicle]] {
        let sorted = sorted { ($0.departure, $0.arrival, $0.name) < ($1.departure, $1.arrival, $1.name) }
        let parts = Swift.max(1, Swift.min(count, self.count))
        return (0..<parts).map { k in
            Array(sorted[k * sorted.count / parts..<(k + 1) * sorted.count / parts])
        }
    }
}

extension FleetOperation {
    /// Groups of similar stays, each with its envelope; one has the fleet's own name.
    static func groups(
        of vehicles: [Vehicle], into count: Int, named name: String, envelope: ([Vehicle]) -> FleetEnvelope
    ) -> [Group] {
        let parts = vehicles.similarStays(into: count)
        return parts.enumerated().map { k, part in
            Group(
                name: parts.count == 1 ? name : "\(name)\(k + 1)", envelope: envelope(part),
                vehicle: part.count == 1 ? part[0] : nil)
        }
    }
}
