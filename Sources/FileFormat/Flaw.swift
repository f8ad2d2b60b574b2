/// Why a file that begins like one of the accepted formats is not accepted.
///
/// Thrown by the structure checks, from however deep, and turned into a sentence in one place.
enum Flaw: Error, Equatable {
    /// The file ends before its own structure says so.
    case cutOff

    /// Only the first bytes are those of the format. What follows seems to be what `Likeness` says.
    case imposter(Likeness?)

    /// A rule of the format is broken; the clause says which, and continues "it is damaged: ".
    case damaged(String)

    /// There is other content in the file than its format; the clause continues "it has ".
    case hides(String)

    /// The structure is right and says that the file is something else.
    case other(Likeness)

    /// The file is what it seems to be, and there is a reason of its own not to take it: sentences.
    case unwanted(String)

    /// The sentences for the person who chose the file.
    ///
    /// - Parameter noun: what the file begins like, with its article: "a PNG picture".
    func sentence(about noun: String) -> String {
        switch self {
        case .cutOff:
            "This file begins like \(noun) but is not complete: its end is missing. "
                + "Save or download it again and attach the new copy."
        case .imposter(let likeness):
            "This file has only the first bytes of \(noun); "
                + (likeness.map { "what follows seems to be \($0.noun). " }
                    ?? "what follows is nothing of the kind. ")
                + "Check where it came from; it cannot be attached."
        case .damaged(let clause):
            "This file begins like \(noun) but is damaged: \(clause). "
                + "Open it, save it again and attach the new copy."
        case .hides(let clause):
            "This file begins like \(noun) but has \(clause). "
                + "Open it, save it again and attach the new copy."
        case .other(let likeness):
            "This file seems to be \(likeness.noun). \(likeness.advice.rawValue)"
        case .unwanted(let sentences):
            sentences
        }
    }
}
