import FormData
import Testing

@Suite("The header of a part")
struct PartHeaderTests {
    private func reading(of header: String) throws -> Reading {
        try Reading("--b\r\n\(header)\r\n\r\n\r\n--b--")
    }

    private func reading(of header: [UInt8]) throws -> Reading {
        let body = Array("--b\r\n".utf8) + header + Array("\r\n\r\n\r\n--b--".utf8)
        return try Reading(body, contentType: "multipart/form-data; boundary=b")
    }

    /// Parameters of a disposition with the name and the filename they mean.
    static let names: [(parameters: String, name: String, filename: String?)] = [
        ("name=\"a\"", "a", nil),
        ("name=a", "a", nil),
        (" name = a ", "a", nil),
        ("name=\"a\";", "a", nil),
        (";;name=\"a\"", "a", nil),
        ("NAME=\"a\"; FileName=\"b\"", "a", "b"),
        ("filename=\"b\"; name=\"a\"", "a", "b"),
        ("name=\"a\"; filename=\"\"", "a", ""),
        ("name=\"a\"; filename=", "a", ""),
        ("name=\"a b;c=d\"; filename=\"e:f; name=g\"", "a b;c=d", "e:f; name=g"),
        ("name=a[b][]; filename=c d.txt", "a[b][]", "c d.txt"),
        ("name=\"a\"; size=1; filename=\"b\"; creation-date=\"Mon\"", "a", "b"),
        ("name=\"a\"; filename=\"naïve ☃ 文.txt\"", "a", "naïve ☃ 文.txt"),
        // RFC 7578 4.2: filename* is not for form-data.
        ("name=\"a\"; filename*=utf-8''b.txt", "a", nil),
        ("name=\"a\"; filename=\"c.txt\"; filename*=utf-8''b.txt", "a", "c.txt"),
        ("name*=utf-8''z; name=\"a\"", "a", nil),
        // Escapes by backslash: only before a quote or a backslash.
        ("name=\"a\"; filename=\"b\\\"c\\\"\"", "a", "b\"c\""),
        ("name=\"a\\\\b\"", "a\\b", nil),
        ("name=\"a\\b\"", "a\\b", nil),
        ("name=a\\\\b", "a\\\\b", nil),
        // A browser's file name that ends in a backslash.
        ("name=\"a\"; filename=\"b\\\"", "a", "b\\"),
        // The three escapes of browsers, in quotes and in capitals only.
        ("name=\"%22a%0D%0Ab%22\"; filename=\"%22%22\"", "\"a\r\nb\"", "\"\""),
        ("name=\"%0d%0a%20%2522%\"; filename=\"100%\"", "%0d%0a%20%2522%", "100%"),
        ("name=%22a; filename=%0A", "%22a", "%0A"),
        // Paths: of Windows cut to the last component, others kept.
        ("name=\"a\"; filename=\"C:\\dir\\b.txt\"", "a", "b.txt"),
        ("name=\"a\"; filename=\"c:\\b\"", "a", "b"),
        ("name=\"a\"; filename=\"\\\\server\\share\\b.txt\"", "a", "b.txt"),
        ("name=\"a\"; filename=\"/dir/b.txt\"", "a", "/dir/b.txt"),
        ("name=\"a\"; filename=\"dir/b.txt\"", "a", "dir/b.txt"),
        ("name=\"a\"; filename=\"dir\\b.txt\"", "a", "dir\\b.txt"),
        ("name=\"C:\\dir\\a\"", "C:\\dir\\a", nil),
        // Control characters are for the reader of the name to judge.
        ("name=\"a\u{3}\"; filename=\"b\u{7F}\t\"", "a\u{3}", "b\u{7F}\t"),
    ]

    @Test(arguments: names)
    func `gives the name and the file name`(
        parameters: String, name: String, filename: String?
    ) throws {
        let reading = try reading(of: "Content-Disposition: form-data;\(parameters)")
        #expect(reading.error == nil)
        #expect(reading.parts.map(\.header.name) == [name])
        #expect(reading.parts.map(\.header.filename) == [filename])
    }

