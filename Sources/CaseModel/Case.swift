package import Foundation

/// A case as it is stored; it always has a number.
package struct Case: Equatable, Sendable, Identifiable {
    package var id: CaseNumber { number }
    package let number: CaseNumber
    package let typeName: String
    /// The process of the type as it was when the case was made.
    package let statuses: [String]
    package let title: String
    package let description: String
    /// The step of the process at which the case stands.
    package let status: String
    package let state: CaseState
    package let statusSince: Date
    package let deadline: Date?
    package let priority: Priority?
    package let source: Source?
    package let customer: Customer
    package let assignmentMode: AssignmentMode
    package let owner: Owner
    package let ownerName: String
    package let ownerReason: String
    package let creatorName: String
    package let notifiesByEmail: Bool
    package let notifiesBySMS: Bool
    package let createdAt: Date

    package init(
        number: CaseNumber, typeName: String, statuses: [String], title: String,
        description: String, status: String, state: CaseState, statusSince: Date, deadline: Date?,
        priority: Priority?, source: Source?, customer: Customer, assignmentMode: AssignmentMode,
        owner: Owner, ownerName: String, ownerReason: String, creatorName: String,
        notifiesByEmail: Bool, notifiesBySMS: Bool, createdAt: Date
    ) {
        self.number = number
        self.typeName = typeName
        self.statuses = statuses
        self.title = title
        self.description = description
        self.status = status
        self.state = state
        self.statusSince = statusSince
        self.deadline = deadline
        self.priority = priority
        self.source = source
        self.customer = customer
        self.assignmentMode = assignmentMode
        self.owner = owner
        self.ownerName = ownerName
        self.ownerReason = ownerReason
        self.creatorName = creatorName
        self.notifiesByEmail = notifiesByEmail
        self.notifiesBySMS = notifiesBySMS
        self.createdAt = createdAt
    }
}

/// A case as a list shows it: nothing of its long texts.
package struct CaseSummary: Equatable, Sendable, Identifiable {
    package var id: CaseNumber { number }
    package let number: CaseNumber
    package let title: String
    package let typeName: String
    package let status: String
    package let state: CaseState
    package let priority: Priority?
    package let customerName: String
    package let ownerName: String
    package let deadline: Date?
    package let createdAt: Date
    package let attachmentCount: Int

    package init(
        number: CaseNumber, title: String, typeName: String, status: String, state: CaseState,
        priority: Priority?, customerName: String, ownerName: String, deadline: Date?,
        createdAt: Date, attachmentCount: Int
    ) {
        self.number = number
        self.title = title
        self.typeName = typeName
        self.status = status
        self.state = state
        self.priority = priority
        self.customerName = customerName
        self.ownerName = ownerName
        self.deadline = deadline
        self.createdAt = createdAt
        self.attachmentCount = attachmentCount
    }
}

/// What identifies the bytes of a kept file.
package struct FileContent: Hashable, Sendable {
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits; the file's name in the store.
    package let sha256: String
    /// The size in bytes, 1 to ``CaseLimit/maximumAttachmentByteCount``.
    package let byteCount: Int
    /// The recognised format by its short name, such as `pdf`.
    package let format: String

    package init(sha256: String, byteCount: Int, format: String) {
        self.sha256 = sha256
        self.byteCount = byteCount
        self.format = format
    }
}

/// A file of a case.
package struct Attachment: Equatable, Sendable, Identifiable {
    package let id: AttachmentID
    /// The name as the person gave it, made safe to show and to store.
    package let name: String
    package let content: FileContent
    package let addedAt: Date

    package init(id: AttachmentID, name: String, content: FileContent, addedAt: Date) {
        self.id = id
        self.name = name
        self.content = content
        self.addedAt = addedAt
    }
}

/// A file that was received and recognised but is not yet part of a case.
package struct StagedFile: Equatable, Sendable, Identifiable {
    package let id: StagedFileID
    package let name: String
    package let content: FileContent

    package init(id: StagedFileID, name: String, content: FileContent) {
        self.id = id
        self.name = name
        self.content = content
    }
}

/// Something that happened to a case.
package struct CaseEvent: Equatable, Sendable {
    package let at: Date
    /// Who did it.
    package let employeeName: String
    /// What happened, in a sentence.
    package let text: String

    package init(at: Date, employeeName: String, text: String) {
        self.at = at
        self.employeeName = employeeName
        self.text = text
    }
}

/// A form that a person began and has not saved as a case, or has.
package struct StoredDraft: Equatable, Sendable, Identifiable {
    package let id: DraftID
    /// The only person who may see or change it.
    package let employee: EmployeeID
    package let values: CaseFormValues
    package let files: [StagedFile]
    package let savedAt: Date
    /// The case that was made of it; then nothing of the draft changes any more.
    package let savedAs: CaseNumber?

    package init(
        id: DraftID, employee: EmployeeID, values: CaseFormValues, files: [StagedFile],
        savedAt: Date, savedAs: CaseNumber?
    ) {
        self.id = id
        self.employee = employee
        self.values = values
        self.files = files
        self.savedAt = savedAt
        self.savedAs = savedAs
    }
}
