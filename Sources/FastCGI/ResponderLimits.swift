/// What a `Responder` gives its peers at most.
///
/// Times are milliseconds, sizes bytes.
package struct ResponderLimits: Sendable {
    /// Threads that work on requests.
    ///
    /// A slow request holds one; 16 is enough for two cores whose handlers wait for a disk.
    package var workerCount = 16

    /// Connections open at once.
    ///
    /// A web server opens one for each request in work and keeps idle ones; above this, new ones wait
    /// in the kernel's queue until others are closed.
    package var maximumConnections = 1024

    /// How long the head of a request may take to arrive, and each read of its body.
    package var receiveTimeout: Int64 = 30_000

    /// How long each write of an answer may wait for the peer.
    package var sendTimeout: Int64 = 30_000

    /// How long a body may take as a whole: 64 MB at 1 MB/s, far below what nginx's buffer gives.
    package var bodyTimeout: Int64 = 60_000

    /// The bytes of all CGI variables of a request: twice what nginx's default of four header
    /// buffers of 8 KB can bring.
    package var maximumParameterBytes = 65_536

    /// How many CGI variables a request has at most: nginx sends about 25 and one for each header.
    package var maximumParameterCount = 500

    /// How much of an unread body is read and thrown away to keep the connection; with more left,
    /// closing it is cheaper.
    package var maximumDrainedBytes = 1_048_576

    /// How long the rest of an unread body may take to arrive before the connection is closed.
    package var drainTimeout: Int64 = 1000

    /// How long a peer that has its answer may go on sending the body before it is cut off.
    package var lingerTimeout: Int64 = 2000

    /// How long a kept connection has been idle, and is still served, before it may be closed from
    /// here: when the responder stops, and when all connections are taken.
    ///
    /// It must be well above the web server's own limit, so that the server closes first and never
    /// sends a request into a close: three times the `keepalive_timeout 1s` of casedesk.conf.
    package var idleGrace: Int64 = 3000

    /// How long `run` waits for requests in work after `stop`.
    package var stopTimeout: Int64 = 10_000

    /// The limits of a desk behind one nginx.
    package init() {}
}
