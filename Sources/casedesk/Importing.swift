internal import CaseStorage
internal import CaseWeb
internal import Foundation
internal import Logging

/// Takes imports of customers in, in the background: those that the last process has left, and each that is started.
final class Importing: Sendable {
    private let tenants: TenantDirectory
    private let logger: Logger
    private let thread = BackgroundThread(name: "importing")

    /// Seconds between two looks for a started import; a look is one comparison in memory.
    private static let interval: Double = 0.25
    /// Seconds before the next try when the store takes nothing.
    private static let pause: Double = 5

    init(tenants: TenantDirectory, logger: Logger) {
        self.tenants = tenants
        self.logger = logger
    }

    func start() {
        thread.start { self.work() }
    }

    /// Ends after the batch that is being taken in; the next start goes on from there.
    func stop() {
        thread.stop()
        thread.waitForEnd()
    }

    private func work() {
        let queue = ImportQueue { [logger] in logger.error("\($0)") }
        var wait = Self.interval
        while thread.rest(for: wait) {
            wait =
                switch queue.turn(tenants.open, at: Date()) {
                case .turn: 0
                case .sleep: Self.interval
                case .pause: Self.pause
                }
        }
    }
}
