package import CaseModel

/// Which customers a list shows, and in which order.
package struct CustomerQuery: Sendable {
    /// Words that begin like words of the name, the addresses and the numbers; empty for all customers.
    package var text: String
    package var order: CustomerOrder
    package var isDescending: Bool
    package var position: CustomerPosition
    /// Customers of one page, 1 to ``StoreLimit/maximumListedRows``.
    package var limit: Int

    package init(
        text: String = "", order: CustomerOrder = .name, isDescending: Bool = false,
        position: CustomerPosition = .first, limit: Int = 50
    ) {
        self.text = text
        self.order = order
        self.isDescending = isDescending
        self.position = position
        self.limit = limit
    }
}

/// What a list of customers is sorted by.
package enum CustomerOrder: String, CaseIterable, Sendable {
    case name
    /// In the order in which they were made.
    case created
    case updated
}

/// The place of a customer in a sorted list: what it is sorted by, and its identifier, which makes it unique.
package struct CustomerKey: Hashable, Sendable {
    package let id: CustomerID
    /// The value that the list is sorted by, as a text.
    package let value: String

    package init(id: CustomerID, value: String) {
        self.id = id
        self.value = value
    }
}

/// Where in a list a page begins.
package enum CustomerPosition: Hashable, Sendable {
    case first
    case after(CustomerKey)
    case before(CustomerKey)
}

/// A page of a list of customers.
package struct CustomerPage: Equatable, Sendable {
    package let customers: [StoredCustomer]
    /// The place of the first customer, when a page comes before it.
    package let previous: CustomerKey?
    /// The place of the last customer, when a page follows it.
    package let next: CustomerKey?
    /// How many fit the search; `nil` without a search.
    package let fittingCount: Int?
    /// Whether more fit than ``maximumFitting``, and only the newest of them were looked at.
    package let isCut: Bool

    /// Customers of one search that are sorted and paged through; nobody reads more of them.
    package static let maximumFitting = 500
}
