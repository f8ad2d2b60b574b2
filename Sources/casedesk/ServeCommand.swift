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

    @Option(
        help:
            "The file of nginx's server block; refuses to start when it lets no full form through.")
    var nginx: String?

    @Flag(help: "Lets no tenant space ask an outside engine, whatever its administrators set up.")
    var noOutsideEngine = false

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
        let webServerLimit = try webServerLimit()
        let directory = try data.directory(isMade: true)
        let tenants = TenantDirectory(
            data: directory, line: noOutsideEngine ? nil : .overHTTP(workerCount: workers)
        ) { logger.error("\($0)") }
        for name in try stating({ try directory.tenantNames() }) {
            _ = try stating { try tenants.store(named: name.description) }
        }
        let site = Site(
            tenants: tenants, assetVersion: AssetVersion.text(of: self.public),
            webServerLimit: webServerLimit
        ) { logger.error("\($0)") }
        let desk = Desk(site: site, workerCount: workers)
        var limits = ResponderLimits()
        limits.workerCount = workers
        let responder = try Responder(socket: try listeningSocket(), limits: limits) {
            worker, exchange in
            desk.answer(&exchange, worker: worker)
        }
        let delivering = Delivering(tenants: tenants, logger: logger)
        stopOnTermination(responder, delivering)
        let housekeeping = Housekeeping(tenants: tenants, logger: logger)
        housekeeping.start()
        let importing = Importing(tenants: tenants, logger: logger)
        importing.start()
        delivering.start()
        tenants.startLearning()
        logger.info("serving \(tenants.open.count) tenant spaces with \(workers) threads")
        let outcome = responder.run()
        housekeeping.stop()
        importing.stop()
        delivering.stop()
        delivering.waitForEnd()
        tenants.close()
        logger.info("stopped: \(outcome)")
    }

    /// What nginx lets through, when its configuration was named.
    private func webServerLimit() throws -> WebServerLimit? {
        guard let nginx else { return nil }
        guard let bytes = FileManager.default.contents(atPath: nginx) else {
            throw CommandFailure(
                description:
                    "\(nginx) cannot be read. Name nginx's file with --nginx, or leave it out "
                    + "and its limit is not checked.")
        }
        let limit: WebServerLimit
        do throws(WebServerLimit.Fault) {
            limit = try WebServerLimit(nginx: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw CommandFailure(
                description:
                    "\(nginx), line \(error.line): client_max_body_size “\(error.text)” is no "
                    + "size; write one such as 72m.")
        }
        guard limit.isEnough else {
            let found = limit.line.map { "\(nginx), line \($0): client_max_body_size" }
            let needed = WebServerLimit.neededByteCount / (1024 * 1024)
            throw CommandFailure(
                description: (found
                    ?? "\(nginx) sets no client_max_body_size, and nginx's own of 1m")
                    + " lets less through than a full form has, which would be lost; "
                    + "set it to 72m, at least \(needed)m, in the server block.")
        }
        return limit
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

/// Ends the responder and the sending of messages, both at once, when the process is asked to end.
private func stopOnTermination(_ responder: Responder, _ delivering: Delivering) {
    let thread = Thread {
        _ = ProcessSignals.waitForTermination()
        delivering.stop()
        responder.stop()
    }
    thread.name = "signals"
    thread.start()
}
