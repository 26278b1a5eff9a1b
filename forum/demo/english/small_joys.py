"""The long English thread of short posts: what was nice on the way today."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "en-small-joys",
        "tours",
        "discussion",
        "One small good thing from your ride today",
        "emma_j",
        29.3,
        [
            P(
                "emma_j",
                """
            New game! Every day something nice happens on the bike and by the evening I've forgotten it. So: **one
            thing, one or two sentences, no complaints.** I'll start.

            A very old lady on a very old bicycle rang her bell at me at the lights, pointed at my motor, and said
            "cheat" with the most enormous grin.
            """,
                0,
                "grace oliver_b:celebrate aoife priya sam_w hannafeld dutchrider uschi",
            ),
            P(
                "oliver_b",
                "Someone had chalked KEEP GOING on the worst bit of the hill. I kept going.",
                1.3,
                "emma_j grace sam_w liam",
            ),
            P(
                "grace",
                "All eleven traffic lights green. All of them. At ten to six there was no one to tell.",
                8.0,
                "emma_j:celebrate oliver_b ben_c:celebrate sabrina aoife",
            ),
            P(
                "ben_c",
                "Statistically that happens to you about once in 2,000 rides. Frame it.",
                1.0,
                "grace emma_j noor",
                reply_to=3,
            ),
            P(
                "aoife",
                "It stopped raining.",
                5.0,
                "emma_j liam:celebrate oliver_b:celebrate grace dutchrider hannafeld sam_w priya",
            ),
            P(
                "aoife",
                "Update: it has started again.",
                0.4,
                "liam:celebrate oliver_b grace emma_j:celebrate dutchrider noor",
                reply_to=5,
            ),
            P(
                "dutchrider",
                "Found a free space in the station bike park on the *first* level. I may never move the bike again.",
                14.0,
                "priya emma_j hiroko",
            ),
            P(
                "tomasz",
                "Smell of fresh bread and of fresh chain oil in same street. My two favourites.",
                6.0,
                "emma_j petra.k oliver_b lukas",
            ),
            P(
                "uschi",
                """
            I hope I may join although my English is from school, 55 years ago. A young man helped me with the
            shopping basket and asked how many km/h my red bike can do. I said: enough.
            """,
                21.0,
                "emma_j:celebrate grace:celebrate hannafeld oliver_b aoife priya dutchrider hiroko manager sam_w",
            ),
            P("emma_j", 'Uschi, "enough" is going on my wall.', 0.9, "uschi grace oliver_b", reply_to=9),
            P(
                "hiroko",
                """
            I understood a whole announcement at the station without thinking. It said the train is cancelled. But I
            understood it!
            """,
                17.0,
                "emma_j:celebrate hannafeld:celebrate grace noor customer liam oliver_b",
            ),
            P(
                "liam",
                "A dog in a cargo bike, wearing goggles. We nodded at each other, as professionals.",
                30.0,
                "chiara:celebrate emma_j aoife grace",
            ),
            P(
                "noor",
                "Debugged something in my head between two bridges that I couldn't debug at a desk all day.",
                25.0,
                "ben_c basti:celebrate yusuf emma_j jonas_w",
            ),
            P("chiara", "My dog says hello to the dog with the goggles. 🐕", 3.0, "liam:celebrate emma_j", reply_to=12),
            P(
                "sam_w",
                "Fog on the canal, so quiet that I could hear a swan land.",
                45.0,
                "grace aoife emma_j hannafeld steffi",
            ),
            P(
                "priya",
                "Overtook a car with a man in it who shouted last month that I'm blocking the road. He was standing in "
                "a jam. I waved. Kindly. Mostly.",
                50.0,
                "dutchrider:celebrate oliver_b emma_j aoife liam frank_m",
            ),
            P(
                "basti",
                """
            Beta firmware, no crash, 40 km. That's one small good thing, right?
            """,
                38.0,
                "noor:celebrate product:celebrate emma_j ben_c",
            ),
            P("product", "For me it's a rather big one. Thank you, Basti!", 2.0, "basti emma_j noor", reply_to=17),
            P(
                "jonas_w",
                "A child at the crossing explained to her grandfather how regenerative braking works. It was "
                "completely wrong and wonderful.",
                60.0,
                "noor:celebrate ben_c emma_j hannafeld",
            ),
            P(
                "customer",
                """
            Both kids fell asleep in the trailer and I rode an extra round around the park, just for me. Lena
            """,
                72.0,
                "ines grace:celebrate emma_j hannafeld oliver_b aoife",
            ),
            P(
                "grace",
                "The heron moved one post to the left. It's been a big week for us.",
                95.0,
                "oliver_b:celebrate emma_j sam_w aoife:celebrate sabrina priya",
            ),
            P(
                "oliver_b",
                "Somebody has renewed the chalk.",
                66.0,
                "emma_j:celebrate grace liam sam_w hannafeld",
                reply_to=2,
            ),
            P(
                "emma_j",
                """
            Nearly four weeks of this, and I read it every evening instead of the news. Thank you all. Please keep
            going, as the chalk says.
            """,
                70.0,
                "grace oliver_b aoife:thanks hiroko sam_w manager dutchrider uschi liam",
            ),
            P("aoife", "I'd like it noted that it's dry.", 26.0, "liam:celebrate oliver_b emma_j"),
        ],
        tags=["game", "everyday"],
        language="en",
    ),
]
