internal import Foundation

/// Reads a file line by line in bounded memory.
struct LineReader {
    /// A line, from 1.
    struct Line {
        let number: Int
        /// Without its line break; `nil` when it is longer than ``LineReader/maximumLineByteCount``.
        let bytes: Data?
    }

    /// The longest line that is read, in bytes: as much as the interface takes in one request.
    static let maximumLineByteCount = 6 * 1024 * 1024
    /// Bytes read at a time.
    static let chunkByteCount = 256 * 1024

    private let read: () throws -> Data
    private var rest = Data()
    private var number = 0
    private var isAtEnd = false

    /// - Parameter read: Gives the next bytes, none at the end.
    init(_ read: @escaping () throws -> Data) {
        self.read = read
    }

    /// The next line; `nil` at the end.
    mutating func next() throws -> Line? {
        var bytes: [UInt8] = []
        var isTooLong = false
        while true {
            if rest.isEmpty {
                if !isAtEnd { rest = try read() }
                isAtEnd = rest.isEmpty
            }
            let end = rest.firstIndex(of: 0x0A)
            let part = rest[..<(end ?? rest.endIndex)]
            isTooLong = isTooLong || bytes.count + part.count > Self.maximumLineByteCount
            if !isTooLong { bytes += part }
            let hadPart = !part.isEmpty
            rest = end.map { rest[rest.index(after: $0)...] } ?? Data()
            if end != nil || isAtEnd {
                guard end != nil || hadPart || !bytes.isEmpty || isTooLong else { return nil }
                number += 1
                return Line(number: number, bytes: isTooLong ? nil : Data(bytes))
            }
        }
    }
}
