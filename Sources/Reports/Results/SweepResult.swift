import CaseFiles
import Energy
import Figures
import Foundation
import ResultFiles
import Studies

/// A case solved at every point of a grid: one row per point.
public struct SweepResult: RunResult {
    /// A number that every point has, or most.
    public struct Quantity: Sendable, Codable {
        /// Such as `operator.chp.capacity`.
        public let name: String
        /// As a terminal has room for it: `chp`.
        public let short: String
        public let unit: String
        public let value: Double

        init(_ name: String, short: String? = nil, unit: String, _ value: Double) {
            self.name = name
            self.short = short ?? name
            self.unit = unit
            self.value = value
        }

        var heading: String { unit == "1" ? name : "\(name) [\(unit)]" }
    }

    public struct Point: Sendable {
        /// One an axis.
        public let values: [SweepAxis.Value]
        /// Empty where the point has no answer.
        public let quantities: [Quantity]
        /// Empty where it has one.
        public let failure: String
        public let verdicts: [Verdict]

        public init(_ values: [SweepAxis.Value], _ result: SizingResult) {
            (self.values, quantities, failure) = (values, result.quantities, "")
            verdicts = result.verdicts
        }

        public init(_ values: [SweepAxis.Value], _ result: PriceResult) {
            (self.values, quantities, failure) = (values, result.quantities, "")
            verdicts = result.verdicts
        }

        public init(_ values: [SweepAxis.Value], _ result: DispatchResult) {
            (self.values, quantities, failure) = (values, result.quantities, "")
            verdicts = result.verdicts
        }

        /// A point that has no answer.
        public init(_ values: [SweepAxis.Value], failure: String) {
            (self.values, quantities, self.failure) = (values, [], failure)
            verdicts = []
        }

        init(_ values: [SweepAxis.Value], quantities: [Quantity], failure: String, verdicts: [Verdict]) {
            self.values = values
            self.quantities = quantities
            self.failure = failure
            self.verdicts = verdicts
        }

        func value(of name: String) -> Double? { quantities.first { $0.name == name }?.value }
    }

    public let source: Case
    public let axes: [SweepAxis]
    public let points: [Point]
    /// How every point was solved; nil for the joint program.
    let settings: StudySettings?
    let seconds: Double

    /// - Parameters:
    ///   - source: the case at the first point.
    ///   - settings: of the searches; nil where each point is solved exactly.
    ///   - seconds: wall-clock.
    public init(_ source: Case, over axes: [SweepAxis], _ points: [Point], settings: StudySettings?, seconds: Double) {
        self.source = source
        self.axes = axes
        self.points = points
        self.settings = settings
        self.seconds = seconds
    }

    public var verdicts: [Verdict] {
        let failed = points.flatMap { point in
            point.verdicts.filter { !$0.holds }.map { "\(label(point)): \($0.name): \($0.detail)" }
        }
        let count = points.reduce(0) { $0 + $1.verdicts.count }
        return [
            Verdict(
                name: "every point checked", holds: failed.isEmpty,
                detail: failed.isEmpty ? "\(count) checks on \(points.count) points hold" : failed[0])
        ]
    }

    /// Points without an answer, in words.
    public var failures: [String] { points.filter { !$0.failure.isEmpty }.map { "\(label($0)): \($0.failure)" } }

    func label(_ point: Point) -> String {
        zip(axes, point.values).map { "\($0.path)=\($1.text)" }.joined(separator: ", ")
    }

    /// Of all points, in the order in which they first come; points may differ in what is decided.
    var quantities: [Quantity] {
        points.reduce(into: []) { all, point in
            for quantity in point.quantities where !all.contains(where: { $0.name == quantity.name }) {
                all.append(quantity)
            }
        }
    }

    /// An axis with the unit that the case writes at its place.
    func heading(_ axis: SweepAxis) -> String {
        let unit = source.numbers.first { $0.path == axis.path }?.unit ?? ""
        return unit.isEmpty ? axis.path : "\(axis.path) [\(unit)]"
    }

    public func manifest(startedAt: Date) -> Manifest {
        var manifest = Manifest(of: self, startedAt: startedAt, seconds: seconds)
        manifest.settings = settings
        manifest.over = axes.map(\.text)
        return manifest
    }
}

extension SizingResult {
    /// What a sweep tells of a point.
    var quantities: [SweepResult.Quantity] {
        let sizes = zip(sizing.sizes, system.sizes).map { decided, size in
            let isAlone = sizing.sizes.count { $0.component == decided.component } == 1
            return SweepResult.Quantity(
                decided.name, short: isAlone ? decided.component : decided.name, unit: decided.dimension.unit, size)
        }
        var sums: [SweepResult.Quantity] = [
            .init("investment", unit: yearly, system.investment), .init("operation", unit: yearly, system.operation),
            .init("cost", unit: yearly, cost), .init("emission", unit: "kg/a", system.emission),
        ]
        if let carbonCost = system.carbonCost { sums.append(.init("carbon cost", unit: yearly, carbonCost)) }
        if let all = scenarioCheck?.all { sums.append(.init("cost over all scenarios", unit: yearly, all)) }
        sums += indices.usual.filter(\.isFigure).compactMap(\.quantity)
        sums += system.unserved.map { .init("unserved \($0.carrier)", unit: "kWh/a", $0.energy) }
        if let best = exact.best {
            sums.append(
                study == nil
                    ? .init("gap", unit: "%", 100 * best.gap) : .init("distance", unit: "%", 100 * (distance ?? .nan)))
        }
        return sizes + sums + indices.named.compactMap(\.quantity)
    }
}

extension PriceResult {
    /// What a sweep tells of a point.
    var quantities: [SweepResult.Quantity] {
        let parties = solution.parties
        var quantities = [SweepResult.Quantity("payoff", unit: unit, payoff)]
        for party in parties where party.name != energyGame.operatorName {
            quantities.append(.init("cost of \(party.name)", unit: unit, party.totalCost))
        }
        quantities.append(
            .init("emission", unit: energyGame.isOfYear ? "kg/a" : "kg", parties.reduce(0) { $0 + $1.totalEmission }))
        if parties.contains(where: { $0.carbon != nil }) {
            let cost = parties.reduce(0) { $0 + ($1.carbon?.cost ?? 0) }
            quantities.append(.init("carbon cost", unit: unit, cost))
        }
        return quantities + (indices.usual.filter(\.isFigure) + indices.named).compactMap(\.quantity)
    }
}
