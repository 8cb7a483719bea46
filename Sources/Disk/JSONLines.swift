import Foundation

/// The finished parts of long work, on disk: one line of JSON per part, appended completely before the next begins.
///
/// Whatever kills the process, finished lines stay; one that was cut short by it is cut off when they are read again.
package enum JSONLines {
    /// A line that is no valid entry.
    package struct Damage: Error {
        /// Counted from 1.
        package let line: Int
    }

    package static func line(_ entry: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try encoder.encode(entry) + Data("\n".utf8)
    }

    /// Reads a file's lines; none if there is no file.
    ///
    /// - Parameter repairs: whether a line that was cut short is cut off in the file, too.
    /// - Throws: ``Damage`` for a complete line that is no entry, `DiskError` if the file cannot be read or repaired.
    package static func read<Entry: Decodable>(
        _ file: String, in folder: OpenFolder, repairs: Bool = true
    ) throws -> [Entry] {
        let data = try folder.read(file) ?? Data()
        let newline = UInt8(ascii: "\n")
        // What follows the last line feed was being written when the process ended.
        let whole = data.lastIndex(of: newline).map { data[...$0] } ?? data[..<data.startIndex]
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let entries = try whole.split(separator: newline).enumerated().map { number, line in
            guard let entry = try? decoder.decode(Entry.self, from: line) else { throw Damage(line: number + 1) }
            return entry
        }
        if repairs, whole.count < data.count { try folder.write(Data(whole), to: file) }
        return entries
    }
}
