import Energy
import Games

extension PostedPrice {
    /// The sum over its steps of a series, for each interval.
    func totals(_ series: [Double]) -> [Double] {
        var totals = [Double](repeating: 0, count: lower.count)
        for (interval, value) in zip(index, series) { totals[interval] += value }
        return totals
    }

    /// Intervals that have neighbouring steps, each pair once.
    private func neighbours(around: Bool) -> [(Int, Int)] {
        var known: Set<[Int]> = []
        var pairs: [(Int, Int)] = []
        for (a, b) in zip(index, index.dropFirst() + (around ? index.prefix(1) : [])) where a != b {
            if known.insert([min(a, b), max(a, b)]).inserted { pairs.append((min(a, b), max(a, b))) }
        }
        return pairs
    }

    /// The cap on its mean over decisions from a place on; nil where there is none. Intervals without weight are left
    /// out.
    func meanCap(from first: Int) -> MeanCap? {
        guard let maximum = meanMaximum else { return nil }
        let weights = rules.meanWeights.map(totals) ?? weights
        let counted = weights.indices.filter { weights[$0] > 0 }
        return MeanCap(
            name: "\(name).mean_max", indices: counted.map { first + $0 }, maximum: maximum,
            weights: counted.map { weights[$0] })
    }

    /// Its other caps over decisions from a place on.
    ///
    /// - Parameter hours: of a step.
    func linearCaps(from first: Int, hours: Double) -> [LinearCap] {
        let all = Array(first..<first + lower.count)
        var caps: [LinearCap] = []
        if let revenue = rules.revenue {
            caps.append(
                LinearCap(
                    name: "\(name).revenue_max", indices: all, coefficients: totals(revenue.demand).map { $0 * hours },
                    maximum: revenue.maximum))
        }
        if let change = rules.change {
            for (a, b) in neighbours(around: change.isAround) {
                for (one, other) in [(a, b), (b, a)] {
                    caps.append(
                        LinearCap(
                            name: "\(name).change_max between \(name)[\(one)] and \(name)[\(other)]",
                            indices: [first + one, first + other], coefficients: [1, -1], maximum: change.maximum))
                }
            }
        }
        return caps
    }

    func grouping(from first: Int) -> ValueGrouping? {
        let all = Array(first..<first + lower.count)
        switch rules.form {
        case .periods(let most, let isAround):
            return ValueGrouping(
                name: "\(name).periods", indices: all, kind: isAround ? .runsAround : .runs, most: most)
        case .levels(let most): return ValueGrouping(name: "\(name).levels", indices: all, kind: .levels, most: most)
        case nil: return nil
        }
    }

    /// The fewest periods or levels for which the band leaves a price at all; nil where the form leaves all open.
    package var fewestParts: Int? {
        let decisions = zip(lower, upper).enumerated().map {
            Decision(name: "\($0)", lower: $1.0, upper: $1.1, unit: Dimension.energyPrice.unit)
        }
        return grouping(from: 0)?.leastPossible(decisions)
    }
}

extension DecisionSpace {
    /// One decision per interval of each posted price, with its caps, its form and its place below another price.
    ///
    /// - Parameters:
    ///   - hours: of a step.
    ///   - bills: further caps over these decisions.
    ///   - tick: the grid on which all prices per kWh are written, surcharges among them; nil for one by their size, as
    ///     that of fees and demand charges always is: a step of money per kWh says nothing of these.
    /// - Throws: `DecisionSpaceError` where no prices meet all of that.
    package init(_ prices: [PostedPrice], hours: Double, bills: [LinearCap] = [], tick: Tick? = nil)
        throws
    {
        var decisions: [Decision] = []
        var first: [String: Int] = [:]
        for price in prices {
            first[price.name] = decisions.count
            for k in price.lower.indices {
                decisions.append(
                    Decision(
                        name: "\(price.name)[\(k)]", lower: price.lower[k], upper: price.upper[k],
                        unit: price.dimension.unit, tick: price.dimension == .energyPrice ? tick : nil))
            }
        }
        var caps = prices.compactMap { price in first[price.name].flatMap(price.meanCap) }
        var linear = prices.flatMap { $0.linearCaps(from: first[$0.name] ?? 0, hours: hours) } + bills
        var orderings: [Ordering] = []
        var ordered: Set<Int> = []
        for price in prices {
            guard let name = price.atMost, let above = first[name], let below = first[price.name] else { continue }
            for k in price.lower.indices {
                // A closed form knows prices that stand in one ordering alone; the lower one under no cap.
                if price.meanMaximum == nil, ordered.insert(above + k).inserted {
                    orderings.append(Ordering(lower: below + k, upper: above + k))
                } else {
                    linear.append(
                        LinearCap(
                            name: "\(price.name).max", indices: [below + k, above + k], coefficients: [1, -1],
                            maximum: 0))
                }
            }
        }
        caps.removeAll(where: \.indices.isEmpty)
        try self.init(
            decisions, meanCaps: caps, orderings: orderings, linearCaps: linear,
            groupings: prices.compactMap { price in first[price.name].flatMap(price.grouping) })
    }
}
