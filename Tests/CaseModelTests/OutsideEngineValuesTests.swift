import CaseModel
import Testing

@Suite struct `The settings of the outside engine` {
    typealias Field = OutsideEngineValues.Field

    private func made(
        _ changes: [String: String]
    ) -> (values: OutsideEngineValues?, problems: [FieldProblem]) {
        let right = [
            Field.isEnabled: "1", Field.address: "https://engine.example.org/v1", Field.model: "m",
        ]
        var problems: [FieldProblem] = []
        let values = OutsideEngineValues(
            FieldTexts(right.merging(changes) { $1 }), problems: &problems)
        return (values, problems)
    }

    @Test(arguments: [
        ("https://engine.example.org/v1", "https://engine.example.org/v1/chat/completions"),
        ("https://engine.example.org/v1/", "https://engine.example.org/v1/chat/completions"),
        ("https://engine.example.org", "https://engine.example.org/chat/completions"),
        ("https://e.example/v1/chat/completions", "https://e.example/v1/chat/completions"),
        ("https://e.example/a?version=2", "https://e.example/a/chat/completions?version=2"),
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1/chat/completions"),
        ("http://127.9.8.7/v1", "http://127.9.8.7/v1/chat/completions"),
        ("http://localhost:1/v1", "http://localhost:1/v1/chat/completions"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1/chat/completions"),
        ("https://10.0.0.7:8443/v1", "https://10.0.0.7:8443/v1/chat/completions"),
    ]) func `say where questions are sent`(address: String, endpoint: String) {
        #expect(made([Field.address: address]).values?.endpoint == endpoint)
    }

    @Test(arguments: [
        "engine.example.org", "ftp://engine.example.org", "file:///etc/passwd", "https://",
        "https:///v1", "https://engine example.org", "https://engine.example.org/\u{e9}",
        "https://user:secret@engine.example.org/v1", "https://user@engine.example.org/v1",
        "https://engine.example.org/v1#part", "https://engine.example.org:0/v1",
        "https://engine.example.org:70000/v1", "http://engine.example.org/v1",
        "http://10.0.0.7/v1", "http://127.0.0.1.example.org/v1", "http://127.0.0.256/v1",
        "http://localhost.example.org/v1", "javascript:alert(1)", "https://a\r\nHost: b/v1",
    ]) func `refuse an address`(address: String) {
        let (values, problems) = made([Field.address: address])
        #expect(values == nil)
        #expect(Set(problems.map(\.field)) == [Field.address])
    }

    @Test func `want address and model only to be asked`() {
        let empty = [Field.address: "", Field.model: ""]
        #expect(made(empty).problems.map(\.field) == [Field.address, Field.model])
        let off = made(empty.merging([Field.isEnabled: ""]) { $1 })
        #expect(off.values == OutsideEngineValues.none && off.problems.isEmpty)
    }

    @Test(arguments: ["two words", "a\r\nX: y", "\u{e9}", "a\u{0}"])
    func `refuse what is no token`(token: String) {
        #expect(Set(made([Field.token: token]).problems.map(\.field)) == [Field.token])
    }

    @Test func `have no token among what is shown and kept in the history`() {
        let values = made([Field.token: " sk-secret "]).values
        #expect(values?.newToken == "sk-secret")
        #expect(values?.texts[Field.token].isEmpty == true)
        let both = [Field.token: "sk", Field.forgetsToken: "1"]
        #expect(made(both).problems.map(\.field) == [Field.forgetsToken])
        #expect(made([Field.forgetsToken: "1"]).values?.forgetsToken == true)
    }
}
