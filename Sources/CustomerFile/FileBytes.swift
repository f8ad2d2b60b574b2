/// The bytes of a file of customers, read piece by piece.
///
/// Whoever reads a file asks for pieces of at most ``CustomerFileLimit/pieceByteCount`` in their
/// order, so that a file of any size takes constant memory.
package protocol FileBytes {
    /// The size of the file in bytes.
    var byteCount: Int { get }

    /// Reads `count` bytes from `offset` on; fewer where the file ends.
    ///
    /// - Throws: What the file system says; readers pass it on as it is.
    func bytes(at offset: Int, count: Int) throws -> [UInt8]
}

/// A file that is in memory already.
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
