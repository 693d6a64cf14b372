"""Fictional texts, labelled: what a town's newswire gets, and what spam sends it.

Made by templates from vocabularies that overlap on purpose: news writes about casinos,
loans and swindles, asks for money and links; spam writes like news, as a press release,
or copies a report and puts one link under it. The same seed makes the same set.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

PLACES = (
    "Riverton", "Mill Lane", "the east side", "Harbour Street", "the old depot",
    "St Brigid's", "the Valley", "Quarry Hill", "the north ward", "Ferry Road",
    "Oakfield", "the fish market", "Tannery Yard", "Station Square", "the canal",
)  # fmt: skip
PEOPLE = (
    "Rosa Lindqvist", "Amir Haddad", "June Okafor", "Petra Novak", "Sol Marchetti",
    "Wen Zhao", "Maria Duarte", "Tom Brannigan", "Leila Aziz", "Olu Bamidele",
    "Greta Halvorsen", "Mika Salonen", "Dara Singh", "Noor Rahman", "Eli Weiss",
)  # fmt: skip
BODIES = (
    "the tenants' union", "the bus drivers", "the parish council", "the school board",
    "the library committee", "the harbour workers", "the cycling group", "the food bank",
    "the housing office", "the river trust", "the nurses", "the allotment society",
)  # fmt: skip
ISSUES = (
    "the rent rise", "the closure of the pool", "the new timetable", "the flood wall",
    "asbestos in the gym", "night buses", "the eviction of four families",
    "the price of school meals", "the felling of the lime trees", "unpaid overtime",
    "the water bill", "the sale of the old hospital", "the sewage in the river",
    "the contract with the cleaning firm", "the budget for youth work",
)  # fmt: skip
VERBS = (
    "met about", "voted on", "walked out over", "signed a petition against",
    "asked the mayor about", "want answers on", "marched over", "sued the council over",
    "were told nothing of", "held a hearing on", "printed a leaflet on", "debated",
)  # fmt: skip
DAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "last night", "this morning", "on the first of May", "at noon", "in the new year",
)  # fmt: skip
DETAILS = (
    "About {n} people came, more than the hall could seat",
    "{person} has lived there for {n} years and says nobody asked",
    "“We were promised an answer and got a form letter,” said {person}",
    "The minutes, which we have seen, do not mention {issue} at all",
    "A spokesperson declined to comment on {issue}",
    "The next meeting is {day} at {place}, and everyone may speak",
    "The report puts the cost at ${n},000, twice what was said before",
    "Volunteers handed out soup and {n} blankets at {place}",
    "Two officers stood at the door and left after an hour",
    "{body} will decide {day} whether to go on",
    "Bring water, a hat and a friend; there is a ramp at the side door",
    "It rained, and the banner from {place} ran blue down its pole",
    "The minister's letter of {day} says the opposite",
    "Children from {place} read out what they had written",
    "According to {person}, {n} per cent of the members took part",
)  # fmt: skip
SOURCES = (
    "The whole letter is at https://{site}/letter-{n}",
    "Photos: https://{site}/p/{n}",
    "The minutes are on www.{site}",
    "Write to the group through https://{site}",
)
NEWS_SITES = (
    "riverton-tenants.example", "valleyweekly.example", "harbourunion.example",
    "opencouncil.example", "ferryroad.example", "oakfieldpost.example",
)  # fmt: skip
SPAM_SITES = (
    "luckyspins", "quickcash", "coinrise", "pillshop", "essaypro", "seoboost",
    "hotmatch", "slimtea", "loan4u", "betking", "replicahub", "workhome",
)  # fmt: skip
ENDINGS = ("example", "test", "invalid")
HOOKS = (
    "Click here", "Order now", "Visit our site", "Sign up today", "Learn more",
    "Get started", "Claim yours", "Read the full guide", "Contact our team", "Check it out",
)  # fmt: skip
PRAISE = (
    "trusted by thousands", "100% safe", "the best price guaranteed", "no hidden fees",
    "instant results", "limited offer", "our experts are here for you 24/7",
    "fast delivery worldwide", "satisfaction guaranteed", "top rated in 2026",
)  # fmt: skip
Make = Callable[[random.Random], tuple[str, str]]


@dataclass(frozen=True)
class Labelled:
    family: str
    is_spam: bool
    title: str
    body: str


def _fill(chance: random.Random, text: str) -> str:
    return text.format(
        n=chance.choice((chance.randint(2, 95), chance.randint(100, 900))),
        person=chance.choice(PEOPLE),
        issue=chance.choice(ISSUES),
        place=chance.choice(PLACES),
        body=chance.choice(BODIES),
        day=chance.choice(DAYS),
        site=chance.choice(NEWS_SITES),
        verb=chance.choice(VERBS),
    )


def _details(chance: random.Random, least: int, most: int) -> list[str]:
    picked = chance.sample(DETAILS, chance.randint(least, most))
    return [_fill(chance, detail) + "." for detail in picked]


def _report(chance: random.Random) -> tuple[str, str]:
    title = _fill(chance, "{body} and {issue}")
    parts = [_fill(chance, "{body} {verb} {issue} at {place} {day}.").capitalize()]
    parts += _details(chance, 3, 8)
    if chance.random() < 0.4:
        parts.append(_fill(chance, chance.choice(SOURCES)))
    return title.capitalize(), "\n\n".join(parts)


def _call(chance: random.Random) -> tuple[str, str]:
    """Capitals and exclamation marks, as calls have."""
    title = _fill(chance, "ALL TO {place} {day}!").upper()
    parts = [
        _fill(chance, "STOP {issue}! Meet {day} at {place}, everybody is needed!!"),
        *_details(chance, 1, 3),
        "BRING YOUR FRIENDS! No flags, no parties!",
    ]
    return title, "\n".join(parts)


def _fund(chance: random.Random) -> tuple[str, str]:
    """Asks for money, with sums and links."""
    title = _fill(chance, "Help {person} pay the lawyer")
    parts = [
        _fill(chance, "{person} was fined ${n} for {issue} and cannot pay it."),
        _fill(chance, "Please give what you can: https://{site}/give. Every $5 helps!"),
        *_details(chance, 1, 4),
        _fill(
            chance, "So far ${n} of ${n},000 has come in. Donate now, share the link."
        ),
    ]
    return title, "\n\n".join(parts)


def _concert(chance: random.Random) -> tuple[str, str]:
    title = _fill(chance, "Benefit night at {place}")
    parts = [
        _fill(chance, "Three bands, one DJ and free soup {day}, for {body}."),
        _fill(chance, "Tickets ${n} at the door or online at https://{site}/tickets"),
        *_details(chance, 0, 2),
        "Doors open at eight. Sign up for the late bus, limited seats!",
    ]
    return title, "\n".join(parts)


def _warning(chance: random.Random) -> tuple[str, str]:
    """News that has spam's own words in it."""
    what = chance.choice(
        (
            ("online casino", "promised a bonus of ${n} for a first bet"),
            ("crypto coin", "told people to invest their savings and double them"),
            ("loan", "offered cash in an hour without a credit check"),
            ("miracle pill", "sold weight loss pills without a prescription"),
            ("dating site", "asked singles for money for a visa"),
            ("job", "offered easy work from home for ${n} a day"),
        )
    )
    title = _fill(chance, f"Swindle with a {what[0]} at {{place}}")
    parts = [
        _fill(
            chance, f"A {what[0]} that {what[1]} has cost people at {{place}} dearly."
        ),
        *_details(chance, 2, 5),
        _fill(
            chance, "{body} warn: do not click links in such messages, and tell them."
        ),
    ]
    return title, "\n\n".join(parts)


