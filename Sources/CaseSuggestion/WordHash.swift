/// The identity of a word or feature: 64 bits of FNV-1a, the same in every process.
///
/// Swift's own hashing is seeded anew in each process; these values are kept in trained models.
struct WordHash: Hashable, Comparable, Sendable {
    var value: UInt64

    private static let offsetBasis: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01b3

    /// The hash of nothing, in a namespace of its own where `salt` is not zero.
    init(salt: UInt64 = 0) {
        value = Self.offsetBasis ^ (salt &* 0x9e37_79b9_7f4a_7c15)
    }

    init(_ bytes: some Sequence<UInt8>) {
        self.init()
        for byte in bytes { add(byte) }
    }

    init(_ word: String) {
        self.init(word.utf8)
    }

    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* Self.prime
    }

    /// Adds another hash as a whole; the order matters.
    mutating func add(_ other: WordHash) {
        value = (value ^ other.value) &* 0xff51_afd7_ed55_8ccd
        value ^= value >> 32
    }

    /// This word in another namespace of features.
    func salted(_ salt: UInt64) -> WordHash {
        var hash = WordHash(salt: salt)
        hash.add(self)
        return hash
    }

    static func < (left: WordHash, right: WordHash) -> Bool {
        left.value < right.value
    }
}
