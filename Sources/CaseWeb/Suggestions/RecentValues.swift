/// The values that were noted last, by key: of more than the limit the oldest goes.
struct RecentValues<Key: Hashable, Value> {
    /// Values that are kept; at least 1.
    let limit: Int
    private var values: [Key: (value: Value, turn: Int)] = [:]
    /// The keys in the order in which they were noted; one that was noted again stands there twice until then.
    private var order: [(key: Key, turn: Int)] = []
    private var turn = 0

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    subscript(key: Key) -> Value? {
        get { values[key]?.value }
        set {
            guard let newValue else {
                values[key] = nil
                return
            }
            turn += 1
            values[key] = (newValue, turn)
            order.append((key, turn))
            guard order.count >= 2 * limit else { return }
            forgetOldest()
        }
    }

    /// Leaves the newest; so seldom that noting a value takes the same time however many there are.
    private mutating func forgetOldest() {
        let newest = values.mapValues(\.turn)
        order.removeAll { newest[$0.key] != $0.turn }
        for old in order.prefix(max(0, order.count - limit)) { values[old.key] = nil }
        order = Array(order.suffix(limit))
    }
}
