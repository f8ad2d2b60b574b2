import FormData
import Testing

@Suite("The content type of a multipart body")
struct ContentTypeTests {
    /// Content types and the boundary they name (RFC 2045 5.1, RFC 2046 5.1.1).
    static let readable: [(contentType: String, boundary: String)] = [
        ("multipart/form-data; boundary=abc", "abc"),
        ("multipart/form-data;boundary=abc", "abc"),
        ("Multipart/Form-Data; Boundary=aBc", "aBc"),
        ("multipart/form-data ; boundary = abc ", "abc"),
        ("multipart/form-data; charset=utf-8; boundary=abc", "abc"),
        ("multipart/form-data; boundary=abc; charset=utf-8", "abc"),
        ("multipart/form-data; boundary=abc;", "abc"),
        ("multipart/form-data; charset; boundary=abc", "abc"),
        ("multipart/form-data; boundary=\"abc\"", "abc"),
        ("multipart/form-data; boundary=\"gc0pJq0M:08jU534c0p\"", "gc0pJq0M:08jU534c0p"),
        ("multipart/form-data; boundary=\"a;b c\"", "a;b c"),
        ("multipart/form-data; boundary=\"a\\\"b\"", "a\"b"),
        ("multipart/form-data; boundary=a=b?", "a=b?"),
        (
            "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxk",
            "----WebKitFormBoundary7MA4YWxk"
        ),
    ]

    @Test(arguments: readable)
    func `names the boundary`(contentType: String, boundary: String) throws {
        let body = "--\(boundary)\r\n\(MultipartParserTests.field)one\r\n--\(boundary)--"
        let reading = try Reading(Array(body.utf8), contentType: contentType)
        #expect(reading.error == nil)
        #expect(reading.texts == ["one"])
    }

    static let unreadable: [(contentType: String, error: FormDataError)] = [
        ("", .notMultipart),
        ("application/x-www-form-urlencoded", .notMultipart),
        ("multipart/mixed; boundary=abc", .notMultipart),
        ("multipart/form-data, boundary=abc", .notMultipart),
        ("boundary=abc", .notMultipart),
        ("multipart/form-data", .missingBoundary),
        ("multipart/form-data; boundary", .missingBoundary),
        ("multipart/form-data; boundary=", .missingBoundary),
        ("multipart/form-data; boundary=\"\"", .missingBoundary),
        ("multipart/form-data; xboundary=abc", .missingBoundary),
        ("multipart/form-data; boundary=a; boundary=a", .malformedContentType),
        ("multipart/form-data; boundary=a; Boundary=b", .malformedContentType),
        ("multipart/form-data; boundary=\"abc", .malformedContentType),
        ("multipart/form-data; boundary=a\"b\"", .malformedContentType),
        ("multipart/form-data; boundary=\"a\"b", .malformedContentType),
        ("multipart/form-data; boundary=\"abc \"", .malformedBoundary),
        ("multipart/form-data; boundary=a\r\nb", .malformedBoundary),
        ("multipart/form-data; boundary=a\u{0}b", .malformedBoundary),
        ("multipart/form-data; boundary=é", .malformedBoundary),
        (
            "multipart/form-data; boundary=a; x=" + String(repeating: "x", count: 1024),
            .malformedContentType
        ),
    ]

    @Test(arguments: unreadable)
    func `is refused when it is another or names no boundary`(
        contentType: String, error: FormDataError
    ) {
        #expect(throws: error) { try MultipartParser(contentType: contentType) }
    }
}
