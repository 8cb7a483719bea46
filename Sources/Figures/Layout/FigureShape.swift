/// The size of a figure, and the place of its legend.
///
/// Text keeps its size in every shape, so a narrow figure stays readable where a wide one would have to be scaled down:
/// on a phone, or in one column of a page.
public struct FigureShape: Sendable, Equatable {
    /// The least size of a figure; it grows when a long legend or many categories need more.
    let width: Double
    let height: Double
    /// The least height of the frame of the data.
    let leastFrame: Double
    let hasLegendBelow: Bool
    /// The longest line of a title beside a vertical axis: no frame is less high.
    let longestUpTitle: Double

    /// As wide as a page, with the legend beside the data.
    public static let wide = FigureShape(
        width: 800, height: 480, leastFrame: 0, hasLegendBelow: false, longestUpTitle: 250)
    /// As wide as a column or a phone, with the legend below the data.
    public static let column = FigureShape(
        width: 460, height: 320, leastFrame: 210, hasLegendBelow: true, longestUpTitle: 210)
}
