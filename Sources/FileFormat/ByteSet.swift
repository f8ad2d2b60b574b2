/// A set of bytes that is asked for each byte of a file.
struct ByteSet {
    private var has: [Bool]

    /// The set of these bytes.
    init(_ bytes: [UInt8]) {
        has = Array(repeating: false, count: 256)
        for byte in bytes { has[Int(byte)] = true }
    }

    /// All bytes that are not in this set.
    var inverted: ByteSet {
        var other = self
        for index in has.indices { other.has[index].toggle() }
        return other
    }

    func contains(_ byte: UInt8) -> Bool { has[Int(byte)] }

    /// This set and these bytes.
    func union(_ bytes: [UInt8]) -> ByteSet {
        var other = self
        for byte in bytes { other.has[Int(byte)] = true }
        return other
    }

    /// The first index in a range of an array whose byte is in the set, or nil.
    func firstIndex(in array: [UInt8], _ range: Range<Int>) -> Int? {
        let has = has.span
        let bytes = array.span
        for index in range where has[Int(bytes[index])] { return index }
        return nil
    }
}
