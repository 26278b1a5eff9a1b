"""English threads in "Display and app"."""

from forum.demo.shape import P, T

THREADS = [
    T(
        "en-app-pocket",
        "display-app",
        "question",
        "App loses the bike as soon as the phone goes into my pocket",
        "priya",
        22.6,
        [
            P(
                "priya",
                """
            Since I changed my phone, every ride is recorded in pieces. As long as the screen is on, all is well.
            Phone in the pocket, and after two or three minutes the app says *Bike not connected*. Take it out
            again: connected within a second.

            - M4, firmware 3.2, app 5.9
            - new phone: one of those with very aggressive power saving
            - old phone: worked for a year without a hiccup
            - already tried: pairing again, reinstalling, being nice to it
            """,
                0,
                "ben_c emma_j yusuf",
            ),
            P("sam_w", "Same here, only on the C2 of my wife. Following.", 2.0, "priya"),
            P(
                "yusuf",
                """
            The phone puts the app to sleep. You have to take it out of the battery optimisation, and on some phones
            in **two** places:

            1. phone settings → Apps → Velomark → Battery → *Unrestricted*
            2. phone settings → Battery → "sleeping apps" (or similar) → remove Velomark from the list

            Only the first isn't enough on my model, the second list comes back after each update of the phone.
            """,
                3.6,
                "priya:thanks sam_w ben_c:insightful hannafeld basti",
            ),
            P(
                "priya",
                """
            Did both. Better! Now it takes twenty minutes instead of three. But it still drops, and this is what the
            log in the app shows at that moment:

            ```
            18:42:07  ble   state=CONNECTED rssi=-61
            18:42:31  ble   rssi=-78
            18:42:33  ble   rssi=-91
            18:42:35  ble   link lost, reason=0x08
            18:42:35  ride  paused
            ```
            """,
                25.0,
                "yusuf noor:insightful",
                reply_to=3,
            ),
            P(
                "noor",
                """
            Reason `0x08` is a plain connection timeout: phone and display haven't heard each other for some
            seconds. And the signal goes from -61 to -91 within four seconds, that's not software any more, that's
            something *between* the two. Which pocket?
            """,
                1.1,
                "priya:insightful basti ben_c yusuf jonas_w",
            ),
            P(
                "priya",
                "Back pocket. I'm sitting on it. Oh.",
                0.4,
                "noor:celebrate sam_w:celebrate oliver_b ben_c grace emma_j",
                reply_to=5,
            ),
            P(
                "noor",
                """
            A human being is mostly salt water, and there's hardly anything that 2.4 GHz likes less. Jacket or bar
            bag, and try again?
            """,
                0.3,
                "priya:celebrate ben_c:insightful emma_j",
                reply_to=6,
            ),
            P(
                "product",
                """
            Hello Priya, thanks for the log, and bravo, Noor. Two separate things:

            - **Power saving:** Yusuf's steps are right. From app 6.0 on the app asks for the permission itself and
              shows the matching page of your phone's settings.
            - **Lost link:** firmware 3.3 keeps the ride running in the display for up to 15 minutes without the
              phone and hands over what was missed when it comes back. So even salt water won't cut rides in pieces
              any more.
            """,
                16.0,
                "priya:thanks yusuf:celebrate noor sam_w:thanks ben_c hannafeld basti",
            ),
            P(
                "priya",
                """
            Jacket pocket: 52 minutes, one ride, no gap. Marking Noor's question as the solution, because "Which
            pocket?" is the best support answer I've ever had.
            """,
                9.0,
                "noor:celebrate yusuf product oliver_b grace emma_j",
            ),
            P(
                "sam_w",
                "Handbag, in my wife's case. With a steel thermos in it. Also solved.",
                5.0,
                "priya noor:celebrate yusuf",
            ),
        ],
        tags=["app", "bluetooth", "m4"],
        solution=5,
        language="en",
    ),
    T(
        "en-rides-missing",
        "display-app",
        "question",
        "Two rides from last week are missing after the update",
        "ben_c",
        6.8,
        [
            P(
                "ben_c",
                """
            My distance in the app is 41.3 km short of the odometer. Exactly two commutes. They were there on the
            evening itself, I have them in the sheet, and since the app updated itself to 6.0 they're gone.

            | ride | sheet | app |
            |---|---|---|
            | 1 | 20.6 km | – |
            | 2 | 20.7 km | – |
            | odometer | 2,351.9 km | 2,310.6 km |

            Has anybody else checked?
            """,
                0,
                "noor emma_j",
            ),
            P(
                "dutchrider",
                "Nobody else has checked, Ben. But I just did, and I'm missing one as well. Now I'm annoyed, too.",
                2.8,
                "ben_c:celebrate oliver_b",
            ),
            P(
                "basti",
                """
            Here also one, but it comes back when I log out and in again! Before that make sure that everything is
            uploaded (cloud symbol next to the ride, with a tick).
            """,
                1.9,
                "ben_c:thanks dutchrider",
            ),
            P(
                "ben_c",
                """
            Logged out and in: ride 1 is back, ride 2 isn't. The export is interesting:

            ```json
            {
              "ride": "2",
              "start": "23:48:10",
              "end": "00:31:55",
              "distance_m": 20703,
              "sync": "deferred"
            }
            ```

            Ride 2 went over midnight. Ride 1 didn't.
            """,
                4.0,
                "basti:insightful noor:insightful yusuf",
                reply_to=3,
            ),
            P(
                "dutchrider",
                "Mine was on the way home from a party. So yes: over midnight.",
                0.6,
                "ben_c:insightful basti",
            ),
            P(
                "product",
                """
            Ben, that was the missing piece. We have found it: the new app sorts rides by day *before* uploading and
            leaves those that belong to two days waiting for ever. **Nothing is lost**, they're still in your phone
            and in the display.

            A corrected version is with the app stores; until then please **don't** reinstall the app, because that
            would delete the waiting rides on the phone. I'll write here as soon as it's out.
            """,
                19.0,
                "ben_c:thanks dutchrider basti noor emma_j:thanks priya hannafeld oliver_b",
            ),
            P(
                "grace",
                """
            So that's why. I ride over midnight three times a week and thought I was simply getting slower. 😄
            """,
                7.0,
                "ben_c product dutchrider emma_j",
            ),
            P(
                "product",
                """
            App 6.0.1 is out in both stores. After the first start it takes a minute or two and all waiting rides
            appear, Grace's as well (I hope you have some shelf space).
            """,
                62.0,
                "grace:celebrate ben_c:thanks dutchrider:thanks basti noor emma_j",
            ),
            P(
                "ben_c",
                "Difference between odometer and app: 0.0 km. Thank you, and the sheet thanks you too.",
                6.0,
                "product:celebrate noor oliver_b grace",
            ),
        ],
        tags=["app", "rides", "bug"],
        solution=8,
        language="en",
    ),
    T(
        "en-foggy-display",
        "display-app",
        "question",
        "Fog inside the display after heavy rain",
        "aoife",
        54.0,
        [
            P(
                "aoife",
                """
            It's not broken, it all works, but there's a little cloud living in the lower left corner of my display.
            In the evening it's gone, the next morning it's back. As a Galway woman I feel at home, but should I
            worry?
            """,
                0,
                "liam oliver_b",
            ),
            P("liam", "Even the display gets weather. You couldn't make it up.", 0.9, "aoife:celebrate oliver_b"),
            P(
                "hannafeld",
                """
            Had that, too. The display has a small membrane on the back so that air can get in and out. When the
            bike comes from a warm hallway into cold rain, moisture condenses on the inside of the glass. If it's
            gone after an hour or two, it's normal.

            **Not** normal: drops that run, fog that stays for more than a day, or white edges. Then it's leaking,
            and it's a case for the guarantee.
            """,
                3.8,
                "aoife:thanks grace emma_j:insightful tomasz",
            ),
            P(
                "tomasz",
                "And never put it on heater to dry. I know somebody. Ok, it was me.",
                2.0,
                "hannafeld:celebrate aoife:celebrate oliver_b noor",
            ),
            P(
                "aoife",
                """
            Watched it for a week. It's always gone within the hour, so it's a harmless cloud. I've named it
            Deirdre.
            """,
                168.0,
                "hannafeld tomasz liam:celebrate grace oliver_b emma_j:celebrate",
            ),
            P(
                "product",
                """
            Please give our regards to Deirdre. Hanna's answer is exactly what we would have written. If she ever
            moves to the middle of the glass, tell us.
            """,
                15.0,
                "aoife:celebrate hannafeld liam",
            ),
        ],
        tags=["display", "rain", "m4"],
        solution=3,
        language="en",
    ),
    T(
        "en-german-menu",
        "display-app",
        "question",
        "Display is in German. The menu to change it is also in German.",
        "hiroko",
        81.0,
        [
            P(
                "hiroko",
                """
            I bought my M4 used and the display speaks German. I want to change it to English, but I have to find
            the right menu first, and all the words are very long. I was in something called `Werkseinstellungen`.
            Is it that?
            """,
                0,
                "grace:celebrate",
            ),
            P(
                "hannafeld",
                """
            **Stop, don't touch that one!** 😄 *Werkseinstellungen* means factory settings, that would reset
            everything.

            The way is:

            1. hold the middle button for three seconds
            2. go *down* to the **fourth** entry, `Anzeige` (display)
            3. in there the **last** entry, `Sprache`
            4. choose `English`, press the middle button once

            You can also count without reading: three times down, press, all the way down, press.
            """,
                0.4,
                "hiroko:thanks priya grace:insightful oliver_b dutchrider customer",
            ),
            P(
                "hiroko",
                """
            It speaks English! Thank you for stopping me. I've written down the word *Werkseinstellungen* as the
            first word in my bicycle dictionary. With a skull next to it.
            """,
                0.6,
                "hannafeld:celebrate grace aoife oliver_b liam priya",
                reply_to=2,
            ),
            P(
                "priya",
                """
            May I suggest *Steuersatz* as the second one? It means either headset or tax rate, and I once asked the
            tax office about bearings.
            """,
                5.0,
                "hiroko:celebrate hannafeld:celebrate oliver_b jonas_w beat_zh",
            ),
            P("hannafeld", "I'd love to have seen the reply. 😂", 1.0, "priya hiroko", reply_to=4),
            P(
                "product",
                """
            You're right that nobody should have to find the language in a language they can't read. Since 3.2
            there's a small globe in front of the entry, in every language. Thank you for the push, Hiroko.
            """,
                1150.0,
                "hiroko:celebrate hannafeld:thanks priya dutchrider noor",
            ),
        ],
        tags=["display", "language", "m4"],
        solution=2,
        language="en",
    ),
    T(
        "en-watch",
        "display-app",
        "question",
        "Can a smartwatch show the battery level of the bike?",
        "noor",
        1.9,
        [
            P(
                "noor",
                """
            Not looking for a full display on my wrist. Just one number, the charge of the C2, so that I can see
            over breakfast whether I plugged it in last night (spoiler: I didn't).

            The app has a widget for the phone, but on the watch I only get the notifications. Does anybody have
            this working, with whatever watch?
            """,
                0,
                "ben_c emma_j",
            ),
        ],
        tags=["app", "c2", "watch"],
        language="en",
    ),
]
