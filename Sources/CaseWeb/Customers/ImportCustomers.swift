// GET /customers/import: the form for a file of customers, and the imports there were. POST /customers/import
// takes the file: 303 to /customers/import/ID, or 422 with the reason why it cannot be read.

internal import CaseModel
internal import CaseStorage
internal import CustomerFile
internal import HTTPTypes
internal import Markup

enum ImportCustomers {
    /// Earlier imports that the page lists.
    private static let listedImports = 20

    /// GET /customers/import.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try page(visit, problem: nil)
    }

    /// POST /customers/import.
    static func upload(
        _ visit: AgentVisit, _ path: PathValues, _ form: FileForm
    ) throws -> Response {
        switch form.file {
        case .none: return try page(visit, problem: "Choose a file to import")
        case .tooLarge:
            return try page(visit, problem: CustomerFileFault.tooLarge.description)
        case .lost(let error): throw error
        case .received(let file):
            let sheet: CustomerSheet
            do {
                sheet = try CustomerSheet(of: file)
            } catch let fault as CustomerFileFault {
                return try page(visit, problem: "\(file.name): \(fault)")
            }
            let id = try visit.desk.addImport(
                file.finish(), sheet, by: visit.employee.id, at: visit.now)
            return .seeOther(link(id))
        }
    }

    /// The address of an import.
    static func link(_ id: CustomerImportID) -> Link { "/customers/import/\(id.description)" }

    /// The import that an address names.
    static func found(_ visit: AgentVisit, _ path: PathValues) throws -> CustomerImport {
        let id = try path.first(as: CustomerImportID.self)
        guard let found = try visit.reader.customerImport(id) else { throw Refusal.notFound }
        return found
    }

    private static func page(_ visit: AgentVisit, problem: String?) throws -> Response {
        let imports = try visit.reader.customerImports(limit: listedImports)
        let content = ImportFormPage(visit: visit, imports: imports, problem: problem).html
        let summary = HTML.errorSummary(
            problem.map { [(target: FileForm.fileName, message: $0)] } ?? [])
        return .page(
            DeskArea.customers.page(
                title: "Import customers", summary: summary, content: content, visit
            ).html(for: visit), status: problem == nil ? .ok : .unprocessableContent)
    }
}

private struct ImportFormPage {
    let visit: AgentVisit
    let imports: [CustomerImport]
    let problem: String?

    var html: HTML {
        """
        <div class="page-head"><h1>Import customers</h1></div>
        <form class="card-plain" id="import-form" method="post" action="/customers/import" \
        enctype="multipart/form-data" novalidate>
        \(visit.tokenField)
        \(control)<button class="btn btn-primary" type="submit" id="upload">Upload and look at it\
        </button></form>
        \(earlier)
        """
    }

    private var control: HTML {
        let megabytes = CustomerFileLimit.maximumByteCount / 1024 / 1024
        let frame = FieldFrame(
            name: FileForm.fileName, label: "File",
            hint: """
                CSV with commas, semicolons or tabs, as Excel and other programs save it, up to \
                \(megabytes) MB. The first row names the columns, such as Name, Email, Phone, Gender, Remark. \
                Nothing is imported before you have seen the first rows and chosen the columns.
                """,
            problems: problem.map { [$0] } ?? [])
        return frame.labelled { attributes in
            """
            <input type="file" class="form-control\(frame.invalid)" id="\(frame.name)" \
            name="\(frame.name)" accept=".csv,.tsv,.txt,text/csv"\(attributes)>
            """
        }
    }

    private var earlier: HTML {
        guard !imports.isEmpty else {
            return """
                <div class="empty"><h2>Nothing was imported yet</h2>
                <p>Each import stands here with its receipt: which customers were made and updated, and \
                which rows were refused and why.</p></div>
                """
        }
        return """
            <h2>Imports until now</h2>
            <div class="table-wrap"><table class="table desk-table list-table"><thead><tr>
            <th scope="col">File</th><th scope="col">Uploaded</th><th scope="col">By</th>
            <th scope="col">State</th><th scope="col">Rows</th></tr></thead>
            <tbody>\(imports.map(row))</tbody></table></div>
            """
    }

    private func row(_ item: CustomerImport) -> HTML {
        let times = TimeText(zone: visit.zone)
        return """
            <tr><th scope="row"><a href="\(ImportCustomers.link(item.id))">\(item.fileName)</a></th>
            <td data-label="Uploaded">\(times.shortElement(item.uploadedAt, now: visit.now))</td>
            <td data-label="By">\(item.uploaderName)</td>
            <td data-label="State">\(item.state.label)</td>
            <td data-label="Rows">\(item.sentence)</td></tr>

            """
    }
}

extension CustomerImport.State {
    /// The words for it on a page.
    var label: String {
        switch self {
        case .uploaded: "Waits for its columns"
        case .running: "Under way"
        case .done: "Done"
        case .cancelled: "Cancelled"
        }
    }
}

extension CustomerImport {
    /// How many rows came to which end, in words.
    var sentence: String {
        guard counts.total > 0 else { return counted(rowCount, "row") }
        return RowOutcome.allCases.filter { counts[$0] > 0 }.map {
            "\(groupedDigits(counts[$0])) \($0.label.lowercased())"
        }.joined(separator: ", ")
    }
}
