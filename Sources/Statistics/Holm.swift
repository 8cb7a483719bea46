/// P-values corrected for several comparisons by Holm's step-down (1979): the `i`-th smallest of `m` is multiplied by
/// `m - i + 1`, and is never below a smaller one's result.
public func holm(_ pValues: [Double]) -> [Double] {
    var corrected = pValues
    var largest = 0.0
    for (place, i) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
        largest = max(largest, min(1, pValues[i] * Double(pValues.count - place)))
        corrected[i] = largest
    }
    return corrected
}
