import FormData
import Testing

@Suite("Limits of a multipart body")
struct MultipartLimitTests {
    private static let field = MultipartParserTests.field

    private func limits(_ change: (inout MultipartParser.Limits) -> Void) -> MultipartParser.Limits
    {
        var limits = MultipartParser.Limits()
        change(&limits)
        return limits
    }

    @Test(arguments: [(9, true), (10, true), (11, false)], [1, 3, Int.max])
    func `bounds the bytes before the first delimiter`(
        count: (Int, isPermitted: Bool), chunkSize: Int
    ) throws {
        let body = String(repeating: "x", count: count.0) + "\r\n--b\r\n\(Self.field)one\r\n--b--"
        let reading = try Reading(
            body, chunkSize: chunkSize, limits: limits { $0.maximumPreambleBytes = 10 })
        let error = FormDataError.preambleTooLong(maximumBytes: 10)
        #expect(reading.error == (count.isPermitted ? nil : error))
    }

    @Test(arguments: [-1, 0, 1], [1, 3, Int.max])
    func `bounds the header of every part by itself`(excess: Int, chunkSize: Int) throws {
        let maximum = Self.field.utf8.count + 20
        let padding = String(repeating: "x", count: 20 - "X: \r\n".utf8.count + excess)
        let part = "--b\r\nX: \(padding)\r\n\(Self.field)one\r\n"
        let reading = try Reading(
            part + part + "--b--", chunkSize: chunkSize,
            limits: limits { $0.maximumHeaderBytes = maximum })
        #expect(reading.error == (excess > 0 ? .headerTooLong(maximumBytes: maximum) : nil))
    }

    @Test
    func `does not wait for the end of a header that is too long`() throws {
        let body = "--b\r\nX: " + String(repeating: "x", count: 8 * 1024)
        #expect(try Reading(body).error == .headerTooLong(maximumBytes: 8 * 1024))
    }

    @Test(arguments: [(4, true), (5, true), (6, false)])
    func `bounds the number of parts`(count: Int, isPermitted: Bool) throws {
        let part = "--b\r\n\(Self.field)one\r\n"
        let reading = try Reading(
            String(repeating: part, count: count) + "--b--",
            limits: limits { $0.maximumParts = 5 })
        #expect(reading.error == (isPermitted ? nil : .tooManyParts(maximum: 5)))
        #expect(reading.parts.count == min(count, 5))
    }

    @Test(arguments: [(7, true), (8, true), (9, false)])
    func `bounds a name in bytes, not characters`(count: Int, isPermitted: Bool) throws {
        let name = "é" + String(repeating: "n", count: count - 2)
        let body = "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\r\n--b--"
        let reading = try Reading(body, limits: limits { $0.maximumNameBytes = 8 })
        #expect(reading.error == (isPermitted ? nil : .nameTooLong(maximumBytes: 8)))
    }

    @Test(arguments: [(63, true), (64, true), (65, false)])
    func `bounds the padding after a boundary`(count: Int, isPermitted: Bool) throws {
        let padding = String(repeating: " ", count: count)
        let reading = try Reading("--b\(padding)\r\n\(Self.field)one\r\n--b--")
        #expect(reading.error == (isPermitted ? nil : .malformedDelimiter))
    }

    @Test(arguments: [(69, true), (70, true), (71, false)])
    func `bounds the boundary as RFC 2046 does`(count: Int, isPermitted: Bool) throws {
        let boundary = String(repeating: "b", count: count)
        let reading = try Reading(
            Array("--\(boundary)--".utf8), contentType: "multipart/form-data; boundary=\(boundary)")
        #expect(reading.error == (isPermitted ? nil : .boundaryTooLong(maximumBytes: 70)))
    }
}
