package import Foundation

// What a channel sends of a conversation, as JSON, right or wrong: one shape for the interface and for files.
//
//     {"id", "channel", "customer": {"name", "email", "phone"}, "agent", "started_at",
//      "messages": [{"id", "speaker", "text", "at"}]}

/// A conversation as it was sent; ``NewConversation`` is what it becomes once it is checked.
package struct SentConversation: Decodable, Sendable {
    let id: SentValue<String>
    let channel: SentValue<String>
    let customer: SentValue<SentContact>
    let agent: SentValue<String>
    let startedAt: SentValue<String>
    let messages: SentValue<SentMessages>

    enum Key: String, CodingKey {
        case id, channel, customer, agent, messages
        case startedAt = "started_at"
    }

    package init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        id = SentValue(object, .id)
        channel = SentValue(object, .channel)
        customer = SentValue(object, .customer)
        agent = SentValue(object, .agent)
        startedAt = SentValue(object, .startedAt)
        messages = SentValue(object, .messages)
    }

    /// Reads the bytes of a JSON text (RFC 8259).
    ///
    /// - Throws: ``SentConversationFault`` when they are none, or no object.
    package init(json: Data) throws(SentConversationFault) {
        self = try SentConversationFault.decode(Self.self, json)
    }
}

/// Messages for a conversation that is there: one, or several under `messages`.
package struct SentAddition: Decodable, Sendable {
    let messages: SentValue<SentMessages>
    /// Where the messages stand in what was sent, as a JSON Pointer.
    let pointer: String?

    package init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: SentConversation.Key.self)
        if object.contains(.messages) {
            messages = SentValue(object, .messages)
            pointer = nil
        } else {
            messages = .value(SentMessages(all: [try SentMessage(from: decoder)]))
            pointer = ""
        }
    }

    /// Reads the bytes of a JSON text (RFC 8259).
    ///
    /// - Throws: ``SentConversationFault`` when they are none, or no object.
    package init(json: Data) throws(SentConversationFault) {
        self = try SentConversationFault.decode(Self.self, json)
    }
}

/// Why bytes are nothing that a conversation could be read from.
package struct SentConversationFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// A sentence that says what is wrong.
    package let description: String

    fileprivate static func decode<Value: Decodable>(
        _ type: Value.Type, _ json: Data
    ) throws(SentConversationFault) -> Value {
        // The decoder would put U+FFFD for bytes that are none.
        guard String(validating: json, as: UTF8.self) != nil else {
            throw SentConversationFault(description: "It is not in UTF-8")
        }
        do {
            return try JSONDecoder().decode(type, from: json)
        } catch DecodingError.typeMismatch {
            throw SentConversationFault(description: "It is JSON, but no object")
        } catch {
            throw SentConversationFault(
                description: "It is no JSON (RFC 8259); a bracket, quote or comma is missing")
        }
    }
}

/// What was told of the customer, as it was sent.
struct SentContact: Decodable, Sendable {
    let name: SentValue<String>
    let email: SentValue<String>
    let phone: SentValue<String>

    private enum Key: String, CodingKey {
        case name, email, phone
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        name = SentValue(object, .name)
        email = SentValue(object, .email)
        phone = SentValue(object, .phone)
    }
}

/// The messages as they were sent, and one more at most than a conversation may have.
struct SentMessages: Decodable, Sendable {
    let all: [SentMessage]

    init(all: [SentMessage]) { self.all = all }

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        var messages: [SentMessage] = []
        while !list.isAtEnd, messages.count <= ConversationLimit.maximumMessageCount {
            messages.append(try list.decode(SentMessage.self))
        }
        all = messages
    }
}

/// A message as it was sent.
struct SentMessage: Decodable, Sendable {
    let isObject: Bool
    let id: SentValue<String>
    let speaker: SentValue<String>
    let text: SentValue<String>
    let at: SentValue<String>

    private enum Key: String, CodingKey {
        case id, speaker, text, at
    }

    init(from decoder: any Decoder) throws {
        guard let object = try? decoder.container(keyedBy: Key.self) else {
            isObject = false
            (id, speaker, text, at) = (.absent, .absent, .absent, .absent)
            return
        }
        isObject = true
        id = SentValue(object, .id)
        speaker = SentValue(object, .speaker)
        text = SentValue(object, .text)
        at = SentValue(object, .at)
    }
}

/// A member of a JSON object.
enum SentValue<Value: Decodable & Sendable>: Sendable {
    /// It is not there, or null.
    case absent
    /// It is of another kind, or a text with an escape that stands for no character, such as `\uD800` alone.
    case wrong
    case value(Value)

    init<Key: CodingKey>(_ object: KeyedDecodingContainer<Key>, _ key: Key) {
        if let isNull = try? object.decodeNil(forKey: key), !isNull {
            self = (try? object.decode(Value.self, forKey: key)).map { .value($0) } ?? .wrong
        } else {
            self = .absent
        }
    }
}
