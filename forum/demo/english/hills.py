"""The long English thread about range in hills."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "en-honest-range",
        "drive",
        "discussion",
        "Honest range numbers from people who live on a slope",
        "oliver_b",
        61.5,
        [
            P(
                "oliver_b",
                """
            The brochure says "up to 130 km". I'm sure that somewhere there's a nine-stone rider on a disused runway
            with the wind behind him who gets that. I live in Sheffield.

            So let's collect real figures. Please give **model, your weight with luggage, metres climbed, mode, and
            kilometres until the display said 10 %**. I'll keep the table in this post up to date.

            | who | bike | kg | climb per 10 km | mode | km to 10 % |
            |---|---|---|---|---|---|
            | oliver_b | M4 | 96 | 210 m | mostly Tour | 58 |
            | tomasz | M4 | 82 | 60 m | Eco/Tour | 94 |
            | liam | M3 | 88 | 95 m | Tour | 61 |
            | dutchrider | M4 | 71 | 4 m | Eco | 127 |
            | priya | C2 | 63 | 15 m | Sport | 49 |
            | ben_c | M4 | 79 | 72 m | Tour | 81.4 |
            | beat_zh | M4 | 84 | 180 m | Tour/Sport | 55 |
            | sven_en | M4 | 90 | 30 m, studs | Tour | 63 |
            """,
                0,
                "tomasz priya:insightful ben_c:celebrate hannafeld liam dutchrider wolfgang mehmet:insightful",
                edited=700,
            ),
            P(
                "tomasz",
                "M4, 82 kg with bag, Wrocław is flat but I go out to the hills: maybe 60 m per 10 km. Eco and Tour "
                "mixed. 94 km.",
                1.2,
                "oliver_b",
            ),
            P(
                "liam",
                """
            M3, so the smaller battery. 88 kg including an unreasonable amount of sandwiches, 95 m per 10 km, Tour
            all the way. **61 km**, into the wind. There's no other direction here.
            """,
                2.5,
                "oliver_b:celebrate aoife",
            ),
            P(
                "dutchrider",
                """
            M4, 71 kg, 4 metres of climbing per 10 km (two bridges). Eco. 127 km.

            The brochure is written for me. 😌
            """,
                1.1,
                "oliver_b:celebrate tomasz liam priya aoife hannafeld:celebrate ruth",
            ),
            P(
                "oliver_b",
                "I asked for honest numbers, not for gloating, Marieke.",
                0.3,
                "dutchrider:celebrate liam aoife",
                reply_to=4,
            ),
            P(
                "priya",
                """
            C2, 63 kg with laptop. Berlin: 15 m per 10 km if you count the underpasses. Sport, because I'm always
            late. 49 km, and then I charge at the office.
            """,
                6.0,
                "oliver_b",
            ),
            P(
                "ben_c",
                """
            M4, 79.3 kg, mean of eleven full discharges: **81.4 km** (min 74.9, max 86.2), 72 m per 10 km, Tour.
            Happy to share the sheet. What I found interesting is what explains the difference between the runs:

            | factor | share of the variance |
            |---|---|
            | temperature | 46 % |
            | headwind | 27 % |
            | number of stops | 14 % |
            | tyre pressure | 8 % |
            | everything else | 5 % |

            Eleven runs aren't many, so don't build a bridge on it.
            """,
                13.0,
                "oliver_b:insightful noor:insightful wolfgang:insightful mehmet hannafeld:insightful priya tomasz "
                "jonas_w",
            ),
            P("kevin99", "turbo only. 38 km. worth it", 3.0, "oliver_b:celebrate liam"),
            P(
                "wolfgang",
                """
            Very good approach, @ben_c! May I ask how you measured the wind? I have the same problem with my series,
            the weather station is 12 km away and stands on a roof.
            """,
                2.0,
                "ben_c",
                reply_to=7,
            ),
            P(
                "ben_c",
                """
            Badly. Nearest station, projected on the direction of each kilometre from the GPS track. So it's the
            wind on the roof, too. I suspect its real share is higher than 27 %.
            """,
                1.4,
                "wolfgang:thanks noor",
                reply_to=9,
            ),
            P(
                "beat_zh",
                """
            Zürich here, a bit up the hill. M4, 84 kg, 180 m per 10 km, Tour with Sport on the last climb. 55 km. So
            I'm in the club of @oliver_b, it seems. You get used to look for sockets.
            """,
                20.0,
                "oliver_b tobias",
            ),
            P(
                "oliver_b",
                """
            Welcome to the club. Membership is free, the uniform is sweat.
            """,
                0.8,
                "beat_zh:celebrate tobias",
            ),
            P(
                "sven_en",
                "M4. 90 kg. 30 m per 10 km, studded tyres, around freezing. Tour. 63 km. Without studs and frost: 88.",
                33.0,
                "oliver_b noor:insightful ben_c",
            ),
            P(
                "emma_j",
                """
            Newbie question: why does cold matter *that* much? Does the battery lose charge or is it just the
            reading?
            """,
                50.0,
                "grace",
            ),
            P(
                "noor",
                """
            Neither, really. Picture honey. The charge is still in there, it just comes out more slowly when it's
            cold, so the voltage sags under load and the drive decides "empty" earlier. Warm the battery up again
            and part of it comes back.

            Cheap remedy: keep the battery indoors overnight and put it in right before you leave. The first 10 km
            make the difference, after that it warms itself.
            """,
                3.2,
                "emma_j:thanks oliver_b grace:insightful hannafeld sven_en:insightful ruth:thanks priya ben_c aoife",
                reply_to=14,
            ),
            P("emma_j", "Honey! That I will remember. Thank you!", 0.6, "noor"),
            P(
                "ruth",
                """
            Might I suggest that everybody also writes down the tyre pressure? I rode for a year at half of what is
            printed on the side and thought I was getting old.
            """,
                26.0,
                "oliver_b:celebrate noor hannafeld petra.k ben_c",
            ),
            P(
                "customer",
                """
            Lena from Kassel, sorry for my English :) M4, 17 km one way, with trailer in summer. Without trailer 78
            km (Tour, about 110 m per 10 km, 74 kg). **With trailer and two kids: 46 km.** And the kids sing.
            """,
                190.0,
                "oliver_b:celebrate hannafeld ines emma_j grace liam",
            ),
            P(
                "oliver_b",
                """
            Nothing to be sorry about, and the singing goes in the remarks column. 46 km with a trailer is a figure
            that I've never seen printed anywhere, thank you.
            """,
                4.0,
                "customer ines",
                reply_to=18,
            ),
            P(
                "aoife",
                """
            M4, 69 kg dry, 72 kg wet. I've only ever been wet. 55 m per 10 km, Tour, wind off the Atlantic: 76 km
            out, and I swear it would be 110 back.
            """,
                260.0,
                "oliver_b:celebrate liam ben_c grace",
            ),
            P(
                "product",
                """
            Hello everybody. Katrin from the product team. I've been reading this for weeks and have just shown the
            table in our meeting, with names removed.

            Two things came of it. The range on the website will be given for **three riders** (flat, hilly,
            mountains) instead of one. And the range in the display, which today only looks at the last 5 km, will
            look at the whole last charge in a coming version; you can try that in the 3.3 beta already.

            Oliver, the sentence about the runway has been read aloud. There was laughter, and then there was
            silence.
            """,
                330.0,
                "oliver_b:celebrate tomasz liam dutchrider hannafeld:celebrate ben_c:thanks priya aoife emma_j "
                "noor:insightful customer wolfgang manager",
            ),
            P(
                "oliver_b",
                """
            Well. I came here to moan and now I've been taken seriously. Not sure how I feel about this.

            (Very good, actually. Thank you, Katrin.)
            """,
                9.0,
                "product dutchrider liam aoife:celebrate hannafeld emma_j",
                reply_to=21,
            ),
            P(
                "mehmet",
                """
            In the beta since one week: the new range is much calmer. Before, one hill and it went from 60 to 41.
            Now it went from 60 to 57. For my 34 km it's finally a number I can trust.
            """,
                44.0,
                "product:thanks oliver_b:insightful ben_c hannafeld noor",
            ),
        ],
        tags=["range", "battery", "m4", "m3", "c2"],
        language="en",
    ),
]
