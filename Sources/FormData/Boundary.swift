/// The boundary that the content type of a `multipart/form-data` body names (RFC 2046 5.1.1).
struct Boundary: Equatable, Sendable {
    /// RFC 2046 5.1.1: "no more than 70 characters".
    static let maximumBytes = 70
    /// A content type longer than this is none: the boundary's 70 bytes and some parameters fit well.
    private static let maximumContentTypeBytes = 1024

    /// 1 to 70 bytes of visible ASCII and spaces, not ending in a space.
    ///
    /// RFC 2046 permits fewer signs; some clients send others, and none of them can be mistaken.
    let bytes: [UInt8]

    /// Reads the boundary out of the value of a `Content-Type` header.
    ///
    /// - Throws: `notMultipart`, `malformedContentType`, `missingBoundary`, `malformedBoundary` or
    ///   `boundaryTooLong`.
    init(contentType: String) throws(FormDataError) {
        let field = Array(contentType.utf8)
        guard field.count <= Self.maximumContentTypeBytes,
            let parameters = HeaderParameters(field[...])
        else { throw .malformedContentType }
        guard parameters.leading.isWord("multipart/form-data") else {
            throw .notMultipart
        }
        let values = parameters.values(of: "boundary")
        guard values.count <= 1 else { throw .malformedContentType }
        guard let bytes = values.first?.unescaped, let last = bytes.last else {
            throw .missingBoundary
        }
        guard bytes.count <= Self.maximumBytes else {
            throw .boundaryTooLong(maximumBytes: Self.maximumBytes)
        }
        guard bytes.allSatisfy({ (0x20...0x7E).contains($0) }), !last.isBlank else {
            throw .malformedBoundary
        }
        self.bytes = Array(bytes)
    }
}
