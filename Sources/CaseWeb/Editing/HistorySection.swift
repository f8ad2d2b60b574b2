internal import CaseModel
internal import CaseStorage
internal import Markup

/// Who changed what of a thing and when, newest first.
struct HistorySection {
    let changes: [Change]
    /// The fields as the form has them, which also say how values read.
    let fields: [EditField]
    let times: TimeText

    /// Changes that a page shows; older ones stay stored.
    static let maximumChanges = 50

    /// Characters of a text that are shown at once; a longer one is opened.
    private static let maximumInlineCharacters = 60

    /// Reads the history of a thing.
    init(of subject: Subject, _ id: Int64, fields: [EditField], _ visit: AgentVisit) throws {
        changes = try visit.reader.changes(of: subject, id, limit: Self.maximumChanges)
        self.fields = fields
        times = visit.times
    }

    var html: HTML {
        guard !changes.isEmpty else { return .empty }
        return """
            <section class="card-plain change-history" aria-labelledby="history-title">\
            <h2 id="history-title">History</h2>
            <ul class="history">\(changes.map(item))</ul>\(limitNote)</section>

            """
    }

    private var limitNote: HTML {
        guard changes.count == Self.maximumChanges else { return .empty }
        return "<p class=\"muted\">The newest \(Self.maximumChanges) changes are shown.</p>"
    }

    private func item(_ change: Change) -> HTML {
        """
        <li>\(times.element(change.at)) <span class="history-who">\
        \(change.employeeName ?? "Command line")</span> \(words(change))</li>

        """
    }

    private func words(_ change: Change) -> HTML {
        if change.field == Change.creationField { return "made it" }
        let field =
            fields.first { $0.name == change.field }
            ?? EditField(name: change.field, label: change.field, kind: .line(limit: 0))
        let (before, after) = (field.readable(change.before), field.readable(change.after))
        let isLong = [before, after].contains { text in
            text.unicodeScalars.count > Self.maximumInlineCharacters
        }
        if isLong {
            return """
                changed <strong>\(field.label)</strong><details><summary>Before and after</summary>
                <div class="change-texts"><div><span class="muted">Before</span>\
                <div class="conflict-text">\(shown(before))</div></div>
                <div><span class="muted">After</span><div class="conflict-text">\(shown(after))\
                </div></div></div></details>
                """
        }
        return """
            changed <strong>\(field.label)</strong> from \(quoted(before)) to \(quoted(after))
            """
    }

    private func quoted(_ text: String) -> HTML {
        text.isEmpty
            ? "<span class=\"muted\">nothing</span>"
            : "“\(text.replacing("\n", with: ", "))”"
    }

    private func shown(_ text: String) -> HTML {
        text.isEmpty ? "<span class=\"muted\">(nothing)</span>" : "\(text)"
    }
}
