internal import Dispatch
package import Foundation

/// The limits of the store, each with its unit and reason.
package enum StoreLimit {
    /// Bytes of files that wait in one employee's drafts: ten cases of five full files.
    package static let maximumStagedByteCount = 250 * 1024 * 1024
    /// Seconds that a file waits in a draft before the sweep takes it (24 h).
    package static let stagedLifetime: TimeInterval = 24 * 3_600
    /// Seconds that a draft is kept after its last change (30 days).
    package static let draftLifetime: TimeInterval = 30 * 86_400
    /// Seconds that an ended or idle session is remembered (7 days).
    package static let sessionLifetime: TimeInterval = 7 * 86_400
    /// Seconds that a failed log-in is remembered (a day).
    package static let loginFailureLifetime: TimeInterval = 86_400
    /// Seconds that an import's file and receipt are kept after its upload (90 days).
    package static let importLifetime: TimeInterval = 90 * 86_400
    /// Seconds that the text of a message is kept after it was handed over or given up (90 days).
    package static let messageTextLifetime: TimeInterval = 90 * 86_400
    /// Seconds for which a sender has a message: longer than it takes to hand one over.
    package static let messageLease: TimeInterval = 120
    /// Seconds for which a change of a case waits for further ones, so that they go as one message.
    package static let changeWindow: TimeInterval = 120
    /// Seconds between two reminders of one case (an hour).
    package static let reminderInterval: TimeInterval = 3_600
    /// Seconds that a file without a row is safe from the sweep: longer than any request lasts.
    package static let orphanLifetime: TimeInterval = 3_600

    /// How long a reader may believe that no other process has changed anything; changes of its own
    /// process it sees at once.
    static let foreignChangeDelay: DispatchTimeInterval = .milliseconds(5)
    /// Writes that may wait for the writer; one more is refused with ``StoreError/busy``.
    static let maximumWaitingWrites = 1_024
    /// Writes in one transaction, so that the first of them does not wait for ever.
    static let maximumGroupedWrites = 256
    /// Seconds that a note of a session's use may wait for a transaction to ride on.
    static let touchDelay = 10
    /// Seconds that a write waits for another program's transaction.
    static let busyTimeout: TimeInterval = 5
    /// Characters of a log-in failure's key; a longer one is no account that exists.
    static let maximumFailureKeyCharacters = 300
    /// Seconds after their last request for which a person counts as present: a long call, or a short
    /// break.
    static let presenceWindow: TimeInterval = 15 * 60
    /// Candidates that are kept of one choice: those who were next.
    static let maximumKeptCandidates = 50
    /// Rows of one page of any list.
    static let maximumListedRows = 500
    /// Words of a search that count; what follows them is not looked at.
    static let maximumSearchedWords = 16
    /// Characters of a server's answer that are kept: more than one says that is worth reading.
    static let maximumAnswerCharacters = 500
    /// Messages after which one transaction looks no further for some that may be sent.
    static let maximumLookedAtMessages = 200
    /// Sessions that one reader remembers between two changes of the database.
    static let maximumCachedSessions = 512
}
