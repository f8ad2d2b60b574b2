/// A file that is in memory already: small ones, and those of tests.
package struct BytesInMemory: FileBytes {
    private let content: [UInt8]

    /// Makes a file of these bytes.
    package init(_ content: [UInt8]) {
        self.content = content
    }

    package var byteCount: Int { content.count }

    package func bytes(at offset: Int, count: Int) -> [UInt8] {
        guard offset >= 0, count > 0, offset < content.count else { return [] }
        return Array(content[offset..<min(content.count, offset + count)])
    }
}
