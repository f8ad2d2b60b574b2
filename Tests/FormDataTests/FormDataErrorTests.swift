import FormData
import Testing

@Suite("Why a form is refused")
struct FormDataErrorTests {
    static let all: [FormDataError] = [
        .notMultipart, .malformedContentType, .missingBoundary, .malformedBoundary,
        .boundaryTooLong(maximumBytes: 70), .preambleTooLong(maximumBytes: 1), .missingDelimiter,
        .malformedDelimiter,
        .headerTooLong(maximumBytes: 1), .malformedHeader, .missingName,
        .nameTooLong(maximumBytes: 1), .nameNotUTF8, .unsupportedTransferEncoding,
        .tooManyParts(maximum: 1), .truncated, .abandoned, .formTooLong(maximumBytes: 1),
        .tooManyFields(maximum: 1), .fieldTooLong(name: "a", maximumBytes: 1),
        .fieldsTooLong(maximumBytes: 1), .repeatedField(name: "a"), .unexpectedFile(name: "a"),
    ]

    @Test
    func `is said in a sentence of its own`() {
        let sentences = Self.all.map(\.description)
        #expect(Set(sentences).count == sentences.count)
        #expect(sentences.allSatisfy { $0.hasPrefix("The ") || $0.hasPrefix("A ") })
        #expect(sentences.allSatisfy { $0.hasSuffix(".") })
    }

    @Test
    func `names the field and the limit`() {
        let error = FormDataError.fieldTooLong(name: "title", maximumBytes: 512)
        #expect(error.description == "The field “title” is longer than 512 bytes.")
    }
}
