import Foundation
import Testing

@testable import CaseWeb

@Suite("nginx's limit on bodies")
struct WebServerLimitTests {
    private func limit(_ configuration: String) throws -> WebServerLimit {
        try WebServerLimit(nginx: configuration)
    }

    // ngx_http_core_module: "client_max_body_size size", sizes by ngx_parse_offset; 0 switches it off.
    @Test(arguments: [
        ("72m", 75_497_472), ("72M", 75_497_472), ("1g", 1_073_741_824), ("33k", 33_792),
        ("33K", 33_792), ("1048576", 1_048_576), ("\"72m\"", 75_497_472), ("'72m'", 75_497_472),
    ])
    func `is read in nginx's units`(size: String, byteCount: Int) throws {
        #expect(try limit("client_max_body_size \(size);").byteCount == byteCount)
    }

    @Test(arguments: [
        "", "m", "72mb", "1.5m", "-1", "72 m", "9999999999999999999", "9999999999999g", "7²",
    ])
    func `is refused where it is no size`(size: String) {
        #expect(throws: WebServerLimit.Fault(line: 2, text: size)) {
            try limit("server {\n  client_max_body_size \(size);\n}")
        }
    }

    @Test func `is none with 0, and nginx's own without a directive`() throws {
        #expect(try limit("client_max_body_size 0;").byteCount == nil)
        #expect(try limit("server { listen 80; }").byteCount == 1_048_576)
        #expect(try limit("").line == nil)
    }

    @Test(arguments: [(33_554_431, false), (33_554_432, true), (33_554_433, true), (0, true)])
    func `is enough from a full form on`(size: Int, isEnough: Bool) throws {
        #expect(try limit("client_max_body_size \(size);").isEnough == isEnough)
        #expect(WebServerLimit.neededByteCount == 33_554_432)
    }

    @Test func `is the smallest of several, with its line`() throws {
        let found = try limit(
            """
            client_max_body_size 0;
            server {
                client_max_body_size 72m; # client_max_body_size 1k;
                location /login { client_max_body_size 64k; }
            }
            """)
        #expect(found.byteCount == 65_536 && found.line == 4)
    }

    @Test func `is not that of the interface, where no form goes`() throws {
        let found = try limit(
            """
            server {
                client_max_body_size 72m;
                location /api/ {
                    client_max_body_size 8m;
                    if ($a) { client_max_body_size 1k; }
                }
                location /api/other { client_max_body_size 40m; }
            }
            """)
        #expect(found.byteCount == 41_943_040 && found.line == 7)
    }

    @Test func `is not read from comments, quotes or other words`() throws {
        let found = try limit(
            """
            # client_max_body_size 1k;
            log_format x 'client_max_body_size 1k;' "\\"client_max_body_size 2k;";
            set $client_max_body_size 3k;
            map $a $b { client_max_body_size_of 4k; default "${b}c" ; }
            add_header X client_max_body_size;add_header Y x#client_max_body_size;
            client_max_body_size
                40m
                ;
            """)
        #expect(found.byteCount == 41_943_040 && found.line == 6)
    }

    @Test func `of the shipped configuration is enough`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../nginx/casedesk.conf")
        let shipped = try limit(String(contentsOf: file, encoding: .utf8))
        #expect(shipped.byteCount == 75_497_472 && shipped.isEnough)
    }
}