def _release(chance: random.Random) -> tuple[str, str]:
    """A cooperative writes like a business."""
    title = _fill(chance, "Press release: new opening hours at {place}")
    parts = [
        _fill(
            chance, "The workers' cooperative at {place} announces that it opens {day}."
        ),
        "Our team offers repairs at fair prices, with a guarantee of one year.",
        *_details(chance, 1, 3),
        _fill(chance, "Press contact: {person}. Visit https://{site} to learn more."),
    ]
    return title, "\n\n".join(parts)


def _note(chance: random.Random) -> tuple[str, str]:
    title = _fill(chance, "{place}, {day}")
    return title.capitalize(), " ".join(_details(chance, 1, 2))


def _site_of(chance: random.Random) -> str:
    """Most sites of spam are used once or twice."""
    name = f"{chance.choice(SPAM_SITES)}{chance.randint(1, 400)}"
    return f"{name}.{chance.choice(ENDINGS)}"


def _ad(title: str, *lines: str) -> Make:
    def make(chance: random.Random) -> tuple[str, str]:
        site = _site_of(chance)
        picked = chance.sample(lines, chance.randint(2, len(lines)))
        hook = f"{chance.choice(HOOKS)}: https://{site}/{chance.randint(1, 99)}"
        parts = [_fill(chance, line) for line in picked]
        parts += [f"{chance.choice(PRAISE).capitalize()}!", hook]
        if chance.random() < 0.5:
            parts.append(f"https://{site}")
        if chance.random() < 0.3:
            parts.insert(0, _details(chance, 1, 1)[0])
        return _fill(chance, title), "\n".join(parts)

    return make


