internal import HTTPTypes
internal import Markup

/// Asks once before something that cannot be undone.
struct ConfirmPage {
    let area: DeskArea
    /// The question, such as “Delete this case type?”.
    let title: String
    /// What goes, and what it means.
    let message: HTML
    /// The words on the button, such as “Delete case type”.
    let button: String
    /// Where the button sends to.
    let action: Link
    /// Where the other button leads.
    let back: Link

    func response(for visit: AgentVisit, _ status: HTTPResponse.Status = .ok) -> Response {
        let content: HTML = """
            <div class="page-head"><h1>\(title)</h1></div>
            <section class="card-plain confirm"><p>\(message)</p>
            <form class="page-actions" method="post" action="\(action)">\(visit.tokenField)
            <button class="btn btn-danger" type="submit" id="confirm">\(button)</button>
            <a class="btn btn-outline-secondary" href="\(back)">Keep it</a></form></section>
            """
        return .page(
            area.page(title: title, content: content, visit).html(for: visit), status: status)
    }
}

/// A button that does one thing at once, such as Disable, as a form of its own.
struct ActButton {
    let label: String
    let action: Link
    /// The button's id.
    let id: String

    func html(for visit: AgentVisit) -> HTML {
        """
        <form method="post" action="\(action)">\(visit.tokenField)
        <button class="btn btn-outline-secondary" type="submit" id="\(id)">\(label)</button></form>
        """
    }
}
