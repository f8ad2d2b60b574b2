import Testing

@testable import FileFormat

@Suite struct `Reading start tags` {
    private func elements(_ text: String) -> (names: [String], isBroken: Bool) {
        var scanner = XMLScanner(Array(text.utf8))
        var names: [String] = []
        while let element = scanner.next() { names.append(element.localName) }
        return (names, scanner.isBroken)
    }

    @Test(arguments: [
        ("<a><b/><c></c></a>", ["a", "b", "c"]),
        ("<?xml version='1.0'?><!-- <x> --><w:a ><![CDATA[<y>]]>text</w:a>", ["a"]),
        ("\u{FEFF}<a\n b = \"1\"\tc='2'/>", ["a"]), ("", []), ("no tags > here", []),
    ])
    func `finds the elements`(_ text: String, _ names: [String]) {
        #expect(elements(text).names == names)
        #expect(!elements(text).isBroken)
    }

    @Test(arguments: ["<!DOCTYPE a>", "<a b>", "<a b=c>", "<a b='c", "<a", "<", "<>"])
    func `stops where no package goes on`(_ text: String) {
        #expect(elements(text).isBroken)
    }

    @Test func `resolves references and namespaces`() throws {
        var scanner = XMLScanner(
            Array("<w:a xmlns:w='u' xmlns=\"v\" b='&lt;&amp;amp;&#65;&#x42;\"&unknown;>'/>".utf8))
        let first = scanner.next()
        let element = try #require(first)
        #expect(element.declaredNamespace == "u")
        #expect(element.attributes["xmlns"] == "v")
        #expect(element.attributes["b"] == "<&amp;AB\">")
    }
}
