internal import FileAccess

/// A file seen through a window of 64 KiB, which slides to where the next byte is wanted.
///
/// The structure checks read through it as if the file were in memory. Every read beyond the end
/// throws `Flaw.cutOff`, so that no check can forget that a file may end anywhere. It is not
/// generic: the loops over its bytes are compiled once, for arrays.
struct ByteWindow {
    /// The most that is read and held at once, in bytes: large enough that reading is not the
    /// cost, small enough for 32 files at the same time.
    static let maximumByteCount = 64 * 1024

    /// The size of the whole file in bytes.
    let byteCount: Int

    private let source: any FileBytes
    private var start = 0
    private var held: [UInt8] = []

    init(_ source: any FileBytes) {
        self.source = source
        byteCount = source.byteCount
    }

    /// The byte at `offset`.
    @inline(__always)
    mutating func byte(at offset: Int) throws -> UInt8 {
        let index = offset &- start
        if index >= 0, index < held.count { return held[index] }
        try slide(to: offset)
        return held[0]
    }

    /// A copy of `count` bytes from `offset` on.
    ///
    /// What is not in the window is read by itself and leaves the window where it is: jumping about
    /// in a file costs what is asked for, not 64 KiB a jump.
    mutating func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        guard offset >= 0, count >= 0, count <= byteCount, offset <= byteCount - count else {
            throw Flaw.cutOff
        }
        let index = offset - start
        if index >= 0, index + count <= held.count {
            return Array(held[index..<(index + count)])
        }
        let bytes = try source.bytes(at: offset, count: count)
        guard bytes.count == count else { throw Flaw.cutOff }
        return bytes
    }

    /// Up to `count` bytes from `offset` on: fewer at the end of the file.
    mutating func prefix(at offset: Int, count: Int) throws -> [UInt8] {
        let available = max(0, min(count, byteCount - offset))
        return try bytes(at: offset, count: available)
    }

    /// Whether these bytes stand at `offset`; false when the file ends before.
    mutating func has(_ pattern: [UInt8], at offset: Int) throws -> Bool {
        guard offset >= 0, offset <= byteCount - pattern.count else { return false }
        for (index, expected) in pattern.enumerated() {
            guard try byte(at: offset + index) == expected else { return false }
        }
        return true
    }

    /// The big-endian number of two bytes at `offset`.
    mutating func bigEndian16(at offset: Int) throws -> Int {
        Int(try byte(at: offset)) << 8 | Int(try byte(at: offset + 1))
    }

    /// The big-endian number of four bytes at `offset`.
    mutating func bigEndian32(at offset: Int) throws -> Int {
        try bigEndian16(at: offset) << 16 | bigEndian16(at: offset + 2)
    }

    /// The little-endian number of two bytes at `offset`.
    mutating func littleEndian16(at offset: Int) throws -> Int {
        Int(try byte(at: offset)) | Int(try byte(at: offset + 1)) << 8
    }

    /// The little-endian number of four bytes at `offset`.
    mutating func littleEndian32(at offset: Int) throws -> Int {
        try littleEndian16(at: offset) | littleEndian16(at: offset + 2) << 16
    }

    /// The place of the first `byte` in a range, or nil; never further than the end of the file.
    mutating func firstIndex(of byte: UInt8, in range: Range<Int>) throws -> Int? {
        var offset = range.lowerBound
        let end = min(range.upperBound, byteCount)
        while offset < end {
            let piece = try piece(from: offset, to: end)
            let bytes = held.span
            for index in piece where bytes[index] == byte { return start + index }
            offset += piece.count
        }
        return nil
    }

    /// The place of the first byte in a range that is one of a set, or nil.
    mutating func firstIndex(in set: ByteSet, range: Range<Int>) throws -> Int? {
        var offset = range.lowerBound
        let end = min(range.upperBound, byteCount)
        while offset < end {
            let piece = try piece(from: offset, to: end)
            if let index = set.firstIndex(in: held, piece) { return start + index }
            offset += piece.count
        }
        return nil
    }

    /// The place of the first byte in a range that is not one of a set, or nil.
    mutating func firstIndex(notIn set: ByteSet, range: Range<Int>) throws -> Int? {
        try firstIndex(in: set.inverted, range: range)
    }

    /// The place of the first `pattern` that lies in a range whole, or nil.
    mutating func firstIndex(of pattern: [UInt8], in range: Range<Int>) throws -> Int? {
        guard let first = pattern.first else { return nil }
        var offset = range.lowerBound
        while let found = try firstIndex(of: first, in: offset..<range.upperBound) {
            guard found + pattern.count <= range.upperBound else { return nil }
            if try has(pattern, at: found) { return found }
            offset = found + 1
        }
        return nil
    }

    /// The place of the last `pattern` in the file, or nil; reads from the end, each byte once.
    mutating func lastIndex(of pattern: [UInt8]) throws -> Int? {
        var end = byteCount
        while end >= pattern.count {
            let begin = max(0, end - ByteWindow.maximumByteCount)
            let piece = try bytes(at: begin, count: end - begin)
            if let index = ByteWindow.lastIndex(of: pattern, in: piece) { return begin + index }
            guard begin > 0 else { return nil }
            end = begin + pattern.count - 1
        }
        return nil
    }

    /// The index of the last pattern in a piece, or nil.
    ///
    /// A byte that is not in the pattern at all rules out every place at which the pattern would
    /// cover it (the rule of Horspool's search).
    private static func lastIndex(of pattern: [UInt8], in piece: [UInt8]) -> Int? {
        let letters = ByteSet(pattern)
        var index = piece.count - pattern.count
        while index >= 0 {
            guard letters.contains(piece[index]) else {
                index -= pattern.count
                continue
            }
            var length = 0
            while length < pattern.count, piece[index + length] == pattern[length] { length += 1 }
            if length == pattern.count { return index }
            index -= 1
        }
        return nil
    }

    /// The CRC-32 of a range, which has to lie in the file whole.
    mutating func checksum(of range: Range<Int>) throws -> UInt32 {
        guard range.upperBound <= byteCount else { throw Flaw.cutOff }
        var checksum = CRC32()
        var offset = range.lowerBound
        while offset < range.upperBound {
            let piece = try piece(from: offset, to: range.upperBound)
            checksum.add(held, in: piece)
            offset += piece.count
        }
        return checksum.value
    }

    /// The indices of the held bytes that stand for `offset..<end`, or for the first part of it.
    private mutating func piece(from offset: Int, to end: Int) throws -> Range<Int> {
        if offset < start || offset >= start + held.count { try slide(to: offset) }
        let first = offset - start
        return first..<min(held.count, first + end - offset)
    }

    private mutating func slide(to offset: Int) throws {
        guard offset >= 0, offset < byteCount else { throw Flaw.cutOff }
        let count = min(ByteWindow.maximumByteCount, byteCount - offset)
        held = try source.bytes(at: offset, count: count)
        start = offset
        guard !held.isEmpty else { throw Flaw.cutOff }
    }
}
