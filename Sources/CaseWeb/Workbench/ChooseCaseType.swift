// GET /workbench/conversations/ID/case-types: Select Work Order Type. The three types that fit best, each with how
// sure it is and why, then a search (?q=) through all enabled types. A page by itself; the workbench's script shows
// the same in a dialog. ?draft= names the draft that gets the type.

internal import CaseModel
internal import CaseStorage
internal import CaseSuggestion
internal import Markup

enum ChooseCaseType {
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let stored = try visit.conversation(path.first(as: ConversationID.self))
        let choice = TypeChoice(
            stored: stored, reading: try visit.readingToChoose(stored),
            draft: DraftID(visit.query["draft"]), visit: visit)
        visit.visit.suggestions.noteShown(choice.proposed, for: stored.id)
        let page = Page(
            title: TypeChoice.title, section: .workbench, width: .narrow, content: choice.html)
        return .page(page.html(for: visit))
    }
}

/// The choice of a case type for a conversation.
private struct TypeChoice {
    static let title = "Select Work Order Type"

    let stored: StoredConversation
    let reading: CaseReading
    let draft: DraftID?
    let visit: AgentVisit
    private let request: ListRequest

    init(
        stored: StoredConversation, reading: CaseReading, draft: DraftID?, visit: AgentVisit
    ) {
        self.stored = stored
        self.reading = reading
        self.draft = draft
        self.visit = visit
        request = ListRequest(
            visit.query, path: ConversationLinks.types(stored.id, draft: draft), sortable: [])
    }

    var html: HTML {
        """
        <div class="type-choice" id="type-choice"><div class="type-head">
        <h1 id="type-choice-heading">\(Self.title)</h1>
        <span class="muted">Read from this conversation</span></div>
        \(whose)\(picks)\(verdict)\(search)\(list)
        <div class="type-actions"><a class="btn btn-outline-secondary" id="type_none" \
        href="\(ConversationLinks.panelWithoutType(stored.id, draft: draft))">\
        None of these fits</a>
        <a class="btn btn-outline-secondary" id="type_cancel" href="\(back)">Cancel</a></div></div>
        """
    }

    private var back: Link {
        draft.map { ConversationLinks.panel(stored.id, draft: $0) }
            ?? ConversationLinks.transcript(stored.id)
    }

    private var offered: [(type: CaseType, suggestion: TypeSuggestion)] {
        reading.proposal.types.compactMap { suggestion in
            visit.options.types.first { $0.id == suggestion.type }.map { ($0, suggestion) }
        }
    }

    /// What is shown, to be noted with the case that comes of it.
    var proposed: ProposedTypes {
        ProposedTypes(engine: reading.engine, types: offered.map { ProposedType($0.suggestion) })
    }

    /// Which engine proposes these, where there are two.
    private var whose: HTML {
        let words = reading.words(visit.times)
        let sentence: HTML = "<p class=\"type-whose muted\" id=\"type-whose\">\(words)</p>"
        return words.isEmpty ? .empty : sentence
    }

    private var picks: HTML {
        guard !offered.isEmpty else { return .empty }
        let texts = stored.messages.map(\.text)
        let rows = offered.enumerated().map { index, one in
            pick(one.type, one.suggestion, number: index + 1, texts)
        }
        return "<ol class=\"picks\" aria-label=\"Types that fit, best first\">\(rows)</ol>"
    }

    private func pick(
        _ type: CaseType, _ suggestion: TypeSuggestion, number: Int, _ texts: [String]
    ) -> HTML {
        let percent = ProposedType(suggestion).percent
        return """
            <li><a class="pick" data-pick="\(number)" data-type="\(type.id.description)" \
            href="\(ConversationLinks.panel(stored.id, type: type.id, draft: draft))">
            <kbd class="key" aria-hidden="true">\(number)</kbd>
            <span class="pick-name">\(type.name)</span>
            <span class="pick-why">\(MessageExcerpt.html(of: suggestion.evidence, in: texts))</span>
            <span class="pick-sure">\(Sureness(suggestion.probability).rawValue), \(percent) %\
            <meter min="0" max="100" value="\(percent)" aria-hidden="true"></meter></span></a></li>

            """
    }

    /// What there is to say when there are fewer than three.
    private var verdict: HTML {
        let sentence: String? =
            switch (offered.count, stored.messages.isEmpty) {
            case (0, true):
                "Nothing has been said yet, so no type can be suggested. Search for the one that fits."
            case (0, false):
                "No type fits what was said so far. Search for the one that does."
            case (1, _): "Only one type has anything to do with what was said."
            case (2, _): "Only two types have anything to do with what was said."
            default: nil
            }
        return sentence.map { "<p class=\"type-verdict\" id=\"type-verdict\">\($0)</p>" } ?? .empty
    }

    private var search: HTML {
        let count = visit.options.types.count
        let hidden: HTML =
            draft.map { "<input type=\"hidden\" name=\"draft\" value=\"\($0.description)\">" }
            ?? .empty
        return """
            <form class="type-search" method="get" role="search" \
            action="\(ConversationLinks.transcript(stored.id))/case-types">\(hidden)
            <label class="form-label" for="q">\
            \(offered.isEmpty ? "" : "None of these? ")Search all \(count) types</label>
            <div class="input-group"><input type="search" class="form-control" id="q" name="q" \
            value="\(request.text)" autocomplete="off" aria-controls="type-list">
            <button class="btn btn-outline-secondary" type="submit" id="find_type">Search</button>
            </div></form>

            """
    }

    private var list: HTML {
        let found = visit.options.types.filter { request.matches([$0.name, $0.summary]) }
        let hidden: HTML = " hidden"
        return """
            <ul class="type-list" id="type-list" aria-label="All types">\(found.map(row))</ul>
            <p class="type-verdict" id="type-list-empty" role="status"\
            \(hidden, if: !found.isEmpty)>No type has these words. Search for fewer or others.</p>
            """
    }

    private func row(_ type: CaseType) -> HTML {
        let summary: HTML = "<span class=\"muted\">\(type.summary)</span>"
        return """
            <li><a data-type="\(type.id.description)" \
            href="\(ConversationLinks.panel(stored.id, type: type.id, draft: draft))">\
            <span class="type-name">\(type.name)</span>\(summary, if: !type.summary.isEmpty)</a></li>

            """
    }
}
