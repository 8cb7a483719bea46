import Energy
import Foundation

/// Every combination of the values of some axes, each as a case of its own.
public struct SweepGrid: Sendable {
    public struct Point: Sendable {
        /// One per axis.
        public let values: [SweepAxis.Value]
        public let source: Case
    }

    public let axes: [SweepAxis]
    /// The last axis varies fastest.
    public let points: [Point]

    static let mostPoints = 10_000

    /// Reads the case at every point, before anything is solved.
    ///
    /// - Parameters:
    ///   - url: the folder of a case, or its YAML file.
    ///   - variant: the variant to sweep; nil if an axis names variants, or for the case itself.
    ///   - components: the types of devices and flexible demands that the case may name.
    /// - Throws: ``CaseFileError`` with the errors of the axes, or of the points; an error of several points is
    ///   reported at the first only.
    public init(
        _ url: URL, variant: String?, over axes: [SweepAxis], components: ComponentCatalogue = .standard
    ) throws(CaseFileError) {
        try Self.check(axes, variant: variant)
        self.axes = axes
        let combinations = axes.reduce(into: [[SweepAxis.Value]()]) { grid, axis in
            grid = grid.flatMap { point in axis.values.map { point + [$0] } }
        }
        var points: [Point] = []
        var log = MistakeLog()
        for values in combinations {
            var name = variant
            var numbers: [CaseNumber] = []
            for (axis, value) in zip(axes, values) {
                switch value {
                case .number(let number): numbers.append(CaseNumber(path: axis.path, value: number))
                case .variant(let variant): name = variant
                }
            }
            do throws(CaseFileError) {
                let source = try CaseReader.read(url, variant: name, numbers: numbers, components: components)
                points.append(Point(values: values, source: source))
            } catch {
                log.add(error, at: zip(axes, values).map { "\($0.path)=\($1.text)" }.joined(separator: ", "), of: axes)
            }
        }
        guard log.diagnostics.isEmpty else { throw CaseFileError(diagnostics: log.diagnostics) }
        self.points = points
        try Self.checkUnits(of: points.map(\.source), axes)
        guard points.allSatisfy({ $0.source.isSizing == points[0].source.isSizing }) else {
            throw SweepAxis.refused(
                axes[0].text,
                "some points decide sizes and others prices, which do not fit into one table. Sweep them separately.")
        }
    }

    /// One number in two units, as variants may write it, would be two numbers in one column.
    private static func checkUnits(of cases: [Case], _ axes: [SweepAxis]) throws(CaseFileError) {
        for axis in axes {
            var units: [String] = []
            for number in cases.flatMap(\.numbers) where number.path == axis.path && !units.contains(number.unit) {
                units.append(number.unit)
            }
            guard units.count > 1 else { continue }
            let words = units.map { $0.isEmpty ? "without a unit" : "in \($0)" }.joined(separator: ", or ")
            throw SweepAxis.refused(
                axis.text, "\(axis.path) is written \(words), by the variant. Write it in one unit in all of them.")
        }
    }

    private static func check(_ axes: [SweepAxis], variant: String?) throws(CaseFileError) {
        for (k, axis) in axes.enumerated() {
            if axes[..<k].contains(where: { $0.path == axis.path }) {
                throw SweepAxis.refused(axis.text, "\(axis.path) is swept over already. Take one of them out.")
            }
            if axis.isOfVariants, let variant {
                throw SweepAxis.refused(
                    axis.text, "the variant '\(variant)' is chosen already. Take --variant out, or this.")
            }
        }
        guard let last = axes.last else {
            throw SweepAxis.refused("", "there is nothing to sweep over. Name a path with values.")
        }
        // By division: the product may overflow.
        var room = mostPoints
        for axis in axes { room /= axis.values.count }
        guard room > 0 else {
            throw SweepAxis.refused(last.text, "there are more than \(mostPoints) points in all. Take fewer values.")
        }
    }

    /// Errors of many points, each once.
    private struct MistakeLog {
        private(set) var diagnostics: [Diagnostic] = []
        private var known: Set<Diagnostic> = []

        mutating func add(_ error: CaseFileError, at point: String, of axes: [SweepAxis]) {
            for var diagnostic in error.errors where known.insert(diagnostic).inserted {
                if let axis = axes.first(where: { $0.path == diagnostic.file }) {
                    diagnostic.location = SourceLocation(file: "--over \(axis.text)")
                } else {
                    diagnostic.message += " (At \(point).)"
                }
                diagnostics.append(diagnostic)
            }
        }
    }
}
