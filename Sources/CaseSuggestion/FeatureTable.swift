/// Rows of a weight table for features, given out as features appear.
///
/// When all rows are given out, new features share rows by their hash: memory is bounded and nothing stops.
struct FeatureTable: Sendable {
    /// How many rows there may be.
    private(set) var maximumRowCount: Int
    /// How many are given out.
    private(set) var rowCount = 0
    /// Slots of an open-addressed table, a power of two, at most half of them used.
    private var keys: [UInt64] = [UInt64](repeating: 0, count: 1 << 10)
    private var rows: [UInt32] = [UInt32](repeating: 0, count: 1 << 10)

    init(maximumRowCount: Int) {
        self.maximumRowCount = max(1, maximumRowCount)
    }

    /// The row of a feature; nil when it was never seen.
    func row(of feature: WordHash) -> Int? {
        let slot = slot(of: feature)
        if keys[slot] == key(feature) { return Int(rows[slot]) }
        return rowCount < maximumRowCount ? nil : shared(feature)
    }

    /// The row of a feature, given out if it has none.
    mutating func assignedRow(of feature: WordHash) -> Int {
        let slot = slot(of: feature)
        if keys[slot] == key(feature) { return Int(rows[slot]) }
        guard rowCount < maximumRowCount else { return shared(feature) }
        keys[slot] = key(feature)
        rows[slot] = UInt32(rowCount)
        rowCount += 1
        if rowCount * 2 > keys.count { grow() }
        return rowCount - 1
    }

    /// Takes back the rows from a bound on; their features share rows from now on.
    mutating func limit(to bound: Int) {
        maximumRowCount = max(1, bound)
        guard rowCount > maximumRowCount else { return }
        rowCount = maximumRowCount
        rebuild(size: keys.count)
    }

    /// Bytes held.
    var byteCount: Int { keys.count * 12 }

    /// 0 marks an empty slot.
    private func key(_ feature: WordHash) -> UInt64 { feature.value == 0 ? 1 : feature.value }

    private func shared(_ feature: WordHash) -> Int {
        Int(feature.value % UInt64(maximumRowCount))
    }

    private func slot(of feature: WordHash) -> Int {
        let key = key(feature)
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 20) & mask
        while keys[slot] != 0 && keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() { rebuild(size: keys.count * 2) }

    private mutating func rebuild(size: Int) {
        let (oldKeys, oldRows) = (keys, rows)
        keys = [UInt64](repeating: 0, count: size)
        rows = [UInt32](repeating: 0, count: size)
        for (key, row) in zip(oldKeys, oldRows) where key != 0 && row < rowCount {
            let slot = slot(of: WordHash(key: key))
            keys[slot] = key
            rows[slot] = row
        }
    }
}

extension WordHash {
    fileprivate init(key: UInt64) {
        self.init()
        value = key
    }
}
