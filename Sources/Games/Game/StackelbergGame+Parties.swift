import LinearModels

extension StackelbergGame {
    /// Somebody who answers.
    public struct Party: Sendable {
        public let name: String
        /// More than one where its model falls into pieces.
        public let followers: Range<Int>
    }

    static func parties(of followers: [Follower]) -> [Party] {
        let firsts = followers.indices.filter { !followers[$0].continues }
        return zip(firsts, firsts.dropFirst() + [followers.count]).map {
            Party(name: followers[$0].name, followers: $0..<$1)
        }
    }

    /// What each party pays, in the order of ``parties``.
    ///
    /// - Parameter evaluation: with a cost for each follower.
    public func partyCosts(of evaluation: Evaluation) -> [Double] {
        parties.map { evaluation.followerCosts[$0.followers].reduce(0, +) }
    }

    /// The model of a party, whole.
    func model(of party: Party) throws -> LinearModel {
        guard party.followers.count > 1 else { return followers[party.followers.lowerBound].model }
        var model = LinearModel()
        try model.minimise(sum(party.followers.map { try model.append(followers[$0].model).objective }))
        return model
    }
}

extension Follower {
    /// A party's followers, one for each piece of its model; see ``continues``.
    package static func pieces(_ pieces: [ModelPart], name: String, prefix: String?, weight: Double) -> [Follower] {
        pieces.enumerated().map { number, piece in
            Follower(name: name, model: piece.model, prefix: prefix, weight: weight, continues: number > 0)
        }
    }
}
