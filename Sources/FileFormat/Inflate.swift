/// Unpacks deflated data, to a limit.
///
/// Source: RFC 1951. It is small rather than fast: what is unpacked here are the few kilobytes in
/// which a package says what it is.
struct Inflate {
    /// How an unpacking ended.
    enum Outcome: Equatable {
        /// All of it, to the final block.
        case complete([UInt8])

        /// There is more; this is as much as was asked for, or as much as the input holds.
        case partial([UInt8])

        /// Not deflated data.
        case invalid
    }

    /// Unpacks until the end of the data, at most `maximumByteCount` bytes.
    static func unpack(_ input: [UInt8], maximumByteCount: Int) -> Outcome {
        var inflate = Inflate(bits: BitReader(input), maximumByteCount: maximumByteCount)
        do throws(Stop) {
            while try !inflate.block() {}
            return .complete(inflate.output)
        } catch {
            return error == .invalid ? .invalid : .partial(inflate.output)
        }
    }

    private enum Stop: Error { case invalid, endOfInput, full }

    private var bits: BitReader
    private let maximumByteCount: Int
    private var output: [UInt8] = []

    private init(bits: BitReader, maximumByteCount: Int) {
        self.bits = bits
        self.maximumByteCount = maximumByteCount
    }

    /// Unpacks one block and says whether it is the final one (3.2.3).
    private mutating func block() throws(Stop) -> Bool {
        let isFinal = try bits.take(1) == 1
        switch try bits.take(2) {
        case 0: try stored()
        case 1: try compressed(literals: Inflate.fixedLiterals, distances: Inflate.fixedDistances)
        case 2:
            let (literals, distances) = try dynamicCodes()
            try compressed(literals: literals, distances: distances)
        default: throw .invalid
        }
        return isFinal
    }

    /// Non-compressed block: length and its complement, then bytes (3.2.4).
    private mutating func stored() throws(Stop) {
        bits.alignToByte()
        let length = try bits.take(16)
        guard try bits.take(16) == length ^ 0xFFFF else { throw .invalid }
        for _ in 0..<length { try put(UInt8(try bits.take(8))) }
    }

    /// The smallest value of a length or distance symbol, and how many bits are added to it.
    private typealias Range = (base: Int, extra: Int)

    /// The lengths of the symbols 257 to 285 (3.2.5).
    private static let lengths =
        ranges(count: 28, firstBase: 3, perExtraBit: 4) + [(base: 258, extra: 0)]

    /// The distances of the symbols 0 to 29 (3.2.5).
    private static let distances = ranges(count: 30, firstBase: 1, perExtraBit: 2)

    /// Ranges one behind the other, with one more extra bit after each `perExtraBit` symbols,
    /// beginning with the third such group.
    private static func ranges(count: Int, firstBase: Int, perExtraBit: Int) -> [Range] {
        var base = firstBase
        return (0..<count).map { symbol in
            let extra = max(0, symbol / perExtraBit - 1)
            defer { base += 1 << extra }
            return (base, extra)
        }
    }

    private mutating func compressed(literals: HuffmanCode, distances: HuffmanCode) throws(Stop) {
        while true {
            let symbol = try bits.symbol(of: literals)
            if symbol < 256 {
                try put(UInt8(symbol))
            } else if symbol == 256 {
                return
            } else {
                try copy(lengthSymbol: symbol - 257, distances: distances)
            }
        }
    }

    private mutating func copy(lengthSymbol: Int, distances: HuffmanCode) throws(Stop) {
        guard lengthSymbol < Inflate.lengths.count else { throw .invalid }
        let length = Inflate.lengths[lengthSymbol]
        let count = length.base + (try bits.take(length.extra))
        let symbol = try bits.symbol(of: distances)
        guard symbol < Inflate.distances.count else { throw .invalid }
        let distance = Inflate.distances[symbol]
        let back = distance.base + (try bits.take(distance.extra))
        guard back <= output.count else { throw .invalid }
        for _ in 0..<count { try put(output[output.count - back]) }
    }

    private mutating func put(_ byte: UInt8) throws(Stop) {
        guard output.count < maximumByteCount else { throw .full }
        output.append(byte)
    }

