// GET /customers/import/ID: before the start the first rows with a choice for each column, then how far it is
// (JSON for the page's script), then the receipt: ?outcome= filters it, ?after= pages by row number.
// POST /customers/import/ID starts it, 303 or 422; POST .../cancel ends it, 303; GET .../refused is a CSV file.

internal import CaseModel
internal import CaseStorage
internal import CustomerFile
internal import HTTPTypes
internal import Markup

enum ShowImport {
    /// GET /customers/import/ID.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let found = try ImportCustomers.found(visit, path)
        if visit.request.wantsJSON { return .json(ImportProgress(found)) }
        switch found.state {
        case .uploaded:
            let choices = ImportChoices(guessedFor: found)
            return try ImportPreview(visit: visit, source: found, choices: choices).response()
        case .running:
            return page("Import of \(found.fileName)", ImportProgressPage(found, visit).html, visit)
        case .done, .cancelled:
            let html = try ImportReceipt(found, visit).html
            return page("Import of \(found.fileName)", html, visit)
        }
    }

    /// POST /customers/import/ID.
    static func start(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let found = try ImportCustomers.found(visit, path)
        guard found.state == .uploaded else { return .seeOther(ImportCustomers.link(found.id)) }
        let choices = ImportChoices(form, for: found)
        guard choices.problems.isEmpty else {
            return try ImportPreview(visit: visit, source: found, choices: choices).response()
        }
        try visit.desk.startImport(found.id, choices.columns, choices.existing)
        return .seeOther(ImportCustomers.link(found.id))
    }

    /// POST /customers/import/ID/cancel.
    static func cancel(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: CustomerImportID.self)
        do throws(StoreError) {
            try visit.desk.cancelImport(id, at: visit.now)
        } catch {
            guard case .unknown = error else { throw error }
            throw Refusal.notFound
        }
        return .seeOther(ImportCustomers.link(id))
    }

    /// GET /customers/import/ID/refused.
    static func refusedRows(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let found = try ImportCustomers.found(visit, path)
        let file = try visit.desk.exportRefusedRows(
            of: found, reader: visit.reader, at: visit.now)
        return ExportCustomers.send(file, name: "Refused rows.csv", visit)
    }

    private static func page(_ title: String, _ content: HTML, _ visit: AgentVisit) -> Response {
        .page(
            DeskArea.customers.page(title: title, content: content, visit).html(for: visit))
    }
}

/// What a person chooses before an import starts, right or wrong.
struct ImportChoices {
    static let existingName = "existing"
    static let lettersName = "letters"

    let columns: SheetColumns
    let existing: ExistingCustomers
    /// Whether the letters of a file whose encoding is a guess look right.
    let isEncodingConfirmed: Bool
    private(set) var problems: [FieldProblem] = []

    /// What is proposed.
    init(guessedFor source: CustomerImport) {
        columns = source.columns
        existing = source.existing
        isEncodingConfirmed = false
    }

    /// What was sent.
    init(_ form: TextForm, for source: CustomerImport) {
        let meanings = source.columns.meanings.indices.map { column in
            ColumnMeaning(rawValue: form[Self.columnName(column)]) ?? .nothing
        }
        columns = SheetColumns(meanings)
        existing = ExistingCustomers(rawValue: form[Self.existingName]) ?? source.existing
        isEncodingConfirmed = !form[Self.lettersName].isEmpty
        problems = columns.problems.map {
            FieldProblem(Self.columnName($0.column), $0.message)
        }
        if source.format.encoding.isGuess && !isEncodingConfirmed {
            problems.append(
                FieldProblem(
                    Self.lettersName,
                    "Look whether the letters are right, and tick the box if they are"))
        }
    }

    /// The name of a column's control; the first is `column_1`.
    static func columnName(_ column: Int) -> String { "column_\(column + 1)" }
}
