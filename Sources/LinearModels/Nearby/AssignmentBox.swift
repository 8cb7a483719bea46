/// The assignments of whole numbers that are left while one after another is excluded.
///
/// Of numbers that are 0 or 1 an assignment `w` is excluded by one row, `sum over w_j = 0 of z_j + sum over w_j = 1 of
/// (1 - z_j) >= 1`. Other numbers have none: there what is left falls into boxes that share nothing, in which the first
/// numbers are as in `w` and the next is less, or more.
struct AssignmentBox {
    typealias Cap = (coefficients: [(column: Int, value: Double)], upper: Double)

    let columns: [Int]
    private(set) var lower: [Double]
    private(set) var upper: [Double]
    /// All that keeps to the box.
    private(set) var caps: [Cap] = []
    private var excluded: [[Double]] = []

    init(columns: [Int], lower: [Double], upper: [Double]) {
        self.columns = columns
        self.lower = lower
        self.upper = upper
    }

    func holds(_ whole: [Double]) -> Bool {
        whole.indices.allSatisfy { whole[$0] >= lower[$0] && whole[$0] <= upper[$0] } && !excluded.contains(whole)
    }

    private func isBinary(_ place: Int) -> Bool { lower[place] >= 0 && upper[place] <= 1 }

    private mutating func limit(_ place: Int, to range: ClosedRange<Double>) {
        if range.upperBound < upper[place] {
            upper[place] = range.upperBound
            caps.append(([(columns[place], 1)], range.upperBound))
        }
        if range.lowerBound > lower[place] {
            lower[place] = range.lowerBound
            caps.append(([(columns[place], -1)], -range.lowerBound))
        }
    }

    /// What is left without an assignment that the box holds.
    func without(_ whole: [Double]) -> [AssignmentBox] {
        var boxes: [AssignmentBox] = []
        var rest = self
        for place in columns.indices where !isBinary(place) && lower[place] < upper[place] {
            if whole[place] > lower[place] {
                var box = rest
                box.limit(place, to: -.infinity...whole[place] - 1)
                boxes.append(box)
            }
            if whole[place] < upper[place] {
                var box = rest
                box.limit(place, to: whole[place] + 1 ... .infinity)
                boxes.append(box)
            }
            rest.limit(place, to: whole[place]...whole[place])
        }
        let open = columns.indices.filter { isBinary($0) && rest.lower[$0] < rest.upper[$0] }
        guard !open.isEmpty else { return boxes }
        rest.excluded.append(whole)
        let ones = open.count { whole[$0] == 1 }
        rest.caps.append((open.map { (columns[$0], whole[$0] == 1 ? 1 : -1) }, Double(ones) - 1))
        boxes.append(rest)
        return boxes
    }
}
