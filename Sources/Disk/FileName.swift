/// File names made from names that users give: distinct in one folder, and valid on any system.
package enum FileName {
    /// Letters, digits, '.', '_', '-' and '+' stay; everything else becomes a hyphen, and so does a leading point,
    /// which would hide the file or lead out of its folder.
    package static func of(_ name: String) -> String {
        var text = String(
            name.map { $0.isLetter || $0.isNumber || "._-+".contains($0) ? $0 : "-" as Character })
        if text.hasPrefix(".") { text = "-" + text.dropFirst() }
        while text.utf8.count > mostBytes { text.removeLast() }
        return text.isEmpty ? "unnamed" : text
    }

    /// The same for several things in one folder. Names that become equal, also on a system that ignores case, are
    /// numbered from the second on.
    package static func distinct(_ names: [String]) -> [String] {
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

    /// Room is left for a prefix and a suffix: systems allow 255.
    private static let mostBytes = 150
}
