internal import CaseModel
internal import CaseStorage
internal import CustomerFile
internal import HTTPTypes
internal import Markup

/// The first rows of a file with a choice for each column, before anything is imported.
struct ImportPreview {
    let visit: AgentVisit
    let source: CustomerImport
    let choices: ImportChoices
    private let sheet: CustomerSheet

    /// Looks through the file again: what it holds is shown as it will be read.
    init(visit: AgentVisit, source: CustomerImport, choices: ImportChoices) throws {
        self.visit = visit
        self.source = source
        self.choices = choices
        do {
            sheet = try CustomerSheet(of: visit.desk.importedFile(source.id))
        } catch is CustomerFileFault {
            throw Refusal.notFound
        } catch StoreError.notWritable {
            throw Refusal.notFound
        }
    }

    func response() -> Response {
        let summary = HTML.errorSummary(
            choices.problems.map { (target: $0.field, message: $0.message) })
        let page = DeskArea.customers.page(
            title: "Import of \(source.fileName)", summary: summary, content: content, visit)
        return .page(
            page.html(for: visit), status: choices.problems.isEmpty ? .ok : .unprocessableContent)
    }

    private var content: HTML {
        """
        <div class="page-head"><h1>Import of \(source.fileName)</h1></div>
        <p id="import-format">\(counted(source.rowCount, "row")) in \
        \(source.format.encoding.label), divided by \(source.format.delimiter.plural).</p>
        <form class="card-plain" id="import-form" method="post" \
        action="\(ImportCustomers.link(source.id))" novalidate>
        \(visit.tokenField)
        \(letters)<h2>What the columns are</h2>
        <div class="table-wrap"><table class="table desk-table import-preview">
        <caption>The first \(counted(sheet.firstRows.count, "row"))</caption>
        <thead><tr><th scope="col">Row</th>\(columns.map(heading))</tr></thead>
        <tbody>\(sheet.firstRows.map(row))</tbody></table></div>
        \(existing)<div class="page-actions">
        <button class="btn btn-primary" type="submit" id="start">Import \
        \(counted(source.rowCount, "row"))</button>
        <button class="btn btn-outline-secondary" type="submit" id="cancel" \
        formaction="\(ImportCustomers.link(source.id))/cancel">Cancel</button></div></form>
        """
    }

    private var columns: Range<Int> { source.columns.meanings.indices }

    private func heading(_ column: Int) -> HTML {
        let name = column < sheet.columnNames.count ? sheet.columnNames[column] : ""
        let title = name.isEmpty ? "Column \(column + 1)" : name
        let options = OptionList(ColumnMeaning.allCases, value: \.rawValue, label: \.label)
        let field = ImportChoices.columnName(column)
        let frame = FieldFrame(name: field, label: title, problems: problems(field))
        let control = frame.labelled { attributes in
            """
            <select class="form-select\(frame.invalid)" id="\(field)" name="\(field)"\(attributes)>
            \(options.html(selected: choices.columns.meanings[column].rawValue))</select>
            """
        }
        return "<th scope=\"col\">\(control)</th>"
    }

    private func row(_ row: SheetRow) -> HTML {
        if let flaw = row.flaw {
            return """
                <tr><th scope="row">\(row.number)</th><td colspan="\(max(columns.count, 1))">\
                \(shown(row[0])) <span class="muted">\(flaw.sentence)</span></td></tr>

                """
        }
        let cells = columns.map { column -> HTML in "<td>\(shown(row[column]))</td>" }
        return "<tr><th scope=\"row\">\(row.number)</th>\(cells)</tr>\n"
    }

    /// Characters of a cell that the preview shows.
    private static let shownCharacters = 80

    private func shown(_ cell: String) -> String {
        let text = CellText.original(cell)
        let scalars = text.unicodeScalars
        guard scalars.count > Self.shownCharacters else { return text }
        return String(scalars.prefix(Self.shownCharacters)) + "…"
    }

    private var existing: HTML {
        FieldFrame(
            name: ImportChoices.existingName, label: "Customers who are there already",
            hint: """
                A row means a customer who is there when one of its addresses or numbers belongs to that \
                customer alone.
                """
        ).radios(
            ExistingCustomers.allCases.map { ($0.rawValue, $0.label) },
            selected: choices.existing.rawValue)
    }

    /// What shows whether a guessed encoding is right.
    private var letters: HTML {
        guard source.format.encoding.isGuess else { return .empty }
        let name = ImportChoices.lettersName
        let frame = FieldFrame(
            name: name, label: "Are these letters right?",
            hint: """
                The file does not say how its letters are written; it was read as \
                \(source.format.encoding.label). If they look wrong, cancel, save the file in Excel as \
                “CSV UTF-8”, and upload that one.
                """, problems: problems(name))
        let samples = sheet.letterSamples.map { sample -> HTML in "<li>\(sample)</li>" }
        let checked: HTML = " checked"
        return frame.grouped(
            """
            <ul class="letter-samples">\(samples)</ul>
            <label class="check"><input type="checkbox" id="\(name)" name="\(name)" value="1"\
            \(checked, if: choices.isEncodingConfirmed)> Yes, they are right</label>
            """)
    }

    private func problems(_ field: String) -> [String] {
        choices.problems.filter { $0.field == field }.map(\.message)
    }
}

extension Delimiter {
    /// Many of them.
    fileprivate var plural: String {
        switch self {
        case .comma: "commas"
        case .semicolon: "semicolons"
        case .tab: "tabs"
        }
    }
}
