/// Cuts that hold in all parts, to be looked through for broken ones after each solve.
///
/// There are thousands of them, and most are not in the program. So all their numbers stand in one row after another,
/// and nothing is made on the way.
struct CutPool {
    private var keys: [Int] = []
    private var lower: [Double] = []
    private var upper: [Double] = []
    /// Where each cut's terms begin, and where the last ones end.
    private var starts = [0]
    private var columns: [Int32] = []
    private var factors: [Double] = []

    mutating func add(_ cut: HighPointProgram.Cut, key: Int) {
        keys.append(key)
        lower.append(cut.lower)
        upper.append(cut.upper)
        columns += cut.terms.map { Int32($0.column) }
        factors += cut.terms.map(\.factor)
        starts.append(columns.count)
    }

    /// The keys of cuts that a point breaks.
    ///
    /// - Parameter isPresent: by key, those that are not to be looked at.
    func broken(at values: [Double], besides isPresent: [Bool]) -> [Int] {
        var broken: [Int] = []
        values.withUnsafeBufferPointer { values in
            columns.withUnsafeBufferPointer { columns in
                factors.withUnsafeBufferPointer { factors in
                    for (k, key) in keys.enumerated() where !isPresent[key] {
                        var activity = 0.0
                        for term in starts[k]..<starts[k + 1] { activity += factors[term] * values[Int(columns[term])] }
                        let room = 1e-6 * max(1, abs(activity))
                        if activity < lower[k] - room || activity > upper[k] + room { broken.append(key) }
                    }
                }
            }
        }
        return broken
    }
}
