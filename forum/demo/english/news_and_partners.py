"""English threads in "Announcements" and in the partners' own category."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "en-service-partners",
        "announcements",
        "announcement",
        "Eleven new service partners outside Germany, and a van",
        "manager",
        10.4,
        [
            P(
                "manager",
                """
            Hello everyone,

            "I love the bike, but the nearest workshop is a ferry away." We've read this sentence from you quite
            often, so here is what we've done about it:

            | where | new partners | appointments from |
            |---|---|---|
            | Ireland | Cork, Galway | at once |
            | Great Britain | Sheffield, Bristol, Leith | at once |
            | Netherlands | Utrecht, Zwolle | at once |
            | Sweden | Malmö | in two weeks |
            | Spain | Valencia, Girona | in two weeks |
            | Poland | Wrocław | in four weeks |

            All of them can read out the drive, update firmware, handle guarantee cases and order original parts.
            You'll find them in the app under `Workshops`, with opening hours and the languages that are spoken
            there.

            And the **van**: where there's no partner within 60 km, a mechanic comes to you for guarantee repairs.
            For now that is in Ireland and Scotland only, to learn how it works. You book it through the contact
            form.

            Questions, doubts and wishes: right here.

            Sara, for the team
            """,
                0,
                "aoife:celebrate liam:celebrate oliver_b:celebrate dutchrider:thanks tomasz:celebrate hannafeld "
                "priya emma_j grace sam_w moderator product",
            ),
            P(
                "aoife",
                "Galway! I could cry. I won't, there's enough water about.",
                0.6,
                "liam:celebrate manager oliver_b grace hannafeld",
            ),
            P(
                "liam",
                "Cork as well. Does the van take visitors? Asking because I want to see a van with a mechanic who's "
                "*delighted* to drive to West Cork.",
                0.9,
                "aoife manager oliver_b",
            ),
            P(
                "oliver_b",
                """
            Sheffield, seven minutes downhill from me. So forty minutes back, if they keep the battery. Excellent
            news, @manager!
            """,
                2.4,
                "manager aoife emma_j",
            ),
            P(
                "tomasz",
                """
            Very good. Question: I do most things by myself. Can I buy original parts directly at the new partner in
            Wrocław, or only with mounting?
            """,
                3.1,
            ),
            P(
                "manager",
                """
            @tomasz both. Everything that an owner may change (pads, chain, cassette, display, mudguards …) over the
            counter. Parts of the drive and the battery mount only with mounting, because of the guarantee.

            @liam the mechanic is called Siobhán, she's from Bantry and says that West Cork *is* the reason.
            """,
                14.0,
                "tomasz:thanks liam:celebrate aoife:celebrate oliver_b",
                reply_to=5,
            ),
            P(
                "dutchrider",
                """
            Utrecht is great. Zwolle, fine. But Groningen and the whole north have nothing, as always, and up there
            people ride *longer* distances. I don't say this for me, I say it for my brother, who says it loudly and
            often.
            """,
                9.0,
                "hannafeld manager",
            ),
            P(
                "manager",
                """
            Please tell your brother that I've written "Groningen" at the top of the list for the next round, and
            underlined it. If he knows a workshop that he trusts, I'd like to hear its name.
            """,
                5.0,
                "dutchrider:thanks aoife",
                reply_to=7,
            ),
            P(
                "dutchrider",
                "He's sent me four names and a ranking. You'll get a message.",
                3.0,
                "manager:celebrate oliver_b",
            ),
        ],
        tags=["workshop-network", "service"],
        language="en",
    ),
    T(
        "en-partner-codes",
        "partners",
        "question",
        "English wording for error codes on the handover sheet?",
        "velowerk_zh",
        19.2,
        [
            P(
                "velowerk_zh",
                """
            About a third of our customers here are expats, and I'd like to give them a handover sheet in English.
            I've translated the codes myself, but I'd rather not invent words. Is there an official wording?

            My version so far:

            | code | my wording |
            |---|---|
            | E-1042 | speed sensor: no signal |
            | E-2107 | battery too cold for charging |
            | E-3310 | display can't reach the motor |
            """,
                0,
                "zweirad_huber:thanks radhaus_lindau manager",
            ),
            P(
                "radhaus_lindau",
                """
            We have the same need at the lake, half of the tourists speak English. So far we draw it for them.
            Works, but the battery looks like a loaf of bread.
            """,
                3.5,
                "velowerk_zh:celebrate zweirad_huber manager",
            ),
            P(
                "product",
                """
            Your wording is good, and nearly ours. Officially:

            - `E-1042` **No speed signal.** Check magnet and sensor.
            - `E-2107` **Battery too cold to charge** (below 5 °C). Let it warm up.
            - `E-3310` **No connection to the motor.** Check plug on the display.

            The complete list (62 codes, both languages, with cause and first measure) comes with the next version
            of the diagnostic software, also as a sheet to print. If you need it earlier, write to me.
            """,
                21.0,
                "velowerk_zh:thanks radhaus_lindau:thanks zweirad_huber:insightful",
            ),
            P(
                "velowerk_zh",
                """
            Perfect, that's enough for now. One wish: please use the same words in the display, the app *and* the
            sheet. Today E-3310 has three different names.
            """,
                2.2,
                "product:insightful radhaus_lindau zweirad_huber",
            ),
            P(
                "product",
                "Fair point. We've put it on the list for 3.3 and assigned somebody who likes order.",
                4.0,
                "velowerk_zh:celebrate zweirad_huber",
            ),
        ],
        tags=["error-code", "translation"],
        solution=3,
        language="en",
    ),
    T(
        "en-partner-loan-bikes",
        "partners",
        "discussion",
        "Loan bikes during guarantee repairs: how do you handle it?",
        "zweirad_huber",
        37.0,
        [
            P(
                "zweirad_huber",
                """
            Writing in English because Reto's new colleague reads along.

            We have two loan bikes (one M4, one C2). In the season they're gone by nine in the morning. How do you
            decide who gets one? First come, first served feels wrong when somebody lives 20 km away and another one
            just wants to try the M4 on the weekend.
            """,
                0,
                "velowerk_zh radhaus_lindau",
            ),
            P(
                "velowerk_zh",
                """
            Commuters first, we ask two questions on the phone: how far, and is there a bus? Deposit 200, and the
            loan agreement in both languages. Since we ask, the number of people who "urgently" need one has halved.
            """,
                5.0,
                "zweirad_huber:insightful radhaus_lindau manager",
            ),
            P(
                "radhaus_lindau",
                """
            Three loan bikes, all C2, on purpose. Nobody keeps a C2 longer than necessary at the lake with the hills
            behind. 😉 Repair goes faster if the customer wants *his* bike back.
            """,
                18.0,
                "zweirad_huber:celebrate velowerk_zh",
            ),
            P(
                "manager",
                """
            Good to read how differently you do it. From our side: for guarantee repairs of more than three working
            days we pay 15 per day towards the loan bike, for ten days at most. It's in the partner agreement, but
            apparently on a page that nobody reads, so I'll send it round again.
            """,
                7.5,
                "zweirad_huber:thanks velowerk_zh:thanks radhaus_lindau:celebrate",
            ),
            P(
                "zweirad_huber",
                "Fifteen per day! Twelve years I've been a partner. Which page?",
                1.0,
                "radhaus_lindau:celebrate velowerk_zh",
                reply_to=4,
            ),
            P("manager", "Page 31. It's always page 31.", 0.5, "zweirad_huber:celebrate velowerk_zh:celebrate product"),
        ],
        tags=["loan-bike", "guarantee"],
        language="en",
    ),
]
