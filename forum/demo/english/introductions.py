"""English threads in "Introductions"."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "en-hello-emma",
        "introductions",
        "discussion",
        "Hello from Emma: new to e-bikes, old to cycling",
        "emma_j",
        57.4,
        [
            P(
                "emma_j",
                """
            Hi all! I'm Emma. I've cycled all my life, proudly without a motor, and with Opinions about those who
            had one. Then my knee had an opinion, too.

            So now there's an M4 in the hallway. On the first ride I went up the hill behind our house, the one I've
            been pushing up for six years, and laughed out loud all the way. I take back everything I've ever said.

            Looking forward to learning from you. What do you wish somebody had told you in the first week?
            """,
                0,
                "oliver_b:celebrate hannafeld grace aoife liam ruth dutchrider:celebrate priya manager sam_w",
            ),
            P(
                "oliver_b",
                """
            Welcome! We've all had the Opinions. There's a support group, it meets at the top of the hill, not even
            out of breath.

            First week: **change down before you stop.** The drive can't shift for you at the lights.
            """,
                1.0,
                "emma_j:thanks sam_w",
            ),
            P(
                "ruth",
                "Welcome, Emma. Read the manual. Nobody ever does, and it's rather good.",
                2.2,
                "emma_j dutchrider:celebrate oliver_b",
            ),
            P(
                "hannafeld",
                """
            Welcome! From me: pump the tyres up every two weeks, put the battery key and its number in two different
            places, and ride the first days in Eco, so that Turbo stays something special.
            """,
                3.0,
                "emma_j:thanks ruth sam_w:insightful",
            ),
            P("kevin99", "turbo from day 1. welcome", 5.0, "emma_j:celebrate oliver_b"),
            P(
                "manager",
                """
            Welcome to the round table, Emma! If you would like to meet people instead of usernames: there's a map
            of regular rides in the app, and the one nearest to you is known for its cake.
            """,
                13.0,
                "emma_j:thanks liam",
            ),
            P(
                "emma_j",
                "You're all so nice! Manual: 40 pages done. Turbo: tried *once*, for science, whoops.",
                8.0,
                "ruth:celebrate oliver_b kevin99 hannafeld grace",
            ),
            P(
                "sam_w",
                "Listen to Hanna about the keys. Please. I speak from very fresh experience.",
                680.0,
                "hannafeld:celebrate emma_j:celebrate dutchrider oliver_b",
            ),
        ],
        tags=["m4", "knee"],
        language="en",
    ),
    T(
        "en-hello-hiroko",
        "introductions",
        "discussion",
        "Guten Tag and hello from Düsseldorf",
        "hiroko",
        82.3,
        [
            P(
                "hiroko",
                """
            Guten Tag! My name is Hiroko and I live in Düsseldorf since two years. I bought an M4 from a colleague
            who went back to Osaka. I ride along the Rhine after work.

            My German is still small. I read the German threads with a dictionary and answer in English, I hope
            that's allowed. My first word that I learned from the display was `E-2107`.
            """,
                0,
                "hannafeld:celebrate priya grace customer manager:celebrate dutchrider oliver_b ruth",
            ),
            P(
                "customer",
                """
            Willkommen, Hiroko! Of course it's allowed. My English is from series and yours is much better. E-2107
            is "battery too cold to charge", so let it first come inside for one hour. Happens to everybody once.
            Lena
            """,
                1.4,
                "hiroko:thanks hannafeld",
            ),
            P(
                "priya",
                """
            Welcome! I came here with the same dictionary a while ago. Trick: write in English, people answer in
            either language, and after some months you notice that you've stopped translating.
            """,
                3.0,
                "hiroko:thanks grace manager hannafeld",
            ),
            P(
                "beat_zh",
                "Grüezi Hiroko! Don't worry, as a Swiss I also write here in a foreign language.",
                5.5,
                "hiroko:celebrate priya hannafeld:celebrate jonas_w petra.k customer",
            ),
            P(
                "manager",
                """
            Herzlich willkommen, Hiroko! Mixed languages are not only allowed here, they're the normal case. In your
            settings you can say which ones you'd like to see.
            """,
                4.0,
                "hiroko:thanks priya",
            ),
            P(
                "hiroko",
                "Thank you, danke, ありがとう! I have learned *Grüezi* now, too.",
                12.0,
                "beat_zh:celebrate hannafeld customer priya manager",
            ),
        ],
        tags=["m4", "language"],
        language="en",
    ),
]
