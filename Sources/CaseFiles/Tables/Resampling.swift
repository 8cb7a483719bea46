/// Changes the time step of a series, and keeps the mean over the horizon.
enum Resampling {
    /// Each new value is the mean of the old ones over its step: finer steps repeat a value, coarser ones average.
    ///
    /// - Parameters:
    ///   - step: hours of an old value.
    ///   - newStep: hours of a new value.
    ///   - count: number of new values.
    static func resample(_ values: [Double], step: Double, to newStep: Double, count: Int) -> [Double] {
        if values.count == count, abs(newStep - step) <= 1e-6 * step { return values }
        let ratio = newStep / step
        let perOld = (1 / ratio).rounded()
        if abs(1 / ratio - perOld) < 1e-9, perOld >= 1 {
            return (0..<count).map { values[min(Int(Double($0) / perOld), values.count - 1)] }
        }
        let perNew = ratio.rounded()
        if abs(ratio - perNew) < 1e-9 {
            let width = Int(perNew)
            return (0..<count).map { k in
                let part = values[min(k * width, values.count - 1)..<min((k + 1) * width, values.count)]
                return part.reduce(0, +) / Double(part.count)
            }
        }
        return (0..<count).map { k in
            let (from, to) = (Double(k) * ratio, Double(k + 1) * ratio)
            var (sum, covered, i) = (0.0, 0.0, min(Int(from), values.count - 1))
            while i < values.count, Double(i) < to {
                // A last step that reaches beyond the values is the mean of its part inside them.
                let part = max(0, min(to, Double(i + 1)) - max(from, Double(i)))
                sum += values[i] * part
                covered += part
                i += 1
            }
            return abs(covered - ratio) < 1e-9 ? sum / ratio : sum / covered
        }
    }
}
