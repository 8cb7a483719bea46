import Writing

/// Mean ranks on an axis, with bars that join those whose difference is less than a critical one.
///
/// The picture of Demšar 2006, "Statistical comparisons of classifiers over multiple data sets", Journal of Machine
/// Learning Research 7, 1-30: the best, lowest ranks are on the right, and what no bar joins differs significantly.
public struct CriticalDifferenceDiagram: Figure, Equatable {
    public struct Entry: Sendable, Equatable {
        public var name: String
        public var meanRank: Double

        public init(_ name: String, meanRank: Double) {
            self.name = name
            self.meanRank = meanRank
        }
    }

    public var title: String
    /// In any order. An entry whose rank is infinite or not a number is in the table, but not in the picture.
    public var entries: [Entry]
    public var criticalDifference: Double
    public var shape: FigureShape

    public init(title: String, entries: [Entry], criticalDifference: Double, shape: FigureShape = .wide) {
        self.title = title
        self.entries = entries
        self.criticalDifference = criticalDifference
        self.shape = shape
    }

    /// Best first; equal ranks in the order of their names.
    var ranked: [Entry] {
        entries.filter(\.meanRank.isFinite).sorted { ($0.meanRank, $0.name) < ($1.meanRank, $1.name) }
    }

    var groups: [ClosedRange<Int>] {
        CriticalDifferenceGroups.groups(ranked.map(\.meanRank), difference: criticalDifference)
    }

    /// Entries that share a number in the last column do not differ significantly.
    public func table() -> FigureTable {
        let groups = groups
        let rows = ranked.enumerated().map { place, entry in
            let numbers = groups.indices.filter { groups[$0].contains(place) }.map { String($0 + 1) }
            return [entry.name, NumberText.csv(entry.meanRank), numbers.joined(separator: " ")]
        }
        let unranked = entries.filter { !$0.meanRank.isFinite }.map { [$0.name, NumberText.csv($0.meanRank), ""] }
        return FigureTable(header: ["name", "mean rank", "groups"], rows: rows + unranked)
    }

    public func drawing() -> Drawing {
        let layout = RankLayout(self)
        var document = Drawing(
            width: shape.width, height: layout.height, title: title, description: description)
        layout.draw(in: &document)
        return document
    }

    private var description: String {
        let ranked = ranked
        let ranks = ranked.map { "\($0.name): \(NumberText.csv($0.meanRank))" }
        let joined = groups.map { group in ranked[group].map(\.name).joined(separator: ", ") }
        return "Critical difference diagram, critical difference \(NumberText.csv(criticalDifference)). "
            + (ranks.isEmpty ? "No ranks." : "Mean ranks, best first: " + ranks.joined(separator: "; ") + ".")
            + joined.map { " Not significantly different: \($0)." }.joined()
    }
}
