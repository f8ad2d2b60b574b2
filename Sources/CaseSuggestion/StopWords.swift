/// Words that say nothing of the matter: function words, greetings, politeness, and the boilerplate of
/// requests and of type descriptions ("the customer wants to").
enum StopWords {
    /// What every negation is compared as; "not" tells a broken card from a card.
    static let not = WordHash("not")

    /// The negations, with and without their apostrophe.
    static let negations: Set<WordHash> = hashes(
        """
        not no cannot cant dont doesnt didnt isnt wasnt wont wouldnt couldnt shouldnt havent hasnt \
        hadnt arent werent aint never nor
        """)

    /// All of them, in lower case without apostrophes.
    static let all: Set<WordHash> = hashes(function + " " + greeting + " " + request)

    /// Greetings and politeness alone: what is stripped from the beginning of a title.
    static let courtesies: Set<WordHash> = hashes(greeting)

    /// The words that only say that something is asked for.
    static let requests: Set<WordHash> = hashes(request)

    /// What is stripped from the end of a sentence.
    static let closings: Set<WordHash> = hashes(
        "please pls plz plzz kindly thanks thank thankyou thanx thx ty you sir madam maam mam mate ok okay"
    )

    /// What says yes, no or go on and nothing else, beside the stop words.
    static let agreements: Set<WordHash> = hashes(
        """
        sounds sound works work working proceed confirm confirmed correct no not nope cool agree agreed \
        exactly absolutely definitely certainly course deal trust choice enough done interested idea \
        thatll thatd itll works good best ahead continue satisfied seem seems found real pleasure \
        wait waiting hold moment minute minutes byebye bbye byee nothank nothankyou thankfully \
        thats yours info information informations clear doubt nothing else friend bunch yus
        """)

    private static func hashes(_ words: String) -> Set<WordHash> {
        Set(words.split(separator: " ").map { WordHash($0.utf8) })
    }

    private static let function = """
        a an the this that these those it its itself i me my mine myself we us our ours you your yours u ur he \
        him his she her they them their theirs who whom whose which what when where why how there here \
        am is are was were be been being im ive id ill youre youve youll hes shes weve were theyre thats \
        theres whats hows wheres lets do does did doing done have has had having will would shall should can \
        could may might must and or but if then else than so because as of at by for with about into \
        onto to from in on out off over under again further once only just also too very really \
        quite some any all each every both few more most other another such same own now yet still \
        already even ever s t d ll m re ve o y while during before after until upon via per between \
        within without etc get got getting gets gonna wanna gotta well much many lot lots bit one \
        something anything everything thing things someone anyone way
        """

    private static let greeting = """
        hi hii hiii hello helo hey heya hai hay dear greetings good morning afternoon evening night day gm sir \
        madam maam mam mate guys team everyone there please pls plz plzz kindly thanks thank thankyou \
        thanx thx ty welcome ok okay okey oky k kk yes yeah yep yup yea ya nope sure fine great \
        nice cool perfect awesome wonderful excellent lovely alright right correct bye goodbye cheers \
        sorry apologies excuse pardon hmm um uh oh ah well hope happy glad appreciate helpful much
        """

    private static let request = """
        help helping assist assistance want wants wanted wanting need needs needed needing like likes \
        wish wishes looking look try trying tried customer customers user users client caller asks ask \
        asked asking tell know let say says said give make made take use using able possible wondering \
        wonder think see sees question questions regarding concerning related request requests \
        requesting requested issue issues reports inquiry enquiry go going come wants
        """
}
