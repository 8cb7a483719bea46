import Writing

/// What a difference is of an amount: nothing that could be told where the amount itself is shown as nothing.
enum Share {
    /// Amounts of money are shown with two decimals.
    private static let least = 0.005

    /// In percent; nil where the amount is shown as 0.00.
    static func percent(_ difference: Double, of amount: Double) -> Double? {
        abs(amount) >= least ? 100 * difference / abs(amount) : nil
    }

    /// `1.25 %`; nil where there is no share.
    static func text(_ difference: Double, of amount: Double, decimals: Int = 2) -> String? {
        percent(difference, of: amount).map { "\(NumberText.grouped($0, decimals: decimals)) %" }
    }
}
