import Foundation
import LinearModels
import TestSupport
import Testing

/// One day in hours as rows of a linear program, written down from equations and not by way of components.
struct HandModel {
    static let hours = 24
    private(set) var model = LinearModel()
    /// CNY.
    var cost = LinearExpression()

    /// One variable per hour, from 0 to a limit.
    mutating func hourly(_ name: String, upTo most: [Double], kind: Variable.Kind = .continuous) throws -> [Variable] {
        try most.enumerated().map { try model.variable("\(name)_\($0)", in: 0...$1, kind: kind) }
    }

    mutating func hourly(_ name: String, upTo most: Double, kind: Variable.Kind = .continuous) throws -> [Variable] {
        try hourly(name, upTo: [Double](repeating: most, count: Self.hours), kind: kind)
    }

    mutating func free(_ name: String) throws -> Variable {
        try model.variable(name, in: -.infinity ... .infinity)
    }

    mutating func between(_ name: String, _ low: Double, _ high: Double) throws -> Variable {
        try model.variable(name, in: low...high)
    }

    mutating func binary(_ name: String) throws -> Variable { try model.variable(name, kind: .binary) }

    mutating func require(_ relation: Relation) throws {
        try model.add(relation, named: "row_\(model.constraintCount)")
    }

    /// Least cost by GLPK.
    func optimum() throws -> Double {
        var model = model
        try model.minimise(cost)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        return session.objectiveValue
    }

    // MARK: What both cases have

    struct Store {
        let charge: [Variable]
        let discharge: [Variable]
    }

    /// A store whose end holds what its start held, half full where nothing else is said. Constant powers in an hour
    /// are integrated against the loss: `E' = in - r E` with `e^-r = 1 - loss`.
    mutating func store(
        _ name: String, capacity: Double, power: Double, charging: Double, discharging: Double, loss: Double = 0,
        shares: ClosedRange<Double> = 0...1, start: Double = 0.5, isBattery: Bool
    ) throws -> Store {
        let charge = try hourly("\(name)_charge", upTo: power)
        let discharge = try hourly("\(name)_discharge", upTo: power)
        let rate = -log(1 - loss)
        let kept = exp(-rate)
        let gained = loss > 0 ? (1 - kept) / rate : 1
        var before = LinearExpression(start * capacity)
        for t in 0..<Self.hours {
            let energy = try between("\(name)_\(t)", shares.lowerBound * capacity, shares.upperBound * capacity)
            try require(
                energy - kept * before - (gained * charging) * charge[t] + (gained / discharging) * discharge[t] == 0)
            before = energy.linearExpression
            if isBattery {
                let charges = try binary("\(name)_charges_\(t)")
                try require(charge[t] - power * charges <= 0)
                try require(discharge[t] + power * charges <= power)
            }
        }
        try require(before == start * capacity)
        return Store(charge: charge, discharge: discharge)
    }

    mutating func ramp(_ output: [Variable], by most: Double) throws {
        for t in 1..<Self.hours { try require(range(-most, output[t] - output[t - 1], most)) }
    }
}

/// Columns of a table of a shipped case, read here and not by way of the case.
struct HandTable {
    private let columns: [String: [String]]

    static var cases: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("data/cases")
    }

    init(_ file: String) throws {
        let text = try String(contentsOf: Self.cases.appendingPathComponent(file), encoding: .utf8)
        let rows = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var columns: [String: [String]] = [:]
        for (k, header) in (rows.first ?? []).enumerated() {
            let name = header.prefix { $0 != "[" }.trimmingCharacters(in: .whitespaces)
            columns[name] = rows.dropFirst().map { $0[k] }
        }
        self.columns = columns
    }

    func callAsFunction(_ column: String) throws -> [Double] {
        try #require(columns[column]).map { try #require(Double($0)) }
    }

    func texts(_ column: String) throws -> [String] { try #require(columns[column]) }
}