_casino = _ad(
    "Best online casino bonus {n}",
    "Play slots and roulette online with a welcome bonus of ${n}.",
    "Free spins for every new player, no deposit needed.",
    "Win the jackpot {day} and cash out in minutes.",
    "Our casino is licensed and {n} players won big.",
)
_pills = _ad(
    "Cheap pills without prescription",
    "Buy weight loss pills online and lose {n} pounds in a week.",
    "All medications shipped in discreet packages.",
    "Doctors hate this simple trick.",
    "Save {n}% on your first order of tablets.",
)
_coins = _ad(
    "Double your crypto in {n} days",
    "Invest in the coin that made {person} rich.",
    "Our trading bot earns ${n} a day while you sleep.",
    "Send bitcoin to our wallet and get back twice as much.",
    "Recover lost crypto with our certified hackers.",
)
_loans = _ad(
    "Instant loan up to ${n},000",
    "No credit check, cash in your account within an hour.",
    "Business and personal loans at {n}% interest.",
    "Apply online, approval guaranteed.",
    "Consolidate your debt today.",
)
_essays = _ad(
    "Professional essay writing service",
    "Our writers deliver essays, term papers and homework on time.",
    "Get an A with original papers from {n} experts.",
    "Affordable assignment help for students in {place}.",
    "Plagiarism free, with free revisions.",
)
_search = _ad(
    "Rank first on search engines",
    "We build {n} quality backlinks to your website.",
    "Grow your traffic and your sales with our SEO package.",
    "Dear site owner, your website has errors that cost you customers.",
    "Guest posts on {n} blogs with high authority.",
)
_dating = _ad(
    "Meet singles in {place} tonight",
    "Hundreds of lonely singles near {place} want to chat with you.",
    "No registration, private photos, real people.",
    "{person} found love within {n} minutes.",
    "Add me on the app and I will show you more.",
)


def _like_news(chance: random.Random) -> tuple[str, str]:
    """Advertising that dresses up as a report."""
    site = _site_of(chance)
    product = chance.choice(
        ("a savings app", "a heating device", "a weight loss tea", "a trading course",
         "an insurance plan", "a betting system", "a home job")
    )  # fmt: skip
    parts = [
        _fill(
            chance,
            f"Residents of {{place}} are stunned by {product} that saves ${{n}}.",
        ),
        *_details(chance, 1, 4),
        _fill(
            chance, f"“I tried {product} and earned ${{n}} in a week,” said {{person}}."
        ),
        f"Experts say {product} is {chance.choice(PRAISE)}.",
        f"{chance.choice(HOOKS)} before stocks run out: https://{site}/go",
    ]
    return _fill(chance, f"{{place}} residents discover {product}"), "\n\n".join(parts)


def _like_release(chance: random.Random) -> tuple[str, str]:
    site = _site_of(chance)
    parts = [
        _fill(chance, "FOR IMMEDIATE RELEASE. {person}, CEO, today announced growth."),
        f"The leading global market for solutions will grow by {chance.randint(3, 40)}%.",
        *_details(chance, 0, 2),
        f"Key players and segments are covered in the report: https://{site}/sample",
        f"Media contact: sales team, {chance.choice(PRAISE)}.",
    ]
    return "Global market report 2026", "\n\n".join(parts)


def _copied(chance: random.Random) -> tuple[str, str]:
    """A report, and one link under it: the hardest there is."""
    title, body = _report(chance)
    site = _site_of(chance)
    hook = chance.choice(HOOKS)
    name = chance.choice(("casino bonus", "cheap loans", "slim tea", "crypto profit"))
    return title, f"{body}\n\n{hook}: [{name}](https://{site}/)"


NEWS: dict[str, tuple[Make, int]] = {
    "report": (_report, 40),
    "call": (_call, 10),
    "asks for money": (_fund, 10),
    "concert": (_concert, 10),
    "warns of a swindle": (_warning, 12),
    "press release": (_release, 8),
    "note": (_note, 10),
}
SPAM: dict[str, tuple[Make, int]] = {
    "casino": (_casino, 12),
    "pills": (_pills, 10),
    "coins": (_coins, 10),
    "loans": (_loans, 10),
    "essays": (_essays, 8),
    "search engines": (_search, 10),
    "dating": (_dating, 8),
    "imitates a report": (_like_news, 14),
    "imitates a release": (_like_release, 8),
    "a report with a link": (_copied, 10),
}


def labelled(number: int, seed: int = 4) -> list[Labelled]:
    """So many, half of each, in an order of chance."""
    chance = random.Random(seed)
    found = [
        _one(chance, families, is_spam=is_spam)
        for families, is_spam in ((NEWS, False), (SPAM, True))
        for _place in range(number // 2)
    ]
    chance.shuffle(found)
    return found


def _one(
    chance: random.Random, families: dict[str, tuple[Make, int]], *, is_spam: bool
) -> Labelled:
    weights = [weight for _make, weight in families.values()]
    family = chance.choices(list(families), weights)[0]
    title, body = families[family][0](chance)
    return Labelled(family, is_spam, title, body)
