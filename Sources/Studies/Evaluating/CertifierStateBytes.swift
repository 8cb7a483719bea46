import Disk
import Foundation
import Games
import LinearModels

/// The state of a certifier as bytes, to the last bit. A checksum stands before them: bytes that changed on disk are
/// refused.
///
/// Parts differ little from each other. Of their boxes it is told what differs from the first one's; what is equal in
/// one part and the next, as between two that were cut from one, stands there once, and so does each row.
package enum CertifierStateBytes {
    package static func data(_ state: Certifier.State) -> Data {
        var bytes = ByteWriter()
        bytes.put([state.settled, state.ceiling, state.seconds])
        bytes.put(state.best.map { [$0.payoff] + $0.decision })
        for number in [state.solved, state.made, state.mostWork] { bytes.put(number) }
        bytes.put(state.reasoning.rawValue)
        bytes.put(state.curve.count)
        for step in state.curve {
            bytes.put(step.nodes)
            bytes.put([step.seconds, step.bound] + [step.payoff].compactMap(\.self))
        }
        bytes.put(state.open.nodes)
        if let cuts = state.cuts {
            bytes.put(1)
            bytes.put(cuts)
        } else {
            bytes.put(0)
        }
        var whole = ByteWriter()
        whole.put(Checksum.sha256(bytes.data))
        whole.put(bytes.data)
        return whole.data
    }

    /// - Throws: where the bytes are not as they were written.
    package static func state(_ data: Data) throws -> Certifier.State {
        var whole = ByteReader(data)
        let (checksum, content) = (try whole.text(), try whole.data())
        try whole.end()
        guard checksum == Checksum.sha256(content) else { throw ByteReader.Damage() }
        return try state(checked: content)
    }

    /// Of bytes whose checksum holds.
    static func state(checked data: Data) throws -> Certifier.State {
        var bytes = ByteReader(data)
        var state = Certifier.State()
        let bounds = try bytes.numbers(3)
        (state.settled, state.ceiling, state.seconds) = (bounds[0], bounds[1], bounds[2])
        state.best = try bytes.numbers().flatMap { known in known.first.map { ($0, Array(known.dropFirst())) } }
        (state.solved, state.made) = (try bytes.integer(), try bytes.integer())
        state.mostWork = try bytes.integer()
        guard let reasoning = Certificate.Reasoning(rawValue: try bytes.text()) else { throw ByteReader.Damage() }
        state.reasoning = reasoning
        state.curve = try (0..<bytes.count()).map { _ in
            let (nodes, values) = (try bytes.integer(), try bytes.numbers() ?? [])
            guard (2...3).contains(values.count) else { throw ByteReader.Damage() }
            return Certificate.Step(
                nodes: nodes, seconds: values[0], bound: values[1], payoff: values.count > 2 ? values[2] : nil)
        }
        state.open = OpenNodes(inOrder: try bytes.parts())
        if try bytes.integer() == 1 { state.cuts = try bytes.cuts() }
        try bytes.end()
        return state
    }
}

/// Rows that stand in a list once; equal ones have the same bits.
private struct RowList {
    private struct Bits: Hashable {
        let place: Int32
        let factor: UInt64
        let quantity: UInt64
    }

    private var numbers: [Bits: Int32] = [:]
    private(set) var rows: [EnvelopeRow] = []

    mutating func number(of row: EnvelopeRow) -> Int32 {
        let bits = Bits(
            place: Int32(2 * row.place + (row.isBelow ? 1 : 0)), factor: row.factor.bitPattern,
            quantity: row.quantity.bitPattern)
        if let number = numbers[bits] { return number }
        numbers[bits] = Int32(rows.count)
        rows.append(row)
        return Int32(rows.count - 1)
    }
}

