import Foundation
import Games
import LinearModels

/// Questions on the parts of a game that a certificate looks into, and their answers, as bytes. A part is told with all
/// that its program begins with, so that its answer depends on nothing else.
enum PartBytes {
    static func data(_ questions: [PartSolver.Question]) -> Data {
        var bytes = ByteWriter()
        bytes.put(questions.count)
        for question in questions {
            let part = question.part
            bytes.put([question.threshold, part.bound])
            bytes.put(question.work)
            // Clocks of other machines show other times.
            bytes.put(question.deadline.map { [($0 - .now) / .seconds(1)] })
            bytes.put(part.lower)
            bytes.put(part.upper)
            bytes.put(part.basis)
            bytes.put(rows: part.rows)
        }
        return bytes.data
    }

    static func questions(_ data: Data) throws -> [PartSolver.Question] {
        var bytes = ByteReader(data)
        let questions = try (0..<bytes.count()).map { _ in
            let bounds = try bytes.numbers(2)
            let (work, left) = (try bytes.integer(), try bytes.numbers()?.first)
            let lower = try bytes.numbers() ?? []
            let part = BranchNode(
                bound: bounds[1], lower: lower, upper: try bytes.numbers(lower.count), basis: try bytes.basis(),
                rows: try bytes.rows())
            return PartSolver.Question(
                part: part, threshold: bounds[0], work: work, deadline: left.map { .now + .seconds($0) })
        }
        try bytes.end()
        return questions
    }

    static func data(_ answers: [PartSolver.Answer]) -> Data {
        var bytes = ByteWriter()
        bytes.put(answers.count)
        for answer in answers {
            bytes.put(answer.status)
            bytes.put([answer.bound])
            bytes.put(answer.basis)
            bytes.put(rows: answer.rows)
            bytes.put(answer.decision)
            bytes.put(answer.payoff.map { [$0] })
            bytes.put(answer.split)
            bytes.put(answer.work)
            bytes.put(answer.isCutShort ? 1 : 0)
        }
        return bytes.data
    }

    static func answers(_ data: Data) throws -> [PartSolver.Answer] {
        var bytes = ByteReader(data)
        let answers = try (0..<bytes.count()).map { _ in
            let status = try bytes.status()
            var answer = PartSolver.Answer(
                bound: try bytes.numbers(1)[0], basis: try bytes.basis(), rows: try bytes.rows())
            answer.status = status
            answer.decision = try bytes.numbers() ?? []
            answer.payoff = try bytes.numbers()?.first
            answer.split = try bytes.split()
            answer.work = try bytes.integer()
            answer.isCutShort = try bytes.integer() == 1
            return answer
        }
        try bytes.end()
        return answers
    }
}

extension RankWorker {
    /// Looks into parts of a game for the certificate of another process.
    package static func parts(of game: StackelbergGame, threads: Int) throws -> RankWorker {
        let queue = try PartQueue(threads, PartSolver.maker(for: game))
        return RankWorker(threads: threads) { data in
            PartBytes.data(try queue.answer(PartBytes.questions(data)))
        }
    }
}

extension RankLeader {
    /// Answers questions on parts, in their order; see ``answer(_:stop:ask:read:)``.
    func answer(_ questions: [PartSolver.Question], stop: StopRequest?) throws -> [PartSolver.Answer] {
        try answer(
            questions.count, stop: stop, ask: { PartBytes.data(Array(questions[$0])) }, read: PartBytes.answers)
    }
}

// MARK: What they are made of

extension ByteWriter {
    /// A byte for three rows or columns, each of which has one of GLPK's five statuses, 1 to 5.
    mutating func put(_ basis: Basis) {
        for statuses in [basis.rows, basis.columns] {
            put(statuses.count)
            put(
                Data(
                    stride(from: 0, to: statuses.count, by: 3).map { first in
                        statuses[first..<min(first + 3, statuses.count)].reversed().reduce(0) { 5 * $0 + UInt8($1 - 1) }
                    }))
        }
    }

    /// Missing rows have the length -1.
    mutating func put(rows: [EnvelopeRow]?) {
        guard let rows else { return put(-1) }
        put(rows.count)
        for row in rows { put(Int32(2 * row.place + (row.isBelow ? 1 : 0))) }
        put(rows.map { $0.factor })
        put(rows.map { $0.quantity })
    }

    fileprivate mutating func put(_ status: SolveStatus) {
        switch status {
        case .optimal: put(1)
        case .infeasible: put(2)
        case .unbounded: put(3)
        case .limit(let gap):
            put(4)
            put(gap.map { [$0] })
        }
    }

    fileprivate mutating func put(_ split: PartSolver.Split) {
        switch split {
        case .none: put(1)
        case .range(let place, let below, let above):
            put(2)
            put(place)
            put([below, above])
        case .zeros(let places):
            put(3)
            put(places.count)
            for place in places { put(place) }
        }
    }
}

extension ByteReader {
    /// As many as that.
    mutating func numbers(_ count: Int) throws -> [Double] {
        guard let numbers = try numbers(), numbers.count == count else { throw Damage() }
        return numbers
    }

    mutating func basis() throws -> Basis {
        func statuses() throws -> [Int32] {
            let (count, packed) = (try integer(), try data())
            guard count >= 0, packed.count == count / 3 + (count % 3 > 0 ? 1 : 0), packed.allSatisfy({ $0 < 125 })
            else {
                throw Damage()
            }
            var statuses: [Int32] = []
            statuses.reserveCapacity(count + 2)
            for byte in packed {
                statuses.append(Int32(byte % 5) + 1)
                statuses.append(Int32(byte / 5 % 5) + 1)
                statuses.append(Int32(byte / 25) + 1)
            }
            statuses.removeLast(statuses.count - count)
            return statuses
        }
        return Basis(rows: try statuses(), columns: try statuses())
    }

    mutating func rows() throws -> [EnvelopeRow]? {
        guard let count = try countOrNone() else { return nil }
        let places = try (0..<count).map { _ in try shortInteger() }
        let (factors, quantities) = (try numbers(count), try numbers(count))
        return places.enumerated().map { i, place in
            EnvelopeRow(
                place: Int(place / 2), factor: factors[i], quantity: quantities[i], isBelow: place % 2 == 1)
        }
    }

    fileprivate mutating func status() throws -> SolveStatus {
        switch try integer() {
        case 1: .optimal
        case 2: .infeasible
        case 3: .unbounded
        case 4: .limit(gap: try numbers()?.first)
        default: throw Damage()
        }
    }

    fileprivate mutating func split() throws -> PartSolver.Split {
        switch try integer() {
        case 1: return .none
        case 2:
            let (place, ends) = (try integer(), try numbers(2))
            return .range(place, below: ends[0], above: ends[1])
        case 3: return .zeros(try (0..<count()).map { _ in try integer() })
        default: throw Damage()
        }
    }
}
