/// Groups of words that stand for each other in the language of customer service.
///
/// General English of contact centres, of no particular business: a type that is named in the words of
/// the desk is found by the words of the customer. A word may be in several groups.
enum Thesaurus {
    /// The stems that stand beside a stem, without itself, in the order of the groups.
    static func neighbours(of stem: WordHash) -> [WordHash] {
        table[stem] ?? []
    }

    private static let table: [WordHash: [WordHash]] = {
        var table: [WordHash: [WordHash]] = [:]
        for group in groups.split(separator: "\n") {
            var stems: [WordHash] = []
            for word in group.split(separator: " ") {
                let stem = TokenizedText(String(word)).tokens.first?.stem
                if let stem, !stems.contains(stem) { stems.append(stem) }
            }
            for stem in stems {
                let known = table[stem] ?? []
                table[stem] = known + stems.filter { $0 != stem && !known.contains($0) }
            }
        }
        return table
    }()

    private static let groups = """
        buy purchase order get acquire shop
        book reserve reservation booking schedule arrange
        schedule appointment visit meeting slot calendar
        cancel stop terminate abort revoke undo end discontinue
        close terminate delete deactivate remove end leave
        change modify edit update alter adjust amend switch correct
        replace replacement renew new exchange substitute another
        refund reimburse reimbursement money back return
        return send back exchange
        dispute contest unrecognised unauthorized fraud wrong incorrect strange
        charge fee cost price bill debit billed deducted
        extra additional unexpected hidden surplus
        charge payment transaction purchase
        bill invoice statement charges billing
        pay payment paid paying settle
        transfer send move wire remit
        receive received arrive incoming get
        money funds cash amount sum dollars
        balance funds money amount remaining left
        deposit pay credit load add fund
        withdraw withdrawal cash atm withdrew
        atm machine cashpoint dispenser
        top topup load add reload recharge
        card debit credit visa mastercard plastic
        lost lose missing misplaced gone find left
        stolen theft stole thief robbed taken
        compromised hacked fraud stolen unauthorized someone scam
        block blocked locked freeze frozen suspended disabled
        unlock unblock reset restore reactivate
        activate enable start register setup begin
        start begin open create setup set initiate new
        open create new register join sign apply
        fail failed failing error unsuccessful not broken crash
        decline declined reject rejected refused denied not fail
        revert reverted returned reversed cancelled back
        pending waiting processing hold delayed wait stuck progress
        slow delay late long delayed wait
        status state progress track where tracking
        check view see look verify review show
        verify verification confirm prove identity authenticate validate
        identity id passport document proof
        proof evidence certificate confirmation document
        receipt proof invoice confirmation
        view display show see
        find search look discover lookup locate explore browse
        discover suggest recommend suggestion recommendation
        information info details detail data
        help assistance support service
        address location move moved moving relocate house street
        personal details name address email phone profile
        phone mobile cell cellphone smartphone handset number device
        broken damaged cracked crack smashed defective faulty shattered not dropped fell
        broken malfunction crash crashing error not bug problem fault working
        working work functioning function operate
        software application app program computer install
        app application website online
        update upgrade version latest install patch
        upgrade better higher improve premium faster plan
        downgrade lower reduce cheaper
        service plan subscription contract connection internet
        internet wifi connection network broadband
        outage down server offline network unavailable
        server system network website down
        password passcode login credentials forgot code
        forgot forgotten remember forget lost
        login log sign access account
        pin code passcode number
        account profile membership
        member membership subscription subscriber
        promotion promo offer discount deal coupon sale special voucher
        eligibility eligible qualify offer
        reward points loyalty bonus
        insurance policy coverage insured cover
        claim accident damage incident loss
        coverage cover policy benefits
        expense expenses reimbursement reimburse travel spending
        report notify inform tell file complain
        complaint complain unhappy dissatisfied bad terrible rude
        flight fly plane airline airfare air ticket
        seat row window aisle middle
        boarding pass checkin gate
        luggage baggage bag suitcase
        trip travel journey itinerary vacation holiday
        oneway single one
        roundtrip return round back
        train rail railway station
        bus coach
        ride taxi cab uber lyft driver
        car vehicle auto automobile rental truck
        rent hire rental lease borrow
        hotel accommodation stay room lodging motel inn
        house home apartment property flat villa residence
        room bedroom suite
        restaurant dining eat table dinner lunch cafe diner food
        food meal dish eat hungry
        recipe cook cooking ingredients
        drink beverage soda coke juice coffee tea water beer lemonade
        dessert cake sweet cream cookie brownie pie pastry
        salad lettuce vegetable greens caesar
        side fries chips sides wings rings
        burger hamburger cheeseburger sandwich
        breakfast pancake eggs omelette bacon toast morning
        pizza pepperoni topping crust
        movie film cinema theater show
        showtimes times screening showing movie
        play watch stream start listen
        music song songs album track artist playlist singer
        event concert game show match play festival
        attraction museum park sightseeing tourist landmark
        weather temperature forecast rain sunny hot cold humidity wind
        alarm wake reminder clock
        reminder remind remember
        doctor physician dentist therapist therapy psychologist clinic medical
        hair haircut salon stylist barber
        ticket tickets admission pass
        location city place area where
        location share position place
        distance far miles kilometers
        directions navigate route way
        time long hours schedule
        hours opening open times
        date day when
        arrival arrive arrived delivery delivered come received
        delivery ship shipping shipped deliver shipment package parcel
        estimate long expected when soon time
        track package order delivery shipping
        physical plastic real actual
        virtual digital online
        disposable temporary single one
        contactless tap touch nfc
        swallowed kept ate retained stuck keep took
        expire expiry expired expiring expiration
        spare second extra additional another
        currency currencies dollars euros pounds foreign
        exchange convert conversion rate currency
        rate rates percentage interest
        country countries abroad europe foreign region
        supported support accept accepted allowed
        accept accepted acceptance take used
        limit limits maximum minimum cap
        age old young child children kid year
        beneficiary recipient payee receiver friend
        recipient receiver friend person
        check cheque checks cheques checkbook
        direct debit automatic recurring
        automatic auto automatically recurring
        twice double duplicate two repeated
        cash notes bills money
        source origin come
        link linking connect attach add pair
        link connect connected sync
        order orders purchase item
        item product goods article
        add include more increase
        remove delete drop take
        size fit small large big
        color colour
        stock available availability inventory
        warranty guarantee repair
        repair fix fixed mend technician
        technician engineer visit repair
        missing not never absent
        wrong incorrect mistake error inaccurate
        shipping delivery cost
        cost price expensive much
        subscription subscribe membership renew
        credit limit increase raise
        loan mortgage borrow lend
        interest rate apr
        tax taxes irs
        income salary earnings pay
        spending spent history
        transactions history activity recent
        translate language say
        email mail inbox message
        message text sms
        call phone dial ring
        meeting conference schedule
        timer countdown
        news headline
        joke funny laugh
        light lights lamp bulb
        volume loud louder quiet
        quieter down lower volume
        university course school student class
        restock return stock
        slow performance speed sluggish
        cart basket checkout
        search results searching
        username name login
        two-factor authentication code factor
        """
}
