internal import CaseModel
internal import Markup

/// The boxes of Customer Notification: where a message would go, what is known of the address, and what it would say.
struct NotificationFields {
    let page: CaseFormPage
    let told: Told?

    private var setup: NotificationSetup { page.visit.options.notifications }

    var html: HTML {
        let names = Told.fields.map(\.rawValue).joined(separator: " ")
        return """
            <fieldset class="field" id="notify-field" data-preview-url="\(PreviewNotifications.link)" \
            data-preview-of="\(names)">
            <legend class="form-label">Customer Notification \
            <span class="optional">(optional)</span></legend>\(waiting)
            <div class="checks">\(NotificationChannel.allCases.map(box))</div>
            <button class="btn btn-link btn-sm" type="submit" name="action" value="preview" \
            id="preview">Show what they will say</button></fieldset>

            """
    }

    /// The channels whose messages have to wait for a gateway.
    private var waiting: HTML {
        let missing = NotificationChannel.allCases.filter { channel in
            !setup.configuredChannels.contains(channel)
        }
        guard !missing.isEmpty else { return .empty }
        let names = missing.map(\.label).joined(separator: " and ")
        return """
            <p class="hint" id="notify-hint">Not configured yet: \(names). Such messages wait in the \
            outbox.</p>
            """
    }

    /// A box that can be ticked unless its message is switched off, or the chosen customer is known to lack the
    /// address.
    private func box(_ channel: NotificationChannel) -> HTML {
        let field = channel.box
        let name = field.rawValue
        let isTicked = page.values.isTicked(field)
        let isOff = !setup[TemplateKey(.caseCreated, channel)].isEnabled
        let isMissing = page.customer.map { $0.address(for: channel) == nil } ?? false
        let checked: HTML = " checked"
        let disabled: HTML = " disabled"
        let off: HTML = " data-off"
        return """
            <div class="check"><input type="checkbox" id="\(name)" name="\(name)" value="1"\
            \(checked, if: isTicked)\(disabled, if: (isMissing || isOff) && !isTicked)\
            \(off, if: isOff)\(description(field))>
            <label for="\(name)">\(field.label)</label>
            <span class="hint" id="\(name)-hint">\(hint(channel, isOff: isOff))</span>\
            \(page.problemText(field))\(Told.part(channel, told))</div>

            """
    }

    private func description(_ field: CaseField) -> HTML {
        let name = field.rawValue
        let error: HTML = " \(name)-error"
        let wrong: HTML = " aria-invalid=\"true\""
        let isWrong = page.hasProblem(field)
        return """
             aria-describedby="\(name)-hint\(error, if: isWrong) \(name)-note"\(wrong, if: isWrong)
            """
    }

    /// Where the message goes, or why none can.
    private func hint(_ channel: NotificationChannel, isOff: Bool) -> String {
        if isOff { return "Switched off in Configuration Center" }
        guard let customer = page.customer else {
            return "If the customer has one: \(channel.addressNoun)"
        }
        return Told.place(of: customer, channel)
    }
}
