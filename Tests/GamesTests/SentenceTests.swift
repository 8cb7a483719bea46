import Games
import LinearModels
import Testing

/// Every mistake is told, with its sentence.
@Suite struct SentenceTests {
    private func decision(_ name: String, _ lower: Double = 0, _ upper: Double = 1) -> Decision {
        Decision(name: name, lower: lower, upper: upper, unit: "1")
    }

    private func expectMistake(_ mistake: DecisionSpaceError, _ sentence: String, _ make: () throws -> Void) {
        #expect(throws: mistake, performing: make)
        #expect(mistake.description == sentence)
    }

    @Test func mistakesOfBounds() {
        expectMistake(.crossedBounds(name: "a", lower: 2, upper: 1), "a: lower bound 2.0 is above upper bound 1.0.") {
            _ = try DecisionSpace([decision("a", 2, 1)])
        }
        for bound in [Double.infinity, .nan] {
            expectMistake(.notFinite(name: "a"), "a: bounds must be finite numbers.") {
                _ = try DecisionSpace([decision("a", 0, bound)])
            }
        }
        expectMistake(.duplicateName("a"), "a: named twice in the decision space.") {
            _ = try DecisionSpace([decision("a"), decision("a")])
        }
    }

    @Test func mistakesOfWholeNumbers() {
        func whole(_ lower: Double, _ upper: Double) -> Decision {
            Decision(name: "a", lower: lower, upper: upper, unit: "1", isInteger: true)
        }
        expectMistake(
            .noWholeNumber(name: "a", lower: 0.2, upper: 0.8),
            "a: must be a whole number, but there is none between 0.2 and 0.8."
        ) { _ = try DecisionSpace([whole(0.2, 0.8)]) }
        let sentence = "a: is a whole number, so it may not stand under a mean cap or in an ordering."
        expectMistake(.integerCoupled(name: "a"), sentence) {
            _ = try DecisionSpace([whole(0, 1)], meanCaps: [MeanCap(name: "mean", indices: [0], maximum: 1)])
        }
        expectMistake(.integerCoupled(name: "a"), sentence) {
            _ = try DecisionSpace([whole(0, 1), decision("b")], orderings: [Ordering(lower: 1, upper: 0)])
        }
    }

