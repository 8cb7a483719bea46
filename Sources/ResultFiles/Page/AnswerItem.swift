/// A number that a page opens with, in large words.
package struct AnswerItem {
    /// What it is: `Payoff`.
    let name: String
    let value: String
    let unit: String
    /// What to know of it, in a sentence or two.
    let note: String

    package init(_ name: String, _ value: String, _ unit: String = "", note: String = "") {
        (self.name, self.value, self.unit, self.note) = (name, value, unit, note)
    }

    fileprivate var html: HTML {
        let number: [HTML] =
            unit.isEmpty ? [.text(value)] : [.text(value + " "), .element("span", [("class", "unit")], [.text(unit)])]
        return .element(
            "div", [],
            [.element("p", [("class", "name")], [.text(name)]), .element("p", [("class", "value")], number)]
                + (note.isEmpty ? [] : [.element("p", [("class", "note")], [.text(note)])]))
    }
}

extension HTML {
    /// The numbers that a page opens with.
    package static func answer(_ items: [AnswerItem]) -> HTML {
        .element("div", [("class", "answer")], items.map(\.html))
    }

    /// Whether all checks hold, in one line, with words and shape before colour.
    package static func checks(_ verdicts: [Verdict]) -> HTML {
        let failed = verdicts.count { !$0.holds }
        let sentence =
            failed == 0
            ? verdicts.count == 1 ? "✓ The check holds." : "✓ All \(verdicts.count) checks hold."
            : "✗ \(failed) of \(verdicts.count) checks fail: do not use this result."
        return .element("p", [("class", failed == 0 ? "held" : "held fails")], [.text(sentence)])
    }
}
