/// Why the desk cannot listen for nginx.
///
/// `description` is one line: what is wrong, then what to do about it.
package enum ListenError: Error, Equatable, CustomStringConvertible {
    /// Somebody answers on this path.
    case taken(path: String)
    /// Something that is not a socket has this path.
    case notASocket(path: String)
    /// The path is longer than `sun_path` of unix(7) holds.
    case pathTooLong(path: String, byteCount: Int)
    /// The path is empty or holds a NUL byte.
    case pathUnusable
    /// The directory of the path does not exist.
    case noDirectory(path: String)
    /// The directory of the path, or a socket left there, belongs to somebody else.
    case notWritable(path: String)
    /// The group cannot be given to the socket.
    case groupRefused(path: String, group: UInt32)
    /// A service manager says it handed over a socket, but it is not one that listens.
    case inheritedNotListening(descriptor: Int32)
    /// A service manager handed over more than one socket.
    case inheritedTooMany(count: String)
    /// The system refused a call; the number is errno(3).
    case system(call: String, number: Int32)

    package var description: String {
        switch self {
        case .taken(let path):
            "\(path) is in use by another process: stop that one, or choose another --socket."
        case .notASocket(let path):
            "\(path) exists and is not a socket: remove it, or choose another --socket."
        case .pathTooLong(let path, let byteCount):
            "\(path) has \(byteCount) bytes, a socket's path at most "
                + "\(ListeningSocket.maximumPathBytes): choose a shorter --socket."
        case .pathUnusable:
            "The path of the socket is empty or holds a NUL byte: choose another --socket."
        case .noDirectory(let path):
            "The directory of \(path) does not exist: create it, or choose another --socket."
        case .notWritable(let path):
            "\(path) may not be written by user \(currentUserID()): "
                + "give its directory to that user, or choose another --socket."
        case .groupRefused(let path, let group):
            "\(path) cannot be given to group \(group): make the user a member of that group."
        case .inheritedNotListening(let descriptor):
            "Descriptor \(descriptor) is not a listening stream socket: "
                + "start the .socket unit with ListenStream= and Accept=no."
        case .inheritedTooMany(let count):
            "LISTEN_FDS is \(count), expected 1: name one ListenStream= in the .socket unit."
        case .system(let call, let number):
            "\(call) failed with \(systemMessage(number)): see errno(3), number \(number)."
        }
    }
}
