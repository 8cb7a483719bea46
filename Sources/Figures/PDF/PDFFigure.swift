import Foundation

/// A figure as a PDF file of one page, for papers.
public struct PDFFigure: Sendable, Equatable {
    /// The file. Equal figures give equal bytes.
    public let data: Data
    /// Characters that its font has not got: in their place stands a question mark.
    public let missing: Set<Character>
}

extension Drawing {
    /// The picture as vectors, text in Helvetica, which every viewer of PDF has: nothing is embedded, and text can be
    /// searched and copied. A pixel is three quarters of a point, as browsers print it.
    public var pdf: PDFFigure {
        var content = PDFContent(width: width, height: height)
        for element in elements { content.draw(element) }
        let stream = content.text
        let box = [width, height].map { SVGText.number($0 * PDFContent.point) }.joined(separator: " ")
        let states = content.opacities.enumerated().map { k, opacity in
            "/A\(k) << /ca \(SVGText.number(opacity)) /CA \(SVGText.number(opacity)) >>"
        }
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(box)] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> "
                + "/ExtGState << \(states.joined(separator: " ")) >> >> >>",
            "<< /Length \(stream.utf8.count) >>\nstream\n\(stream)endstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /BaseEncoding "
                + "/WinAnsiEncoding /Differences [\(Helvetica.differences)] >> >>",
            "<< /Title \(PDFContent.note(title)) /Subject \(PDFContent.note(description)) /Producer (stackelberg) >>",
        ]
        // The second line tells programs that move files that this is not text.
        var bytes = Array("%PDF-1.4\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
        var places: [Int] = []
        for (k, object) in objects.enumerated() {
            places.append(bytes.count)
            bytes += "\(k + 1) 0 obj\n\(object)\nendobj\n".utf8
        }
        let start = bytes.count
        let entries = places.map { place in
            String(repeating: "0", count: 10 - "\(place)".count) + "\(place) 00000 n \n"
        }
        bytes +=
            ("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n" + entries.joined()
            + "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info \(objects.count) 0 R >>\nstartxref\n\(start)\n%%EOF\n")
            .utf8
        return PDFFigure(data: Data(bytes), missing: content.missing)
    }
}
