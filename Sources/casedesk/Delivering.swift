internal import CaseDelivery
internal import CaseModel
internal import CaseStorage
internal import CaseWeb
internal import Foundation
internal import Logging

/// Has the messages of all tenant spaces sent, in the background: those that are open at the start, and each that is
/// opened later.
final class Delivering: Sendable {
    private let tenants: TenantDirectory
    private let logger: Logger
    private let thread = BackgroundThread(name: "delivering")

    /// Seconds between two looks for a tenant space that was opened; a look is one comparison in memory.
    private static let interval: Double = 1

    init(tenants: TenantDirectory, logger: Logger) {
        self.tenants = tenants
        self.logger = logger
    }

    func start() {
        thread.start { self.work() }
    }

    /// Asks for the end; what is not sent then is sent after the next start.
    func stop() {
        thread.stop()
    }

    /// Waits for the end, which comes within 10 seconds.
    func waitForEnd() {
        thread.waitForEnd()
    }

    private func work() {
        var deliveries: [String: Delivery] = [:]
        repeat {
            for store in tenants.open where deliveries[store.name.description] == nil {
                let delivery = Delivery(store: store) { [logger] in logger.error("\($0)") }
                delivery.start()
                deliveries[store.name.description] = delivery
            }
        } while thread.rest(for: Self.interval)
        Delivery.end(Array(deliveries.values))
    }
}
