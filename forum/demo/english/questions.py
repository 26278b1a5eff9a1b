"""English threads in "Questions and help"."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "en-e1042-puncture",
        "help",
        "question",
        "E-1042 after a puncture: the bike thinks it is standing still",
        "aoife",
        12.2,
        [
            P(
                "aoife",
                """
            Puncture this morning, of course in the rain. Got the rear wheel out, new tube in, wheel back, felt very
            capable. Then 200 metres down the road:

            - display shows **0 km/h** no matter how fast I go
            - a moment later `E-1042` and the assist is gone
            - switching off and on brings the assist back for about ten seconds, then the same again

            M4, firmware 3.2, nothing else changed. The wheel spins freely and the brake isn't rubbing. Did I break
            something expensive?
            """,
                0,
                "emma_j grace",
            ),
            P(
                "tomasz",
                """
            No, you did not break. E-1042 is speed sensor or magnet. Sensor sits on left chainstay, magnet is on the
            brake disc side. After wheel change it is nearly always one of these:

            1. magnet was knocked and now sits too far away
            2. wheel is not fully up in dropout, so everything is 3 mm off
            3. mud on sensor

            Look at it first, before you pay anybody :)
            """,
                0.6,
                "aoife:thanks hannafeld oliver_b liam",
            ),
            P(
                "emma_j",
                """
            I had this too after mine fell over at the station! In my case the magnet was just gone. Rolled off
            somewhere, never to be seen again.
            """,
                1.5,
                "aoife",
            ),
            P(
                "aoife",
                """
            > wheel is not fully up in dropout

            Wheel is in properly, I checked twice. Magnet is there as well. But there's now a good finger's width
            between it and the sensor. Is that too much?
            """,
                2.2,
                reply_to=2,
            ),
            P(
                "hannafeld",
                """
            Yes, far too much. It should be **5 to 10 mm**. A pencil just about fits between, a finger doesn't.

            The sensor is held by one 4 mm screw and slides. Loosen it half a turn, push it towards the wheel, turn
            the wheel once by hand to be sure that nothing touches, tighten it again (hand-tight, it goes into
            aluminium!). Then switch the bike off, wait ten seconds, switch on. The code goes away by itself after
            the first fifty metres.

            Lift the bike by the saddle next time when you take the wheel out. Most people push the sensor aside
            with the brake disc without noticing, I certainly did.
            """,
                0.8,
                "aoife:thanks tomasz emma_j:insightful sam_w grace ben_c:thanks jonas_w",
                reply_to=4,
            ),
            P(
                "aoife",
                """
            Hanna, you are a genius and so is whoever invented the pencil. Two minutes in the hallway, no more
            E-1042, and I rode to work as if nothing had happened. Still raining, mind you.
            """,
                14,
                "hannafeld tomasz:celebrate moderator liam oliver_b",
            ),
            P("hannafeld", "Very happy to hear that! The pencil works in any weather. ✏️", 1.1, "aoife"),
            P(
                "oliver_b",
                """
            Bookmarking this one. I've carried a spare magnet in the saddlebag ever since mine went into a cattle
            grid near Edale. Costs next to nothing, weighs less than a biscuit.
            """,
                20,
                "emma_j:insightful aoife tomasz",
            ),
        ],
        tags=["m4", "error-code", "speed-sensor"],
        solution=5,
        language="en",
    ),
    T(
        "en-lost-keys",
        "help",
        "question",
        "Lost both battery keys, and the bike is locked to the railings",
        "sam_w",
        33.4,
        [
            P(
                "sam_w",
                """
            This is embarrassing. Both keys were on one ring (I know). The ring is somewhere between the office and
            a canal. The battery is in the bike, the frame lock is closed, and the bike has been outside the town
            hall for two nights now.

            I don't have the little card with the key number either. It was in the box, and the box went to the
            recycling. Is there any way that doesn't involve an angle grinder and a conversation with the police?
            """,
                0,
                "grace emma_j",
            ),
            P(
                "dutchrider",
                """
            Both on one ring. Sam. 🙈

            First thing: move it inside with the front wheel lifted, if the frame lock allows. A bike that stands
            for three nights is a bike that someone has noticed.
            """,
                0.4,
                "ruth oliver_b",
            ),
            P(
                "ruth",
                """
            The key number is also stamped on the **lock barrel itself**, below the dust cover on the left side of
            the down tube: one letter and five digits. Page 31 of the manual. You need a torch and, at my age, a
            pair of glasses.
            """,
                1.7,
                "sam_w:thanks dutchrider:insightful hannafeld liam priya manager:insightful",
            ),
            P(
                "sam_w",
                "Found it. Letter and five digits, exactly where you said. What do I do with it?",
                3.0,
                reply_to=3,
            ),
            P(
                "manager",
                """
            Good evening Sam, Ruth is right, that number is all we need, together with something that shows the bike
            is yours. Please **don't** post the number here.

            1. In the app: `My bike › Documents › Replacement key`. If the bike is registered to you, that is proof
               enough.
            2. Not registered? Send us the invoice or the dealer's delivery note through the contact form.
            3. Two keys are cut and sent by registered mail, usually within three working days.

            In a hurry, a workshop with the *key service* mark on the map can cut one while you wait. There are two
            within twenty kilometres of you; I have sent you the addresses in a private message.
            """,
                11,
                "sam_w:thanks ruth dutchrider grace hannafeld emma_j:insightful",
            ),
            P(
                "sam_w",
                """
            Collected a new key at lunch, the bike was still there, and the man in the shop laughed only once. One
            key lives at my sister's now. Thank you all, Ruth especially.
            """,
                26,
                "ruth manager:celebrate dutchrider liam grace",
            ),
            P(
                "ruth",
                "You're welcome. I taught for forty years; somebody always turns out to have read page 31.",
                2.4,
                "sam_w oliver_b:celebrate hannafeld emma_j dutchrider manager",
            ),
        ],
        tags=["keys", "theft", "m3"],
        solution=5,
        language="en",
    ),
    T(
        "en-second-hand",
        "help",
        "question",
        "Buying a second-hand M3: how does it become mine in the app?",
        "emma_j",
        48.3,
        [
            P(
                "emma_j",
                """
            Found a lovely M3 for my partner, three years old, one owner, about 4,000 km. I'd like to do this
            properly. When I try to add it in the app with the frame number I get:

            ```
            This bike is already registered to another rider.
            ```

            The seller says he deleted the app ages ago. What now? And does the rest of the battery guarantee come
            with it?
            """,
                0,
            ),
            P(
                "priya",
                """
            The seller has to **release** it, deleting the app doesn't do that. He logs in (password reset works
            with the old mail address), `My bike › Hand over`, done. Then you have 14 days to add it.

            Do it while you're standing next to each other. I bought my M4 second-hand and it took three weeks of
            mails to a very nice man on a sailing boat.
            """,
                2.0,
                "emma_j:thanks sam_w liam",
            ),
            P(
                "lukas",
                """
            Two things from the workshop side before you pay:

            - ask for the battery report (any dealer prints it, five minutes). Look at the **capacity in Wh**, not
              at the number of charges
            - chain and cassette at 4000 km are due or have been done. If not done, that's a good reason to haggle a
              bit
            """,
                5.5,
                "emma_j:thanks oliver_b:insightful petra.k hannafeld tomasz",
            ),
            P(
                "emma_j",
                "Ooh, the battery report is a great tip. What would be a normal figure for a three-year-old one?",
                1.0,
                reply_to=3,
            ),
            P(
                "manager",
                """
            Hi Emma, and congratulations to your partner! To sum it up and to answer the guarantee question:

            - **Transfer:** Priya has described it exactly. If the seller can't log in any more, he writes to us
              with the frame number from his own mail address and we release it by hand.
            - **Battery guarantee:** stays with the battery, not with the rider. 70 % of the nominal capacity within
              three years or 700 full charges, whichever comes first. For the M3 that is 350 of 500 Wh.
            - **A normal figure** at that age is somewhere between 420 and 460 Wh.

            The first owner's rides are *not* passed on to you, only mileage and service entries are.
            """,
                15,
                "emma_j:thanks priya lukas ben_c hannafeld noor",
            ),
            P(
                "emma_j",
                """
            447 Wh! Seller released it on the spot, we even got his panniers. My partner has been out "just to test
            it" for two hours now. Thank you!!
            """,
                49,
                "priya lukas:celebrate manager sam_w grace liam",
                edited=0.2,
            ),
        ],
        tags=["m3", "second-hand", "app"],
        solution=5,
        language="en",
    ),
    T(
        "en-speed-limit",
        "help",
        "question",
        "how do i get rid of the 25 limit",
        "kevin99",
        66.0,
        [
            P(
                "kevin99",
                """
            m4 is a great bike but 25 is a joke, everyone on a road bike overtakes me. saw there are boxes for other
            brands you plug in between. does one of those fit the M4 or can you do it in the display somehow?
            """,
                0,
                key="en-speed-limit",
            ),
            P(
                "dutchrider",
                """
            You can pedal. It goes up to 40 that way, mine does at least.
            """,
                0.5,
                "oliver_b:celebrate liam ruth sam_w ben_c hannafeld",
            ),
            P("kevin99", "very funny. serious answers only pls. its my bike and my risk", 0.3, reply_to=2),
            P(
                "noor",
                """
            Serious answer, then. Not a moral one.

            With such a box the bike is, legally, a moped without plates and without insurance. If you touch
            somebody's mirror, that's your own money. If you touch somebody's child, it's the rest of your life. And
            the drive notices: the ratio of cadence, gear and wheel speed doesn't lie, it's logged, and the
            guarantee is gone.

            If you want to go 45, there are speed pedelecs with a plate, a mirror and brakes that are made for it.
            """,
                4.2,
                "ruth:insightful oliver_b lukas grace:insightful dutchrider sam_w jonas_w hannafeld",
            ),
            P(
                "lukas",
                """
            Can confirm, we see it in the workshop when we read out the drive. And then we aren't allowed to work on
            it until it's back to original. Nobody enjoys that conversation.
            """,
                2.0,
                "noor ruth tomasz",
            ),
            P(
                "kevin99",
                "ok ok. got it. was only asking. what tyres are fast at least",
                12,
                "noor dutchrider:celebrate",
            ),
            P(
                "moderator",
                """
            Thanks, Kevin, for taking it well, and thanks to the others for answering the question instead of the
            person.

            I'm closing this one because of our rule on safety: instructions for removing the limit have no place
            here, and I'd rather lock the door before someone well-meaning posts a link. **Nobody is in trouble.**
            Fast tyres are a fine topic, please open a new thread for them in *Workshop*.
            """,
                1.5,
                "ruth oliver_b hannafeld:thanks grace sam_w noor",
            ),
        ],
        tags=["m4", "law"],
        closed=True,
        language="en",
    ),
    T(
        "en-bell",
        "help",
        "question",
        "Is there a louder bell that fits the C2 handlebar?",
        "grace",
        0.25,
        [
            P(
                "grace",
                """
            The built-in one is charming and completely useless against people with headphones. The bar is thicker
            than on my old bike and the two bells that I tried don't go round it.

            Does anyone know the diameter next to the grip, or a bell that fits? It has to work with gloves on.
            Quarter past five in the morning is no time for fiddling.
            """,
                0,
                "emma_j",
            ),
        ],
        tags=["c2", "accessories"],
        language="en",
    ),
]