extension ByteWriter {
    fileprivate mutating func put(_ parts: [BranchNode]) {
        var list = RowList()
        var body = ByteWriter()
        var former: (part: BranchNode, rows: [Int32]?)?
        for part in parts {
            body.put(part.id)
            body.put([part.bound])
            if let first = parts.first, former != nil {
                let places = part.lower.indices.filter {
                    part.lower[$0].bitPattern != first.lower[$0].bitPattern
                        || part.upper[$0].bitPattern != first.upper[$0].bitPattern
                }
                body.put(places.count)
                for place in places { body.put(Int32(place)) }
                body.put(places.map { part.lower[$0] })
                body.put(places.map { part.upper[$0] })
            } else {
                body.put(part.lower)
                body.put(part.upper)
            }
            if former?.part.basis == part.basis {
                body.put(0)
            } else {
                body.put(1)
                body.put(part.basis)
            }
            let numbers = part.rows?.map { list.number(of: $0) }
            if let former, former.rows == numbers {
                body.put(-2)
            } else {
                body.put(numbers?.count ?? -1)
                for number in numbers ?? [] { body.put(number) }
            }
            former = (part, numbers)
        }
        put(rows: list.rows)
        put(parts.count)
        put(body.data)
    }

    fileprivate mutating func put(_ cuts: CutRows) {
        put(cuts.cuts) { bytes, cut in
            bytes.put(cut.columns)
            bytes.put(cut.values)
            bytes.put([cut.side])
        }
        put(cuts.tangents) { bytes, tangent in
            bytes.put(tangent.square)
            bytes.put([tangent.root])
        }
    }

    private mutating func put<Content>(
        _ rows: CutRows.Rows<Content>, _ write: (inout ByteWriter, Content) -> Void
    ) {
        put(rows.solves)
        put(rows.lastUse)
        for content in rows.contents {
            put(content == nil ? 0 : 1)
            if let content { write(&self, content) }
        }
    }

    private mutating func put(_ numbers: [Int]) {
        put(numbers.count)
        for number in numbers { put(number) }
    }
}

extension ByteReader {
    fileprivate mutating func parts() throws -> [BranchNode] {
        let rows = try rows() ?? []
        let count = try integer()
        var body = ByteReader(try data())
        var parts: [BranchNode] = []
        for _ in 0..<(try body.checked(count)) {
            parts.append(try body.part(after: parts.last, first: parts.first, rows))
        }
        try body.end()
        return parts
    }

    /// A count of things that take a byte each at least.
    private func checked(_ count: Int) throws -> Int {
        guard (0...length).contains(count) else { throw Damage() }
        return count
    }

    private mutating func part(
        after former: BranchNode?, first: BranchNode?, _ list: [EnvelopeRow]
    ) throws -> BranchNode {
        let (id, bound) = (try integer(), try numbers(1)[0])
        var (lower, upper): ([Double], [Double])
        if let first {
            (lower, upper) = (first.lower, first.upper)
            let places = try (0..<count()).map { _ in Int(try shortInteger()) }
            guard places.allSatisfy(lower.indices.contains) else { throw Damage() }
            for (place, value) in zip(places, try numbers(places.count)) { lower[place] = value }
            for (place, value) in zip(places, try numbers(places.count)) { upper[place] = value }
        } else {
            lower = try numbers() ?? []
            upper = try numbers(lower.count)
        }
        guard let basis = try integer() == 0 ? former?.basis : self.basis() else { throw Damage() }
        let length = try integer()
        let rows: [EnvelopeRow]?
        switch length {
        case -2: rows = former?.rows
        case -1: rows = nil
        default:
            rows = try (0..<checked(length)).map { _ in
                let number = Int(try shortInteger())
                guard list.indices.contains(number) else { throw Damage() }
                return list[number]
            }
        }
        return BranchNode(id: id, bound: bound, lower: lower, upper: upper, basis: basis, rows: rows)
    }

    fileprivate mutating func cuts() throws -> CutRows {
        CutRows(
            cuts: try cutRows { bytes in
                let columns = try bytes.integers()
                return CutRows.Cut(
                    columns: columns, values: try bytes.numbers(columns.count), side: try bytes.numbers(1)[0])
            },
            tangents: try cutRows { bytes in
                CutRows.Tangent(square: try bytes.integer(), root: try bytes.numbers(1)[0])
            })
    }

    private mutating func cutRows<Content>(
        _ read: (inout ByteReader) throws -> Content
    ) throws -> CutRows.Rows<Content> {
        let (solves, lastUse) = (try integer(), try integers())
        var rows = CutRows.Rows<Content>(count: lastUse.count)
        (rows.solves, rows.lastUse) = (solves, lastUse)
        rows.contents = try lastUse.map { _ in try integer() == 1 ? try read(&self) : nil }
        return rows
    }

    private mutating func integers() throws -> [Int] { try (0..<count()).map { _ in try integer() } }
}
