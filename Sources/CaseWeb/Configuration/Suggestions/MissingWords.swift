internal import CaseModel
internal import Markup

/// The enabled types of which the desk knows little more than the name: what they are about can only be guessed from
/// it until cases have been saved with them.
struct MissingWords {
    let types: [CaseType]

    /// Types that are named at most.
    private static let maximumRowCount = 100

    var html: HTML {
        """
        <section class="card-plain" aria-labelledby="words-title">\
        <h2 id="words-title">Types without a description</h2>\(content)</section>

        """
    }

    private var wordless: [CaseType] { types.filter { $0.isEnabled && $0.summary.isEmpty } }

    private var content: HTML {
        let wordless = wordless
        guard !wordless.isEmpty else { return "<p>Every enabled case type has a description.</p>" }
        let items = wordless.prefix(Self.maximumRowCount).map { type -> HTML in
            let neither: HTML = " <span class=\"muted\">and no keywords</span>"
            return """
                <li><a href="\(CaseTypeLink.one(type.id))">\(type.name)</a>\
                \(neither, if: type.keywords.isEmpty)</li>

                """
        }
        let more: HTML = """
            <p class="muted">\(groupedDigits(wordless.count - Self.maximumRowCount)) more lack one, too.</p>
            """
        return """
            <p class="muted">A sentence on what such a case is about, and the words that customers use for it, \
            help to propose the type from the first day.</p>
            <ul class="word-list" id="wordless">\(items)</ul>\
            \(more, if: wordless.count > Self.maximumRowCount)
            """
    }
}
