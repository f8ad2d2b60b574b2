internal import Foundation
internal import Markup

/// A column of a list: its heading, what it is sorted by, and its cells.
///
/// The cell of the first column names the row; the other cells of a row are read with their column's title.
struct ListColumn<Row> {
    /// The column's name in the parameter `sort`.
    let name: String
    let title: String
    var order = ListOrder<Row>.none
    /// Whether the heading first sorts the other way round, as with times.
    var isNewestFirst = false
    let cell: (Row) -> HTML
}

/// What rows are sorted by.
enum ListOrder<Row> {
    /// Not sortable.
    case none
    /// Sorted by the store, which gives one page of rows.
    case stored
    /// By text: letters whatever their case and accents, digits by their number.
    case text((Row) -> String)
    case number((Row) -> Int64)

    var isSortable: Bool {
        if case .none = self { false } else { true }
    }

    /// What a row is sorted by, as the text in its ``ListKey``.
    func value(of row: Row) -> String {
        switch self {
        case .none, .stored: ""
        case .text(let value): value(row)
        case .number(let value): String(value(row))
        }
    }

    /// Whether the first of two keys comes before the second, when the order is ascending.
    func precedes(_ left: ListKey, _ right: ListKey) -> Bool {
        switch compare(left.value, right.value) {
        case .orderedAscending: true
        case .orderedDescending: false
        case .orderedSame: left.id < right.id
        }
    }

    private func compare(_ left: String, _ right: String) -> ComparisonResult {
        switch self {
        case .none, .stored: return .orderedSame
        case .text:
            return left.compare(
                right, options: [.caseInsensitive, .diacriticInsensitive, .numeric])
        case .number:
            let (left, right) = (Int64(left) ?? 0, Int64(right) ?? 0)
            return left < right
                ? .orderedAscending : left > right ? .orderedDescending : .orderedSame
        }
    }
}

/// One page of a list's rows.
struct ListSlice<Row> {
    let rows: [Row]
    /// The key of the first row, when a page comes before it.
    var previous: ListKey?
    /// The key of the last row, when a page follows it.
    var next: ListKey?
    /// How many rows fit what is asked; `nil` when that is not known.
    var fittingCount: Int?
    /// How many rows there are at all; `nil` when that is not known.
    var totalCount: Int?

    /// The page of rows that a request asks for, of a list that is in memory.
    ///
    /// - Parameters:
    ///   - all: The rows that fit, in any order.
    ///   - order: What to sort by; `.number` of the place keeps an order that is there already.
    init(
        of all: [Row], id: (Row) -> Int64, order: ListOrder<Row>, request: ListRequest,
        totalCount: Int
    ) {
        let comesBefore = { (left: ListKey, right: ListKey) in
            request.isDescending
                ? order.precedes(right, left) : order.precedes(left, right)
        }
        let keyed = all.map { row in
            (key: ListKey(id: id(row), value: order.value(of: row)), row: row)
        }
        .sorted { comesBefore($0.key, $1.key) }
        let length = ListRequest.pageLength
        let start =
            switch request.position {
            case .first: 0
            case .after(let key): keyed.firstIndex { comesBefore(key, $0.key) } ?? keyed.count
            case .before(let key):
                max(0, (keyed.firstIndex { !comesBefore($0.key, key) } ?? keyed.count) - length)
            }
        let page = keyed.dropFirst(start).prefix(length)
        rows = page.map(\.row)
        previous = start > 0 ? page.first?.key : nil
        next = start + page.count < keyed.count ? page.last?.key : nil
        fittingCount = keyed.count
        self.totalCount = totalCount
    }

    /// A page that the store has found.
    init(
        rows: [Row], previous: ListKey?, next: ListKey?, fittingCount: Int? = nil,
        totalCount: Int? = nil
    ) {
        self.rows = rows
        self.previous = previous
        self.next = next
        self.fittingCount = fittingCount
        self.totalCount = totalCount
    }
}