    static let headers: [(lines: String, contentType: String?)] = [
        ("Content-Disposition: form-data; name=a", nil),
        ("content-disposition:form-data;name=a", nil),
        ("CONTENT-DISPOSITION: FORM-DATA; name=a\r\nCONTENT-TYPE: Image/PNG", "Image/PNG"),
        (
            "Content-Type: text/plain; charset=x\r\nContent-Disposition: form-data; name=a",
            "text/plain"
        ),
        ("Content-Disposition: form-data; name=a\r\nContent-Type:", nil),
        ("Content-Disposition: form-data; name=a\r\nContent-Type: ; charset=x", nil),
        ("Content-Disposition: form-data; name=a\r\nContent-Type:\ttext/html \t", "text/html"),
        ("X-Any: thing\r\nX-Any: again\r\nContent-Disposition: form-data; name=a", nil),
        ("Content-Disposition: form-data; name=a\r\nContent-Length: 99", nil),
        ("Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: Binary", nil),
        ("Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: 7bit", nil),
        ("Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: 8bit", nil),
        // Folded lines (RFC 5322 2.2.3).
        ("Content-Disposition:\r\n form-data;\r\n\tname=a", nil),
        ("Content-Disposition: form-data; name=a\r\nContent-Type:\r\n text/plain", "text/plain"),
    ]

    @Test(arguments: headers)
    func `reads the fields it knows and passes over others`(
        lines: String, contentType: String?
    ) throws {
        let reading = try reading(of: lines)
        #expect(reading.error == nil)
        #expect(reading.parts.map(\.header.name) == ["a"])
        #expect(reading.parts.map(\.header.contentType) == [contentType])
    }

    static let refused: [(lines: String, error: FormDataError)] = [
        ("Content-Disposition: form-data", .missingName),
        ("Content-Disposition: form-data; name", .missingName),
        ("Content-Disposition: form-data; name=\"\"", .missingName),
        ("Content-Disposition: form-data; filename=\"a\"", .missingName),
        ("Content-Disposition: form-data; name*=utf-8''a", .missingName),
        ("Content-Disposition: attachment; name=a", .missingName),
        ("Content-Disposition:", .missingName),
        ("Content-Type: text/plain", .missingName),
        ("Content-Disposition: form-data; name=a; name=a", .malformedHeader),
        ("Content-Disposition: form-data; name=a; filename=b; filename=c", .malformedHeader),
        ("Content-Disposition: form-data; name=\"a", .malformedHeader),
        ("Content-Disposition: form-data; name=\"a\"b", .malformedHeader),
        ("Content-Disposition: form-data; name=a\"b\"", .malformedHeader),
        ("Content-Disposition: form-data; name=\"a; filename=\"b\"", .malformedHeader),
        ("Content-Disposition: form-data; name=\"a\\\"; filename=\"b\"", .malformedHeader),
        (
            "Content-Disposition: form-data; name=a\r\ncontent-disposition: form-data; name=b",
            .malformedHeader
        ),
        (
            "Content-Disposition: form-data; name=a\r\nContent-Type: a/b\r\nContent-Type: c/d",
            .malformedHeader
        ),
        (" Content-Disposition: form-data; name=a", .malformedHeader),
        ("Content-Disposition : form-data; name=a", .malformedHeader),
        (": x\r\nContent-Disposition: form-data; name=a", .malformedHeader),
        ("no colon\r\nContent-Disposition: form-data; name=a", .malformedHeader),
        ("Näme: x\r\nContent-Disposition: form-data; name=a", .malformedHeader),
        ("Content-Disposition: form-data;\n name=a", .malformedHeader),
        ("Content-Disposition: form-data;\r name=a", .malformedHeader),
        ("Content-Disposition: form-data; name=\"a\u{0}\"", .malformedHeader),
        (
            "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64",
            .unsupportedTransferEncoding
        ),
        (
            "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: quoted-printable",
            .unsupportedTransferEncoding
        ),
    ]

    @Test(arguments: refused)
    func `is refused when it cannot mean one thing`(lines: String, error: FormDataError) throws {
        let reading = try reading(of: lines)
        #expect(reading.error == error)
        #expect(reading.parts.isEmpty)
    }

    @Test(arguments: [
        "name=\"a\u{FF}\"", "name=a\u{FF}", "name=a; filename=\"\u{FF}\"",
        "name=a; filename=\u{FF}",
    ])
    func `is refused when a name is not UTF-8`(parameters: String) throws {
        // Latin-1: each character is one byte.
        let bytes = parameters.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let reading = try reading(of: Array("Content-Disposition: form-data; ".utf8) + bytes)
        #expect(reading.error == .nameNotUTF8)
    }

    @Test
    func `need not be UTF-8 in fields that nobody reads`() throws {
        let header =
            Array("X: ".utf8) + [0xFF] + Array("\r\nContent-Disposition: form-data; name=a".utf8)
        #expect(try reading(of: header).error == nil)
    }
}
