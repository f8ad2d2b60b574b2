package import CaseModel
internal import GRDB

/// Why the store did not do what it was asked; nothing of the refused change is stored.
///
/// Each description is one line for an administrator that ends with the remedy.
package enum StoreError: Error, Equatable, Sendable {
    /// No room: disk full, quota used up, or a limit on the size of files.
    case full
    /// The database was made by a later release of this program.
    case newerVersion(found: Int, known: Int)
    /// A directory or file that must be written cannot be.
    case notWritable(String)
    /// A value that must be unique belongs to something else already.
    case taken(what: String, value: String)
    /// The configuration is no longer the one that the case was checked against.
    case optionsChanged
    /// The draft belongs to another employee.
    case notYours
    /// The draft has become this case and does not change any more.
    case alreadySaved(CaseNumber)
    /// More than ``CaseLimit/maximumAttachments`` files.
    case tooManyFiles
    /// The staged files of the employee would exceed ``StoreLimit/maximumStagedByteCount``.
    case quotaExceeded
    /// Something that a change names does not exist.
    case unknown(String)
    /// A value breaks a rule that the database keeps, such as an empty name.
    case refused(String)
    /// Values of a form break rules that only the stored data shows.
    case rejected([FieldProblem])
    /// Others changed the same fields of a thing to something else.
    case editedMeanwhile(Conflict)
    /// Something is referred to and so can neither be deleted nor switched off; says by what.
    case inUse(String)
    /// What is stored contradicts itself.
    case corrupt(String)
    /// Too many changes wait, or another program holds the database.
    case busy
    /// The store was closed.
    case closed
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .full:
            "no room to write: the disk is full or a quota or file-size limit is reached; "
                + "free some space, nothing was half written"
        case .newerVersion(let found, let known):
            "the database has version \(found), this program knows up to \(known); "
                + "start the newer program or restore a backup made by this one"
        case .notWritable(let path):
            "cannot write \(path); give the user that runs this program the right to it"
        case .taken(let what, let value):
            "the \(what) '\(value)' is taken already; choose another"
        case .optionsChanged:
            "the configuration was changed meanwhile; check the form against it and save again"
        case .notYours:
            "the draft belongs to another employee; begin a new one"
        case .alreadySaved(let number):
            "the draft was saved as case \(number); open that case"
        case .tooManyFiles:
            "a case takes at most \(CaseLimit.maximumAttachments) files; remove one first"
        case .quotaExceeded:
            "files that wait in drafts exceed \(StoreLimit.maximumStagedByteCount) bytes for this "
                + "employee; save or discard drafts first"
        case .unknown(let what):
            "there is no such \(what); look at the current list and choose again"
        case .refused(let rule):
            "a value breaks a rule of the database (\(rule)); correct it"
        case .rejected(let problems):
            "the values break rules: \(problems.map(\.message).joined(separator: "; ")); "
                + "correct them"
        case .editedMeanwhile(let conflict):
            "somebody else changed \(conflict.fields.map(\.field).joined(separator: ", ")) "
                + "meanwhile; look at it and change it again"
        case .inUse(let what):
            "it is in use: \(what); take it out there first"
        case .corrupt(let detail):
            "the store is damaged: \(detail); run verify and restore from a backup"
        case .busy:
            "too many changes wait or another program holds the database; try again in a moment"
        case .closed:
            "the store was closed; open it again"
        }
    }
}

extension StoreError {
    /// What an error of the database library means; errors of our own pass unchanged.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(database: error)
        default: self = .corrupt(String(describing: error))
        }
    }

    private init(database error: DatabaseError) {
        switch error.extendedResultCode {
        // A write beyond a quota or RLIMIT_FSIZE is not SQLITE_FULL but a refused write or growth.
        case .SQLITE_IOERR_WRITE, .SQLITE_IOERR_SHMSIZE:
            self = .full
        case .SQLITE_CONSTRAINT_FOREIGNKEY:
            self = .unknown("record that this change refers to")
        default:
            self = Self.primary(error)
        }
    }

    private static func primary(_ error: DatabaseError) -> StoreError {
        switch error.resultCode {
        case .SQLITE_FULL: .full
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            .notWritable("the database: \(error.message ?? "no reason given")")
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH:
            .refused(error.message ?? error.resultCode.description)
        default: .corrupt(error.message ?? error.resultCode.description)
        }
    }
}
