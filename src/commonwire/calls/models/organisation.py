from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.accounts.models import ApiToken, Editor
from commonwire.calls.states import Ending, OrganisationKind, Proof
from commonwire.kit.fates import PRIVATE, PUBLIC, wiped
from commonwire.media.models import Attachment
from commonwire.publishing.models import Post
from commonwire.publishing.release import Contact

NAME_LENGTH = 160
AREA_LENGTH = 120
LINK_LENGTH = 500
BOILERPLATE_LENGTH = 3_000
# More people than there are; beyond it somebody mistyped.
MOST_MEMBERS = 1_000_000_000


class Organisation(models.Model):
    """A body that issues, endorses and calls: a federation, a local, a group.

    Never deleted: what merged into another or was dissolved says so, with the day.
    """

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, allow_unicode=True
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    area = models.CharField(_("area"), max_length=AREA_LENGTH, blank=True)
    website = models.CharField(_("website"), max_length=LINK_LENGTH, blank=True)
    logo = models.ForeignKey(
        Attachment, models.SET_NULL, null=True, related_name="logo_of"
    )
    # As the organisation states it; null when it does not.
    members = models.PositiveIntegerField(_("members represented"), null=True)
    members_on = models.DateField(_("number as of"), null=True)
    boilerplate = models.TextField(
        _("about, as in releases"), max_length=BOILERPLATE_LENGTH, blank=True
    )
    # `publishing.release.Contact` as plain data, empty without one.
    press_contact = models.JSONField(default=dict)
    # Or shown one at a time, after a click and a proof of work.
    press_contact_public = models.BooleanField(default=False)

    # By whom or what; empty while nobody looked.
    verified_by = models.CharField(max_length=10, choices=Proof.choices, blank=True)
    verified_at = models.DateTimeField(null=True)
    # The domain that it was proved for; another website has to be proved anew.
    verified_domain = models.CharField(max_length=255, blank=True)

    ended_on = models.DateField(null=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged_from"
    )
    # Counts its changes: a form that was filled before another's change says so.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verified_says_when",
                condition=Q(verified_by="", verified_at=None)
                | (~Q(verified_by="") & Q(verified_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="members_say_when",
                condition=Q(members=None, members_on=None)
                | Q(members__isnull=False, members_on__isnull=False),
            ),
            models.CheckConstraint(
                name="merged_into_another",
                condition=Q(merged_into=None)
                | (~Q(merged_into=F("id")) & Q(ended_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="organisations_by_name")]

    class Fates:
        id = PRIVATE
        slug = PUBLIC
        name = PUBLIC
        kind = PUBLIC
        area = PUBLIC
        website = PUBLIC
        logo = PUBLIC
        members = PUBLIC
        members_on = PUBLIC
        boilerplate = PUBLIC
        press_contact = PRIVATE
        press_contact_public = PUBLIC
        verified_by = PUBLIC
        verified_at = PUBLIC
        verified_domain = PUBLIC
        ended_on = PUBLIC
        merged_into = PUBLIC
        version = PRIVATE
        created_at = PUBLIC
        changed_at = PUBLIC

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/organisations/{self.slug}/"

    @property
    def is_verified(self) -> bool:
        return bool(self.verified_by)

    @property
    def contact(self) -> Contact:
        """Of the press officer."""
        return Contact(**self.press_contact)


class AffiliationsNow(models.QuerySet["Affiliation"]):
    def on(self, day: date) -> "AffiliationsNow":
        """Those that stand on a day; one without a beginning stood always."""
        return self.filter(
            Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day)
        )


class Affiliation(models.Model):
    """An organisation's dated place under another. It may have several parents; what
    is over stays, with the day and why.

    ``until`` is the first day on which it no longer stands.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="affiliations"
    )
    parent = models.ForeignKey(Organisation, models.PROTECT, related_name="branches")
    since = models.DateField(_("since"), null=True)
    until = models.DateField(_("until"), null=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)

    objects: Any = AffiliationsNow.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="under_another", condition=~Q(organisation=F("parent"))
            ),
            models.CheckConstraint(
                name="affiliation_ends_after_it_began",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="ending_has_a_day",
                condition=Q(ending="", until=None)
                | (~Q(ending="") & Q(until__isnull=False)),
            ),
            models.UniqueConstraint(
                name="one_open_affiliation",
                fields=["organisation", "parent"],
                condition=Q(until=None),
            ),
        ]

    class Fates:
        id = PRIVATE
        organisation = PUBLIC
        parent = PUBLIC
        since = PUBLIC
        until = PUBLIC
        ending = PUBLIC

    def __str__(self) -> str:
        return f"{self.organisation_id} under {self.parent_id}"


class Steward(models.Model):
    """Somebody who may act for one organisation: a one-time link first, then a key of
    six words. When it is taken back the row stays, for what they did by it."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="stewards"
    )
    # What those who invite call them: an office, not a name.
    label = models.CharField(_("office"), max_length=80)
    link_hash = models.CharField(max_length=64, blank=True)
    link_expires_at = models.DateTimeField(null=True)
    phrase_hash = models.CharField(max_length=64, blank=True)
    invited_by = models.ForeignKey("self", models.SET_NULL, null=True)
    invited_by_editor = models.ForeignKey(
        Editor, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    joined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_steward_per_link",
                fields=["link_hash"],
                condition=~Q(link_hash=""),
            ),
            models.UniqueConstraint(
                name="one_steward_per_phrase",
                fields=["phrase_hash"],
                condition=~Q(phrase_hash=""),
            ),
        ]

    class Fates:
        id = PRIVATE
        organisation = PRIVATE
        label = PRIVATE
        link_hash = wiped("when the link was used, or a week after it was made")
        link_expires_at = PRIVATE
        phrase_hash = wiped("when the key is taken back")
        invited_by = PRIVATE
        invited_by_editor = PRIVATE
        created_at = PRIVATE
        joined_at = PRIVATE
        ended_at = PRIVATE

    def __str__(self) -> str:
        return self.label


class OrganisationToken(models.Model):
    """Whom a program acts for."""

    token = models.OneToOneField(
        ApiToken, models.CASCADE, related_name="for_organisation"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="tokens"
    )

    class Fates:
        id = PRIVATE
        token = PRIVATE
        organisation = PRIVATE

    def __str__(self) -> str:
        return f"{self.token} for {self.organisation}"


class Issuer(models.Model):
    """A post issued by an organisation. One that another issuer invited stands from the
    day that it accepts."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="issuers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="issued"
    )
    position = models.PositiveSmallIntegerField(default=0)
    # Null when a program did, or when the key was given up since.
    steward = models.ForeignKey(Steward, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(name="issued_once", fields=["post", "organisation"])
        ]

    class Fates:
        id = PRIVATE
        post = PUBLIC
        organisation = PUBLIC
        position = PUBLIC
        steward = PRIVATE
        invited_at = PRIVATE
        accepted_at = PUBLIC

    def __str__(self) -> str:
        return f"{self.post_id} by {self.organisation_id}"
