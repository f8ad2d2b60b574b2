package import CaseModel
internal import Foundation
internal import GRDB

// Templates, gateways and limits: what people set up of notifications.

extension TenantStore {
    /// Changes a template; what other people changed in the meantime stays.
    ///
    /// - Throws: ``StoreError/editedMeanwhile(_:)``, ``StoreError/rejected(_:)``.
    package func updateTemplate(
        _ values: NotificationTemplateValues, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            let key = values.template.key
            let stored = NotificationTemplateValues(try db.notificationSetup()[key])
            guard let wanted = try db.merge(values, into: stored, id: key.number, edit) else {
                return
            }
            try db.store(wanted.template)
        }
    }

    /// Changes the limits and the desk's address; messages that a limit has put off are looked at again.
    ///
    /// - Throws: ``StoreError/editedMeanwhile(_:)``, ``StoreError/rejected(_:)``.
    package func updateNotificationSettings(
        _ values: NotificationSettings, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            let stored = try db.notificationSettings()
            guard
                let wanted = try db.merge(values, into: stored, id: NotificationSettings.id, edit)
            else { return }
            try db.run("DELETE FROM notificationSettings")
            try db.run(
                """
                INSERT INTO notificationSettings
                    (id, perRecipient, perCustomer, perTenant, deskAddress)
                VALUES (1, ?, ?, ?, ?)
                """,
                [wanted.perRecipient, wanted.perCustomer, wanted.perTenant, wanted.deskAddress])
            try db.run(
                "UPDATE message SET dueAt = ?, heldBy = NULL WHERE heldBy IS NOT NULL",
                [edit.at.milliseconds])
        }
        for channel in NotificationChannel.allCases { bell(channel).ring() }
    }

    /// Sets up the mail gateway, or changes it; its password never comes into the history.
    ///
    /// - Throws: ``StoreError/editedMeanwhile(_:)``, ``StoreError/rejected(_:)``.
    package func updateMailGateway(
        _ values: MailGatewayValues, password: SecretEdit, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            let stored = try db.mailGateway()
            let wanted = try db.merged(values, stored?.values, id: MailGatewayValues.id, edit)
            let secret = try db.changed(
                stored?.password, password, of: .mailGateway, MailGatewayValues.id, edit)
            try db.run("DELETE FROM mailGateway")
            try db.run(
                """
                INSERT INTO mailGateway (id, host, port, security, login, password,
                    senderAddress, senderName, certificateFile)
                VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    wanted.host, wanted.port, wanted.security.rawValue, wanted.login, secret.text,
                    wanted.senderAddress.description, wanted.senderName, wanted.certificateFile,
                ])
        }
        bell(.email).ring()
    }

    /// Sets up the SMS gateway, or changes it; its password never comes into the history.
    ///
    /// - Throws: ``StoreError/editedMeanwhile(_:)``, ``StoreError/rejected(_:)``.
    package func updateSMSGateway(
        _ values: SMSGatewayValues, password: SecretEdit, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            let stored = try db.smsGateway()
            let wanted = try db.merged(values, stored?.values, id: SMSGatewayValues.id, edit)
            let secret = try db.changed(
                stored?.password, password, of: .smsGateway, SMSGatewayValues.id, edit)
            try db.run("DELETE FROM smsGateway")
            try db.run(
                """
                INSERT INTO smsGateway (id, kind, address, login, password, sender)
                VALUES (1, ?, ?, ?, ?, ?)
                """,
                [wanted.kind.rawValue, wanted.address, wanted.login, secret.text, wanted.sender])
        }
        bell(.sms).ring()
    }

    /// Takes the gateway of a channel away; its messages wait from then on.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is none.
    package func removeGateway(
        of channel: NotificationChannel, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            let (table, subject, id): (String, Subject, Int64) =
                switch channel {
                case .email: ("mailGateway", .mailGateway, MailGatewayValues.id)
                case .sms: ("smsGateway", .smsGateway, SMSGatewayValues.id)
                }
            try db.run("DELETE FROM \(table)")
            guard db.changesCount == 1 else { throw StoreError.unknown("gateway") }
            try db.recordDeletion(of: subject, id, named: channel.label, edit)
        }
    }
}

extension StoreReader {
    /// The templates, which channels have a gateway, and the settings.
    package func notificationSetup() throws(StoreError) -> NotificationSetup {
        try snapshot { db in try db.notificationSetup() }
    }

    /// The mail gateway with its password, for who sends; `nil` when none is set up.
    package func mailGateway() throws(StoreError) -> MailGateway? {
        try query { db in try db.mailGateway() }
    }

    /// The SMS gateway with its password, for who sends; `nil` when none is set up.
    package func smsGateway() throws(StoreError) -> SMSGateway? {
        try query { db in try db.smsGateway() }
    }
}

extension Database {
    func hasGateway(_ channel: NotificationChannel) throws -> Bool {
        switch channel {
        case .email: try number("SELECT 1 FROM mailGateway") != nil
        case .sms: try number("SELECT 1 FROM smsGateway") != nil
        }
    }

    func notificationSetup() throws -> NotificationSetup {
        NotificationSetup(
            written: try rows("SELECT * FROM notificationTemplate").map(NotificationTemplate.init),
            configuredChannels: Set(try NotificationChannel.allCases.filter(hasGateway)),
            settings: try notificationSettings())
    }

    func notificationSettings() throws -> NotificationSettings {
        guard let row = try row("SELECT * FROM notificationSettings") else {
            return NotificationSettings()
        }
        return NotificationSettings(
            perRecipient: row["perRecipient"], perCustomer: row["perCustomer"],
            perTenant: row["perTenant"], deskAddress: row["deskAddress"])
    }

    func mailGateway() throws -> MailGateway? {
        guard let row = try row("SELECT * FROM mailGateway") else { return nil }
        let text: String = row["senderAddress"]
        guard let sender = try? EmailAddress(text) else {
            throw StoreError.corrupt("the sender’s address is '\(text)'")
        }
        return MailGateway(
            values: MailGatewayValues(
                host: row["host"], port: row["port"], security: try row.choice("security"),
                login: row["login"], senderAddress: sender, senderName: row["senderName"],
                certificateFile: row["certificateFile"]),
            password: Secret(row["password"]))
    }

    func smsGateway() throws -> SMSGateway? {
        guard let row = try row("SELECT * FROM smsGateway") else { return nil }
        return SMSGateway(
            values: SMSGatewayValues(
                kind: try row.choice("kind"), address: row["address"], login: row["login"],
                sender: row["sender"]),
            password: Secret(row["password"]))
    }

    fileprivate func store(_ template: NotificationTemplate) throws {
        try run(
            "DELETE FROM notificationTemplate WHERE kind = ? AND channel = ?",
            [template.key.kind.rawValue, template.key.channel.rawValue])
        try run(
            """
            INSERT INTO notificationTemplate (kind, channel, isEnabled, subject, body)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                template.key.kind.rawValue, template.key.channel.rawValue, template.isEnabled,
                template.subject?.source ?? "", template.body.source,
            ])
    }

    /// The values of a gateway as they are to be stored; it may be new.
    fileprivate func merged<Values: Editable>(
        _ values: Values, _ stored: Values?, id: Int64, _ edit: Edit
    ) throws -> Values {
        guard let stored else {
            try recordCreation(of: Values.subject, id, key: nil, edit)
            return values
        }
        return try merge(values, into: stored, id: id, edit) ?? stored
    }

    /// The secret from now on; the history says that it was changed, not what it is.
    fileprivate func changed(
        _ stored: Secret?, _ secret: SecretEdit, of subject: Subject, _ id: Int64, _ edit: Edit
    ) throws -> Secret {
        let stored = stored ?? Secret("")
        let wanted =
            switch secret {
            case .keep: stored
            case .replace(let secret): secret
            case .remove: Secret("")
            }
        if wanted != stored {
            let after = wanted.text.isEmpty || stored.text.isEmpty ? "\(wanted)" : "replaced"
            try record(
                MailGatewayValues.Field.password, from: "\(stored)", to: after, of: subject, id,
                edit)
        }
        return wanted
    }
}

extension NotificationTemplate {
    /// Takes the columns of a template.
    init(_ row: Row) throws {
        let key = TemplateKey(try row.choice("kind"), try row.choice("channel"))
        let (subject, body): (String, String) = (row["subject"], row["body"])
        do {
            self.init(
                key: key, isEnabled: row["isEnabled"],
                subject: key.channel == .email ? try TemplateText(subject, for: key.kind) : nil,
                body: try TemplateText(body, for: key.kind))
        } catch {
            throw StoreError.corrupt(
                "the template \(key.kind.rawValue) for \(key.channel.rawValue): \(error)")
        }
    }
}
