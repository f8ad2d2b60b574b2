internal import Foundation

/// Reads the fields of a form one after another and collects what is wrong with them.
///
/// Each method names its field's problem, or returns what the field says.
struct CaseFormCheck {
    let values: CaseFormValues
    let context: CaseDraftContext
    private(set) var problems: [Problem] = []

    init(values: CaseFormValues, context: CaseDraftContext) {
        self.values = values
        self.context = context
    }

    private mutating func refuse(_ field: CaseField, _ message: String) {
        problems.append(Problem(field, message))
    }

    mutating func caseType() -> CaseType? {
        let text = values[.caseType]
        guard !text.isEmpty else {
            refuse(.caseType, "Select a case type")
            return nil
        }
        if let type = context.options.types.first(where: { $0.id.description == text }) {
            return type
        }
        refuse(.caseType, "Select a case type from the list; the one chosen is not offered")
        return nil
    }

    mutating func title() -> String? {
        text(
            .title, missing: "Enter a case title", limit: CaseLimit.maximumTitleCharacters,
            mayHaveLines: false)
    }

    mutating func description() -> String? {
        text(
            .description, missing: "Enter a case description",
            limit: CaseLimit.maximumDescriptionCharacters, mayHaveLines: true)
    }

    /// A required text of at most `limit` code points that is more than white space.
    private mutating func text(
        _ field: CaseField, missing: String, limit: Int, mayHaveLines: Bool
    ) -> String? {
        let text = values[field]
        let rule = TextRule(
            label: field.label, missing: missing, limit: limit, mayHaveLines: mayHaveLines)
        if let problem = rule.problem(with: text) {
            refuse(field, problem)
            return nil
        }
        return text
    }

    mutating func deadline() -> Date? {
        let text = values[.deadline]
        guard !text.isEmpty else { return nil }
        let zone = context.options.tenant.timeZone
        do throws(Deadline.Fault) {
            return try Deadline.instant(of: text, in: zone, now: context.now)
        } catch {
            refuse(.deadline, sentence(for: error, text: text, zone: zone.identifier))
            return nil
        }
    }

    private func sentence(for fault: Deadline.Fault, text: String, zone: String) -> String {
        // The control separates day and time by a T; people read a space.
        let text = text.replacing("T", with: " ")
        return switch fault {
        case .unreadable:
            "Deadline must be a date and a time, such as 2030-06-30T17:00; it was “\(text)”"
        case .nonexistentDay:
            "Deadline must be a day and time that exist; it was “\(text)”"
        case .skippedHour:
            "Deadline “\(text)” falls in the hour that the clocks skip in \(zone); "
                + "choose an hour earlier or later"
        case .past:
            "Deadline must not be before now; it was “\(text)”"
        }
    }

    /// An optional choice of a closed list.
    mutating func choice<Choice: RawRepresentable<String>>(
        _ field: CaseField, _ noun: String
    ) -> Choice? {
        let text = values[field]
        guard !text.isEmpty else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        refuse(field, "Select \(noun) from the list; the one sent is not on it")
        return nil
    }

    mutating func customer() -> Customer? {
        guard !values[.customer].isEmpty else {
            refuse(.customer, "Select the customer the case is about")
            return nil
        }
        if let customer = context.customer { return customer }
        refuse(.customer, "Select a customer from the list; the one chosen does not exist")
        return nil
    }

    /// How the owner is found.
    mutating func assignment() -> Assignment? {
        switch AssignmentMode(rawValue: values[.assignmentMode]) {
        case nil:
            refuse(.assignmentMode, "Select who assigns the case: Manually or Auto by rule")
            return nil
        case .auto: return automaticAssignment()
        case .manual: return manualAssignment()
        }
    }

    private mutating func automaticAssignment() -> Assignment? {
        let given: [CaseField] = [.claim, .ownerQueue, .ownerAgent]
        if let field = given.first(where: { !values[$0].isEmpty }) {
            refuse(
                field,
                "An owner is set, but Assignment Mode is Auto by rule. "
                    + "Take the owner out, or choose Manually")
            return nil
        }
        guard let rule = context.options.activeRule else {
            refuse(
                .assignmentMode,
                "No assignment rule is active, so nobody would get the case; choose Manually")
            return nil
        }
        return .automatic(rule)
    }

    private mutating func manualAssignment() -> Assignment? {
        let creator = context.creator
        if values.isTicked(.claim) {
            return .manual(
                .agent(creator.id), reason: "Claimed by \(creator.name), who made the case")
        }
        switch OwnerType(rawValue: values[.ownerType]) {
        case nil:
            refuse(.ownerType, "Select an owner type: Case Queue or Agent")
            return nil
        case .queue:
            let queue = chosen(
                .ownerQueue, among: context.options.queues, "Select the case queue that owns it",
                id: \.id.description)
            return queue.map {
                .manual(.queue($0.id), reason: "Given to the queue by \(creator.name)")
            }
        case .agent:
            let agent = chosen(
                .ownerAgent, among: context.options.agents, "Select the agent who owns it",
                id: \.id.description)
            return agent.map {
                .manual(.agent($0.id), reason: "Given to the agent by \(creator.name)")
            }
        }
    }

    private mutating func chosen<Item>(
        _ field: CaseField, among items: [Item], _ missing: String, id: (Item) -> String
    ) -> Item? {
        let text = values[field]
        if let item = items.first(where: { id($0) == text }) { return item }
        refuse(
            field,
            text.isEmpty ? missing : "\(missing), from the list; the one chosen is not offered")
        return nil
    }

    /// The conversation that the case was begun from, which another agent may have taken over meanwhile.
    mutating func conversation() -> ConversationID? {
        guard !values[.conversation].isEmpty, context.conversation == nil else {
            return context.conversation
        }
        refuse(
            .conversation,
            "The conversation that this case was begun from is not yours any more; "
                + "save again to make the case without it")
        return nil
    }

    /// A ticked box asks for an address that the customer has.
    mutating func notification(
        _ field: CaseField, _ addresses: [String]?, _ noun: String
    ) -> Bool {
        guard values.isTicked(field) else { return false }
        if let addresses, addresses.isEmpty {
            refuse(
                field,
                "\(context.customer?.name ?? "The customer") has no \(noun); untick \(field.label)")
        }
        return true
    }
}

/// How the owner of a case is found: the person has chosen one, or the active rule decides.
enum Assignment {
    case manual(Owner, reason: String)
    case automatic(AssignmentRule)

    /// Who gets the case and why, and what the rule looked at.
    typealias Made = (mode: AssignmentMode, owner: Owner, reason: String, decision: RuleDecision?)

    /// Finds the owner of a case whose fields are all right.
    func made(for attributes: CaseAttributes, problems: inout [Problem]) -> Made? {
        switch self {
        case .manual(let owner, let reason): return (.manual, owner, reason, nil)
        case .automatic(let rule):
            let decision = rule.decide(attributes)
            if rule.canGive(to: decision.target) {
                return (.auto, decision.target, decision.sentence, decision)
            }
            problems.append(
                Problem(
                    .assignmentMode,
                    "The rule “\(rule.name)” has nobody for this case, as its default owner’s "
                        + "account is switched off; choose Manually"))
            return nil
        }
    }
}
