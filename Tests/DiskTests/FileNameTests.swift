import Testing

@testable import Disk

@Suite struct FileNameTests {
    @Test(arguments: [
        ("rotated-sphere-10", "rotated-sphere-10"), ("lshade+polish", "lshade+polish"), ("a_b.c", "a_b.c"),
        ("冬季", "冬季"), ("../../../pwn", "-.-..-..-pwn"), ("/etc/passwd", "-etc-passwd"), (".hidden", "-hidden"),
        ("", "unnamed"), ("..", "-."), ("a\0b\nc", "a-b-c"), ("a b", "a-b"), ("C:\\x", "C--x"),
    ])
    func names(name: String, file: String) { #expect(FileName.of(name) == file) }

    @Test func longNamesHaveRoom() {
        for letter in ["x", "冬", "👨‍👩‍👧"] {
            let name = FileName.of(String(repeating: letter, count: 1_000))
            #expect(!name.isEmpty && name.utf8.count <= 150)
        }
    }

    /// Different things never share a file, on a system without capitals either.
    @Test func namesAreDistinct() {
        #expect(FileName.distinct(["a/b", "a:b", "A-B", "a-b-2", "c"]) == ["a-b", "a-b-2", "A-B-3", "a-b-2-2", "c"])
    }
}
