// GET /configuration/case-queues/ID/delete asks once; POST deletes. 303 to the list; 409 while the queue is in use.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum DeleteCaseQueue {
    /// GET /configuration/case-queues/ID/delete.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.first(as: CaseQueueID.self)
        guard let queue = try visit.reader.queue(id) else { throw Refusal.notFound }
        let link = EditCaseQueue.link(id)
        let members = counted(queue.members.count, "member")
        return ConfirmPage(
            area: .configuration(.caseQueues), title: "Delete this case queue?",
            message: """
                “\(queue.name)”, with \(members), cannot be brought back. A queue that owns cases, or that \
                cases are given to by rule, is not deleted.
                """,
            button: "Delete case queue", action: "\(link)/delete", back: link
        ).response(for: visit)
    }

    /// POST /configuration/case-queues/ID/delete.
    static func delete(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: CaseQueueID.self)
        guard try visit.reader.queue(id) != nil else { throw Refusal.notFound }
        try visit.desk.deleteQueue(id, visit.edit)
        return .seeOther("\(ListCaseQueues.link)?saved=1")
    }
}
