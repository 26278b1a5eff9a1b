"""English threads in "Workshop"."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "en-torque-values",
        "workshop",
        "discussion",
        "Torque values in one place (checked against the manuals)",
        "ruth",
        175.0,
        [
            P(
                "ruth",
                """
            After the fourth person asked, I sat down with all three manuals. These are the values that an owner may
            need. Everything to do with the motor, the battery mount and the fork is left out **on purpose**: that
            belongs in a workshop.

            | part | M3 | M4 | C2 |
            |---|---|---|---|
            | stem on steerer | 5–6 Nm | 6 Nm | 5 Nm |
            | handlebar clamp | 5 Nm | 5 Nm | 5 Nm |
            | saddle clamp | 6 Nm | 7 Nm | 6 Nm |
            | seat post collar | 6 Nm | 6 Nm | 8 Nm |
            | pedals | 35 Nm | 35 Nm | 35 Nm |
            | brake disc, each screw | 4 Nm | 4 Nm | – |
            | brake caliper | 6–8 Nm | 6–8 Nm | 6–8 Nm |
            | front axle | 10 Nm | 10 Nm | – |
            | rear axle | 12 Nm | 12 Nm | 35 Nm (nuts) |
            | bottle cage | 3 Nm | 3 Nm | 3 Nm |

            Source: manuals M3 (4th edition) p. 88, M4 (2nd edition) p. 96, C2 p. 71, and Wolfgang's list in German.
            If you find a mistake, tell me and I shall mark it in red, as is my habit.
            """,
                0,
                "hannafeld:thanks petra.k:thanks wolfgang:insightful tomasz oliver_b:thanks sam_w priya dutchrider "
                "liam moderator:thanks carlos",
                edited=29.0,
            ),
            P(
                "petra.k",
                """
            Great list! One addition for beginners: the **left pedal has a left-hand thread**. I've seen people hang
            on a one-metre pipe in the wrong direction.
            """,
                3.3,
                "ruth:insightful oliver_b sam_w carlos tomasz",
            ),
            P(
                "wolfgang",
                """
            Compared with my own list and the workshop copy. All correct but one: rear axle of the M4 is **12 Nm**,
            not 15. The 15 was a misprint in the first English edition. Nothing breaks from it, but the next
            puncture will be hard work.
            """,
                22.0,
                "ruth:thanks petra.k hannafeld",
            ),
            P(
                "ruth",
                "Thank you, Wolfgang. Noted above, and the first edition has been sent to detention.",
                3.5,
                "wolfgang:celebrate oliver_b sam_w petra.k",
                reply_to=3,
            ),
            P(
                "moderator",
                """
            Pinned. Thank you for the work, Ruth, and especially for what you have left out.
            """,
                6.0,
                "ruth hannafeld oliver_b",
            ),
            P(
                "emma_j",
                """
            Just used this for my first ever handlebar adjustment (and bought a torque wrench, I feel like a
            surgeon). Thank you @ruth!
            """,
                3610.0,
                "oliver_b tomasz hannafeld petra.k sam_w",
            ),
        ],
        tags=["torque", "manual", "m3", "m4", "c2"],
        language="en",
    ),
    T(
        "en-chain-life",
        "workshop",
        "discussion",
        "How long do your chains last?",
        "sam_w",
        100.0,
        [
            P(
                "sam_w",
                """
            Mine was at 0.75 on the gauge after 2,600 km and the dealer raised an eyebrow. Is that short? M3,
            commute in all weathers, I wipe it now and then and oil it when it squeaks (I suspect this is the
            answer).
            """,
                0,
                "oliver_b",
            ),
            P(
                "petra.k",
                """
            "When it squeaks" is too late. 😉 For comparison my M3, three chains so far:

            | chain | km | care |
            |---|---|---|
            | 1 | 2,400 | none, I was young |
            | 2 | 4,100 | wiped weekly, oil every 200 km |
            | 3 | 5,300 and running | wax |

            The motor pulls on the chain with more force than your legs do, so everything goes about twice as fast
            as on a normal bike. Changing down before the hill instead of on it is worth another 500 km.
            """,
                4.4,
                "sam_w:thanks hannafeld oliver_b:insightful ruth:insightful tomasz lukas jonas_w priya",
            ),
            P(
                "tomasz",
                "3200 / 3400 / 3000. Cheap oil but every week. I change chain at 0.5, then cassette lives three "
                "chains.",
                2.0,
                "petra.k sam_w",
            ),
            P("kevin99", "1900. turbo", 1.0, "oliver_b:celebrate petra.k"),
            P(
                "ruth",
                "3,900 km, each of them in the correct gear.",
                7.0,
                "petra.k:celebrate sam_w oliver_b dutchrider",
            ),
            P(
                "lukas",
                """
            Apprentice here. What we see in the shop:

            - hub gear with chain: 4000 to 6000
            - derailleur, cared for: 3000 to 4500
            - derailleur, garden hose and no oil: 1500
            - pressure washer: please don't. It pushes the water *into* the rollers and the grease out
            """,
                13.0,
                "petra.k sam_w:thanks hannafeld oliver_b ruth tomasz:insightful",
            ),
            P(
                "sam_w",
                "How do you start with wax, Petra? Do I have to boil something in the kitchen?",
                25.0,
                reply_to=2,
            ),
            P(
                "petra.k",
                """
            You can, but your flatmates will talk. There's drip-on wax, works nearly as well:

            1. the chain must be **really** clean first (degreaser, twice, dry overnight)
            2. one drop on each roller, turn, wipe off what's outside
            3. wait some hours, ideally overnight
            4. again every 250 to 300 km, or after a ride in heavy rain

            Never on top of oil. That gives a grey paste which grinds better than sandpaper.
            """,
                3.1,
                "sam_w:thanks hannafeld ruth oliver_b",
                reply_to=7,
            ),
            P(
                "sam_w",
                """
            Back after a while with a report: 1,800 km on the waxed chain and the gauge says 0.2. My trousers are
            clean too. The dealer raised the *other* eyebrow.
            """,
                1640.0,
                "petra.k:celebrate oliver_b emma_j hannafeld tomasz liam",
            ),
        ],
        tags=["chain", "care", "m3"],
        language="en",
    ),
    T(
        "en-brake-squeal",
        "workshop",
        "question",
        "Brakes scream like a gull when wet",
        "aoife",
        26.4,
        [
            P(
                "aoife",
                """
            The actual gulls have started to answer. M4, 900 km, disc brakes, front is worse than the back. Silent
            when dry, so I'm told; I wouldn't know.

            I cleaned the disc with washing-up liquid and hot water. Better for one day. New pads? New discs? New
            county?
            """,
                0,
                "liam:celebrate oliver_b grace emma_j",
            ),
            P("oliver_b", "Leave it. It's the best bell you'll ever own.", 0.5, "aoife:celebrate grace liam"),
            P(
                "tomasz",
                """
            Question first: did you ever do bedding-in of the pads? Means 20 to 30 times from 25 km/h almost to
            zero, hard, but without standing still, front and back separately. Many people never do, then pads get
            like glass. Like glass = scream.
            """,
                1.8,
                "aoife hannafeld jonas_w petra.k:insightful",
            ),
            P(
                "aoife",
                'I did not. The man in the shop said "ride carefully for the first days" and I did as I was told.',
                0.7,
                reply_to=3,
            ),
            P(
                "petra.k",
                """
            Then do what Tomasz says, but take the glass off first:

            - wheel out, pads out
            - rub the pads over fine sandpaper lying flat on a table (grain 120), until they are matt. **Mask on**,
              don't breathe the dust
            - disc with isopropyl alcohol and a clean cloth. No washing-up liquid, it contains things that make
              hands soft and discs loud
            - everything back, bed them in *dry*, then listen again

            And look at the pad while you have it in your hand: under 0.5 mm of lining, or oily, means new pads.
            Sanding doesn't help against oil.
            """,
                5.5,
                "aoife:thanks tomasz emma_j:insightful hannafeld oliver_b liam ben_c",
            ),
            P(
                "aoife",
                """
            Done, all of it. Borrowed a dry half hour from somewhere. Front: **silent.** Back: one small chirp, like
            a gull in the far distance. I can live with that. Thank you both!

            And thanks for the tip with E-1042, I didn't touch the sensor this time. Used the pencil anyway.
            """,
                370.0,
                "petra.k:celebrate tomasz hannafeld:celebrate oliver_b",
            ),
            P("oliver_b", "The gulls will miss you.", 1.1, "aoife:celebrate liam grace"),
        ],
        tags=["brakes", "m4"],
        solution=5,
        language="en",
    ),
    T(
        "en-studded-tyres",
        "workshop",
        "question",
        "Studded tyres on the M4: what fits under the mudguards?",
        "sven_en",
        71.0,
        [
            P(
                "sven_en",
                """
            M4, original mudguards. Want studs before the ice comes. 47 mm is original. Is 50 possible? Clearance
            front measured: 9 mm to the guard, 7 mm at the stay.
            """,
                0,
                "oliver_b",
            ),
            P(
                "hannafeld",
                """
            I ride 45 mm with studs since two winters, fits well and there is still room for snow. With 50 you'd
            have around 4 mm left on each side. That goes until the first time that slush freezes in there, then you
            stand.
            """,
                2.9,
                "sven_en:thanks tomasz oliver_b",
            ),
            P(
                "dutchrider",
                "We just stay at home when it's icy. All one and a half days.",
                1.5,
                "oliver_b:celebrate liam",
            ),
            P(
                "sven_en",
                "45 then. Does the wheel size in the display have to be changed? Speed showed 2 % too high last year.",
                8.0,
                reply_to=2,
            ),
            P(
                "hannafeld",
                """
            Yes: `Settings › Bike › Wheel circumference`. The dealer has to unlock it for more than 3 % difference,
            less than that you can do yourself. Measure it by rolling: mark on the tyre, one turn *with you sitting
            on it*, tape measure. Mine is 2,190 mm with 45 studs.

            And: new studs want 30 km of careful asphalt, so that they seat. No hard braking.
            """,
                1.2,
                "sven_en:thanks tomasz ruth:insightful ben_c",
                reply_to=4,
            ),
            P("sven_en", "Mounted. 2,186 mm. 31 km. Good. Thanks.", 122.0, "hannafeld:celebrate oliver_b dutchrider"),
        ],
        tags=["m4", "tyres", "ice"],
        solution=2,
        language="en",
    ),
    T(
        "en-spoke-and-train",
        "workshop",
        "discussion",
        "A broken spoke, a train and a very patient mechanic",
        "hiroko",
        14.5,
        [
            P(
                "hiroko",
                """
            I want to tell this because I was very nervous and it ended well.

            On the way back from Xanten something made *pling* and my rear wheel touched the frame at each turn. One
            spoke on the motor side... no, it's a mid-motor, so on the *chain* side (I've learned this now) was
            broken. It was getting dark. The train wouldn't take me because the bike space was full, the next one
            came after one hour.

            In that hour I looked for the nearest partner workshop in the app. It said "closes in 20 minutes". I
            called and said in my best German that I have a *gebrochene Sprache*.

            That means "broken language". The word for spoke is *Speiche*.

            The mechanic was silent for a moment and then he said: "We can repair only one of the two."

            He waited for me until half an hour after closing. New spoke, wheel straight, the price of two coffees.
            He showed me how to wind a broken spoke around its neighbour so that one can ride on slowly. And he
            wrote "Speiche" on a piece of paper, which now hangs on my fridge.
            """,
                0,
                "hannafeld:celebrate oliver_b:celebrate grace:celebrate aoife liam emma_j:celebrate dutchrider priya "
                "jonas_w customer manager:celebrate petra.k sam_w",
            ),
            P(
                "hannafeld",
                """
            I had to laugh so much at the answer of the mechanic! Your language is not broken at all, by the way.
            Which workshop was it? Such people must be named.
            """,
                1.7,
                "hiroko:thanks",
            ),
            P(
                "jonas_w",
                """
            For the technical side: if a second one breaks in the next weeks, have the tension of the whole wheel
            checked. One broken spoke is bad luck, two are a wheel that was too loose from the start, and then it's
            a case for the warranty.
            """,
                3.0,
                "hiroko:thanks tomasz petra.k:insightful ben_c",
            ),
            P(
                "liam",
                '"We can repair only one of the two" will be said in this house for years.',
                5.0,
                "hiroko:celebrate aoife oliver_b emma_j",
            ),
            P(
                "manager",
                """
            Hiroko, I've forwarded your story to the partner team. The mechanic is called Dieter, he's been doing
            this for 31 years, and he asks me to tell you that your German was better than his Japanese.

            For everybody: opening hours in the app come from the workshops themselves. If they're wrong, there's a
            small pencil next to them.
            """,
                27.0,
                "hiroko:celebrate hannafeld oliver_b grace liam emma_j aoife",
            ),
            P(
                "hiroko",
                "Dieter!! I'll bring him a cake. I know the word for cake.",
                2.0,
                "hannafeld:celebrate manager:celebrate grace oliver_b liam aoife:celebrate emma_j dutchrider",
                reply_to=5,
            ),
        ],
        tags=["spoke", "workshop-network", "story"],
        language="en",
    ),
]
