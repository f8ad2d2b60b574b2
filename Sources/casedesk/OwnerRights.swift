internal import Foundation

/// The rights with which a command works on a data directory.
///
/// An administrator runs commands as root, the responder runs as a user without rights. What a command
/// makes must be the responder's, so a command that is run as root goes on as the directory's owner.
enum OwnerRights {
    /// Goes on as the owner of `directory`, when this is root and the owner is somebody else who can
    /// reach it; otherwise nothing changes.
    static func take(of directory: String) {
        guard geteuid() == 0,
            let attributes = try? FileManager.default.attributesOfItem(atPath: directory),
            let owner = (attributes[.ownerAccountID] as? NSNumber)?.uint32Value, owner != 0,
            let group = (attributes[.groupOwnerAccountID] as? NSNumber)?.uint32Value
        else { return }
        guard setegid(group) == 0 else { return }
        // Listing asks with the new rights; access(2) would ask with those of root.
        guard seteuid(owner) == 0,
            (try? FileManager.default.contentsOfDirectory(atPath: directory)) != nil
        else {
            seteuid(0)
            setegid(0)
            return
        }
    }
}
