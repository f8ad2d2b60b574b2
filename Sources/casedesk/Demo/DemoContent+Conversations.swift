internal import CaseModel
internal import Foundation

extension DemoContent {
    /// A conversation as a channel would send it.
    struct PlannedConversation {
        let id: String
        let channel: Source
        let agent: String
        let minutesAgo: Double
        var name = ""
        var email = ""
        var phone = ""
        /// What was said in turn, the customer first, some seconds apart.
        let turns: [String]
    }

    static let conversations = [
        PlannedConversation(
            id: "demo-whatsapp-1", channel: .whatsapp, agent: "mia.keller", minutesAgo: 6,
            name: "Hannah", phone: "+49 30 5550142",
            turns: [
                "Hello, my internet has been down since yesterday evening. The router shows a red light.",
                "Hello, I am sorry to hear that. Have you restarted the router already?",
                "Yes, twice. The red light stays on, and my neighbour has no problem at all.",
                "May I have your customer number, please?",
                "It is 4471 0982. I work from home, so I need it back by tomorrow morning.",
                "Thank you. I will have the line tested at once and come back to you.",
            ]),
        PlannedConversation(
            id: "demo-voice-1", channel: .voice, agent: "mia.keller", minutesAgo: 19,
            name: "Luca Bianchi", phone: "+39 02 5550107",
            turns: [
                "Good morning, Luca Bianchi speaking. My invoice for May is wrong, I was charged twice for "
                    + "the same month.",
                "Good morning, Mr Bianchi. Which invoice number do you mean?",
                "Invoice 2026-05-88121, over 79.80 euros. It should be 39.90.",
                "I see. How would you like the money back?",
                "On my bank account, please. The last time I waited six weeks for a refund.",
            ]),
        PlannedConversation(
            id: "demo-web-1", channel: .web, agent: "mia.keller", minutesAgo: 42, name: "Tom",
            email: "tom.becker@example.org",
            turns: [
                "Hi, I am moving house on the first of next month. Can I take my contract with me?",
                "Yes, you can. What is your new address?",
                "Lindenweg 12, 50667 Cologne. Is the fast line available there?",
            ]),
        PlannedConversation(
            id: "demo-email-1", channel: .email, agent: "mia.keller", minutesAgo: 95,
            name: "Werkstatt Braun & Söhne", email: "info@braun.example",
            turns: [
                "Guten Tag,\n\nunser Router ist defekt und schaltet sich alle zehn Minuten ab. Bitte tauschen Sie "
                    + "das Gerät aus, wir haben noch Garantie.\n\nMit freundlichen Grüßen\nWerkstatt Braun"
            ]),
        PlannedConversation(
            id: "demo-whatsapp-2", channel: .whatsapp, agent: "mia.keller", minutesAgo: 2,
            name: "Unknown", phone: "+44 20 55509999", turns: ["hi"]),
        PlannedConversation(
            id: "demo-voice-2", channel: .voice, agent: "jonas.brandt", minutesAgo: 11,
            name: "Emma Wilson", phone: "+44 20 55501144",
            turns: [
                "Hello, my phone was stolen on the train this morning and the SIM card with it.",
                "I am sorry. I will block the card. For the check, what is your service PIN?",
                "The PIN is 4711. Please send the new SIM card to my office, 5 King Street.",
                "The card is blocked. Is there anything else?",
                "No, only please do not charge me for the replacement.",
            ]),
        PlannedConversation(
            id: "demo-web-2", channel: .web, agent: "jonas.brandt", minutesAgo: 27,
            name: "Oliver Smith", email: "oliver.smith@example.com",
            turns: [
                "My connection is much slower than booked. I pay for 250 Mbit/s and measure 30 in the evening.",
                "Do you measure over a cable or over Wi-Fi?",
                "Over a cable. Videos keep buffering and calls drop, every evening since 3 November.",
                "Thank you. Could you send me the results of three measurements?",
                "I have them here: 31, 28 and 34 Mbit/s.",
            ]),
        PlannedConversation(
            id: "demo-email-2", channel: .email, agent: "jonas.brandt", minutesAgo: 180,
            name: "Zoë Lefèvre", email: "zoe.lefevre@example.net",
            turns: [
                "Dear team,\n\nI want to cancel my contract 88-20417 at the end of the year, as I am moving "
                    + "abroad. Please confirm the date in writing.\n\nKind regards\nZoë Lefèvre"
            ]),
    ]
}

extension DemoContent.PlannedConversation {
    /// Seconds between two turns.
    private static let pause: Double = 25

    /// The line of a file, as `casedesk import conversations` reads it.
    func line(now: Date) throws -> Data {
        let start = now.addingTimeInterval(-minutesAgo * 60)
        return try JSONEncoder().encode(
            Line(
                id: id, channel: channel, customer: ["name": name, "email": email, "phone": phone],
                agent: agent, startedAt: start.formatted(.iso8601),
                messages: turns.enumerated().map { index, text in
                    Line.Turn(
                        id: String(index + 1),
                        speaker: index.isMultiple(of: 2) ? .customer : .agent, text: text,
                        at: start.addingTimeInterval(Double(index) * Self.pause)
                            .formatted(.iso8601))
                }))
    }

    private struct Line: Encodable {
        struct Turn: Encodable {
            let id: String
            let speaker: Speaker
            let text: String
            let at: String
        }

        let id: String
        let channel: Source
        let customer: [String: String]
        let agent: String
        let startedAt: String
        let messages: [Turn]

        private enum CodingKeys: String, CodingKey {
            case id, channel, customer, agent, messages
            case startedAt = "started_at"
        }
    }
}
