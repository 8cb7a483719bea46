import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// What a run refuses of a case, `check` refuses too.
@Suite struct CheckSearchTests {
    @Test(
        arguments: [
            ("algorithm: auto", true), ("algorithm: nobody", false), ("algorithm: lshade, population: 2", false),
            ("algorithm: lshade+polish", true), ("population: 1", false),
        ]) func checkKnowsTheSearch(settings: String, isRight: Bool) throws
    {
        try TemporaryFolder.with { folder in
            try Data(
                """
                case: {schema: 1, name: a}
                time: {steps: 2}
                carriers: {electricity: {}}
                grid: {buy: {price: 0.1, max: 1 MW}}
                operator: {prices: {electricity_sell: {min: 0.1, max: 0.3, mean_max: 0.2}}}
                users: {u: {demand: {electricity: 10}}}
                optimiser: {evaluations: 4000, \(settings)}
                """.utf8
            ).write(to: folder.appendingPathComponent("case.yaml"))
            func code(_ run: () throws -> Void) -> Int32 {
                do {
                    try run()
                    return 0
                } catch {
                    return (error as? ExitCode)?.rawValue ?? 1
                }
            }
            let check = try CheckCommand.parse([folder.path])
            #expect(code(check.run) == (isRight ? 0 : ExitCodes.badInput))
            // And it is what a run says.
            guard !isRight else { return }
            let price = try PriceCommand.parse([folder.path, "--output", folder.appendingPathComponent("o").path])
            #expect(code(price.run) == ExitCodes.badInput)
        }
    }
}
