/// The bytes of a staged file, read where they are needed.
///
/// The inspector asks for at most 64 KiB at a time (`ByteWindow`) and keeps one such piece, so that
/// many files can be looked at in the same moment with constant memory.
package protocol RandomAccessBytes {
    /// The size of the file in bytes.
    var byteCount: Int { get }

    /// Reads `count` bytes from `offset` on; fewer where the file ends.
    ///
    /// - Throws: what the file system says; the inspector passes it on as it is.
    func bytes(at offset: Int, count: Int) throws -> [UInt8]
}

/// Bytes that are in memory already: small files and tests.
package struct ByteArray: RandomAccessBytes {
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
