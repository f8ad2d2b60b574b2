internal import CaseModel
internal import Markup

/// A message as its reader gets it: the subject of an e-mail, the text, and how much of an SMS it is.
struct MessageText {
    let text: RenderedMessage
    let channel: NotificationChannel

    init(_ text: RenderedMessage, _ channel: NotificationChannel) {
        self.text = text
        self.channel = channel
    }

    var html: HTML {
        let subject: HTML = "<p class=\"message-subject\">\(text.subject)</p>"
        return """
            <div class="message-text">\(subject, if: channel == .email)\
            <div class="message-body">\(text.body)</div></div>\(size)
            """
    }

    /// Counted for a number that is not known yet: as many digits as a million cases need.
    private static let standInNumber = "1000000"

    /// How many parts an SMS has, which are paid one by one.
    private var size: HTML {
        guard channel == .sms else { return .empty }
        let message = ShortMessage(
            text.body.replacing(NotifiedCase.pendingNumber, with: Self.standInNumber))
        let room =
            message.parts.count == 1
            ? message.alphabet.unitsAlone : message.alphabet.unitsInPart * message.parts.count
        let wide: HTML = """
             A character such as an emoji or a Cyrillic letter halves the room.
            """
        return """
            <p class="hint">\(counted(message.parts.count, "SMS part")): \(message.unitCount) of \(room) \
            characters.\(wide, if: message.alphabet == .ucs2)</p>
            """
    }
}
