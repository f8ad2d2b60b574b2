// GET /notifications/preview: what the customer of a form would be told, by the form's own names (?customer=, ?title= and
// the others of `Told.fields`); the script of the Case Information page takes its parts. 404 for a customer who is
// not there.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum PreviewNotifications {
    /// The address that the script asks.
    static let link: Link = "/notifications/preview"

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        var values = CaseFormValues()
        for field in Told.fields { values[field] = text(visit.query[field.rawValue]) }
        guard let id = CustomerID(values[.customer]), let customer = try visit.reader.customer(id)
        else { throw Refusal.notFound }
        let told = try Told(values, to: customer, visit)
        let title = "What \(customer.name) will be told"
        let parts = NotificationChannel.allCases.map { channel -> HTML in
            """
            <section class="card-plain"><h2>\(channel.label)</h2>
            <p class="hint" id="\(channel.box.rawValue)-hint">\(Told.place(of: customer, channel))</p>\
            \(Told.part(channel, told))</section>

            """
        }
        let content: HTML = "<div class=\"page-head\"><h1>\(title)</h1></div>\(parts)"
        return .page(
            Page(title: title, section: .newCase, width: .narrow, content: content).html(for: visit)
        )
    }

    /// A text of the address, as far as a field can have it.
    private static func text(_ text: String) -> String {
        String(text.unicodeScalars.prefix(CaseLimit.maximumTitleCharacters))
    }
}
