/// One look for each owner in all figures that stand on a page.
///
/// The owners of one figure get different colours as far as there are colours, whatever the others have: an owner
/// takes, in the order in which owners come, the first look of the palette that nobody has yet and that fewest of those
/// share its colour with whom it is ever drawn. So the same figures give the same looks, and the first owners keep
/// theirs when others come after them.
public enum PageLooks {
    /// - Parameter figures: the owners in each figure.
    /// - Returns: looks by the names of owners.
    public static func assigned(_ figures: [[SeriesOwner]]) -> [String: OwnerLook] {
        var neighbours: [String: Set<String>] = [:]
        var order: [SeriesOwner] = []
        var known: Set<String> = []
        for figure in figures {
            let names = Set(figure.map(\.name))
            for owner in figure {
                neighbours[owner.name, default: []].formUnion(names)
                if known.insert(owner.name).inserted { order.append(owner) }
            }
        }
        var looks: [String: OwnerLook] = [:]
        var free = Array(0..<SeriesStyle.colours.count * Hatch.allCases.count)
        // Who chose a colour has it whatever the others do, so it comes first.
        for owner in order.filter({ $0.colour != nil }) + order.filter({ $0.colour == nil }) {
            let near = (neighbours[owner.name] ?? []).compactMap { $0 == owner.name ? nil : looks[$0]?.colour }
            if free.isEmpty { free = Array(0..<SeriesStyle.colours.count * Hatch.allCases.count) }
            func clashes(_ index: Int) -> Int {
                near.count { Self.areAlike($0, owner.colour ?? SeriesStyle.colour(index)) }
            }
            var best = 0
            var least = Int.max
            for (k, index) in free.enumerated() {
                let count = clashes(index)
                if count < least { (best, least) = (k, count) }
                if least == 0 { break }
            }
            let index = free.remove(at: best)
            looks[owner.name] = OwnerLook(index: index, colour: owner.colour ?? SeriesStyle.colour(index))
        }
        return looks
    }

    /// Whether two colours are hard to tell apart: no two of the palette are.
    static func areAlike(_ one: String, _ other: String) -> Bool {
        guard let a = components(one), let b = components(other) else { return one == other }
        // The nearest colours of the palette are 58 apart.
        return zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } < 50 * 50
    }

    /// Red, green and blue from 0 to 255 of `#RRGGBB`.
    static func components(_ colour: String) -> [Double]? {
        let digits = colour.dropFirst()
        guard colour.hasPrefix("#"), digits.count == 6, let value = Int(digits, radix: 16) else { return nil }
        return [value >> 16, value >> 8 & 255, value & 255].map { Double($0) }
    }
}
