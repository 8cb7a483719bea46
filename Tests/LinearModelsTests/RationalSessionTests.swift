import Foundation
import Testing

@testable import LinearModels

/// Programs answered in rational numbers: true to the last digit, in any units.
@Suite struct RationalSessionTests {
    /// By hand: min -x - y where 3x + y <= 4 and x + 3y <= 4 is -2 at (1, 1), whatever units rows, columns and costs
    /// are in.
    @Test(arguments: [-300, -40, -3, 0, 3, 40, 300])
    func unitsChangeNothing(power: Int) throws {
        let factor = exp2(Double(power))
        var model = LinearModel()
        let x = try model.variable("x", in: 0...(.infinity))
        let y = try model.variable("y", in: 0...(.infinity))
        try model.add(3 * factor * x + factor * y <= 4 * factor, named: "a")
        try model.add(x + 3 * y <= 4, named: "b")
        try model.minimise((-1 / factor) * x - (1 / factor) * y)
        let session = RationalSession(model)
        session.room = .none
        #expect(session.solve() == .optimal)
        #expect(session.values == [1, 1] && session.objectiveValue == -2 / factor)
    }

    /// x <= 1 and x >= 1 + 2^-50 have no point; a solver with a tolerance finds one, and so does the room for rounding.
    @Test func infeasibleByTheLastDigits() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: 0...2)
        try model.add(1.0 * x <= 1, named: "most")
        try model.add(1.0 * x >= 1 + 0x1p-50, named: "least")
        try model.minimise(x)
        #expect(try SolverSession(model).solve() == .optimal)
        let session = RationalSession(model)
        for (room, status) in [(RationalSession.Room.none, SolveStatus.infeasible), (.rounding, .optimal)] {
            session.room = room
            #expect(session.solve() == status)
        }
    }

    /// A cost of 1e-12 beside one of 1e12 still decides: of x + y >= 1 the cheaper of two nearly equal ones is taken.
    @Test func smallDifferencesDecide() throws {
        for sign in [-1.0, 1] {
            var model = LinearModel()
            let x = try model.variable("x", in: 0...1)
            let y = try model.variable("y", in: 0...1)
            let z = try model.variable("z", in: 0...1)
            try model.add(x + y >= 1, named: "need")
            try model.minimise(1 * x + (1 + sign * 0x1p-40) * y - 1e12 * z)
            let session = RationalSession(model)
            session.room = .none
            #expect(session.solve() == .optimal)
            #expect(session.values == (sign > 0 ? [1, 0, 1] : [0, 1, 1]))
        }
    }

    @Test func endsAreTold() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: 0...(.infinity))
        let n = try model.variable("n", in: 0...10, kind: .integer)
        try model.add(x - 2 * n >= 1, named: "odd")
        try model.maximise(x)
        let session = RationalSession(model)
        #expect(session.solve() == .unbounded && session.solve(whole: [n]) == .unbounded)
        session.bound(x, from: 0, to: 0.5)
        #expect(session.solve() == .infeasible && session.solve(whole: [n]) == .infeasible)
    }

    /// By counting: whole numbers between fractions.
    @Test func wholeNumbers() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: -9...9, kind: .integer)
        let y = try model.variable("y", in: -9...9, kind: .integer)
        try model.add(3 * x + 5 * y <= 17, named: "a")
        try model.add(7 * x - 2 * y <= 19, named: "b")
        try model.maximise(4 * x + 3 * y)
        var best = -Double.infinity
        for a in -9...9 {
            for b in -9...9 where 3 * a + 5 * b <= 17 && 7 * a - 2 * b <= 19 { best = max(best, Double(4 * a + 3 * b)) }
        }
        let session = RationalSession(model)
        #expect(session.solve(whole: [x, y]) == .optimal && session.objectiveValue == best)
    }

    @Test func decimalsBecomeWhole() {
        #expect(WholeNumbers.scaled([0.1, 0.3, -2]).numbers == [1, 3, -20])
        #expect(WholeNumbers.scaled([3 * 1e-9, 5e-9]).numbers == [3, 5])
        #expect(WholeNumbers.scaled([0.75, 2]).factor == 4)
        let thirds = WholeNumbers.scaled([1.0 / 3, 2])
        #expect(thirds.numbers.allSatisfy { $0 == $0.rounded() } && thirds.numbers[0] / thirds.factor == 1.0 / 3)
    }
}
