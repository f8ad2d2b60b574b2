import FormData
import Testing

@Suite("Reading a url-encoded form")
struct URLEncodedFormTests {
    private func read(
        _ form: String, limits: URLEncodedForm.Limits = .init()
    ) throws(FormDataError) -> [URLEncodedForm.Field] {
        try URLEncodedForm(Array(form.utf8)[...], limits: limits).fields
    }

    /// Forms with the names and values that WHATWG URL 5.1 gives them, one after the other.
    static let readable: [(form: String, pairs: [String])] = [
        ("", []),
        ("a=b", ["a", "b"]),
        ("a=b&c=d", ["a", "b", "c", "d"]),
        ("c=d&a=b&c=e", ["c", "d", "a", "b", "c", "e"]),
        ("a", ["a", ""]),
        ("a=", ["a", ""]),
        ("=b", ["", "b"]),
        ("=", ["", ""]),
        ("&&a=b&&", ["a", "b"]),
        ("a=b=c&d==", ["a", "b=c", "d", "="]),
        ("a+b=c+d%2Be", ["a b", "c d+e"]),
        ("%61%3d=%26%3D", ["a=", "&="]),
        ("a=%C3%A9%e2%98%83", ["a", "é☃"]),
        ("a=é", ["a", "é"]),
        ("a=%0D%0A", ["a", "\r\n"]),
        ("a=%&b=%4&c=%4g&d=%%41&e=%g1", ["a", "%", "b", "%4", "c", "%4g", "d", "%A", "e", "%g1"]),
        ("a=%00", ["a", "\u{0}"]),
        ("a;b=c", ["a;b", "c"]),
    ]

    @Test(arguments: readable)
    func `gives names and values in their order`(form: String, pairs: [String]) throws {
        let fields = try read(form)
        #expect(
            fields.flatMap { [$0.name, String(decoding: $0.value, as: UTF8.self)] } == pairs)
    }

    @Test
    func `gives values as bytes, whatever they are`() throws {
        #expect(try read("a=%FF%C3").map(\.value) == [[0xFF, 0xC3]])
    }

    @Test
    func `refuses a name that is not UTF-8`() {
        #expect(throws: FormDataError.nameNotUTF8) { try read("a=b&%FF=c") }
    }

    @Test(arguments: [(9, true), (10, true), (11, false)])
    func `bounds the bytes of the form`(count: Int, isPermitted: Bool) throws {
        var limits = URLEncodedForm.Limits()
        limits.maximumFormBytes = 10
        let form = String(repeating: "&", count: count)
        if isPermitted {
            #expect(try read(form, limits: limits).isEmpty)
        } else {
            #expect(throws: FormDataError.formTooLong(maximumBytes: 10)) {
                try read(form, limits: limits)
            }
        }
    }

    @Test(arguments: [(2, true), (3, true), (4, false)])
    func `bounds the number of fields`(count: Int, isPermitted: Bool) throws {
        var limits = URLEncodedForm.Limits()
        limits.maximumFields = 3
        let form = String(repeating: "a=b&&", count: count)
        if isPermitted {
            #expect(try read(form, limits: limits).count == count)
        } else {
            #expect(throws: FormDataError.tooManyFields(maximum: 3)) {
                try read(form, limits: limits)
            }
        }
    }

    @Test(arguments: [(3, true), (4, true), (5, false)])
    func `bounds a name after decoding`(count: Int, isPermitted: Bool) throws {
        var limits = URLEncodedForm.Limits()
        limits.maximumNameBytes = 4
        let form = String(repeating: "%61", count: count)
        if isPermitted {
            #expect(
                try read(form, limits: limits).map(\.name) == [String(repeating: "a", count: count)]
            )
        } else {
            #expect(throws: FormDataError.nameTooLong(maximumBytes: 4)) {
                try read(form, limits: limits)
            }
        }
    }
}
