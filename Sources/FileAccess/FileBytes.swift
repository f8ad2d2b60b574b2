/// The bytes of a file, read where they are needed.
///
/// Whoever reads a file asks for pieces of a bounded size (``FileBytes/bytes(at:count:)``) and keeps one or two of
/// them, so that a file of any size, and many at the same moment, take constant memory.
package protocol FileBytes {
    /// The size of the file in bytes.
    var byteCount: Int { get }

    /// Reads `count` bytes from `offset` on; fewer where the file ends.
    ///
    /// - Throws: What the file system says; readers pass it on as it is.
    func bytes(at offset: Int, count: Int) throws -> [UInt8]
}
