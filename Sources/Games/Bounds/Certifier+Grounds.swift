extension Certifier {
    /// What the bound rests on, in words.
    var grounds: [String] {
        var lines = zip(game.followers, program.conditions).map { $1.ground(of: $0.name, isExact: isExact) }
        if !program.paymentsCancel {
            lines.append(
                "Some products of decision and quantity in the leader's objective are no payments of a follower; they are held by envelopes."
            )
        }
        if !game.squares.isEmpty {
            lines.append("Squares in the leader's objective are held by tangents, those that it gains from by chords.")
        }
        if game.risk != nil { lines.append(ScenarioRisk.ground) }
        if !isExact, !program.integers.isEmpty {
            lines.append(
                "Whole numbers of the leader's own part, and those of followers, may be any number between their bounds."
            )
        }
        return lines
    }
}
