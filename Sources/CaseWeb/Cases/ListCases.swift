// GET /cases: the cases this person may see, newest first. ?q= searches title and description; ?owner=,
// ?state= and ?type= filter; ?before= and ?after= page by case number.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ListCases {
    /// Rows of one page.
    private static let pageLength = 25

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let filter = CaseFilter(visit)
        let found = try visit.reader.cases(filter.query(for: visit.viewer, limit: pageLength))
        let page = Page(
            title: "Cases", section: .cases,
            content: CaseListPage(filter: filter, found: found, visit: visit).html)
        return .page(page.html(for: visit))
    }
}

/// What the address asks for; what is not on a list is taken for no filter.
private struct CaseFilter {
    let text: String
    let owner: String
    let state: CaseState?
    let type: CaseTypeID?
    let position: CasePosition

    /// Longest search that is looked at, in characters.
    private static let maximumTextCharacters = 255

    init(_ visit: AgentVisit) {
        text = String(visit.query["q"].prefix(Self.maximumTextCharacters))
        owner = visit.query["owner"]
        state = CaseState(rawValue: visit.query["state"])
        type = CaseTypeID(visit.query["type"])
        if let number = CaseNumber(visit.query["before"]) {
            position = .olderThan(number)
        } else if let number = CaseNumber(visit.query["after"]) {
            position = .newerThan(number)
        } else {
            position = .first
        }
    }

    var isEmpty: Bool { text.isEmpty && ownerFilter == nil && state == nil && type == nil }

    var ownerFilter: OwnerFilter? {
        switch owner {
        case "me": return .me
        case "my_queues": return .myQueues
        default: break
        }
        if owner.hasPrefix("queue-"), let id = CaseQueueID(owner.dropFirst(6)) { return .queue(id) }
        if owner.hasPrefix("agent-"), let id = EmployeeID(owner.dropFirst(6)) { return .agent(id) }
        return nil
    }

    func query(for viewer: Viewer, limit: Int) -> CaseQuery {
        CaseQuery(
            viewer: viewer, owner: ownerFilter, state: state, type: type, text: text,
            position: position, limit: limit)
    }

    /// The address of another page of the same list.
    func link(_ parameter: String, _ number: CaseNumber) -> Link {
        """
        /cases?q=\(text)&owner=\(owner)&state=\(state?.rawValue ?? "")\
        &type=\(type?.description ?? "")&\(parameter)=\(number.description)
        """
    }
}

private struct CaseListPage {
    let filter: CaseFilter
    let found: CasePage
    let visit: AgentVisit

    var html: HTML {
        """
        <div class="page-head"><h1>Cases</h1><div class="page-actions">
        <a class="btn btn-primary" href="/cases/new">New case</a></div></div>
        \(filters)\(found.cases.isEmpty ? empty : table)
        """
    }

    private var table: HTML {
        """
        \(CaseTable(caption: "Newest first", cases: found.cases, visit: visit).html)
        <nav class="pager" aria-label="Pages">\(newer)\(older)</nav>
        """
    }

    private var newer: HTML {
        guard found.hasNewer, let first = found.cases.first else { return .empty }
        return "<a rel=\"prev\" href=\"\(filter.link("after", first.number))\">Newer cases</a> "
    }

    private var older: HTML {
        guard found.hasOlder, let last = found.cases.last else { return .empty }
        return "<a rel=\"next\" href=\"\(filter.link("before", last.number))\">Older cases</a>"
    }

    private var empty: HTML {
        if filter.isEmpty {
            return """
                <div class="empty"><h2>No cases yet</h2><p>Cases that you make, own, or that wait in a \
                queue of yours stand here.</p>
                <a class="btn btn-primary" href="/cases/new">Make the first case</a></div>
                """
        }
        return """
            <div class="empty"><h2>No case fits</h2><p>Search for other words, or take a filter away.</p>
            <a class="btn btn-outline-secondary" href="/cases">Show all cases</a></div>
            """
    }

    private var filters: HTML {
        """
        <form class="filters" method="get" action="/cases" role="search">
        <div class="field"><label class="form-label" for="q">Search title and description</label>
        <input type="search" class="form-control" id="q" name="q" value="\(filter.text)"></div>
        <div class="field"><label class="form-label" for="owner">Owner</label>
        <select class="form-select" id="owner" name="owner"><option value="">Anybody</option>
        \(owners.html(selected: filter.owner))</select></div>
        <div class="field"><label class="form-label" for="state">Status</label>
        <select class="form-select" id="state" name="state"><option value="">Any</option>
        \(states.html(selected: filter.state?.rawValue ?? ""))</select></div>
        <div class="field"><label class="form-label" for="type">Case Type</label>
        <select class="form-select" id="type" name="type"><option value="">Any</option>
        \(visit.choices.types.html(selected: filter.type?.description ?? ""))</select></div>
        <button class="btn btn-outline-secondary" type="submit" id="filter">Filter</button>
        </form>
        """
    }

    private var owners: OptionList {
        let fixed = [("me", "Me"), ("my_queues", "My queues")]
        let queues = visit.options.queues.map { ("queue-\($0.id)", $0.name) }
        let agents = visit.options.agents.map { ("agent-\($0.id)", $0.name) }
        return OptionList(fixed + queues + agents + formerOwner, value: \.0, label: \.1)
    }

    /// The owner that is asked for when their account is out of use: nobody is given cases any more, and yet some
    /// are theirs.
    private var formerOwner: [(String, String)] {
        guard case .agent(let id)? = filter.ownerFilter,
            !visit.options.agents.contains(where: { $0.id == id }),
            let person = try? visit.reader.employeeDetails(id)?.employee
        else { return [] }
        return [("agent-\(id)", "\(person.name) (deactivated)")]
    }

    private var states: OptionList {
        OptionList(CaseState.allCases, value: \.rawValue, label: \.label)
    }
}
