internal import CaseModel
internal import Markup

/// The options of a drop-down, written once and copied into each page.
///
/// A page with 200 customers is mostly options, and they are the same for everybody; only which one is
/// selected differs, so the place in each option where ` selected` would stand is remembered.
struct OptionList: Sendable {
    private var markup: [UInt8] = []
    private var selectionOffsets: [String: Int] = [:]

    /// Writes an `option` element for each item.
    ///
    /// - Parameter attributes: More attributes of an item, each with a space before it.
    init<Item>(
        _ items: [Item], value: (Item) -> String, label: (Item) -> String,
        attributes: (Item) -> HTML = { _ in .empty }
    ) {
        for item in items {
            let begin: HTML = "<option value=\"\(value(item))\"\(attributes(item))"
            markup += begin.bytes
            selectionOffsets[value(item)] = markup.count
            let end: HTML = ">\(label(item))</option>\n"
            markup += end.bytes
        }
    }

    /// Whether an item has this value.
    func contains(_ value: String) -> Bool { selectionOffsets[value] != nil }

    /// The options, with the one of this value selected when there is one.
    func html(selected value: String) -> HTML {
        guard let offset = selectionOffsets[value] else { return HTML(trusted: markup) }
        let selected: HTML = " selected"
        return HTML(trusted: markup[..<offset] + selected.bytes + markup[offset...])
    }
}

/// The drop-downs of the Case Information page at one version of the options.
struct OptionLists: Sendable {
    let types: OptionList
    let queues: OptionList
    let agents: OptionList
    /// `nil` when there are too many customers to list.
    let customers: OptionList?
    let priorities = OptionList(Priority.allCases, value: \.rawValue, label: \.label)
    let sources = OptionList(Source.allCases, value: \.rawValue, label: \.label)

    init(_ options: CaseOptions) {
        types = OptionList(
            CaseTypeTree(options.types).nodes, value: \.type.id.description, label: \.path)
        queues = OptionList(options.queues, value: \.id.description, label: \.name)
        agents = OptionList(options.agents, value: \.id.description, label: \.name)
        customers = options.customers.map(OptionList.customers)
    }
}

extension OptionList {
    /// Customers, each with the masked addresses that a notification would go to.
    ///
    /// Beside a name that occurs twice stands an address, to tell the two people apart.
    static func customers(_ customers: [Customer]) -> OptionList {
        let counts = Dictionary(customers.map { ($0.name, 1) }, uniquingKeysWith: +)
        return OptionList(
            customers, value: \.id.description,
            label: { customer in
                let address =
                    customer.emails.first.map(Mask.email)
                    ?? customer.phones.first.map(Mask.phone)
                let isUnique = counts[customer.name] == 1
                return isUnique ? customer.name : "\(customer.name) (\(address ?? "no address"))"
            },
            attributes: { customer in
                let email = customer.address(for: .email).map(Mask.email) ?? ""
                let phone = customer.address(for: .sms).map(Mask.phone) ?? ""
                return " data-email=\"\(email)\" data-phone=\"\(phone)\""
            })
    }
}
