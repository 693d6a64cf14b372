"""The addresses that tests of every page walk through."""

PUBLIC = [
    "/",
    "/wire/",
    "/wire/local/",
    "/wire/unsorted/",
    "/wire/raw/",
    "/features/",
    "/hidden/",
    "/about/",
    "/policy/",
    "/privacy/",
    "/log/",
    "/log/0/",
    "/log/11/",
    "/log/statistics/",
    "/search/",
    "/search/?q=the&kind=report",
    "/search/?q=a&page=99",
    "/log/screening/",
    "/log/numbers/0/",
    "/log/acts/hide/",
    "/404.html",
    "/413.html",
    "/50x.html",
    "/nothing/",
    "/publish/",
    "/key/",
]


def sections_and_archives(page):
    """Every topic, region, day and month that pages lead to."""
    page.goto("/")
    found = page.eval_on_selector_all(
        "footer nav a", "links => links.map(link => link.pathname)"
    )
    page.goto("/wire/")
    days = page.eval_on_selector_all(
        "time", "times => times.map(time => time.dateTime.slice(0, 10))"
    )
    for day in sorted(set(days)):
        year, month, number = day.split("-")
        found += [f"/{year}/{month}/{number}/", f"/{year}/{month}/"]
    return list(dict.fromkeys(found))
