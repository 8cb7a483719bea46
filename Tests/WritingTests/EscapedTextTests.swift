import Testing

@testable import Writing

/// Names and titles are somebody else's text: in no dialect are they commands.
@Suite struct EscapedTextTests {
    @Test func messages() {
        #expect("a\u{1B}[2J\u{202E}b\u{FEFF}".escaped(for: .message) == "a\\u{1B}[2J\\u{202E}b\\u{FEFF}")
        #expect("two\nlines\tand a tab".escaped(for: .message) == "two\\nlines\\u{9}and a tab")
        #expect("冬季, ∞".escaped(for: .message) == "冬季, ∞")
        #expect("a\tb\r\n\u{FEFF}".firstControl == nil && "a\u{7}\u{1B}".firstControl == "\\u{7}")
    }

    @Test func terminals() {
        #expect("a\u{1B}[2Jb\u{9B}c\u{7F}".escaped(for: .terminal) == "a\\u001b[2Jb\\u009bc\\u007f")
        #expect("two\nlines\tand a tab, 冬季, ∞".escaped(for: .terminal) == "two\nlines\tand a tab, 冬季, ∞")
        #expect(
            "\u{202E}gnp.exe\u{2066}\u{2028}\r".escaped(for: .terminal) == "\\u202egnp.exe\\u2066\\u2028\\u000d")
        #expect("one\ntwo\t".escaped(for: .terminalLine) == "one\\u000atwo\\u0009")
    }

    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](javascript:y) ![z](w)", "\\[x\\](javascript:y) \\!\\[z\\](w)"),
        ("a|b\n# c `d` *e* _f_ ~g~", "a\\|b\\\\u000a\\# c \\`d\\` \\*e\\* \\_f\\_ \\~g\\~"),
        ("- item", "\\- item"), ("-5.5", "-5.5"), ("R&D, &lt; & 5 % of -∞", "R&amp;D, &amp;lt; & 5 % of -∞"),
    ]) func markdown(text: String, expected: String) { #expect(text.escaped(for: .markdown) == expected) }

    @Test func latex() {
        #expect(
            "\\input{/etc/passwd} $x^2$ 50 % #1 & a_b ~".escaped(for: .latex)
                == "\\textbackslash{}input\\{/etc/passwd\\} \\$x\\textasciicircum{}2\\$ 50 \\% \\#1 \\& a\\_b \\textasciitilde{}"
        )
    }

    @Test(arguments: [
        ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), ("\"q\" 'p'", "&quot;q&quot; &#39;p&#39;"),
        ("\u{0}\u{7F}", "\u{FFFD}\u{FFFD}"), ("\u{202E}\u{2069}", "\u{FFFD}\u{FFFD}"), ("ä €", "ä €"),
    ]) func pagesAndPictures(text: String, expected: String) {
        #expect(text.escaped(for: .html) == expected && text.escaped(for: .svg) == expected)
    }

    /// What the two allow differs where HTML knows more characters that nobody may use, and pictures have no lines.
    @Test func pagesHaveLines() throws {
        #expect("a\n\tb\rc".escaped(for: .html) == "a\n\tb\u{FFFD}c" && "a\n\tb\rc".escaped(for: .svg) == "a  b c")
        let nobodys = try String(#require(Unicode.Scalar(0xFDD0 as UInt32)))
        #expect(nobodys.escaped(for: .html) == "\u{FFFD}" && nobodys.escaped(for: .svg) == nobodys)
    }
}
