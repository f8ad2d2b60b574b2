import Testing

@testable import CaseSuggestion

/// Pairs from the sample vocabulary on the page of the algorithm at snowballstem.org, and from the words its
/// definition names.
@Suite("The English stemmer")
struct StemmerTests {
    @Test(
        arguments: [
            ("consign", "consign"), ("consigned", "consign"), ("consignment", "consign"),
            ("consist", "consist"), ("consistency", "consist"), ("consistently", "consist"),
            ("consolation", "consol"), ("consolatory", "consolatori"), ("console", "consol"),
            ("consolidate", "consolid"), ("consolidating", "consolid"), ("consolingly", "consol"),
            ("consonant", "conson"), ("conspicuous", "conspicu"), ("conspicuously", "conspicu"),
            ("conspiracy", "conspiraci"), ("conspirator", "conspir"), ("conspire", "conspir"),
            ("constable", "constabl"), ("constance", "constanc"), ("constant", "constant"),
            ("knack", "knack"), ("knackeries", "knackeri"), ("knavish", "knavish"),
            ("kneaded", "knead"), ("kneel", "kneel"), ("knees", "knee"), ("knife", "knife"),
            ("knightly", "knight"), ("knitted", "knit"), ("knives", "knive"),
            ("knocker", "knocker"),
        ])
    func `gives the stems of the published sample`(word: String, stem: String) {
        #expect(stemmed(word) == stem)
    }

    @Test(
        arguments: [
            ("skis", "ski"), ("skies", "sky"), ("dying", "die"), ("news", "news"), ("only", "onli"),
            ("early", "earli"), ("ties", "tie"), ("cries", "cri"), ("gas", "gas"), ("this", "this"),
            ("gaps", "gap"), ("kiwis", "kiwi"), ("luxuriated", "luxuri"), ("hopping", "hop"),
            ("hoped", "hope"), ("hoping", "hope"), ("generate", "generat"), ("generic", "generic"),
            ("general", "general"), ("communism", "communism"), ("arsenal", "arsenal"),
            ("cry", "cri"), ("by", "by"), ("say", "say"), ("proceed", "proceed"),
            ("exceeds", "exceed"), ("inning", "inning"), ("bed", "bed"), ("shed", "shed"),
            ("relational", "relat"), ("happily", "happili"), ("goodness", "good"),
            ("hopeful", "hope"),
            ("electrical", "electr"), ("electricity", "electr"), ("be", "be"),
        ])
    func `follows the rules and exceptions that the definition names`(word: String, stem: String) {
        #expect(stemmed(word) == stem)
    }

    private func stemmed(_ word: String) -> String {
        String(decoding: Stemmer.stem(Array(word.utf8)), as: UTF8.self)
    }
}
