package import CaseModel

/// Which cases a list shows.
package struct CaseQuery: Sendable {
    /// Who looks; only what this person may see is found.
    package var viewer: Viewer
    /// Whose cases; `nil` for everybody's.
    package var owner: OwnerFilter?
    package var state: CaseState?
    package var type: CaseTypeID?
    /// Words that title or description must have; empty for no search.
    ///
    /// Every word counts, the last also as the beginning of one when it has three characters or
    /// more; quotes and operators are nothing special.
    package var text: String
    package var position: CasePosition
    /// Cases of one page, 1 to 500.
    package var limit: Int

    package init(
        viewer: Viewer, owner: OwnerFilter? = nil, state: CaseState? = nil,
        type: CaseTypeID? = nil, text: String = "", position: CasePosition = .first,
        limit: Int = 25
    ) {
        self.viewer = viewer
        self.owner = owner
        self.state = state
        self.type = type
        self.text = text
        self.position = position
        self.limit = limit
    }
}

/// Whose cases a list shows.
package enum OwnerFilter: Hashable, Sendable {
    /// Those that the viewer owns.
    case me
    /// Those that wait in a queue of the viewer's.
    case myQueues
    case queue(CaseQueueID)
    case agent(EmployeeID)
}

/// Where in a list a page begins; a place is a case's number, so that new cases do not shift pages.
package enum CasePosition: Hashable, Sendable {
    case first
    case olderThan(CaseNumber)
    case newerThan(CaseNumber)
}

/// A page of a list.
package struct CasePage: Equatable, Sendable {
    /// Newest first.
    package let cases: [CaseSummary]
    /// Whether a page follows after the last case.
    package let hasOlder: Bool
    /// Whether a page comes before the first case.
    package let hasNewer: Bool

    package init(cases: [CaseSummary], hasOlder: Bool, hasNewer: Bool) {
        self.cases = cases
        self.hasOlder = hasOlder
        self.hasNewer = hasNewer
    }
}

/// A case with all that belongs to it.
package struct CaseDetails: Equatable, Sendable {
    package let `case`: Case
    /// With ``Case/owner``, what decides who may see the case.
    package let creator: EmployeeID
    /// In the order they came.
    package let attachments: [Attachment]
    /// What happened, in its order.
    package let events: [CaseEvent]
    /// How a rule gave it to its first owner; `nil` when a person did.
    package let assignment: CaseAssignment?
}
