import Foundation

/// What ranks tell each other, whatever it is that they work on.
enum RankMessage: Equatable {
    /// To a helper: all that is needed to begin; see ``RankHelper``.
    case begin(Data)
    /// From a helper that has begun.
    case ready(threads: Int)
    /// To a helper: a chunk of the tasks of a round, with the place of the first of them.
    case ask(round: Int, first: Int, Data)
    /// From a helper: answers to a chunk, from the place of its first task on.
    case answers(round: Int, first: Int, Data)
    /// From a helper that cannot go on, in words.
    case failed(String)
    /// To a helper that has long kept silent, and what it says if it is there.
    case ping, alive
    /// To a helper: it is done.
    case end

    func data() -> Data {
        var bytes = ByteWriter()
        switch self {
        case .begin(let description):
            bytes.put(1)
            bytes.put(description)
        case .ready(let threads):
            bytes.put(2)
            bytes.put(threads)
        case .ask(let round, let first, let tasks):
            bytes.put(3)
            bytes.put(round)
            bytes.put(first)
            bytes.put(tasks)
        case .answers(let round, let first, let answers):
            bytes.put(4)
            bytes.put(round)
            bytes.put(first)
            bytes.put(answers)
        case .failed(let reason):
            bytes.put(5)
            bytes.put(reason)
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
        case 3: self = .ask(round: try bytes.integer(), first: try bytes.integer(), try bytes.data())
        case 4: self = .answers(round: try bytes.integer(), first: try bytes.integer(), try bytes.data())
        case 5: self = .failed(try bytes.text())
        case 6: self = .ping
        case 7: self = .alive
        case 8: self = .end
        default: throw ByteReader.Damage()
        }
        try bytes.end()
    }
}
