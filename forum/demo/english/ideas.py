"""Ideas in English: what customers wish for, and what became of it."""

from forum.demo.shape import Idea, P, T

IDEAS = [
    Idea(
        T(
            "en-i-watch",
            "display-app",
            "idea",
            "Show battery and range on a smartwatch",
            "ben_c",
            101.0,
            [
                P(
                    "ben_c",
                    """
            My display sits under the map when I navigate with the phone. A glance at the wrist would be enough: battery in per cent,
            range, time to the next charge.

            Today I stop, close the map, look, open the map again.
            """,
                    0,
                    "priya sam_w:insightful tomasz",
                ),
                P("priya", "Even a single number on a watch face would do.", 6.0, "ben_c"),
                P("tomasz", "And a buzz at 15 %, because by then I am usually singing.", 14.0, "ben_c:celebrate liam"),
                P("liam", "Both big watch systems, please. We are a divided household.", 50.0, "tomasz"),
            ],
            ["app", "watch"],
            language="en",
        ),
        "App",
        "priya sam_w:nice tomasz:important liam grace emma_j:nice noor oliver_b yusuf basti mia",
        "under review",
        "We are trying it with two watches in the team. No promise yet: what worries us is the battery of the phone, not of the bike.",
        25.0,
    ),
    Idea(
        T(
            "en-i-languages",
            "display-app",
            "idea",
            "Choose the display language at first start, before anything else",
            "emma_j",
            44.0,
            [
                P(
                    "emma_j",
                    "My display came in German and so did the menu that changes it. One screen with flags, sorry, with language names, "
                    "before everything else, would have saved me an evening.",
                    0,
                    "hiroko:thanks noor priya",
                ),
                P(
                    "hiroko",
                    "I went through the manual with a translator app. It was an adventure, but still.",
                    9.0,
                    "emma_j",
                ),
                P(
                    "hannafeld",
                    "Als Deutsche habe ich daran nie gedacht. Stimme hast du.",
                    13.0,
                    "emma_j:thanks",
                    language="de",
                ),
            ],
            ["display", "language"],
            language="en",
        ),
        "Display",
        "hiroko:essential noor:important priya hannafeld grace sam_w aoife tomasz dutchrider",
        "in progress",
        "Yes. From **firmware 3.3** on the first screen asks for the language, with its own name for each.",
        15.0,
        reasons={"hiroko": "I could not find the menu for three days."},
    ),
    Idea(
        T(
            "en-i-offline-maps",
            "display-app",
            "idea",
            "Maps that work without a signal",
            "aoife",
            120.0,
            [
                P(
                    "aoife",
                    """
            West of Galway the navigation simply stops. Downloading an area before the ride would be enough; I know roughly where I am
            going.
            """,
                    0,
                    "oliver_b tomasz ben_c",
                ),
                P("tomasz", "Same in the Tatra. Paper map in the bag since last year.", 30.0, "aoife"),
                P("tobias", "Schwarzwald ebenso, jedes zweite Tal.", 42.0, "aoife", language="de"),
                P("product", "How large may a region be on your phone? 200 MB, 500 MB, more?", 70.0, "aoife:thanks"),
                P("aoife", "Half a gigabyte is fine. The photos of my dog take more.", 3.0, "product tomasz:celebrate"),
            ],
            ["navigation", "offline"],
            language="en",
        ),
        "App",
        "oliver_b:important tomasz:essential ben_c tobias:important dutchrider priya grace liam sam_w noor jonas_w petra.k hannafeld "
        "wolfgang:important basti anja-rolf customer rolf_arnold steffi mehmet:nice hiroko",
        "planned",
        "Planned together with the new routing. Regions of up to 500 MB, updated when the phone charges in a known network.",
        19.0,
        reasons={
            "tomasz": "No signal means no navigation exactly where I need it.",
            "wolfgang": "Auch in Deutschland gibt es genug Täler ohne Netz.",
        },
    ),
    Idea(
        T(
            "en-i-offline-again",
            "display-app",
            "idea",
            "Download routes for use offline",
            "grace",
            63.0,
            [
                P("grace", "Let me save a planned route with its map, so that it works in the mountains.", 0, "aoife"),
                P("ben_c", "Isn't this the same as the offline maps idea?", 5.0, "grace"),
            ],
            ["navigation"],
            language="en",
        ),
        "App",
        "aoife tomasz emma_j:important ines",
        merged_into="en-i-offline-maps",
    ),
    Idea(
        T(
            "en-i-charger",
            "drive",
            "idea",
            "A small travel charger below one kilogram",
            "dutchrider",
            150.0,
            [
                P(
                    "dutchrider",
                    "The standard charger weighs as much as my breakfast. For touring I would take a slower one at half the weight.",
                    0,
                    "oliver_b jonas_w:like tomasz",
                ),
                P("oliver_b", "Slower is fine, I sleep eight hours anyway.", 10.0, "dutchrider"),
                P("jonas_w", "Wäre auf dem Weserradweg Gold wert gewesen.", 30.0, "dutchrider", language="de"),
            ],
            ["charging", "accessories"],
            language="en",
        ),
        "Akku und Laden",
        "oliver_b:nice jonas_w tomasz:important priya liam aoife:nice anja-rolf petra.k",
        "shipped",
        "It exists: **Charger S**, 2 A, 640 g, since last month with every dealer. It takes about nine hours for 625 Wh.",
        28.0,
    ),
    Idea(
        T(
            "en-i-walk",
            "drive",
            "idea",
            "Walk assist that holds on a slope",
            "noor",
            27.0,
            [
                P(
                    "noor",
                    "When I push the bike up the ramp at the station and let go of the button, it rolls back at once. Hold it for two "
                    "seconds, please.",
                    0,
                    "grace sam_w",
                ),
                P("grace", "The ramp, the shopping, the child: two hands are never enough.", 8.0, "noor"),
            ],
            ["motor"],
            language="en",
        ),
        "Antrieb",
        "grace:important sam_w liam:nice uschi sabrina",
    ),
    Idea(
        T(
            "en-i-sharing",
            "display-app",
            "idea",
            "Lend the bike to a friend for a day",
            "sam_w",
            8.0,
            [
                P(
                    "sam_w",
                    "A link that unlocks the bike for one day in somebody else's app, and then forgets them. Today I hand over my phone, "
                    "which nobody should.",
                    0,
                    "priya noor",
                ),
            ],
            ["lock", "sharing"],
            language="en",
        ),
        "App",
        "priya:nice noor customer",
    ),
    Idea(
        T(
            "en-i-service-reminder",
            "workshop",
            "idea",
            "Remind me of the service by kilometres, not by date",
            "priya",
            18.0,
            [
                P(
                    "priya",
                    "I ride 6,000 km a year, my neighbour 600. The same reminder every twelve months is wrong for both of us.",
                    0,
                    "wolfgang:insightful ben_c",
                ),
                P("wolfgang", "Die Kette sieht das genauso.", 9.0, "priya", language="de"),
            ],
            ["service"],
            language="en",
        ),
        "Zubehör",
        "wolfgang:important ben_c hannafeld zweirad_huber oliver_b:nice",
    ),
]
