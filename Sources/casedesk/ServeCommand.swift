internal import ArgumentParser
internal import CaseModel
internal import CaseStorage
internal import CaseWeb
internal import FastCGI
internal import Foundation
internal import Logging

/// `casedesk serve`: the responder that nginx talks to.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answers requests that nginx passes on.",
        discussion: """
            Without --socket it takes the socket it inherits: systemd's LISTEN_FDS, or standard input as \
            from spawn-fcgi. SIGTERM ends it after the requests that are being answered.
            """)

    @OptionGroup var data: DataOptions

    @Option(help: "The unix socket to listen on; made anew.")
    var socket: String?

    @Option(help: "Threads that answer requests, 1 to 256.")
    var workers = 16

    @Option(help: "The directory of styles and scripts; their addresses then change when they do.")
    var `public`: String?

    func validate() throws {
        guard (1...256).contains(workers) else {
            throw ValidationError("--workers takes 1 to 256.")
        }
    }

    func run() throws {
        // Before any thread starts, so that all of them inherit the mask.
        ProcessSignals.blockTermination()
        // A limit on the size of files is then an error of the write, answered like a full disk.
        _ = signal(SIGXFSZ, SIG_IGN)
        // Files are for the owner and, to be read, for nginx's group.
        umask(0o027)
        let logger = Logger(label: "casedesk")
        let directory = try data.directory(isMade: true)
        let tenants = TenantDirectory(data: directory)
        for name in try stating({ try directory.tenantNames() }) {
            _ = try stating { try tenants.store(named: name.description) }
        }
        let site = Site(tenants: tenants, assetVersion: AssetVersion.text(of: self.public)) {
            logger.error("\($0)")
        }
        let desk = Desk(site: site, workerCount: workers)
        var limits = ResponderLimits()
        limits.workerCount = workers
        let responder = try Responder(socket: try listeningSocket(), limits: limits) {
            worker, exchange in
            desk.answer(&exchange, worker: worker)
        }
        stopOnTermination(responder)
        let housekeeping = Housekeeping(tenants: tenants, logger: logger)
        housekeeping.start()
        logger.info("serving \(tenants.open.count) tenant spaces with \(workers) threads")
        let outcome = responder.run()
        housekeeping.stop()
        tenants.close()
        logger.info("stopped: \(outcome)")
    }

    private func listeningSocket() throws -> ListeningSocket {
        do throws(ListenError) {
            if let socket { return try ListeningSocket.bound(path: socket, mode: 0o660) }
            if let inherited = try ListeningSocket.inherited() { return inherited }
        } catch {
            throw CommandFailure(description: error.description)
        }
        throw CommandFailure(
            description: "There is no socket to listen on. "
                + "Name one with --socket PATH, or start it with an inherited socket.")
    }
}

/// Ends the responder when the process is asked to end.
private func stopOnTermination(_ responder: Responder) {
    let thread = Thread {
        _ = ProcessSignals.waitForTermination()
        responder.stop()
    }
    thread.name = "signals"
    thread.start()
}
