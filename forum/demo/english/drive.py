"""English threads in "Drive and battery", without the long one about range."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "en-eighty-percent",
        "drive",
        "discussion",
        "Charging stops at 80 % since 3.2: the short version in English",
        "dutchrider",
        31.0,
        [
            P(
                "dutchrider",
                """
            There is a long thread in German about this, and I keep getting asked, so here is the summary. No need
            to panic and no need to book a workshop.

            | | before 3.2 | since 3.2 |
            |---|---|---|
            | charging ends at | 100 % | **80 %**, unless you change it |
            | where to change it | – | `Settings › Battery › Charge limit` |
            | why | – | the cells age more slowly |

            It isn't a fault, the battery has not lost anything, and the display says "charged" because that's what
            you (unknowingly) asked it to do.
            """,
                0,
                "priya:thanks hannafeld liam sam_w:thanks emma_j aoife:insightful hiroko:thanks grace manager",
            ),
            P(
                "hiroko",
                """
            Thank you! I read the German thread with a dictionary and understood that the battery was "spared". I
            was not sure if this was good or bad for the battery.
            """,
                3.2,
                "dutchrider hannafeld grace",
            ),
            P(
                "liam",
                """
            Right so. I'd already written an angry mail in my head, second paragraph and all. Set to 100 before a
            long day and back to 80 after, is that how you do it?
            """,
                6.0,
                "aoife",
            ),
            P(
                "hannafeld",
                """
            That's exactly how I do it. 80 for the commute, 100 the night before a tour (there's also "full once",
            then it goes back to 80 by itself). A few full charges a month do no harm at all. What batteries really
            dislike is standing around full for weeks.
            """,
                1.3,
                "liam:thanks priya noor:insightful dutchrider",
                reply_to=3,
            ),
            P(
                "noor",
                """
            One detail from somebody who does this for a living (other industry): the last 20 % also charge slowest.
            On my C2, 20 → 80 takes two hours, 80 → 100 takes nearly another one and a half. So you don't just save
            cells, you save evenings.
            """,
                9.5,
                "ben_c:insightful hannafeld dutchrider priya tomasz",
            ),
            P(
                "product",
                """
            Very good summary, @dutchrider, thank you. We should have written it that way ourselves. The release
            notes now say it, in both languages, and from 3.3 on the bike will ask you once instead of deciding for
            you.

            Sorry for the scare.
            """,
                20,
                "dutchrider:celebrate hannafeld aoife:thanks liam emma_j sam_w hiroko",
            ),
            P(
                "aoife",
                "A company that says sorry and means it. I'll have to sit down.",
                2.5,
                "product liam oliver_b:celebrate sam_w",
            ),
        ],
        tags=["firmware", "battery", "charge-limit"],
        language="en",
    ),
    T(
        "en-hot-garage",
        "drive",
        "question",
        "38 °C in the garage: charge there or carry the battery upstairs?",
        "carlos",
        88.5,
        [
            P(
                "carlos",
                """
            Hello from Valencia. My garage has a metal roof and in the afternoon the thermometer says 38, some
            days 41. The manual gives a range for charging but my question is more practical: fourth floor, no lift, 3.5
            kg.

            Is it really bad to charge in the heat, or is this one of those rules for people in the north?
            """,
                0,
                "liam",
            ),
            P(
                "oliver_b",
                'Person in the north here. What is this "heat" of which you speak?',
                0.7,
                "carlos:celebrate liam ruth aoife",
            ),
            P(
                "noor",
                """
            It's a rule for chemistry, sadly. Roughly: above 40 °C cell temperature the drive slows the charging
            down, above 45 it stops. And a battery that comes back from a ride is already ten degrees warmer than
            the air.

            You don't need to carry it, though. Use **time** instead of stairs:

            1. come home, park, don't plug in
            2. charge early in the morning, when the garage is coolest
            3. don't let it sit at 100 % all day at 40 °C. Heat *and* full is the combination that ages it
            """,
                2.1,
                "carlos:thanks hannafeld:insightful wolfgang ruth tomasz ben_c priya",
            ),
            P(
                "wolfgang",
                """
            I can add figures, as I measure everything. My M4 after an hour in Tour on a 31 °C afternoon: case of
            the battery 43 °C. After two hours in the shade: 33 °C. After the night: 22 °C. So the first rule of
            Noor (wait) gives ten degrees for nothing.
            """,
                5.0,
                "noor carlos:insightful hannafeld ben_c",
            ),
            P(
                "carlos",
                """
            A plug with a timer, 8 euros. It starts at five in the morning and stops at seven. The battery is cool,
            I am asleep, my knees are happy. Perfect, thank you.
            """,
                30,
                "noor wolfgang hannafeld:celebrate ruth oliver_b",
            ),
            P(
                "ruth",
                """
            A small caution from the manual (page 54): the charger itself must not be covered and wants air around
            it. Mine lives on a brick.
            """,
                4.0,
                "carlos noor wolfgang",
            ),
        ],
        tags=["battery", "charging", "temperature"],
        solution=3,
        language="en",
    ),
    T(
        "en-whine-19",
        "drive",
        "question",
        "M4 whines at exactly 19 km/h, and only in Tour",
        "ben_c",
        8.6,
        [
            P(
                "ben_c",
                """
            Not a complaint, a mystery. At 19 km/h, give or take half, my M4 sings. A clear note, around 620 Hz
            according to the tuner app. Below and above: silence.

            | mode | 17 km/h | 19 km/h | 21 km/h |
            |---|---|---|---|
            | Eco | – | faint | – |
            | Tour | – | **loud** | – |
            | Sport | – | faint | – |
            | Turbo | – | – | – |
            | off | – | – | – |

            2,310 km, firmware 3.2, same road, same gear, three runs each. The spreadsheet has more columns, I'll
            spare you.
            """,
                0,
                "noor:insightful oliver_b priya jonas_w",
            ),
            P("oliver_b", "Please don't spare us. What key is it in?", 0.9, "ben_c:celebrate aoife grace liam"),
            P(
                "ben_c",
                "D sharp, a little flat. Like me.",
                0.2,
                "oliver_b:celebrate aoife grace emma_j noor",
                reply_to=2,
            ),
            P(
                "jonas_w",
                """
            Resonance, I would say. The motor itself always makes some noise, and at one frequency something else
            answers. Candidates on the M4: the chain guard, the mudguard stay, the kickstand, the cable clip under
            the bottom bracket.

            Try this: same speed, and somebody (not you!) rides beside and listens from where it comes. Or put a
            strip of foam under the chain guard and ride again.
            """,
                3.5,
                "ben_c:thanks noor:insightful hannafeld tomasz",
            ),
            P(
                "ben_c",
                """
            - foam under the chain guard: **no change**
            - kickstand removed: **no change**
            - different gear at 19 km/h: note is *lower* and a bit quieter

            So it depends on cadence as well as on speed?
            """,
                27,
                "jonas_w noor",
            ),
            P(
                "noor",
                """
            If it moves with the gear then it follows the *motor*, not the wheel. That speaks for the motor mount or
            the belt inside, not for a loose part. I'd ask the dealer to check the three mounting bolts before
            anything else. Not a job for the kitchen, they have a defined torque and a defined order.
            """,
                2.2,
                "ben_c:insightful jonas_w tomasz hannafeld",
                reply_to=5,
            ),
            P(
                "tomasz",
                """
            Mine had similar, was exactly these bolts. Workshop took 15 min, warranty. But mine was more like growl,
            not singing. You have better bike :)
            """,
                7.0,
                "ben_c oliver_b",
            ),
            P(
                "ben_c",
                """
            Appointment is booked, in eight days. I'll report back with a graph. In the meantime I ride at 20.
            """,
                18,
                "oliver_b noor priya:celebrate",
            ),
        ],
        tags=["m4", "motor", "noise"],
        language="en",
    ),
]
