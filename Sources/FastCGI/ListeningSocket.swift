internal import CFCGI
internal import Glibc

/// A socket that listens for nginx.
///
/// Either made here at a path, or inherited from whoever started the process. An inherited one is
/// shared with others (systemd, the process that is being replaced), so it is never shut down and
/// its path is never removed; a bound one is both when its `Responder` stops.
package struct ListeningSocket: ~Copyable, Sendable {
    /// The bytes of a path that `sun_path` holds before its NUL (unix(7)).
    package static let maximumPathBytes = 107

    /// How many connections the kernel keeps waiting for `accept`: more than nginx opens in a burst
    /// with 1,024 worker connections; Linux cuts it at net.core.somaxconn (4,096).
    static let backlog: Int32 = 1024

    let descriptor: Int32
    let origin: Origin

    /// Where the socket came from, which decides what may be done to it at the end.
    enum Origin: Equatable {
        case bound(path: String, identity: FileIdentity?)
        case inherited
    }

    /// Makes a Unix socket at `path` and listens on it.
    ///
    /// A socket file that a dead process left is replaced. The file is never open to more than
    /// `mode`, not for a moment.
    /// - Parameters:
    ///   - mode: permission bits; to connect is to write, so 0o660 lets in owner and group.
    ///   - group: the group the file is given to, such as nginx's; nil keeps the process's.
    /// - Throws: the `ListenError` that says what is in the way.
    package static func bound(
        path: String, mode: UInt32 = 0o660, group: UInt32? = nil
    ) throws(ListenError) -> ListeningSocket {
        try checkPath(path)
        try removeStaleSocket(at: path)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", number: errno) }
        do throws(ListenError) {
            try bind(descriptor, path: path, mode: mode, group: group)
        } catch {
            close(descriptor)
            throw error
        }
        let identity = FileIdentity(path: path)
        return ListeningSocket(
            descriptor: descriptor, origin: .bound(path: path, identity: identity))
    }

    /// Takes the listening socket that this process was started with, or nil when there is none.
    ///
    /// First descriptor 3 of systemd's socket activation (sd_listen_fds(3): LISTEN_PID, LISTEN_FDS),
    /// then descriptor 0 as from spawn-fcgi (FastCGI 1.0, 2.2). The variables of systemd are removed
    /// from the environment, so that no child takes them for its own; call this before any thread
    /// exists.
    /// - Throws: `.inheritedNotListening` or `.inheritedTooMany` when systemd handed over something
    ///   else than one listening socket.
    package static func inherited() throws(ListenError) -> ListeningSocket? {
        let handOver = HandOver(
            listenPID: environmentValue("LISTEN_PID"), listenFDs: environmentValue("LISTEN_FDS"))
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] {
            unsafe unsetenv(name)
        }
        return try inherited(handOver, processID: getpid())
    }

    /// What a service manager wrote into the environment, and the descriptors it meant.
    struct HandOver {
        var listenPID: String?
        var listenFDs: String?
        /// SD_LISTEN_FDS_START of sd_listen_fds(3).
        var firstDescriptor: Int32 = 3
        /// FCGI_LISTENSOCK_FILENO of FastCGI 1.0.
        var standardInput: Int32 = 0
    }

    static func inherited(
        _ handOver: HandOver, processID: Int32
    ) throws(ListenError) -> ListeningSocket? {
        if let listenFDs = handOver.listenFDs, handOver.listenPID == String(processID) {
            guard listenFDs == "1" else { throw .inheritedTooMany(count: listenFDs) }
            guard isListening(handOver.firstDescriptor) else {
                throw .inheritedNotListening(descriptor: handOver.firstDescriptor)
            }
            return ListeningSocket(inherited: handOver.firstDescriptor)
        }
        guard isListening(handOver.standardInput) else { return nil }
        return ListeningSocket(inherited: handOver.standardInput)
    }

    /// Removes a bound socket's path, if it still is this socket's; an inherited one is left alone.
    ///
    /// From then on nobody can connect, and what has connected can still be accepted.
    func removePath() {
        guard case .bound(let path, let identity) = origin, let identity,
            FileIdentity(path: path) == identity
        else { return }
        unsafe unlink(path)
    }

    private init(inherited descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // Two processes share it during a restart: one of them finds the connection taken already.
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        self.init(descriptor: descriptor, origin: .inherited)
    }

    private init(descriptor: Int32, origin: Origin) {
        self.descriptor = descriptor
        self.origin = origin
    }

    deinit {
        if case .bound = origin {
            removePath()
            close(descriptor)
        }
    }
}

extension ListeningSocket {
    private static func checkPath(_ path: String) throws(ListenError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .pathUnusable }
        let byteCount = path.utf8.count
        guard byteCount <= maximumPathBytes else {
            throw .pathTooLong(path: path, byteCount: byteCount)
        }
    }

    /// Makes room at the path when what is there is a socket that nobody answers.
    private static func removeStaleSocket(at path: String) throws(ListenError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            switch errno {
            case ENOENT: return
            case ENOTDIR: throw .noDirectory(path: path)
            case EACCES: throw .notWritable(path: path)
            default: throw .system(call: "lstat \(path)", number: errno)
            }
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        try checkNobodyAnswers(at: path)
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw .notWritable(path: path)
        }
    }

    private static func checkNobodyAnswers(at path: String) throws(ListenError) {
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
        guard probe >= 0 else { throw .system(call: "socket", number: errno) }
        defer { close(probe) }
        guard connectToSocket(probe, path) != 0 else { throw .taken(path: path) }
        switch errno {
        case ECONNREFUSED, ENOENT: return
        case EAGAIN: throw .taken(path: path)  // its backlog is full
        case EACCES: throw .notWritable(path: path)
        default: throw .system(call: "connect \(path)", number: errno)
        }
    }

    private static func bind(
        _ descriptor: Int32, path: String, mode: UInt32, group: UInt32?
    ) throws(ListenError) {
        // Linux gives the new file the mode of the unbound socket: closed to all but the owner
        // until group and mode are right.
        guard fchmod(descriptor, 0o600) == 0 else { throw .system(call: "fchmod", number: errno) }
        guard unsafe cfcgi_unix_bind(descriptor, path) == 0 else {
            switch errno {
            case EADDRINUSE: throw .taken(path: path)
            case ENOENT, ENOTDIR: throw .noDirectory(path: path)
            case EACCES, EPERM, EROFS: throw .notWritable(path: path)
            default: throw .system(call: "bind \(path)", number: errno)
            }
        }
        do throws(ListenError) {
            if let group, unsafe chown(path, uid_t.max, group) != 0 {
                throw .groupRefused(path: path, group: group)
            }
            guard unsafe chmod(path, mode) == 0 else {
                throw .system(call: "chmod \(path)", number: errno)
            }
            guard listen(descriptor, backlog) == 0 else {
                throw .system(call: "listen \(path)", number: errno)
            }
        } catch {
            unsafe unlink(path)
            throw error
        }
    }

    private static func isListening(_ descriptor: Int32) -> Bool {
        socketOption(SO_ACCEPTCONN, of: descriptor) == 1
            && socketOption(SO_TYPE, of: descriptor) == Int32(SOCK_STREAM.rawValue)
    }

    private static func environmentValue(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}

/// Which file a path names: two processes may use one path, one after the other.
struct FileIdentity: Equatable {
    let device: UInt
    let inode: UInt

    /// The identity of the file at `path`, or nil when there is none.
    init?(path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }
}
