internal import CaseModel

/// A part of the cases that one index holds together: those with one owner, or one creator, or all.
///
/// What a person sees is the union of some slices; a list is made by merging the newest of each.
struct CaseSlice: Hashable {
    var queue: CaseQueueID?
    var agent: EmployeeID?
    var creator: EmployeeID?

    /// The marks that the search index has for the cases of the slice.
    var marks: [SearchIndex.Mark] {
        var marks: [SearchIndex.Mark] = []
        if let queue { marks.append(.queue(queue)) }
        if let agent { marks.append(.agent(agent)) }
        if let creator { marks.append(.creator(creator)) }
        return marks
    }

    /// The slices that together are the cases a viewer may see, or those `owner` asks for.
    ///
    /// The rule is that of ``Viewer/maySee(caseOwnedBy:madeBy:)``.
    static func slices(for viewer: Viewer, owner: OwnerFilter?) -> [CaseSlice] {
        let me = viewer.employee.id
        let myQueues = viewer.queues.sorted().map { CaseSlice(queue: $0) }
        switch owner {
        case nil where viewer.seesAllCases:
            return [CaseSlice()]
        case nil:
            return [CaseSlice(agent: me), CaseSlice(creator: me)] + myQueues
        case .me:
            return [CaseSlice(agent: me)]
        case .myQueues:
            return myQueues
        case .agent(let agent):
            let isSeen = viewer.seesAllCases || agent == me
            return [CaseSlice(agent: agent, creator: isSeen ? nil : me)]
        case .queue(let queue):
            let isSeen = viewer.seesAllCases || viewer.queues.contains(queue)
            return [CaseSlice(queue: queue, creator: isSeen ? nil : me)]
        }
    }
}
