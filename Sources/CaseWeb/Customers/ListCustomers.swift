// GET /customers: the customers by name; ?q= searches name, e-mail and phone, ?sort= sorts, ?after= and ?before=
// page. With script the list follows the typing.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ListCustomers {
    /// The address of the list.
    static let link: Link = "/customers"

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let columns = columns(visit)
        let request = ListRequest(
            visit.query, path: link, sortable: columns.filter(\.order.isSortable).map(\.name))
        let found = try visit.reader.customers(query(request))
        return ListPage(
            visit: visit, area: .customers, title: "Customers", noun: "customers",
            request: request, searchLabel: "Search name, e-mail and phone", columns: columns,
            slice: slice(found), actions: actions(visit, request), isLive: true, note: note(found),
            firstSteps: FirstSteps(
                title: "No customers yet",
                advice: "Customers are whom cases are about. Enter the first one here"
                    + (visit.viewer.may(.customerManagement)
                        ? ", or import those that you have." : "."),
                link: CreateCustomer.link, button: "New customer"
            ).html
        ).response()
    }

    private static func query(_ request: ListRequest) -> CustomerQuery {
        let position: CustomerPosition =
            switch request.position {
            case .first: .first
            case .after(let key): .after(CustomerKey(key))
            case .before(let key): .before(CustomerKey(key))
            }
        return CustomerQuery(
            text: request.text, order: CustomerOrder(rawValue: request.sort) ?? .name,
            isDescending: request.isDescending && !request.sort.isEmpty, position: position,
            limit: ListRequest.pageLength)
    }

    private static func slice(_ page: CustomerPage) -> ListSlice<StoredCustomer> {
        ListSlice(
            rows: page.customers, previous: page.previous.map(ListKey.init),
            next: page.next.map(ListKey.init), fittingCount: page.isCut ? nil : page.fittingCount)
    }

    private static func note(_ page: CustomerPage) -> HTML {
        guard page.isCut else { return .empty }
        return """
            <p class="hint">More than \(groupedDigits(CustomerPage.maximumFitting)) customers fit; \
            these are the newest of them. Add a word or more of a number to find others.</p>

            """
    }

    private static func actions(_ visit: AgentVisit, _ request: ListRequest) -> HTML {
        let exchange: HTML = """
            <a class="btn btn-outline-secondary" href="/customers/import">Import</a>
            <a class="btn btn-outline-secondary" href="\(ExportCustomers.link(matching: request.text))">\
            \(request.text.isEmpty ? "Export" : "Export what fits")</a>
            """
        return """
            \(exchange, if: visit.viewer.may(.customerManagement))
            <a class="btn btn-primary" href="\(CreateCustomer.link)">New customer</a>
            """
    }

    private static func columns(_ visit: AgentVisit) -> [ListColumn<StoredCustomer>] {
        let times = TimeText(zone: visit.zone)
        return [
            ListColumn(name: CustomerOrder.name.rawValue, title: "Name", order: .stored) {
                "<a href=\"\(EditCustomer.link($0.id))\">\($0.values.name)</a>"
            },
            ListColumn(name: "phone", title: "Phone") { addresses($0.values.phones) },
            ListColumn(name: "email", title: "E-mail") { addresses($0.values.emails) },
            ListColumn(name: "remark", title: "Remark") {
                $0.values.remark.isEmpty
                    ? .empty : "<span class=\"cell-line\">\($0.values.remark)</span>"
            },
            ListColumn(
                name: CustomerOrder.created.rawValue, title: "Created", order: .stored,
                isNewestFirst: true
            ) { times.shortElement($0.createdAt, now: visit.now) },
            ListColumn(
                name: CustomerOrder.updated.rawValue, title: "Changed", order: .stored,
                isNewestFirst: true
            ) { times.shortElement($0.updatedAt, now: visit.now) },
        ]
    }

    /// The preferred address, and how many there are besides.
    private static func addresses(_ addresses: CustomerValues.Addresses) -> HTML {
        let all = addresses.preferredFirst
        let more: HTML = " <span class=\"muted\">and \(String(all.count - 1)) more</span>"
        return "\(all.first ?? "")\(more, if: all.count > 1)"
    }
}

extension CustomerKey {
    fileprivate init(_ key: ListKey) {
        self.init(id: CustomerID(number: key.id), value: key.value)
    }
}

extension ListKey {
    fileprivate init(_ key: CustomerKey) {
        self.init(id: key.id.number, value: key.value)
    }
}
