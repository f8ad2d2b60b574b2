internal import CaseModel
internal import CaseStorage
internal import Credential
internal import FileAccess
internal import FileFormat
internal import Foundation

/// Fills an empty tenant space with people, types, queues, customers and cases, each through the call that
/// serves a person, so that the demo can show nothing that a person could not make.
struct DemoSpace {
    let store: TenantStore
    let zone: TimeZone

    func fill(baseURL: String) throws -> DemoLogins {
        let users = DemoContent.people.map { person in
            DemoLogins.User(
                login: person.login, password: randomText(byteCount: 8), role: person.role)
        }
        let employees = try zip(DemoContent.people, users).map { person, user in
            try addEmployee(person, password: user.password)
        }
        let queues = try DemoContent.queues.map { queue in
            let members = employees.filter { queue.members.contains($0.login) }.map(\.id)
            let values = CaseQueueValues(
                name: queue.name, distribution: queue.distribution, members: Set(members))
            let id = try stating {
                try store.addQueue(values, key: DraftID(), Edit(base: .max, by: nil, at: Date()))
            }
            return CaseQueue(id: id, name: queue.name)
        }
        for type in DemoContent.types {
            _ = try stating {
                try store.addCaseType(
                    name: type.name, summary: type.summary, keywords: type.keywords,
                    statuses: type.statuses, isEnabled: true)
            }
        }
        try stating {
            try store.updateTenant(TenantSpace(displayName: "Example Telecom", timeZone: zone))
        }
        try addRule(queues: queues)
        let customers = try stating { try store.addCustomers(DemoContent.customers) }
        try addCases(employees: employees, customers: customers)
        try addConversations()
        try switchOnNotifications(baseURL: baseURL)
        return DemoLogins(baseURL: baseURL, users: users)
    }

    /// Reminds owners, too; without gateways all messages wait in the outbox.
    ///
    /// New owners are not told, as in any new tenant space: a case for a queue of twenty is forty messages, which is
    /// for those to want who have a gateway.
    private func switchOnNotifications(baseURL: String) throws {
        let edit = Edit(base: .max, by: nil, at: Date())
        try stating {
            for key in TemplateKey.all where key.kind == .reminder {
                let template = NotificationTemplate.builtIn(key)
                try store.updateTemplate(
                    NotificationTemplateValues(
                        NotificationTemplate(
                            key: key, isEnabled: true, subject: template.subject,
                            body: template.body)),
                    edit)
            }
            try store.updateNotificationSettings(
                NotificationSettings(deskAddress: baseURL), edit)
        }
    }

    /// Takes in conversations as a channel would send them.
    private func addConversations() throws {
        var faults: [String] = []
        var intake = ConversationIntake(store: store) { faults.append($0) }
        let now = Date()
        for (index, planned) in DemoContent.conversations.enumerated() {
            try intake.take(.init(number: index + 1, bytes: try planned.line(now: now)))
        }
        try intake.flush()
        guard faults.isEmpty else {
            throw CommandFailure(description: "Demo conversations: \(faults)")
        }
    }

    private func addEmployee(_ person: DemoContent.Person, password: String) throws -> Employee {
        guard let hash = PasswordHash(of: password) else {
            throw CommandFailure(description: "There is not enough memory to hash a password.")
        }
        return try stating {
            try store.addEmployee(
                login: person.login, name: person.name, email: "\(person.login)@example.org",
                phone: person.phone, role: person.role, passwordHash: hash.text)
        }
    }

    /// Adds the rule by which cases with Auto by rule are given, and lets it decide.
    private func addRule(queues: [CaseQueue]) throws {
        let owners = Dictionary(uniqueKeysWithValues: queues.map { ($0.name, Owner.queue($0.id)) })
        guard let defaultOwner = owners[DemoContent.rule.defaultQueue] else { return }
        let items = DemoContent.rule.items.compactMap { item in
            owners[item.queue].map {
                AssignmentRuleValues.Item(item.attribute, item.condition, item.value, owner: $0)
            }
        }
        let values = AssignmentRuleValues(
            name: DemoContent.rule.name, defaultOwner: defaultOwner, items: items)
        let edit = Edit(base: .max, by: nil, at: Date())
        try stating {
            let rule = try store.addRule(values, key: nil, edit)
            try store.setRule(rule, isActive: true, edit)
        }
    }

    /// Saves each case as its maker would: the form is checked, its files are received and recognised.
    private func addCases(employees: [Employee], customers: [CustomerID]) throws {
        let reader = try stating { try store.makeReader() }
        let options = try stating { try reader.options() }
        for (index, plan) in DemoContent.cases.enumerated() {
            guard let creator = employees.first(where: { $0.login == plan.creator }) else {
                continue
            }
            let customer = try stating { try reader.customer(customers[plan.customer]) }
            let at = Date(timeIntervalSinceNow: -plan.hoursAgo * 3600)
            let context = CaseDraftContext(
                options: options, customer: customer, creator: creator, now: at)
            var problems: [Problem] = []
            let values = values(of: plan, options: options, customer: customer, at: at)
            guard let draft = CaseDraft(values, in: context, problems: &problems) else {
                throw CommandFailure(
                    description: "Demo case \(index + 1): \(problems.map(\.message))")
            }
            let files = try plan.files.map(receive)
            _ = try stating {
                try store.createCase(
                    draft, from: DraftID(), by: creator.id, adding: files,
                    optionsVersion: options.version, at: at)
            }
        }
    }

    private func values(
        of plan: DemoContent.PlannedCase, options: CaseOptions, customer: Customer?, at: Date
    ) -> CaseFormValues {
        var values = CaseFormValues.initial
        values[.caseType] = options.types.first { $0.name == plan.type }?.id.description ?? ""
        values[.title] = plan.title
        values[.description] = plan.description
        values[.priority] = plan.priority.rawValue
        values[.source] = plan.source.rawValue
        values[.customer] = customer?.id.description ?? ""
        if plan.told.contains(.email) { values[.notifyEmail] = "1" }
        if plan.told.contains(.sms) { values[.notifySMS] = "1" }
        if let hours = plan.deadlineInHours {
            values[.deadline] = Deadline.text(of: at.addingTimeInterval(hours * 3600), in: zone)
        }
        switch plan.owner {
        case .claim: values[.claim] = "1"
        case .rule: values[.assignmentMode] = AssignmentMode.auto.rawValue
        case .queue(let name):
            values[.ownerQueue] = options.queues.first { $0.name == name }?.id.description ?? ""
        }
        if values[.assignmentMode] == AssignmentMode.auto.rawValue { values[.ownerType] = "" }
        return values
    }

    private func receive(_ file: DemoContent.File) throws -> ReceivedFile {
        let reception = try stating { try store.receiveFile() }
        try stating { try reception.append(file.bytes[...]) }
        let verdict = try FileInspector.inspect(BytesInMemory(file.bytes), uploadName: file.name)
        guard case .accepted(let format) = verdict else {
            throw CommandFailure(description: "Demo file \(file.name): \(verdict)")
        }
        return reception.finish(name: file.name, format: format.rawValue)
    }
}