    private static let fixedLiterals = HuffmanCode(
        lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    private static let fixedDistances = HuffmanCode(lengths: Array(repeating: 5, count: 30))

    /// The order in which the lengths of the code for code lengths stand (3.2.7).
    private static let orderOfLengths = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]

    /// The two codes of a block that brings its own (3.2.7).
    private mutating func dynamicCodes() throws(Stop) -> (HuffmanCode, HuffmanCode) {
        let literalCount = try bits.take(5) + 257
        let distanceCount = try bits.take(5) + 1
        let lengthCount = try bits.take(4) + 4
        guard literalCount <= 286, distanceCount <= 30 else { throw .invalid }
        var codeLengths = [UInt8](repeating: 0, count: 19)
        for place in Inflate.orderOfLengths.prefix(lengthCount) {
            codeLengths[place] = UInt8(try bits.take(3))
        }
        let lengths = try codeLengthsRead(
            count: literalCount + distanceCount, by: HuffmanCode(lengths: codeLengths))
        return (
            HuffmanCode(lengths: Array(lengths[..<literalCount])),
            HuffmanCode(lengths: Array(lengths[literalCount...]))
        )
    }

    private mutating func codeLengthsRead(
        count: Int, by code: HuffmanCode
    ) throws(Stop) -> [UInt8] {
        var lengths: [UInt8] = []
        while lengths.count < count {
            let symbol = try bits.symbol(of: code)
            switch symbol {
            case 16:
                guard let last = lengths.last else { throw .invalid }
                lengths += Array(repeating: last, count: 3 + (try bits.take(2)))
            case 17: lengths += Array(repeating: 0, count: 3 + (try bits.take(3)))
            case 18: lengths += Array(repeating: 0, count: 11 + (try bits.take(7)))
            default: lengths.append(UInt8(symbol))
            }
        }
        guard lengths.count == count else { throw .invalid }
        return lengths
    }

    /// A code in which shorter codes come first, those of one length in the order of their symbols
    /// (3.2.2).
    private struct HuffmanCode {
        /// How many codes there are of each length, 0 to 15.
        private(set) var counts = [Int](repeating: 0, count: 16)

        /// The symbols in the order of their codes.
        private(set) var symbols: [Int] = []

        init(lengths: [UInt8]) {
            for length in lengths { counts[Int(length)] += 1 }
            counts[0] = 0
            var place = counts.indices.map { counts[..<$0].reduce(0, +) }
            symbols = Array(repeating: 0, count: place[15] + counts[15])
            for (symbol, length) in lengths.enumerated() where length > 0 {
                symbols[place[Int(length)]] = symbol
                place[Int(length)] += 1
            }
        }
    }

    /// Bits from the least significant of each byte on (3.1.1).
    private struct BitReader {
        private let input: [UInt8]
        private var position = 0
        private var held = 0
        private var heldCount = 0

        init(_ input: [UInt8]) {
            self.input = input
        }

        mutating func take(_ count: Int) throws(Stop) -> Int {
            while heldCount < count {
                guard position < input.count else { throw .endOfInput }
                held |= Int(input[position]) << heldCount
                position += 1
                heldCount += 8
            }
            let value = held & (1 << count - 1)
            held >>= count
            heldCount -= count
            return value
        }

        /// Gives up the rest of the current byte; whole bytes are never held longer than a `take`.
        mutating func alignToByte() {
            held = 0
            heldCount = 0
        }

        /// Reads a symbol: one more bit as long as the number is beyond the codes of this length.
        mutating func symbol(of code: HuffmanCode) throws(Stop) -> Int {
            var number = 0
            var firstOfLength = 0
            var symbolsBefore = 0
            for length in 1...15 {
                number = number << 1 | (try take(1))
                firstOfLength <<= 1
                let count = code.counts[length]
                if number - firstOfLength < count, number >= firstOfLength {
                    return code.symbols[symbolsBefore + number - firstOfLength]
                }
                symbolsBefore += count
                firstOfLength += count
            }
            throw .invalid
        }
    }
}
