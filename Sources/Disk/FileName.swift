/// Names of people's things as names of files: in one folder, on any system, and each its own.
public enum FileName {
    /// Letters, digits, '.', '_', '-' and '+' stay; everything else becomes a hyphen, and so does a point at the front, which would hide
    /// the file or lead out of its folder.
    public static func of(_ name: String) -> String {
        var text = String(
            name.map { $0.isLetter || $0.isNumber || "._-+".contains($0) ? $0 : "-" as Character })
        if text.hasPrefix(".") { text = "-" + text.dropFirst() }
        while text.utf8.count > mostBytes { text.removeLast() }
        return text.isEmpty ? "unnamed" : text
    }

    /// The same for several things in one folder. Those that come to the same name, on a system that knows no capitals either, are numbered
    /// from the second on.
    public static func distinct(_ names: [String]) -> [String] {
        var taken: Set<String> = []
        return names.map { name in
            let plain = of(name)
            var text = plain
            var number = 2
            while !taken.insert(text.lowercased()).inserted {
                text = "\(plain)-\(number)"
                number += 1
            }
            return text
        }
    }

    /// Room is left for what is put before and behind it: systems allow 255.
    private static let mostBytes = 150
}
