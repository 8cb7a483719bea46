import Games
import Testing

@testable import CaseFiles
@testable import EnergyGames
@testable import LinearModels

/// Cases that were broken in a known way: the explanation names what was broken, and what it says holds.
@Suite struct InfeasibilityTests {
    @Test func theYardHasAnAnswer() throws {
        let check = try CaseCheck(Workshop.read(["case.yaml": InfeasibleCase.yard, "cars.csv": InfeasibleCase.cars]))
        #expect(check.payoff != nil && check.isSound && check.infeasibility == nil)
    }

    @Test func thereAreTwenty() { #expect(Set(InfeasibleCase.all.map(\.name)).count == 20) }

    private func explain(_ broken: InfeasibleCase) throws -> (game: EnergyGame, found: Infeasibility) {
        let source = try Workshop.read(#require(broken.files, "an edit finds nothing to replace"))
        let game = try EnergyGame(source)
        return (game, try #require(try game.infeasibility(at: game.game.space.middle)))
    }

    @Test(arguments: InfeasibleCase.all) func namesTheTrueCause(broken: InfeasibleCase) throws {
        let found = try explain(broken).found
        #expect(found.isOfEveryDecision && found.isIrreducible, "\(found)")
        let cause = found.clash.first { $0.name == broken.cause }
        #expect(cause != nil && broken.hour.map { cause?.hours.contains($0) == true } ?? true, "\(found)")
        if let (party, carrier, hour) = broken.unmet {
            #expect(found.unmet.contains { $0.party == party && $0.carrier == carrier && $0.hour == hour }, "\(found)")
            // Where something cannot be met, the balance that it is missing in is part of the clash.
            #expect(found.clash.contains { $0.name.contains("balance of") }, "\(found)")
        } else {
            #expect(found.clash.allSatisfy { !$0.name.contains("heat balance of homes") }, "\(found)")
        }
    }

    /// The rules together have no solution; without any one of them the others do.
    @Test(arguments: InfeasibleCase.all) func theRulesClashAndNoneTooMany(broken: InfeasibleCase) throws {
        let (game, found) = try explain(broken)
        let problem = try #require(try game.game.unsolvable(at: game.game.space.middle))
        let numeric = NumericModel(problem.model, at: problem.parameters)
        let clash = Set(found.modelClash)
        func status(without left: ModelRule?) throws -> SolveStatus {
            let model = try numeric.keeping { rule in
                let isNatural =
                    rule.kind == .lowerBound && problem.model.limits(of: rule, at: problem.parameters).lower == 0
                return isNatural || clash.contains(rule) && rule != left
            }
            return try SolverSession(model).solve()
        }
        #expect(try status(without: nil) == .infeasible)
        for rule in found.modelClash { #expect(try status(without: rule) != .infeasible, "\(rule.name) is not needed") }
    }

    /// With the changes the model has a solution; with nine tenths of any of them it has none.
    @Test(arguments: InfeasibleCase.all) func theChangeMendsIt(broken: InfeasibleCase) throws {
        let (game, found) = try explain(broken)
        let problem = try #require(try game.game.unsolvable(at: game.game.space.middle))
        #expect(!found.modelChanges.isEmpty)
        #expect(try problem.model.changing(found.modelChanges).hasSolution(at: problem.parameters) == true, "\(found)")
        for change in found.changes {
            let fewer = found.modelChanges.map { part in
                let isOf = RuleName(part.rule).text == change.rule.name
                return RuleChange(rule: part.rule, limit: part.limit, amount: (isOf ? 0.9 : 1) * part.amount)
            }
            #expect(try problem.model.changing(fewer).hasSolution(at: problem.parameters) == false, "\(found)")
        }
    }

    /// The case itself, with the number that the sentence gives, is answered.
    @Test(arguments: InfeasibleCase.all.filter { $0.mend != nil }) func theNumberMendsTheCase(broken: InfeasibleCase)
        throws
    {
        let found = try explain(broken).found
        let mend = try #require(broken.mend)
        let change = try #require(found.changes.first, "\(found)")
        #expect(found.changes.count == 1 && found.clash.contains { $0.name == change.rule.name }, "\(found)")
        var files = try #require(broken.files)
        func answer(_ limit: Double) throws -> Double? {
            files["case.yaml"] = try #require(broken.files?["case.yaml"]).replacing(mend.old, with: mend.new(limit))
            return try CaseCheck(Workshop.read(files)).payoff
        }
        #expect(try answer(change.limit.magnitude + change.amount.magnitude + 1e-6) != nil, "\(found)")
        #expect(try answer(change.limit.magnitude + 0.98 * change.amount.magnitude) == nil, "\(found)")
    }

    @Test func saysItInWords() throws {
        func words(_ name: String) throws -> String {
            try explain(#require(InfeasibleCase.all.first { $0.name == name })).found.description
        }
        #expect(
            try words("a boiler too small")
                == "homes cannot meet heat at hour 2: demand 250 kW, available 200 kW. Rules that clash: output limit of operator.boiler at "
                + "hour 2, heat balance of homes at hour 2, heat balance of operator at hour 2. Smallest change: raise the output limit of "
                + "operator.boiler from 200 to 250 kW. It is so at every price.")
    }
}
