/// Whom a series is of, such as a device or a carrier: what one owner has is of one colour in all figures of a page.
///
/// Which colour that is depends on the figures that stand together: ``PageLooks`` finds it.
public struct SeriesOwner: Hashable, Sendable {
    /// Equal names are one owner.
    public var name: String
    /// `#RRGGBB`, where somebody chose it; nil for one of the palette.
    public var colour: String?

    public init(_ name: String, colour: String? = nil) {
        self.name = name
        self.colour = colour
    }
}

/// How all that one owner has looks.
public struct OwnerLook: Hashable, Sendable {
    /// Counted over the owners of a page: hatchings and markers follow from it, so that owners differ without
    /// colours too.
    let index: Int
    /// `#RRGGBB`
    let colour: String
}

/// A figure whose series have owners.
public protocol OwnedFigure: Figure {
    /// In the order in which they are drawn; nil for a series that is nobody's.
    var owners: [SeriesOwner?] { get }
    /// The same figure, its series in the looks of their owners, by name. What is nobody's looks as its place in the
    /// figure says.
    func looking(_ looks: [String: OwnerLook]) -> Self
}

/// One that keeps the looks of its series.
protocol LookedFigure: OwnedFigure {
    var looks: SeriesLooks { get set }
}

extension LookedFigure {
    public func looking(_ looks: [String: OwnerLook]) -> Self {
        var figure = self
        figure.looks = SeriesLooks(owners, looks)
        return figure
    }
}

/// How each series of a figure looks: by its owner, or else by its place.
struct SeriesLooks: Equatable, Sendable {
    private let looks: [OwnerLook?]
    /// How many earlier series of the figure have the same owner.
    private let repeats: [Int]

    /// All by their places.
    init() { (looks, repeats) = ([], []) }

    init(_ owners: [SeriesOwner?], _ looks: [String: OwnerLook]) {
        self.looks = owners.map { owner in owner.flatMap { looks[$0.name] } }
        repeats = owners.indices.map { k in
            owners[..<k].count { $0 != nil && $0?.name == owners[k]?.name }
        }
    }

    func line(_ series: Int) -> SeriesStyle {
        guard looks.indices.contains(series), let look = looks[series] else { return SeriesStyle(series) }
        return SeriesStyle(look, place: series, repeated: repeats[series])
    }

    func area(_ series: Int) -> AreaStyle {
        guard looks.indices.contains(series), let look = looks[series] else { return AreaStyle(series) }
        return AreaStyle(look, repeated: repeats[series])
    }
}
