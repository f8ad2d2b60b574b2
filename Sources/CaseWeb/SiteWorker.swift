internal import CaseModel
package import CaseStorage
internal import Synchronization

/// The tenant spaces that are being served, each opened when it is first asked for.
package final class TenantDirectory: Sendable {
    private let data: DataDirectory
    private let line: OutsideLine?
    private let report: @Sendable (String) -> Void
    private let tenants = Mutex<[String: OpenTenant]>([:])

    /// - Parameters:
    ///   - line: How questions to outside engines leave the desk; without it none is asked.
    ///   - report: Gets a line for the log when something in the background failed.
    package init(
        data: DataDirectory, line: OutsideLine? = nil,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.data = data
        self.line = line
        self.report = report
    }

    /// The store of a tenant space; `nil` when there is none of this name.
    package func store(named text: String) throws(StoreError) -> TenantStore? {
        try tenant(named: text)?.store
    }

    /// A tenant space; `nil` when there is none of this name.
    func tenant(named text: String) throws(StoreError) -> OpenTenant? {
        guard let name = TenantName(text) else { return nil }
        // Opened under the lock, so that two requests never open one database for writing twice.
        let result = tenants.withLock { tenants -> Result<OpenTenant?, StoreError> in
            if let tenant = tenants[text] { return .success(tenant) }
            do throws(StoreError) {
                let store = try data.openTenant(name)
                let tenant = store.map { OpenTenant(store: $0, line: line, report: report) }
                tenants[text] = tenant
                return .success(tenant)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The stores that are open now.
    package var open: [TenantStore] { openTenants.map(\.store) }

    private var openTenants: [OpenTenant] { tenants.withLock { Array($0.values) } }

    /// Begins to learn from the cases that were saved before, in the background.
    package func startLearning() {
        for tenant in openTenants { tenant.suggestions.learnSavedCases() }
    }

    /// Ends all stores after their last write.
    package func close() {
        for tenant in openTenants {
            tenant.suggestions.close()
            tenant.store.close()
        }
    }
}

/// One tenant space, as all threads see it.
struct OpenTenant: Sendable {
    let store: TenantStore
    let suggestions: Suggestions

    init(
        store: TenantStore, line: OutsideLine?, report: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        suggestions = Suggestions(store: store, line: line) {
            report("tenant space \(store.name): \($0)")
        }
    }
}

/// What one thread keeps between requests: its own connection to each tenant space's database, and the
/// option lists of the forms, which change seldom and cost much to write.
///
/// It is thread-confined: made before the threads start, then used by one of them alone. That is what
/// `@unchecked` stands for here, as a lock that nobody ever waits for would prove no more.
package final class SiteWorker: @unchecked Sendable {
    private var places: [String: Place] = [:]

    package init() {}

    func place(of tenant: String, in directory: TenantDirectory) throws(StoreError) -> Place? {
        if let place = places[tenant] { return place }
        guard let open = try directory.tenant(named: tenant) else { return nil }
        let place = Place(open, reader: try open.store.makeReader())
        places[tenant] = place
        return place
    }
}

/// One tenant space, as one thread sees it.
final class Place {
    let store: TenantStore
    let suggestions: Suggestions
    let reader: StoreReader
    let blankForms = BlankForms()
    private var lists: (version: Int64, lists: OptionLists)?

    init(_ tenant: OpenTenant, reader: StoreReader) {
        store = tenant.store
        suggestions = tenant.suggestions
        self.reader = reader
    }

    /// The option lists of these options, written once for each version.
    func choices(for options: CaseOptions) -> OptionLists {
        if let lists, lists.version == options.version { return lists.lists }
        let written = OptionLists(options)
        lists = (options.version, written)
        return written
    }
}
