internal import Crypto
internal import SystemPackage

/// SHA-256 and size of a file on the disk.
enum FileHash {
    /// Bytes read at once.
    private static let step = 256 * 1024

    /// Reads a file to its end.
    ///
    /// - Parameter copy: Gets every byte as well.
    static func of(
        _ file: FileDescriptor, path: String, copyingTo copy: FileDescriptor? = nil
    ) throws(StoreError) -> (sha256: String, byteCount: Int) {
        var hash = SHA256()
        var byteCount = 0
        do {
            var buffer = [UInt8](repeating: 0, count: step)
            while true {
                let count = unsafe try buffer.withUnsafeMutableBytes { bytes in
                    unsafe try file.read(into: bytes)
                }
                guard count > 0 else { break }
                unsafe try buffer.withUnsafeBytes { bytes in
                    let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<count])
                    unsafe hash.update(bufferPointer: part)
                    if let copy { _ = unsafe try copy.writeAll(part) }
                }
                byteCount += count
            }
        } catch {
            throw StoreError(system: error, path: path)
        }
        return (hexadecimal(hash.finalize()), byteCount)
    }

    /// The lower-case digits of some bytes.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.reduce(into: "") { text, byte in
            if byte < 16 { text += "0" }
            text += String(byte, radix: 16)
        }
    }
}
