internal import CaseModel
internal import CustomerFile
internal import Markup

/// How far an import is, for the script of its page.
struct ImportProgress: Encodable {
    let state: String
    let done: Int
    let total: Int
    /// The rows by outcome, in words.
    let text: String

    init(_ source: CustomerImport) {
        state = source.state.rawValue
        done = source.counts.total
        total = source.rowCount
        text = source.progressText
    }
}

/// The page of an import that is under way; the script asks for news, and without it a link does.
struct ImportProgressPage {
    private let source: CustomerImport
    private let visit: AgentVisit

    init(_ source: CustomerImport, _ visit: AgentVisit) {
        self.source = source
        self.visit = visit
    }

    var html: HTML {
        """
        <div class="page-head"><h1>Import of \(source.fileName)</h1></div>
        <section class="card-plain import-progress" id="import-progress" \
        data-address="\(ImportCustomers.link(source.id))">
        <label for="import-bar">Rows that are done</label>
        <progress id="import-bar" max="\(source.rowCount)" value="\(source.counts.total)">\
        </progress>
        <p id="import-text" role="status">\(source.progressText)</p>
        <p class="muted">It goes on when you leave this page, and after a restart of the desk.</p>
        <div class="page-actions">
        <a class="btn btn-outline-secondary" id="reload" \
        href="\(ImportCustomers.link(source.id))">See how far it is</a>
        <form method="post" action="\(ImportCustomers.link(source.id))/cancel">\(visit.tokenField)
        <button class="btn btn-outline-secondary" type="submit" id="cancel">Stop here</button></form>
        </div></section>
        """
    }
}

extension CustomerImport {
    /// How far it is, in a sentence.
    fileprivate var progressText: String {
        let done = "\(groupedDigits(counts.total)) of \(counted(rowCount, "row")) done"
        return counts.total > 0 ? "\(done): \(sentence)" : done
    }
}
