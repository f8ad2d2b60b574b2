internal import CaseStorage
internal import CaseWeb
internal import Foundation
internal import Logging

/// Takes away what nobody needs any more, in the background: at start and then once an hour.
final class Housekeeping: Sendable {
    private let tenants: TenantDirectory
    private let logger: Logger
    private let thread = BackgroundThread(name: "housekeeping")

    /// Seconds between two sweeps.
    private static let interval: Double = 60 * 60
    /// Seconds after the start before the first sweep: the first requests come first.
    private static let delay: Double = 30

    init(tenants: TenantDirectory, logger: Logger) {
        self.tenants = tenants
        self.logger = logger
    }

    func start() {
        thread.start { self.work() }
    }

    func stop() {
        thread.stop()
    }

    private func work() {
        var wait = Self.delay
        while thread.rest(for: wait) {
            for store in tenants.open {
                do {
                    let report = try store.sweep(now: Date())
                    logger.info("swept \(store.name): \(report)")
                } catch {
                    logger.error("sweep of \(store.name): \(error)")
                }
            }
            wait = Self.interval
        }
    }
}
