/// Text as a word of the shell.
enum ShellText {
    /// In single quotes, where nothing has a meaning but the quote itself.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }

    static func quoted(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }
}
