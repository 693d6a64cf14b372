"""The rules that a new site begins with, until its stewards write their own."""

from typing import NamedTuple

from django.utils.translation import gettext as _


class DefaultRule(NamedTuple):
    slug: str
    title: str
    text: str
    teaches_spam: bool = False


def default_rules() -> list[DefaultRule]:
    return [
        DefaultRule(
            "private-data",
            _("No private data of others"),
            _(
                "Addresses, telephone numbers, workplaces and other things by which "
                "private persons can be found or harmed are not published here."
            ),
        ),
        DefaultRule(
            "threats",
            _("No threats"),
            _("Nothing that threatens people or calls for harming them."),
        ),
        DefaultRule(
            "contempt",
            _("No contempt for groups of people"),
            _("Nothing that denies people their dignity for what they are."),
        ),
        DefaultRule(
            "advertising",
            _("No advertising, no spam"),
            _("The wire is for news, not for selling."),
            teaches_spam=True,
        ),
        DefaultRule(
            "duplicate",
            _("Nothing twice"),
            _("The same text stands here already; add to that post instead."),
        ),
        DefaultRule(
            "not-news",
            _("Not what the wire is for"),
            _("Tests, chatter, and texts that are no news to anybody."),
        ),
        DefaultRule(
            "false",
            _("Shown to be false"),
            _("A claim that is known to be untrue, and was not corrected."),
        ),
        DefaultRule(
            "law",
            _("Forbidden by law"),
            _("What the site may not publish where it is run."),
        ),
        DefaultRule(
            SCREENING_RULE,
            _("Looked at first"),
            _(
                "Some posts wait for an editor before they are listed: those that come "
                "in floods, faster than people write, twice, with very many links, or "
                "that look like advertising to a program. A person then decides."
            ),
        ),
    ]


# What automatic holds are decided under.
SCREENING_RULE = "looked-at-first"
