import Testing

@testable import Credential

@Suite("Password hashes")
struct PasswordHashTests {
    @Test func `match their password and no other`() throws {
        let hash = try #require(PasswordHash(of: "correct horse battery staple"))
        #expect(hash.text.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try hash.matches("correct horse battery staple"))
        #expect(try !hash.matches("correct horse battery stapl"))
        #expect(try !hash.matches(""))
    }

    @Test func `differ for the same password`() {
        #expect(PasswordHash(of: "same") != PasswordHash(of: "same"))
    }

    // Made by the reference program: printf password | argon2 somesalt -id -t 2 -k 65536 -p 1 -e
    @Test func `of another program are understood`() throws {
        let reference =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
            + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        #expect(try PasswordHash(stored: reference).matches("password"))
    }

    @Test(arguments: ["", "$argon2id$", "plain", String(repeating: "x", count: 500)])
    func `that are damaged match nothing`(text: String) throws {
        #expect(try !PasswordHash(stored: text).matches("plain"))
    }

    @Test func `are made of passwords up to the limit`() {
        let longest = String(repeating: "x", count: PasswordHash.maximumPasswordByteCount)
        #expect(PasswordHash(of: longest) != nil)
        #expect(PasswordHash(of: longest + "x") == nil)
    }

    @Test func `keep NUL bytes apart`() throws {
        let hash = try #require(PasswordHash(of: "a\0b"))
        #expect(try !hash.matches("a"))
        #expect(try hash.matches("a\0b"))
    }
}
