import Foundation
import Testing

/// A good case with an edit that breaks it, and the message that must come.
struct BrokenCase: Sendable, CustomTestStringConvertible {
    /// A replacement in one of the files; without `old` the whole file.
    struct Edit: Sendable {
        let file: String
        let old: String?
        let new: String

        init(_ old: String?, _ new: String) { self.init("case.yaml", old, new) }

        init(_ file: String, _ old: String?, _ new: String) {
            self.file = file
            self.old = old
            self.new = new
        }
    }

    let name: String
    let edits: [Edit]
    let variant: String?
    /// The first line of the complaint, whole.
    let expected: String

    init(_ name: String, _ edits: [Edit], variant: String? = nil, _ expected: String) {
        self.name = name
        self.edits = edits
        self.variant = variant
        self.expected = expected
    }

    var testDescription: String { name }

    /// The files of ``GoodCase`` with the edits; nil where an edit finds nothing to replace.
    var files: [String: String]? {
        var files = GoodCase.files
        for edit in edits {
            guard let old = edit.old else {
                files[edit.file] = edit.new
                continue
            }
            guard let text = files[edit.file], let range = text.range(of: old) else { return nil }
            files[edit.file] = text.replacingCharacters(in: range, with: edit.new)
        }
        return files
    }

    static let all: [BrokenCase] =
        ofKeys + ofValues + ofText + ofSeries + ofPrices + ofParties + ofTables + ofEnvelopes + ofDevices + ofFleets
        + ofIndices
}