    @Test func mistakesOfLinearCapsTiesAndForms() {
        let two = [decision("a", 1, 2), decision("b", 3, 4)]
        func cap(_ name: String, _ coefficients: [Double], _ maximum: Double) -> LinearCap {
            LinearCap(name: name, indices: [0, 1], coefficients: coefficients, maximum: maximum)
        }
        let coefficients =
            "sum: a cap needs one finite coefficient for each of its components, each named once, and a finite maximum."
        for wrong in [cap("sum", [1], 5), cap("sum", [1, .nan], 5), cap("sum", [1, 1], .infinity)] {
            expectMistake(.badCoefficients(name: "sum"), coefficients) {
                _ = try DecisionSpace(two, linearCaps: [wrong])
            }
        }
        expectMistake(.badTies(name: "a"), "a: stands in two lists of equal decisions; each may stand in one.") {
            _ = try DecisionSpace(two, ties: [[0, 1], [0]])
        }
        expectMistake(
            .badGrouping(name: "form"),
            "form: needs one value at least, and decisions that stand in no other grouping and no tie."
        ) {
            _ = try DecisionSpace(
                two, groupings: [ValueGrouping(name: "form", indices: [0, 1], kind: .levels, most: 0)])
        }
        expectMistake(
            .capsImpossible(names: ["sum"]),
            "no decision within the bounds meets all of this: sum. Raise one of the caps, or lower a lower bound."
        ) { _ = try DecisionSpace(two, linearCaps: [cap("sum", [1, 1], 3.5)]) }
        expectMistake(
            .groupingImpossible(names: ["form"]),
            "no decision with so few different values was found that meets all bounds and caps: form. Allow more values, widen the bounds or raise a cap."
        ) {
            _ = try DecisionSpace(
                two, groupings: [ValueGrouping(name: "form", indices: [0, 1], kind: .levels, most: 1)])
        }
        expectMistake(.noSuchDecision(owner: "tie", index: 2), "tie: there is no decision number 2.") {
            _ = try DecisionSpace(two, ties: [[0, 2]])
        }
        // Tied decisions without a common value.
        #expect(throws: DecisionSpaceError.capsImpossible(names: ["a", "b"])) {
            try DecisionSpace(two, ties: [[0, 1]])
        }
    }

    /// What is wrong with a tariff that somebody wrote.
    @Test func problemsOfForms() throws {
        let three = (0..<3).map { decision("p[\($0)]", 0, 1) }
        let capped = try DecisionSpace(
            three, linearCaps: [LinearCap(name: "revenue", indices: [0, 2], coefficients: [2, 4], maximum: 3)])
        #expect(capped.problem(with: [0.5, 1, 0.5]) == nil)
        #expect(
            capped.problem(with: [0.5, 1, 0.75])
                == "revenue allows 3.0, but the prices make 4.0. Lower some, or raise the cap.")
        let tied = try DecisionSpace(three, ties: [[0, 2]])
        #expect(tied.problem(with: [0.5, 1, 0.5]) == nil)
        #expect(
            tied.problem(with: [0.5, 1, 0.25])
                == "p[0] is 0.5 and p[2] 0.25, but they are one price. Give both the same value.")
        let form = try DecisionSpace(
            three, groupings: [ValueGrouping(name: "levels", indices: [0, 1, 2], kind: .levels, most: 2)])
        #expect(form.problem(with: [0.5, 1, 0.5]) == nil)
        #expect(
            form.problem(with: [0.5, 1, 0.25])
                == "levels allows 2, but the prices have 3. Make some equal, or allow more.")
    }

    @Test func mistakesOfCapsAndOrderings() {
        let two = [decision("a", 1, 2), decision("b", 3, 4)]
        expectMistake(
            .capUnreachable(name: "mean", maximum: 1.5, least: 2),
            "mean: the mean may be at most 1.5, but the lower bounds alone have a mean of 2.0."
        ) { _ = try DecisionSpace(two, meanCaps: [MeanCap(name: "mean", indices: [0, 1], maximum: 1.5)]) }
        expectMistake(
            .capsOverlap(name: "second"),
            "second: a component stands under two mean caps; each may stand under one."
        ) {
            _ = try DecisionSpace(
                two,
                meanCaps: [
                    MeanCap(name: "first", indices: [0], maximum: 2),
                    MeanCap(name: "second", indices: [1, 0], maximum: 3),
                ])
        }
        expectMistake(
            .orderingImpossible(lower: "b", upper: "a"), "b can never be at or below a: their bounds exclude it."
        ) { _ = try DecisionSpace(two, orderings: [Ordering(lower: 1, upper: 0)]) }
        expectMistake(
            .orderingTooCoupled(name: "a"),
            "a: is ordered below another decision, so it may not also stand under a mean cap or in another ordering."
        ) {
            _ = try DecisionSpace(
                two, meanCaps: [MeanCap(name: "mean", indices: [0], maximum: 2)],
                orderings: [Ordering(lower: 0, upper: 1)])
        }
        expectMistake(.noSuchDecision(owner: "mean", index: 2), "mean: there is no decision number 2.") {
            _ = try DecisionSpace(two, meanCaps: [MeanCap(name: "mean", indices: [2], maximum: 2)])
        }
        expectMistake(.noSuchDecision(owner: "ordering", index: -1), "ordering: there is no decision number -1.") {
            _ = try DecisionSpace(two, orderings: [Ordering(lower: -1, upper: 0)])
        }
    }

    /// The lower bound of a decision that is ordered below a capped one counts for the cap.
    @Test func capThatAnOrderingMakesUnreachable() {
        expectMistake(
            .capUnreachable(name: "mean", maximum: 2, least: 3),
            "mean: the mean may be at most 2.0, but the lower bounds alone have a mean of 3.0."
        ) {
            _ = try DecisionSpace(
                [decision("high", 0, 9), decision("low", 3, 4)],
                meanCaps: [MeanCap(name: "mean", indices: [0], maximum: 2)],
                orderings: [Ordering(lower: 1, upper: 0)])
        }
    }

    @Test func wrongLength() throws {
        let evaluator = try Evaluator(CapacityGame.game())
        expectMistake(
            .wrongLength(expected: 2, found: 3), "the decision needs 2 numbers, but 3 were given."
        ) { _ = try evaluator.evaluate([1, 2, 3]) }
        // The evaluator answers the next question all the same, and a decision that is no number is no crash.
        #expect(throws: SolverSessionError.self) { try evaluator.evaluate([.nan, 1]) }
        #expect(try evaluator.evaluate([4, 2]).payoff == Evaluator(CapacityGame.game()).evaluate([4, 2]).payoff)
    }

    @Test func mistakesOfGames() throws {
        func model(_ parameter: String = "a", maximised: Bool = false, rows: Int = 1, columns: Int = 1) throws
            -> LinearModel
        {
            var model = LinearModel()
            let price = try model.parameter(parameter)
            let variables = try (0..<columns).map { try model.variable("v\($0)", in: 0...1) }
            for i in 0..<rows { try model.add(variables[0] >= 0, named: "row\(i)") }
            if maximised { try model.maximise(price * variables[0]) } else { try model.minimise(price * variables[0]) }
            return model
        }
        let space = try DecisionSpace([decision("a")])
        func expectMistake(_ mistake: GameError, _ sentence: String, follower: LinearModel, system: LinearModel) {
            #expect(throws: mistake) {
                try StackelbergGame(
                    name: "g", space: space, followers: [Follower(name: "user", model: follower)], system: system)
            }
            #expect(mistake.description == sentence)
        }
        try expectMistake(
            .unknownDecision(parameter: "b", model: "user"),
            "the parameter 'b' of user is not one of the leader's decisions.", follower: model("b"), system: model())
        try expectMistake(
            .unknownDecision(parameter: "b", model: "the leader"),
            "the parameter 'b' of the leader is not one of the leader's decisions.", follower: model(),
            system: model("b"))
        try expectMistake(
            .followerMustMinimise(follower: "user"), "the follower 'user' must minimise its cost.",
            follower: model(maximised: true), system: model())
        for follower in [try model(rows: 2), try model(columns: 2)] {
            try expectMistake(
                .blockMismatch(follower: "user"),
                "the follower 'user' is not the block of the system that it should be.", follower: follower,
                system: model())
        }
        #expect(
            ResponseProofError.nothingToProve.description
                == "the decision has no payoff: a follower has no answer, or the leader cannot serve.")
        #expect(
            ResponseProofError.otherGame.description
                == "the decision or its response has another length than this game's: it was answered in another game.")
    }
}
