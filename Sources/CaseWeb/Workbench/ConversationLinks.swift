internal import CaseModel
internal import CaseStorage
internal import Markup

/// The addresses of a conversation.
enum ConversationLinks {
    static func transcript(_ id: ConversationID) -> Link {
        "/workbench/conversations/\(id.description)"
    }

    /// The workbench with the conversations after a place of the list.
    static func older(than place: ConversationPlace) -> Link {
        "/workbench?\(ConversationList.placeName)=\(ConversationList.text(of: place))"
    }

    static func types(_ id: ConversationID, draft: DraftID?) -> Link {
        link("\(transcript(id))/case-types", draft: draft)
    }

    static func customer(_ id: ConversationID) -> Link { "\(transcript(id))/customer" }

    /// The Case Information panel of a draft that is kept, or is to be.
    static func panel(_ id: ConversationID, draft: DraftID) -> Link {
        "\(transcript(id))/case?draft=\(draft.description)"
    }

    /// The Case Information panel with a type.
    ///
    /// - Parameter draft: The draft that gets the type; a new one when there is none yet.
    static func panel(
        _ id: ConversationID, type: CaseTypeID, draft: DraftID?
    ) -> Link {
        let link: Link = "\(transcript(id))/case?case_type=\(type.description)"
        return draft.map { "\(link)&draft=\($0.description)" } ?? link
    }

    /// The Case Information panel without a type, to be chosen there.
    static func panelWithoutType(_ id: ConversationID, draft: DraftID?) -> Link {
        link("\(transcript(id))/case", draft: draft)
    }

    private static func link(_ link: Link, draft: DraftID?) -> Link {
        draft.map { "\(link)?draft=\($0.description)" } ?? link
    }

    /// The page on which a draft is filled in: the workbench for one that came from a conversation.
    static func form(of draft: DraftID, _ values: CaseFormValues) -> Link {
        if let conversation = ConversationID(values[.conversation]) {
            return panel(conversation, draft: draft)
        }
        return "/cases/new?draft=\(draft.description)"
    }
}
