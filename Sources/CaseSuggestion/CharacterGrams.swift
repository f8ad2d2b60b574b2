/// The character n-grams of words, with a mark at both ends; they carry misspellings and other scripts.
enum CharacterGrams {
    /// Shortest and longest n-gram of words in ASCII, in characters including the marks.
    static let lengths = 3...5
    /// Shortest and longest n-gram of other words: one letter says more there.
    static let otherLengths = 2...4

    /// Calls `body` with each n-gram of the word.
    static func forEach(
        of word: ArraySlice<Unicode.Scalar>, salt: UInt64, _ body: (WordHash) -> Void
    ) {
        let lengths = word.allSatisfy(\.isASCII) ? Self.lengths : otherLengths
        let edge: UInt32 = 0x20
        let first = word.startIndex - 1
        let end = word.endIndex + 1
        for start in first..<end {
            var hash = WordHash(salt: salt)
            var position = start
            while position < end, position - start < lengths.upperBound {
                let isEdge = position == first || position == word.endIndex
                var value = isEdge ? edge : word[position].value
                repeat {
                    hash.add(UInt8(truncatingIfNeeded: value))
                    value >>= 8
                } while value > 0
                position += 1
                if position - start >= lengths.lowerBound { body(hash) }
            }
        }
    }
}
