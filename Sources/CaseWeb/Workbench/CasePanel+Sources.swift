internal import CaseModel
internal import CaseSuggestion
internal import Markup

// What stands below a field of the panel: where its value was taken from, and the way to undo that.

extension CasePanel {
    /// Messages that are named one by one; of more, their count and the first.
    private static let maximumNamedMessages = 4

    /// What was said and is left out, such as a password, and which engine reads where there are two.
    var note: HTML {
        let words = reading.words(view.visit.times)
        let whose: HTML = "<p class=\"muted panel-whose\" id=\"panel-whose\">\(words)</p>"
        let left = now.note.map { note -> HTML in
            "<p class=\"notice notice-warn panel-note\">\(note)</p>"
        }
        return "\(left ?? .empty)\(whose, if: !words.isEmpty)"
    }

    /// - Returns: `nil` for a field that the conversation has nothing to do with.
    func source(of field: CaseField, _ value: String) -> FieldSource? {
        let text = text(of: field)
        var source = FieldSource(text: text)
        let places = evidence(of: field, value)
        if !places.isEmpty {
            source.words = words(places)
        } else if let text, text == value {
            source.words = field == .source ? "from the channel" : "from the sender"
        }
        if let text = offer(for: field, value) {
            source.acts = offering(field, text, value)
        } else if source.words != .empty {
            source.acts = clearing(field)
        }
        return text == nil && source.words == .empty ? nil : source
    }

    /// `from message 09:39 and 09:41 · show`: each time leads to its message.
    private func words(_ places: [Evidence]) -> HTML {
        let positions = Set(places.map(\.message)).sorted()
        let times = view.visit.times
        let links = positions.prefix(Self.maximumNamedMessages).map { position -> HTML in
            let anchor: Link = "#\(Transcript.anchor(position))"
            let time =
                stored.messages.indices.contains(position)
                ? times.clock(stored.messages[position].at) : ""
            return "<a href=\"\(anchor)\">\(time)</a>"
        }
        guard let first = positions.first, positions.count > Self.maximumNamedMessages else {
            return "from message \(Self.listed(links))"
        }
        let anchor: Link = "#\(Transcript.anchor(first))"
        return "from \(positions.count) messages · <a href=\"\(anchor)\">show the first</a>"
    }

    private static func listed(_ links: [HTML]) -> HTML {
        guard let last = links.last, links.count > 1 else { return links.first ?? .empty }
        let others = links.dropLast().enumerated().map { index, link -> HTML in
            index == 0 ? link : ", \(link)"
        }
        return "\(others) and \(last)"
    }

    private func clearing(_ field: CaseField) -> HTML {
        """
        <button class="btn btn-link btn-sm from-act" type="submit" name="action" \
        value="clear_\(field.rawValue)" data-clears="\(field.rawValue)">clear\
        <span class="visually-hidden"> \(field.label)</span></button>
        """
    }

    /// A quiet offer: the words of the conversation, which nobody has to take.
    private func offering(_ field: CaseField, _ text: String, _ value: String) -> HTML {
        let take: HTML = """
            <button class="btn btn-link btn-sm from-act" type="submit" name="action" \
            value="take_\(field.rawValue)" data-takes="\(field.rawValue)">\
            \(value.isEmpty ? "fill in from the conversation" : "take the new text")\
            <span class="visually-hidden"> for \(field.label)</span></button>
            """
        guard !value.isEmpty else { return take }
        return """
            <details class="offer" id="\(field.rawValue)-offer"><summary>New messages say \
            something else</summary><p class="offer-text">\(text)</p></details>\(take)
            """
    }
}

/// What stands below a control about where its value was taken from.
struct FieldSource {
    /// What the conversation says of the field, for the page's script; `nil` when it says nothing.
    let text: String?
    /// The source in words, which the control is described by; empty when there is none.
    var words = HTML.empty
    /// Buttons, and what is offered.
    var acts = HTML.empty
}
