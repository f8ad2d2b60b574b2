/// Weights of features for types: a row a feature, eight types a block, kept in chunks.
///
/// Why not one array: a model learns as a copy of the one in use. Copies share the chunks that neither has changed,
/// and a chunk is so small that its memory is taken from an earlier copy and not anew from the system, which
/// would cost more time than the learning itself.
struct WeightTable: Sendable {
    /// Blocks of eight types in a row.
    let blockCount: Int
    /// Rows, each of ``blockCount`` blocks.
    private(set) var rowCount = 0
    private var chunks: [[SIMD8<Float>]] = []
    private let rowsPerChunk: Int

    /// Blocks of a chunk, 16 KB: below what allocators take from the system for each array, and so few that a
    /// save leaves many as they are.
    private static let blocksPerChunk = 512

    init(blockCount: Int = 0) {
        self.blockCount = blockCount
        rowsPerChunk = max(1, Self.blocksPerChunk / max(1, blockCount))
    }

    /// The first rows of another table, with room for more types, whose weights are 0.
    init(_ other: WeightTable, rowCount: Int, blockCount: Int) {
        self.init(blockCount: blockCount)
        grow(to: rowCount)
        for row in 0..<min(rowCount, other.rowCount) {
            for block in 0..<min(blockCount, other.blockCount) {
                self[row, block] = other[row, block]
            }
        }
    }

    /// Weights that are held.
    var weightCount: Int { rowCount * blockCount * 8 }

    /// Bytes held, without the headers of arrays.
    var byteCount: Int { chunks.count * rowsPerChunk * blockCount * 32 }

    /// A block of a row.
    subscript(row: Int, block: Int) -> SIMD8<Float> {
        get { chunks[row / rowsPerChunk][row % rowsPerChunk * blockCount + block] }
        set { chunks[row / rowsPerChunk][row % rowsPerChunk * blockCount + block] = newValue }
    }

    /// Adds rows of zeros until there are so many.
    mutating func grow(to count: Int) {
        rowCount = max(rowCount, count)
        let chunk = [SIMD8<Float>](repeating: .zero, count: rowsPerChunk * blockCount)
        while chunks.count * rowsPerChunk < rowCount {
            chunks.append(chunk)
        }
    }

    /// Adds a row, times a factor, to sums of ``blockCount`` blocks.
    func add(_ row: Int, times factor: Float, to sums: inout [SIMD8<Float>]) {
        let first = row % rowsPerChunk * blockCount
        let chunk = chunks[row / rowsPerChunk]
        let own = chunk.span
        var all = sums.mutableSpan
        for block in all.indices { all[block] += factor * own[first + block] }
    }

    /// Adds values of ``blockCount`` blocks, times a factor, to a row.
    mutating func add(_ values: [SIMD8<Float>], times factor: Float, toRow row: Int) {
        let first = row % rowsPerChunk * blockCount
        Self.add(values, times: factor, to: &chunks[row / rowsPerChunk], from: first)
    }

    private static func add(
        _ values: [SIMD8<Float>], times factor: Float, to chunk: inout [SIMD8<Float>],
        from first: Int
    ) {
        let values = values.span
        var own = chunk.mutableSpan
        for block in values.indices { own[first + block] += factor * values[block] }
    }
}
