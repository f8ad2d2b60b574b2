// The outside engine: GET /configuration/suggestions/engine shows its settings and how it stands, POST changes them.
// 303 to the page; 422, 409 and 503 with it again. The token is never shown.

internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Markup

enum EditOutsideEngine {
    static let link: Link = "/configuration/suggestions/engine"

    /// GET /configuration/suggestions/engine.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit).response()
    }

    /// POST /configuration/suggestions/engine.
    static func save(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try Self.form(visit).save(form) { (values, edit) throws(StoreError) in
            try visit.desk.updateOutsideEngine(values, edit)
            visit.visit.suggestions.outside?.forgetFailures()
            return link
        }
    }

    private static func form(_ visit: AgentVisit) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .outsideEngine, OutsideEngineValues.id)
        let setup = try visit.reader.outsideEngine()
        let fields = fields(hasToken: !setup.token.isEmpty)
        let history = try HistorySection(
            of: .outsideEngine, OutsideEngineValues.id, fields: fields, visit)
        return EditPage(
            visit: visit, area: .configuration(.suggestions), title: "Outside engine",
            action: link, back: ShowSuggestions.link, sections: [EditSection(nil, fields)],
            origin: .stored(base: base), texts: setup.values.texts,
            above: about, below: "\(standing(of: setup.values, visit))\(history.html)")
    }

    private static func fields(hasToken: Bool) -> [EditField] {
        typealias Field = OutsideEngineValues.Field
        let fields = [
            EditField(
                name: Field.isEnabled, label: "Ask the outside engine", kind: .box,
                hint: "When it is off, conversations are read by CaseDesk alone and nothing "
                    + "leaves it."),
            EditField(
                name: Field.address, label: "Address",
                kind: .line(limit: OutsideEngineValues.maximumAddressCharacters),
                hint: "Of a chat endpoint that speaks OpenAI’s protocol, such as "
                    + "https://engine.example.org/v1", isOptional: true),
            EditField(
                name: Field.model, label: "Model",
                kind: .line(limit: OutsideEngineValues.maximumModelCharacters),
                hint: "The name by which the endpoint knows it. It and the address are needed to "
                    + "switch it on.", isOptional: true),
            EditField(
                name: Field.token, label: hasToken ? "New token" : "Token", kind: .password,
                hint: hasToken
                    ? "A token is stored and is never shown. Leave this empty to keep it."
                    : "It is stored and never shown again. Leave it empty for an endpoint that wants none.",
                isOptional: true),
        ]
        let forget = EditField(
            name: Field.forgetsToken, label: "Delete the stored token", kind: .box)
        return hasToken ? fields + [forget] : fields
    }

    private static let about: HTML = """
        <div class="notice notice-warn"><p>While it is on, what customers and agents write in a conversation is \
        sent to this address as soon as somebody chooses a case type for it, with the names, descriptions and \
        keywords of the case types. Card numbers, passwords, PINs, security codes and social security numbers \
        are masked before; names, addresses and everything else are sent as they were written.</p>
        <p>It has \(OutsideEngine.timeoutMilliseconds / 1_000) seconds. When it does not answer, or its answer \
        breaks a rule, CaseDesk’s own engine answers, and the page says so.</p></div>

        """

    /// Whether it answers, as far as this process knows.
    private static func standing(of values: OutsideEngineValues, _ visit: AgentVisit) -> HTML {
        guard values.isEnabled else { return .empty }
        guard let outside = visit.visit.suggestions.outside else {
            return section(
                "<p>The host of this desk lets no outside engine be asked, so nothing is.</p>")
        }
        let (pausedUntil, last) = outside.standing(visit.now)
        let pause = pausedUntil.map { end -> HTML in
            "<p id=\"engine-pause\">It is not asked until \(visit.times.element(end)).</p>"
        }
        guard let last else {
            return section(
                "<p>It has not failed since it was set up or CaseDesk was started.</p>")
        }
        return section(
            """
            \(pause ?? .empty)<p id="engine-fault">The last failure was on \(visit.times.element(last.at)): it \
            \(last.fault.words).</p>
            """)
    }

    private static func section(_ content: HTML) -> HTML {
        """
        <section class="card-plain" aria-labelledby="standing-title"><h2 id="standing-title">How it stands</h2>
        \(content)</section>

        """
    }
}
