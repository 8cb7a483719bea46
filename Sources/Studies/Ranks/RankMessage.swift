import Foundation

/// What ranks tell each other. Numbers are sent as their bytes, so that they arrive to the last bit.
enum RankMessage: Equatable {
    /// To a helper: all that is needed to build the game; see ``RankHelper``.
    case begin(Data)
    /// From a helper that has built it.
    case ready(threads: Int)
    /// To a helper: a chunk of proposals, with the place of the first of them.
    case ask(Chunk)
    /// From a helper: answers to a chunk, from the place of its first proposal on.
    case answers(generation: Int, first: Int, [RankAnswer])
    /// From a helper that cannot go on, in words.
    case failed(String)
    /// To a helper that has long kept silent, and what it says if it is there.
    case ping, alive
    /// To a helper: it is done.
    case end

    struct Chunk: Equatable {
        let generation: Int
        let first: Int
        let anchor: [Double]?
        let proposals: [Proposal]
    }
}

/// What came of a proposal.
package struct RankAnswer: Sendable, Equatable {
    package let answer: Proposal.Answer
    /// Why there is no payoff, in words, as far as that is known.
    package let failure: String?

    init(_ answer: Proposal.Answer, failure: String?) { (self.answer, self.failure) = (answer, failure) }

    init(_ answer: EvaluationPool.Answer) {
        self.init(answer.short, failure: answer.payoff == nil ? answer.evaluation?.outcome.sentence : nil)
    }
}

// MARK: Bytes

extension RankMessage {
    func data() throws -> Data {
        var bytes = ByteWriter()
        switch self {
        case .begin(let description):
            bytes.put(1)
            bytes.put(description)
        case .ready(let threads):
            bytes.put(2)
            bytes.put(threads)
        case .ask(let chunk):
            bytes.put(3)
            bytes.put(chunk.generation)
            bytes.put(chunk.first)
            bytes.put(chunk.anchor)
            bytes.put(chunk.proposals.count)
            for proposal in chunk.proposals { try bytes.put(proposal) }
        case .answers(let generation, let first, let answers):
            bytes.put(4)
            bytes.put(generation)
            bytes.put(first)
            bytes.put(answers.count)
            for answer in answers {
                bytes.put(Optional(answer.answer.decision))
                bytes.put(answer.answer.payoff.map { [$0] })
                bytes.put(answer.answer.effort)
                bytes.put(Data((answer.failure ?? "").utf8))
            }
        case .failed(let reason):
            bytes.put(5)
            bytes.put(Data(reason.utf8))
        case .ping: bytes.put(6)
        case .alive: bytes.put(7)
        case .end: bytes.put(8)
        }
        return bytes.data
    }

    /// - Throws: ``ByteReader/Damage`` where the bytes are no message.
    init(_ data: Data) throws {
        var bytes = ByteReader(data)
        switch try bytes.integer() {
        case 1: self = .begin(try bytes.data())
        case 2: self = .ready(threads: try bytes.integer())
        case 3:
            let (generation, first) = (try bytes.integer(), try bytes.integer())
            let anchor = try bytes.numbers()
            let proposals = try (0..<bytes.count()).map { _ in try bytes.proposal() }
            self = .ask(Chunk(generation: generation, first: first, anchor: anchor, proposals: proposals))
        case 4:
            let (generation, first) = (try bytes.integer(), try bytes.integer())
            let answers = try (0..<bytes.count()).map { _ in
                let (decision, payoff) = (try bytes.numbers() ?? [], try bytes.numbers()?.first)
                let answer = Proposal.Answer(decision: decision, payoff: payoff, effort: try bytes.integer())
                let failure = String(decoding: try bytes.data(), as: UTF8.self)
                return RankAnswer(answer, failure: failure.isEmpty ? nil : failure)
            }
            self = .answers(generation: generation, first: first, answers)
        case 5: self = .failed(String(decoding: try bytes.data(), as: UTF8.self))
        case 6: self = .ping
        case 7: self = .alive
        case 8: self = .end
        default: throw ByteReader.Damage()
        }
    }
}

private struct ByteWriter {
    var data = Data()

    mutating func put(_ number: Int) {
        withUnsafeBytes(of: Int64(number).littleEndian) { data.append(contentsOf: $0) }
    }

    mutating func put(_ part: Data) {
        put(part.count)
        data.append(part)
    }

    /// Missing numbers have the length -1.
    mutating func put(_ numbers: [Double]?) {
        guard let numbers else { return put(-1) }
        put(numbers.count)
        data.append(NumberBytes.data(numbers))
    }

    /// Decisions are many and short to answer; where a climb starts is sent as text, which keeps every bit too.
    mutating func put(_ proposal: Proposal) throws {
        if case .decision(let decision) = proposal { return put(Optional(decision)) }
        put(nil)
        put(try JSONEncoder().encode(proposal))
    }
}

private struct ByteReader {
    struct Damage: Error {}

    private var rest: Data

    init(_ data: Data) { rest = data }

    private mutating func take(_ count: Int) throws -> Data {
        guard count >= 0, count <= rest.count else { throw Damage() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func integer() throws -> Int {
        let bytes = try take(8)
        return Int(Int64(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) }))
    }

    /// Of things that take a byte each at least.
    mutating func count() throws -> Int {
        let count = try integer()
        guard (0...rest.count).contains(count) else { throw Damage() }
        return count
    }

    mutating func data() throws -> Data { Data(try take(integer())) }

    mutating func numbers() throws -> [Double]? {
        let count = try integer()
        if count == -1 { return nil }
        guard count >= 0, count <= rest.count / 8, let numbers = NumberBytes.numbers(Data(try take(8 * count))) else {
            throw Damage()
        }
        return numbers
    }

    mutating func proposal() throws -> Proposal {
        if let decision = try numbers() { return .decision(decision) }
        return try JSONDecoder().decode(Proposal.self, from: data())
    }
}
