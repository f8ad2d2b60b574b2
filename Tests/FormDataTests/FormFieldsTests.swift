import FormData
import Testing

@Suite("The fields of a form")
struct FormFieldsTests {
    private func fields(
        _ form: String, repeatable: Set<String> = [], limits: FormFields.Limits = .init()
    ) throws -> FormFields {
        let form = try URLEncodedForm(Array(form.utf8)[...])
        return try FormFields(form, repeatable: repeatable, limits: limits)
    }

    private func limits(_ change: (inout FormFields.Limits) -> Void) -> FormFields.Limits {
        var limits = FormFields.Limits()
        change(&limits)
        return limits
    }

    @Test
    func `are found by name, absent ones told from empty ones`() throws {
        let fields = try fields("title=A+case&description=")
        #expect(fields.names == ["title", "description"])
        #expect(try fields.text(of: "title") == "A case")
        #expect(fields.value(of: "description") == [])
        #expect(fields.value(of: "priority") == nil)
        #expect(fields.values(of: "priority") == [])
        #expect(try fields.text(of: "priority") == nil)
    }

    @Test(arguments: ["title=a&title=b", "title=a&title=a", "title=&claim=1&title="])
    func `have one value each`(form: String) {
        #expect(throws: FormDataError.repeatedField(name: "title")) { try fields(form) }
    }

    @Test
    func `may repeat where that is meant`() throws {
        let fields = try fields("role=a&title=x&role=b&role=", repeatable: ["role"])
        #expect(fields.values(of: "role") == [[0x61], [0x62], []])
        #expect(fields.value(of: "role") == [0x61])
        #expect(fields.names == ["role", "title"])
    }

    @Test(arguments: [(4, true), (5, true), (6, false)])
    func `are bounded in bytes`(count: Int, isPermitted: Bool) throws {
        let form = "a=" + String(repeating: "x", count: count)
        let limits = limits { $0.maximumFieldBytes = 5 }
        if isPermitted {
            #expect(try fields(form, limits: limits).value(of: "a")?.count == count)
        } else {
            #expect(throws: FormDataError.fieldTooLong(name: "a", maximumBytes: 5)) {
                try fields(form, limits: limits)
            }
        }
    }

    @Test(arguments: [(4, true), (5, true), (6, false)])
    func `are bounded in bytes together`(count: Int, isPermitted: Bool) throws {
        let form = "a=xx&b=" + String(repeating: "x", count: count)
        let limits = limits { $0.maximumTotalBytes = 7 }
        if isPermitted {
            #expect(try fields(form, limits: limits).value(of: "b")?.count == count)
        } else {
            #expect(throws: FormDataError.fieldsTooLong(maximumBytes: 7)) {
                try fields(form, limits: limits)
            }
        }
    }

    @Test(arguments: [("a&b", true), ("a&b&a", true), ("a&b&a&a", false), ("a&b&c&d", false)])
    func `are bounded in number, repeated ones included`(form: String, isPermitted: Bool) throws {
        let limits = limits { $0.maximumFields = 3 }
        if isPermitted {
            #expect(try fields(form, repeatable: ["a"], limits: limits).names == ["a", "b"])
        } else {
            #expect(throws: FormDataError.tooManyFields(maximum: 3)) {
                try fields(form, repeatable: ["a"], limits: limits)
            }
        }
    }

    @Test
    func `hold a case description of 20,000 characters of four bytes with their line ends`() throws
    {
        let description =
            String(repeating: "😀\r\n", count: 10_000) + String(repeating: "😀", count: 10_000)
        var fields = FormFields()
        try fields.add("description", Array(description.utf8)[...])
        #expect(try fields.text(of: "description")?.unicodeScalars.count == 30_000)
    }

    @Test(arguments: [1, 2, 5, Int.max])
    func `are read from a multipart body in pieces`(chunkSize: Int) throws {
        let part = "Content-Disposition: form-data; name="
        let body = Array("--b\r\n\(part)a\r\n\r\none\r\n--b\r\n\(part)b\r\n\r\n\r\n--b--".utf8)
        var parser = try MultipartParser(contentType: "multipart/form-data; boundary=b")
        var fields = FormFields()
        var rest = body[...]
        while !rest.isEmpty {
            try parser.consume(rest.prefix(chunkSize), into: &fields)
            rest = rest.dropFirst(chunkSize)
        }
        try parser.finish()
        #expect(try fields.text(of: "a") == "one")
        #expect(fields.value(of: "b") == [])
        #expect(fields.names == ["a", "b"])
    }

    @Test
    func `are no files`() throws {
        let body = "--b\r\nContent-Disposition: form-data; name=a; filename=\"\"\r\n\r\n\r\n--b--"
        var parser = try MultipartParser(contentType: "multipart/form-data; boundary=b")
        var fields = FormFields()
        #expect(throws: FormDataError.unexpectedFile(name: "a")) {
            try parser.consume(Array(body.utf8)[...], into: &fields)
        }
        #expect(throws: FormDataError.unexpectedFile(name: "a")) { try parser.finish() }
    }
}
