import Benchmark
import CaseFiles
import EnergyGames
import Games
import LinearModels
import ParkGames

/// What stands between a case on disk and the first pivot.
func registerModelling() {
    Benchmark("modelling: read the case") { benchmark in
        try benchmark.measure { blackHole(try ReferencePark.read()) }
    }

    let source = Lazily { try ReferencePark.read() }
    Benchmark("modelling: case to game") { benchmark in
        let source = try source()
        try benchmark.measure { blackHole(try EnergyGame(source)) }
    }

    let game = Lazily { try EnergyGame(ReferencePark.read()).game }
    Benchmark("modelling: load the system into the solver") { benchmark in
        let model = try game().system
        try benchmark.measure { blackHole(try SolverSession(model)) }
    }

    let session = Lazily { try SolverSession(game().system) }
    Benchmark("modelling: set all prices of the system", configuration: .thousandfold) { benchmark in
        let session = try session()
        let parameters = session.model.parameters
        try benchmark.measure {
            for i in benchmark.scaledIterations {
                for parameter in parameters { try session.set(parameter, to: 0.5 + 1e-4 * Double(i)) }
                // Asking for a part of the objective writes what was set into the solver.
                blackHole(session.objectiveConstant)
            }
        }
    }

    Benchmark("modelling: 20,000 variables and 10,000 rows by hand") { benchmark in
        try benchmark.measure { blackHole(try longModel()) }
    }
}

private func longModel() throws -> LinearModel {
    var model = LinearModel()
    let price = try model.parameter("price", value: 1)
    var cost = LinearExpression()
    for t in 0..<10_000 {
        let (buy, make) = (try model.variable("buy@\(t)"), try model.variable("make@\(t)", in: 0...10))
        try model.add(buy + make >= 12, named: "demand@\(t)")
        cost += price * buy + 0.5 * make
    }
    try model.minimise(cost)
    return model
}
