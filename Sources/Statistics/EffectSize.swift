/// Vargha and Delaney's A (2000): the probability that a value of `x` is smaller than one of `y`, ties counted half.
/// 0.5 is no effect.
public func chanceOfSmaller(_ x: [Double], than y: [Double]) -> Double {
    guard !x.isEmpty, !y.isEmpty else { return 0.5 }
    let wins = x.reduce(0) { sum, a in sum + y.reduce(0) { $0 + (a < $1 ? 1 : a == $1 ? 0.5 : 0) } }
    return wins / Double(x.count * y.count)
}
