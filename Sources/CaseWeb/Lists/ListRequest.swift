internal import CaseModel
internal import Foundation
internal import Markup

/// What the address of a list asks for: `q` searches, each filter has its own name, `sort` is a column with `-`
/// before it for the other direction, `after` and `before` page by the key of a row.
///
/// What is not on a list is taken for not asked.
struct ListRequest {
    /// The address of the list without what is asked of it.
    let path: Link
    /// The words to search for; empty for no search.
    let text: String
    /// The column to sort by; empty for the list's own order.
    let sort: String
    let isDescending: Bool
    let position: Position
    private let chosen: [String: String]

    /// Rows of one page.
    static let pageLength = 50
    /// Longest search that is looked at, in characters (Unicode code points).
    static let maximumTextCharacters = 255

    /// Where in a list a page begins; a place is a row's key, so that new rows do not shift pages.
    enum Position {
        case first
        case after(ListKey)
        case before(ListKey)
    }

    /// - Parameters:
    ///   - sortable: The names of the columns that can be sorted by.
    ///   - filters: The filters that the list offers.
    init(_ query: Query, path: Link, sortable: [String], filters: [ListFilter] = []) {
        self.path = path
        let scalars = query["q"].trimmed.unicodeScalars
        text = String(scalars.prefix(Self.maximumTextCharacters))
        let isTurned = query["sort"].hasPrefix("-")
        let column = String(query["sort"].dropFirst(isTurned ? 1 : 0))
        sort = sortable.contains(column) ? column : ""
        isDescending = isTurned && !sort.isEmpty
        if let key = ListKey(query["after"]) {
            position = .after(key)
        } else if let key = ListKey(query["before"]) {
            position = .before(key)
        } else {
            position = .first
        }
        let pairs = filters.compactMap { filter -> (String, String)? in
            let value = query[filter.name]
            return filter.choices.contains { $0.value == value } ? (filter.name, value) : nil
        }
        chosen = Dictionary(pairs) { first, _ in first }
    }

    /// The chosen value of a filter; empty when it filters nothing.
    subscript(filter: String) -> String { chosen[filter] ?? "" }

    /// Whether every row of the list is wanted.
    var wantsAll: Bool { text.isEmpty && chosen.isEmpty }

    /// Whether no place in the list is asked for.
    var isFirstPage: Bool {
        if case .first = position { true } else { false }
    }

    /// Whether each word of the search is in one of these texts, whatever its case and accents.
    func matches(_ texts: [String]) -> Bool {
        let folded = texts.map(Self.folded)
        let words = Self.folded(text).split { $0.isWhitespace }
        return words.allSatisfy { word in folded.contains { $0.contains(word) } }
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }

    /// The same list, sorted by another column, or by the same the other way round; from its first page.
    ///
    /// - Parameter isNewestFirst: Whether the other way round is what one wants first, as with times.
    func link(sortedBy column: String, isNewestFirst: Bool = false) -> Link {
        let isDescending = sort == column ? !isDescending : isNewestFirst
        return link(sort: isDescending ? "-\(column)" : column)
    }

    /// The page that follows a row.
    func link(after key: ListKey) -> Link { link(sort: sortText, ("after", key.description)) }

    /// The page that comes before a row.
    func link(before key: ListKey) -> Link { link(sort: sortText, ("before", key.description)) }

    /// The value of the parameter `sort`.
    var sortText: String { isDescending ? "-\(sort)" : sort }

    private func link(sort: String, _ more: (String, String)...) -> Link {
        let filters = chosen.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let asked = ([("q", text)] + filters + [("sort", sort)]).filter { !$0.1.isEmpty } + more
        var link = path
        for (index, (name, value)) in asked.enumerated() {
            link = index == 0 ? "\(link)?\(name)=\(value)" : "\(link)&\(name)=\(value)"
        }
        return link
    }
}

/// A drop-down that narrows a list.
struct ListFilter {
    /// The parameter's name, which is also the control's id.
    let name: String
    let label: String
    /// The option that filters nothing.
    var any = "Any"
    let choices: [EditField.Choice]
}

/// The place of a row in a sorted list: what it is sorted by, and its identifier, which makes it unique.
struct ListKey: Equatable, CustomStringConvertible {
    let id: Int64
    /// The value of the column that the list is sorted by, as a text.
    let value: String

    /// Longest value that is read, in characters (Unicode code points): longer than any that is written.
    private static let maximumValueCharacters = 1_000

    init(id: Int64, value: String) {
        self.id = id
        self.value = value
    }

    /// Reads the form that stands in addresses, `ID.VALUE`.
    init?(_ text: String) {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "." }
        guard parts.count == 2, let id = Int64(parts[0]),
            parts[1].unicodeScalars.count <= Self.maximumValueCharacters
        else { return nil }
        self.init(id: id, value: String(parts[1]))
    }

    /// `ID.VALUE`.
    var description: String { "\(id).\(value)" }
}
