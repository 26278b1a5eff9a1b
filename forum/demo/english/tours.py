"""English threads in "Tours and stories", without the long game."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "en-cork-brittany",
        "tours",
        "discussion",
        "Cork to Brittany and back: an M3, a ferry and one very good bakery",
        "liam",
        41.4,
        [
            P(
                "liam",
                """
            Since a few people asked, here's the whole story. Make tea.

            **The plan** was simple. Roll onto the night ferry at Ringaskiddy, roll off at Roscoff, ride along the
            coast for five days, roll back on. One M3, two panniers, one battery, one charger. No spare battery
            because I'd already spent that money on the good cabin.

            **Day 0.** The man on the car deck looks at the bike, looks at me, and says: "Is that one of them
            electric yokes? You'll have to take the battery up with you." I didn't know that. So I sat in the bar
            with a battery on my knees like a man with a very heavy baby. Got talking to half the ship because of
            it.

            **Day 1, Roscoff to Morlaix and a bit, 52 km.** Brittany isn't flat. Nobody had told me that Brittany
            isn't flat. By the afternoon I was at 20 % and had learnt the most important sentence of the trip, which
            is *"Est-ce que je peux brancher mon vélo, s'il vous plaît?"* It works everywhere. Nobody ever said no.

            **Day 2, 61 km.** Rain, sideways. Spent three hours in a bakery in Lannion because of the rain.
            Officially. The kouign-amann there is a cake made of butter, sugar and bad intentions. I had four over
            the day. The baker charged the battery behind the counter and wouldn't take a cent for it.

            **Day 3, 0 km.** See day 2, cakes.

            **Day 4, 74 km.** The pink granite coast in sunshine. I have no words and my photos have my thumb in
            them.

            **Day 5, 66 km**, back to the boat with 4 % and the wind behind me, switched to off on the last hill to
            save it, and a seven-year-old on a scooter overtook me.

            | | |
            |---|---|
            | distance | 253 km |
            | climbing | 2,900 m |
            | charges | 6, of which paid: 0 |
            | punctures | 1 |
            | cakes | 11 |
            """,
                0,
                "aoife:celebrate oliver_b:celebrate dutchrider grace hannafeld tomasz ruth:celebrate sam_w anja-rolf "
                "hiroko priya",
            ),
            P(
                "aoife",
                """
            "A man with a very heavy baby" has me on the floor. Was the cake worth a rest day? I need to know for
            planning purposes.
            """,
                1.8,
                "liam",
            ),
            P(
                "liam",
                "Aoife, it was worth the ferry.",
                0.5,
                "aoife:celebrate oliver_b grace dutchrider ruth:celebrate",
                reply_to=2,
            ),
            P(
                "anja-rolf",
                """
            What a lovely report! We (A writing) did the same coast two years ago with the tent. We have a question:
            the battery had to come up with you, but did the bike stand safe on the deck? Rolf was always worried
            about the trucks.
            """,
                11.0,
                "liam",
            ),
            P(
                "liam",
                """
            There's a rail at the side with ropes, bikes only. Bring your own strap and something soft, I used a
            sock. A lorry would have to want it very badly.
            """,
                7.2,
                "anja-rolf:thanks tomasz",
                reply_to=4,
            ),
            P(
                "ruth",
                """
            I enjoyed every line. May a retired French teacher add one sentence? *"Vous auriez une prise, par
            hasard?"* It's a little more roundabout and brings, in my experience, a coffee along with the socket.
            """,
                20.0,
                "liam:thanks aoife dutchrider oliver_b:insightful grace hannafeld",
            ),
            P(
                "hannafeld",
                """
            Reading this on the train to work and laughing out loud, people are looking. Which mode did you use for
            the 61 km day in the rain? I'm thinking of the same trip with the M4 and would like to know if one
            battery will do.
            """,
                31.0,
                "liam",
            ),
            P(
                "liam",
                """
            Eco with Tour on the steep bits, and walked one that was frankly a wall. With the M4 you'd have a
            quarter more in the tank, so you could even take the wall. One battery is plenty as long as you like
            cake.
            """,
                3.0,
                "hannafeld:thanks aoife",
                reply_to=7,
            ),
            P(
                "manager",
                """
            Liam, may we tell this story (with your name, or without it, as you like) in our next newsletter? You
            would of course see it first. The office has already looked up kouign-amann and there have been
            consequences.
            """,
                44.0,
                "liam:celebrate aoife oliver_b ruth",
            ),
            P(
                "liam",
                "With my name, and with the number of cakes rounded down, my mother is on your mailing list.",
                5.5,
                "manager:celebrate aoife:celebrate oliver_b grace dutchrider sam_w",
            ),
        ],
        tags=["m3", "ferry", "france"],
        language="en",
    ),
    T(
        "en-north-sea-route",
        "tours",
        "discussion",
        "Dutch coast in four days: charging stops that actually exist",
        "dutchrider",
        76.2,
        [
            P(
                "dutchrider",
                """
            Every list of "charging points for e-bikes" on the net is a list of places where once, long ago, there
            was a charging point. I rode Den Helder to Cadzand and **checked every one**. These work:

            1. **Callantsoog**, beach pavilion at the main slope: four sockets under the roof, free if you drink
               something
            2. **Bergen aan Zee**, bike parking beside the aquarium: lockers with a socket inside, bring a 50 cent
               coin
            3. **Noordwijk**, library: two sockets, quiet, opening hours only
            4. **Scheveningen**, guarded parking at the pier: nicest man of the trip, tell him Marieke sent you
            5. **Hoek van Holland**, ferry waiting room: one socket, and a queue
            6. **Ouddorp**, campsite reception: also for people who aren't camping, 1 euro
            7. **Domburg**, bike shop in the main street: free, he'll look at your chain and sigh

            My days: 78, 64, 71, 88 km. M4 in Eco. I never went below 30 %, but I'm from here and I know how to hide
            behind a dune.
            """,
                0,
                "hannafeld:thanks liam priya:thanks oliver_b ruth:insightful tomasz anja-rolf:thanks viola beat_zh",
            ),
            P(
                "viola",
                """
            Thank you so much, I've saved it! Are the lockers in Bergen deep enough for the charger as well? It's
            quite a brick.
            """,
                5.0,
                "dutchrider",
            ),
            P(
                "dutchrider",
                "Yes. Battery, charger and a wet jacket. Not the dog, somebody tried.",
                0.7,
                "viola:thanks liam grace oliver_b:celebrate",
                reply_to=2,
            ),
            P(
                "hiroko",
                """
            From Düsseldorf I could take the train to Den Helder? I never did a tour with more than one day. Is this
            a good one for the beginning?
            """,
                26.0,
                "dutchrider",
            ),
            P(
                "dutchrider",
                """
            It's the best one for the beginning, because you can't get lost: sea on the right. If the sea is on your
            left you've turned round.

            Practical: ride **north to south** only if the wind says so. Look at the forecast the day before and
            simply start at the other end if it's blowing from the south-west. Trains take bikes outside of the rush
            hours.
            """,
                1.6,
                "hiroko:thanks ruth oliver_b liam hannafeld",
                reply_to=4,
            ),
            P(
                "hiroko",
                """
            I did it!! Three days instead of four because of one day with too much wind (I started at the other end,
            as you said). The man in Scheveningen remembers you and says you owe him a coffee.
            """,
                610.0,
                "dutchrider:celebrate hannafeld:celebrate liam grace oliver_b emma_j priya aoife",
            ),
            P("dutchrider", "I owe him three. So proud of you! 🎉", 3.3, "hiroko"),
        ],
        tags=["netherlands", "charging", "m4"],
        language="en",
    ),
    T(
        "en-ride-home-at-six",
        "tours",
        "discussion",
        "The ride home at six in the morning",
        "grace",
        17.6,
        [
            P(
                "grace",
                """
            This isn't a tour. It's eleven kilometres, always the same ones, from the ward to my bed. But I wanted
            to write it down somewhere and my colleagues are asleep.

            After a night shift I used to take the bus, and I always arrived with the night still on me. Since I
            have the C2 I leave it along the road. First the traffic lights that blink for nobody. Then the bakery
            where the door is open and only the light and the smell come out. Then the long bit by the river, Eco,
            no hurry, and there's a heron who stands at the same post each morning and judges me.

            By the bridge I have stopped counting who was in which bed. By the allotments I'm hungry. At my door I'm
            just a woman with a bicycle.

            That's all. Good night, everyone.
            """,
                0,
                "sam_w oliver_b aoife hannafeld:thanks sabrina:thanks emma_j hiroko liam priya dutchrider noor manager "
                "moderator customer",
            ),
            P(
                "sabrina",
                """
            Paramedic here, I know every metre of this although I've never been there. My heron is a fox. He sits at
            the petrol station at four o'clock as if he waits for his shift to end, too.

            Thank you for writing it down.
            """,
                2.7,
                "grace:thanks sam_w hannafeld aoife emma_j",
            ),
            P(
                "sam_w",
                "Stayed for the silence, it says in my profile. You've explained it better.",
                4.4,
                "grace oliver_b aoife",
            ),
            P(
                "oliver_b",
                """
            I had a joke ready and have put it away again. Lovely.
            """,
                1.0,
                "grace aoife dutchrider liam sam_w",
            ),
            P("emma_j", "Read this to my partner over breakfast. Sleep well, Grace. 💛", 3.0, "grace"),
            P(
                "grace",
                """
            You're all very kind. The heron was there again today. I told him he's on the internet now. He wasn't
            impressed.
            """,
                25.0,
                "sam_w oliver_b:celebrate aoife sabrina emma_j hannafeld liam hiroko",
            ),
            P(
                "priya",
                """
            Coming late to this, and it's still the best thing that I've read here. Berlin heron reporting:
            Landwehrkanal, same face, same judgement.
            """,
                212.0,
                "grace:celebrate dutchrider hiroko",
            ),
        ],
        tags=["c2", "commute", "night"],
        language="en",
    ),
]
