internal import CaseStorage
internal import Foundation

/// Slows down who guesses passwords: per account, and per address.
///
/// The first failures cost nothing, as people mistype; each one after that doubles the wait. Failures are
/// counted per account and address together too, so that a guesser elsewhere does not lock a person out
/// of their own desk sooner than the account's own, higher count does.
struct LogInThrottle {
    private let rules: [Rule]

    /// A counter, and how many failures it lets pass.
    private struct Rule {
        let key: String
        let freeFailures: Int
    }

    /// Failures older than this are forgotten, in seconds.
    private static let window: TimeInterval = 15 * 60
    /// The longest wait, in seconds.
    private static let longestWait = 15 * 60

    init(login: String, address: String) {
        let account = String(login.prefix(100))
        rules = [
            Rule(key: "account:\(account) from:\(address)", freeFailures: 5),
            Rule(key: "account:\(account)", freeFailures: 20),
            Rule(key: "address:\(address)", freeFailures: 50),
        ]
    }

    private var keys: [String] { rules.map(\.key) }

    /// Seconds until another attempt is looked at; `nil` when it is now.
    func secondsToWait(_ visit: Visit) throws -> Int? {
        let since = visit.now.addingTimeInterval(-Self.window)
        let failures = try visit.reader.loginFailures(keys: keys, since: since)
        let waits = rules.compactMap { rule -> Int? in
            guard let (count, last) = failures[rule.key], count >= rule.freeFailures else {
                return nil
            }
            let doublings = min(count - rule.freeFailures, 16)
            let wait = min(2 << doublings, Self.longestWait)
            return wait - Int(visit.now.timeIntervalSince(last))
        }
        return waits.max().flatMap { $0 > 0 ? $0 : nil }
    }

    func recordFailure(_ visit: Visit) throws {
        try visit.desk.recordLoginFailure(keys: keys, at: visit.now)
    }

    /// Forgets the failures of this account; those of the address stay, as they may be of other accounts.
    func clear(_ visit: Visit) throws {
        try visit.desk.clearLoginFailures(keys: rules.dropLast().map(\.key))
    }
}
