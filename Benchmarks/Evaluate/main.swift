// Answers decisions from a file with one evaluator on one thread, in their order, and says what each one cost.
//
//     swift run -c release evaluate ../data/benchmarks/park-pricing prices.csv 500
//
// A row of the file is a decision, in the order of the case's prices. One JSON line is printed.

import CaseFiles
import Foundation
import Games

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2 else {
    FileHandle.standardError.write(Data("usage: evaluate CASE PRICES.csv [COUNT]\n".utf8))
    exit(64)
}
let folder = URL(fileURLWithPath: arguments[1])
let decisions = try DecisionFile.read(arguments[2])
let count = arguments.count > 2 ? Int(arguments[3]) ?? 0 : decisions.count
guard count > 0, count <= decisions.count else {
    FileHandle.standardError.write(Data("\(arguments[2]) holds \(decisions.count) decisions.\n".utf8))
    exit(64)
}

let building = Stopwatch()
let source = try CaseReader.read(folder)
let energyGame = try EnergyGame(source)
let evaluator = try Evaluator(energyGame.game)
let built = building.read()

// As a search does, the clock starts on an evaluator that has answered before.
_ = try evaluator.evaluate(decisions[0])

var readings: [Stopwatch.Reading] = []
var costs: [Double] = []
var payoffs: [Double?] = []
for decision in decisions.prefix(count) {
    let watch = Stopwatch()
    let evaluation = try evaluator.evaluate(decision)
    readings.append(watch.read())
    costs.append(evaluation.followerCosts.reduce(0, +))
    payoffs.append(evaluation.payoff)
}

let report = Report(
    tool: "stackelberg", instance: source.name, n: count, built: built, readings: readings,
    followers: energyGame.game.followers.count, rows: energyGame.game.followers.map(\.model.constraintCount).reduce(0, +),
    cols: energyGame.game.followers.map(\.model.variableCount).reduce(0, +),
    costs: Array(costs.prefix(20)), profits: Array(payoffs.prefix(20)))
print(try report.line)
