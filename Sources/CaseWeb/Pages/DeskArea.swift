internal import Markup

/// Where in the desk a page stands, and with it what stands around its content.
enum DeskArea {
    case workbench, customers
    /// Configuration Center; `nil` for its first page.
    case configuration(ConfigurationPart?)

    /// A page of the area.
    ///
    /// - Parameter summary: What is to be corrected, which comes before everything else.
    func page(
        title: String, summary: HTML = .empty, content: HTML, _ visit: AgentVisit
    ) -> Page {
        let isWrong = summary != .empty
        return Page(
            title: isWrong ? "Error: \(title)" : title, section: section,
            content: "\(summary)\(surrounded(content, visit))")
    }

    private var section: Page.Section {
        switch self {
        case .workbench: .workbench
        case .customers: .customers
        case .configuration: .configuration
        }
    }

    private func surrounded(_ content: HTML, _ visit: AgentVisit) -> HTML {
        switch self {
        case .workbench, .customers: content
        case .configuration(let part):
            """
            <div class="side-grid">\(ConfigurationPart.navigation(at: part, for: visit.viewer))
            <div class="side-content">
            \(content)
            </div></div>
            """
        }
    }
}
