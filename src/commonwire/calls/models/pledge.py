from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonwire.calls.models.call import Ask, Call
from commonwire.calls.models.organisation import Organisation
from commonwire.kit.fates import PRIVATE, PUBLIC, wiped

NAME_LENGTH = 80
PLACE_LENGTH = 60
NOTE_LENGTH = 300
SHEET_LENGTH = 40
MOST_ON_PAPER = 1_000
MOST_OTHERS = 1_000_000
MOST_PEOPLE = 100_000_000

_AFTER = wiped("60 days after the call's last day")


class PledgeGoal(models.Model):
    """How many people a call hopes for: in all, or in each area."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="goal")
    people = models.PositiveIntegerField(_("people"))
    in_each_area = models.BooleanField(_("in each area"), default=False)

    class Meta:
        verbose_name = _("goal of pledges")

    class Fates:
        id = PRIVATE
        call = PUBLIC
        people = PUBLIC
        in_each_area = PUBLIC

    def __str__(self) -> str:
        return f"{self.people} people"


class Pledge(models.Model):
    """A person's promise to do what a call asks; or, when an organisation has entered a
    paper sheet, those of all who signed one kind of line on it.

    A mail address is kept only while somebody waits for others (``others``), to tell
    them; what counts one address once is a hash that is another one for each call.
    A name is kept only if it is to be shown. Taken back, the row is gone.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="pledges")
    asks = models.ManyToManyField(Ask, related_name="pledges")
    # Of the address where the person finds it again; null once it is wiped.
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    day = models.DateField()
    people = models.PositiveIntegerField(default=1)
    place = models.CharField(_("area"), max_length=PLACE_LENGTH, blank=True)
    # The same place, however it is written.
    place_key = models.CharField(max_length=PLACE_LENGTH, blank=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    # By the issuer or an editor; the words are deleted with it.
    words_removed_on = models.DateField(null=True)
    # "I will if … others do", in all or in my area.
    others = models.PositiveIntegerField(null=True)
    others_in_place = models.BooleanField(default=False)
    told_on = models.DateField(null=True)
    email = models.EmailField(max_length=254, blank=True)
    email_hash = models.CharField(max_length=64, blank=True)
    confirmed_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    # Of a paper sheet: who entered it, its name and the line of the form.
    on_paper_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+"
    )
    sheet = models.CharField(_("sheet"), max_length=SHEET_LENGTH, blank=True)
    line = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["call", "place_key"], name="pledges_by_place"),
            models.Index(
                fields=["call"],
                name="pledges_with_words",
                condition=~Q(name="") | ~Q(note=""),
            ),
            models.Index(
                fields=["call"],
                name="pledges_to_be_told",
                condition=~Q(email=""),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_pledge_an_address",
                fields=["call", "email_hash"],
                condition=~Q(email_hash="") & Q(confirmed_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_entry_a_line",
                fields=["call", "on_paper_by", "sheet", "line"],
                condition=Q(on_paper_by__isnull=False),
            ),
            models.CheckConstraint(
                name="many_people_on_paper_only",
                condition=Q(people=1)
                | (Q(on_paper_by__isnull=False) & Q(people__gt=0)),
            ),
            models.CheckConstraint(
                name="others_in_a_place_that_is_named",
                condition=Q(others_in_place=False) | ~Q(place_key=""),
            ),
        ]

    class Fates:
        id = PRIVATE
        call = PUBLIC
        asks = PUBLIC
        token_hash = _AFTER
        day = PRIVATE
        people = PUBLIC
        place = PUBLIC
        place_key = PUBLIC
        name = PUBLIC
        note = PUBLIC
        words_removed_on = PRIVATE
        others = PRIVATE
        others_in_place = PRIVATE
        told_on = PRIVATE
        email = wiped(
            "when the mail is sent that it is kept for, or 60 days after the call's "
            "last day"
        )
        email_hash = _AFTER
        confirmed_on = PRIVATE
        done_on = PRIVATE
        on_paper_by = PRIVATE
        sheet = PRIVATE
        line = PRIVATE

    def __str__(self) -> str:
        return f"pledge {self.pk}"
