internal import CaseModel
internal import CaseStorage

/// What the demo tenant space holds: a small telecom company.
enum DemoContent {
    struct Person {
        let login: String
        let name: String
        let phone: String
        let role: Role
    }

    struct Queue {
        let name: String
        let members: [String]
        var distribution = Distribution.claim
    }

    struct Rule {
        let name: String
        let defaultQueue: String
        let items:
            [(attribute: RuleAttribute, condition: RuleCondition, value: String, queue: String)]
    }

    struct Kind {
        let name: String
        let summary: String
        let keywords: String
        let statuses: [String]
    }

    struct File {
        let name: String
        let bytes: [UInt8]
    }

    enum PlannedOwner {
        case claim, rule
        case queue(String)
    }

    struct PlannedCase {
        let creator: String
        let hoursAgo: Double
        let type: String
        let title: String
        let description: String
        let priority: Priority
        let source: Source
        /// The customer's place in ``customers``.
        let customer: Int
        var deadlineInHours: Double?
        let owner: PlannedOwner
        var files: [File] = []
        /// On which channels the customer is told.
        var told: Set<NotificationChannel> = []
    }

    static let people = [
        Person(
            login: "mia.keller", name: "Mia Keller", phone: "+49 40 5550101", role: .agent),
        Person(
            login: "jonas.brandt", name: "Jonas Brandt", phone: "+49 40 5550102", role: .agent),
        Person(
            login: "aylin.demir", name: "Aylin Demir", phone: "+49 40 5550103", role: .agent),
        Person(
            login: "admin", name: "Petra Vogel", phone: "+49 40 5550104", role: .administrator),
    ]

    static let queues = [
        Queue(name: "Front desk", members: ["mia.keller", "jonas.brandt", "aylin.demir"]),
        Queue(name: "Field service", members: ["jonas.brandt"]),
        Queue(name: "Billing", members: ["aylin.demir"]),
        Queue(
            name: "Complaints", members: ["mia.keller", "aylin.demir"],
            distribution: .roundRobin),
    ]

    /// Who gets a case with Auto by rule; items and owners go by the names above.
    static let rule = Rule(
        name: "Standard", defaultQueue: "Front desk",
        items: [
            (.type, .equals, "Complaint", "Complaints"),
            (.title, .includes, "invoice", "Billing"),
            (.deadline, .before, "4", "Field service"),
        ])

    static let types = [
        Kind(
            name: "Internet down",
            summary: "The customer has no internet connection at all.",
            keywords: "no internet, offline, red light, router, outage",
            statuses: ["New", "Line test", "Field visit"]),
        Kind(
            name: "Slow connection",
            summary: "The internet works but is slower than booked, or breaks off at times.",
            keywords: "slow, speed, buffering, unstable, drops",
            statuses: ["New", "Measuring", "Solved by settings"]),
        Kind(
            name: "Hardware exchange",
            summary: "A router, receiver or phone is broken and has to be replaced.",
            keywords: "broken, replace, exchange, defective, warranty",
            statuses: ["New", "Device sent", "Old device back"]),
        Kind(
            name: "Invoice question",
            summary: "The customer does not understand or disputes an amount on an invoice.",
            keywords: "invoice, bill, charge, amount, refund",
            statuses: ["New", "Checked by billing", "Answered"]),
        Kind(
            name: "Moving house",
            summary: "The customer moves and takes the contract to a new address.",
            keywords: "move, moving, new address, relocation",
            statuses: ["New", "Availability checked", "Appointment set"]),
        Kind(
            name: "Contract cancellation",
            summary: "The customer wants to end a contract.",
            keywords: "cancel, terminate, end contract, leave",
            statuses: ["New", "Call back", "Confirmed"]),
        Kind(
            name: "SIM card lost",
            summary: "A SIM card or phone was lost or stolen and must be blocked and replaced.",
            keywords: "sim, lost, stolen, block, replacement card",
            statuses: ["New", "Blocked", "New card sent"]),
        Kind(
            name: "Complaint",
            summary: "The customer is unhappy with how they were treated.",
            keywords: "complaint, unfriendly, waited, disappointed",
            statuses: ["New", "Heard", "Answered"]),
    ]

    static let customers = [
        person("Hannah Schulz", "hannah.schulz@example.org", "+49 30 5550142"),
        person("Luca Bianchi", "luca.bianchi@example.com", "+39 02 5550107"),
        person("Oliver Smith", "oliver.smith@example.com", ""),
        person("Zoë Lefèvre", "zoe.lefevre@example.net", "+33 1 55501180"),
        person("Yuki Tanaka 田中 由紀", "yuki.tanaka@example.org", "+81 3 55500193"),
        person("Amira Haddad", "", "+961 1 555019"),
        person("Søren Østergård", "soren@example.dk", "+45 55 50 11 22"),
        person("Maria da Conceição Oliveira de Albuquerque e Castro", "maria@example.pt", ""),
        person("Werkstatt Braun & Söhne GmbH", "info@braun.example", "+49 89 5550177"),
        person("Walk-in customer", "", ""),
        person("Emma Wilson", "emma.wilson@example.com", "+44 20 55501144"),
        person("Noah Müller", "noah.mueller@example.org", "+49 40 5550161"),
    ]

    private static func person(_ name: String, _ email: String, _ phone: String) -> NewCustomer {
        NewCustomer(
            name: name, emails: email.isEmpty ? [] : [email], phones: phone.isEmpty ? [] : [phone],
            remark: "")
    }
}
