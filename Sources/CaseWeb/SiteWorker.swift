internal import CaseModel
package import CaseStorage
internal import Synchronization

/// The tenant spaces that are being served, each opened when it is first asked for.
package final class TenantDirectory: Sendable {
    private let data: DataDirectory
    private let stores = Mutex<[String: TenantStore]>([:])

    package init(data: DataDirectory) {
        self.data = data
    }

    /// The store of a tenant space; `nil` when there is none of this name.
    package func store(named text: String) throws(StoreError) -> TenantStore? {
        guard let name = TenantName(text) else { return nil }
        // Opened under the lock, so that two requests never open one database for writing twice.
        let result = stores.withLock { stores -> Result<TenantStore?, StoreError> in
            if let store = stores[text] { return .success(store) }
            do throws(StoreError) {
                let store = try data.openTenant(name)
                stores[text] = store
                return .success(store)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The stores that are open now.
    package var open: [TenantStore] { stores.withLock { Array($0.values) } }

    /// Ends all stores after their last write.
    package func close() {
        for store in open { store.close() }
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
        guard let store = try directory.store(named: tenant) else { return nil }
        let place = Place(store: store, reader: try store.makeReader())
        places[tenant] = place
        return place
    }
}

/// One tenant space, as one thread sees it.
final class Place {
    let store: TenantStore
    let reader: StoreReader
    let blankForms = BlankForms()
    private var lists: (version: Int64, lists: OptionLists)?

    init(store: TenantStore, reader: StoreReader) {
        self.store = store
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
