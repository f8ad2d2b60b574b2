internal import CFCGI
internal import Glibc

/// libfcgi, set up once a process.
///
/// `FCGX_Init` is not safe to call from two threads, and replaces the dispositions of SIGPIPE,
/// SIGUSR1 and SIGTERM by handlers of its own, also where they were ignored. Afterwards SIGUSR1 and
/// SIGTERM are as they were, and SIGPIPE is ignored: a peer that has gone is an error of `send`,
/// not the end of the process.
enum Library {
    /// The result of `FCGX_Init`: 0, or the number of the error.
    static let status: Int32 = {
        let kept = [SIGUSR1, SIGTERM].map { ($0, disposition(of: $0)) }
        let result = FCGX_Init()
        for (number, action) in kept {
            setDisposition(of: number, action)
        }
        var ignore = sigaction()
        unsafe ignore.__sigaction_handler.sa_handler = SIG_IGN
        setDisposition(of: SIGPIPE, ignore)
        return result
    }()

    private static func disposition(of number: Int32) -> sigaction {
        var action = sigaction()
        unsafe sigaction(number, nil, &action)
        return action
    }

    private static func setDisposition(of number: Int32, _ action: sigaction) {
        var action = action
        unsafe sigaction(number, &action, nil)
    }
}
