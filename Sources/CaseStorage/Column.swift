internal import CaseModel
internal import Foundation
internal import GRDB

// How values of the model stand in columns: instants as epoch milliseconds, lists as lines,
// booleans as 0 and 1, closed lists as their raw values.

extension Date {
    /// Epoch milliseconds, as every instant is stored.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }

    /// An instant as it was stored.
    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }
}

/// Short texts in one column, one a line; the elements hold no line breaks.
enum Lines {
    static func joined(_ texts: [String]) -> String {
        texts.map(inOneLine).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func inOneLine(_ text: String) -> String {
        // Every line break begins below the space in UTF-8, or above ASCII.
        let isOneLine = text.utf8.allSatisfy { (0x20..<0x80).contains($0) }
        return isOneLine ? text : String(text.map { $0.isNewline ? " " : $0 })
    }

    static func split(_ column: String) -> [String] {
        column.utf8.isEmpty ? [] : column.split(separator: "\n").map(String.init)
    }
}

extension Owner {
    /// The value of a queue column; `NULL` when an agent owns.
    var queueColumn: Int64? {
        if case .queue(let queue) = self { queue.number } else { nil }
    }

    /// The value of an agent column; `NULL` when a queue owns.
    var agentColumn: Int64? {
        if case .agent(let agent) = self { agent.number } else { nil }
    }

    /// Takes the two columns together; `nil` when neither is set.
    init?(queueColumn: Int64?, agentColumn: Int64?) {
        switch (queueColumn, agentColumn) {
        case (let queue?, nil): self = .queue(CaseQueueID(number: queue))
        case (nil, let agent?): self = .agent(EmployeeID(number: agent))
        default: return nil
        }
    }
}

extension Row {
    /// An identifier column.
    func id<ID: RowIdentifier>(_ column: String) -> ID {
        ID(number: self[column])
    }

    /// An instant column.
    func date(_ column: String) -> Date {
        Date(milliseconds: self[column])
    }

    /// An instant column that may be `NULL`.
    func optionalDate(_ column: String) -> Date? {
        let stored: Int64? = self[column]
        return stored.map { Date(milliseconds: $0) }
    }

    /// A column of a closed list.
    func choice<Choice: RawRepresentable<String>>(_ column: String) throws(StoreError) -> Choice {
        let text: String = self[column]
        guard let choice = Choice(rawValue: text) else {
            throw .corrupt("\(column) is '\(text)'")
        }
        return choice
    }

    /// A column of a closed list that may be `NULL`.
    func optionalChoice<Choice: RawRepresentable<String>>(_ column: String) -> Choice? {
        let text: String? = self[column]
        return text.flatMap(Choice.init(rawValue:))
    }

    /// A column of lines.
    func lines(_ column: String) -> [String] {
        Lines.split(self[column])
    }
}

extension Database {
    /// Runs a statement that is prepared once for each connection.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The first row of a statement that is prepared once for each connection.
    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// All rows of a statement that is prepared once for each connection.
    func rows(
        _ sql: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first value of a statement that is prepared once for each connection, as text.
    func text(_ sql: String, _ arguments: StatementArguments) throws -> String? {
        try String.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first value of a statement that is prepared once for each connection.
    func number(
        _ sql: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> Int64? {
        try Int64.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }
}
