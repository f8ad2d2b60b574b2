internal import CaseModel
internal import CustomerFile
package import Foundation
internal import Synchronization

/// The imports that are under way in some tenant spaces, each a batch further at every turn.
///
/// So a small file does not wait for a large one. Thread-confined; one for each process that serves.
package final class ImportQueue {
    private var runs: [(store: TenantStore, run: ImportRun)] = []
    private let report: (String) -> Void

    /// - Parameter report: Gets a line for the log when an import cannot go on.
    package init(report: @escaping (String) -> Void) {
        self.report = report
    }

    /// What to do after a turn.
    package enum Next: Sendable {
        /// There is more to take in.
        case turn
        /// The store does not take it just now, as when the disk is full.
        case pause
        /// Nothing is under way.
        case sleep
    }

    /// Takes a batch of each import in, those included that were started since.
    package func turn(_ stores: [TenantStore], at now: Date) -> Next {
        for store in stores where store.takeWaitingImports() { takeUp(from: store, at: now) }
        var mustPause = false
        runs.removeAll { store, run in
            do throws(StoreError) {
                return try !run.takeBatch(at: now)
            } catch {
                report("import \(run.id) of \(store.name): \(error)")
                guard !error.passes else {
                    mustPause = true
                    // What was read ahead is lost with the batch, so it begins anew where it stands.
                    store.importsAreWaiting.store(true, ordering: .releasing)
                    return true
                }
                return giveUp(run.id, in: store, at: now)
            }
        }
        return mustPause ? .pause : runs.isEmpty ? .sleep : .turn
    }

    private func takeUp(from store: TenantStore, at now: Date) {
        do throws(StoreError) {
            for waiting in try store.makeReader().runningImports()
            where !runs.contains(where: { $0.store === store && $0.run.id == waiting.id }) {
                do throws(StoreError) {
                    runs.append((store, try ImportRun(waiting, in: store)))
                } catch {
                    report("import \(waiting.id) of \(store.name): \(error)")
                    if !error.passes { _ = giveUp(waiting.id, in: store, at: now) }
                }
            }
        } catch {
            report("imports of \(store.name): \(error)")
        }
    }

    /// Ends an import whose file is gone or cannot be read any more; nothing would ever change that.
    private func giveUp(_ id: CustomerImportID, in store: TenantStore, at now: Date) -> Bool {
        try? store.cancelImport(id, at: now)
        return true
    }
}

extension StoreError {
    /// Whether the same may go well later.
    fileprivate var passes: Bool {
        switch self {
        case .full, .busy: true
        default: false
        }
    }
}
