"""When a call is: a day or several, whole days or hours, in a zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from commonwire.kit.clock import day_words, hour_words

# From, from and to, all day: in every language that posters know, for they say it, too.
_WORDS = {
    "ar": ("من الساعة %s", "من %s إلى %s", "طوال اليوم"),
    "de": ("ab %s", "%s bis %s", "ganztägig"),
    "el": ("από τις %s", "%s έως %s", "όλη την ημέρα"),
    "en": ("from %s", "%s to %s", "all day"),
    "es": ("desde las %s", "%s a %s", "todo el día"),
    "fa": ("از ساعت %s", "%s تا %s", "تمام روز"),
    "fr": ("à partir de %s", "de %s à %s", "toute la journée"),
    "hi": ("%s से", "%s से %s तक", "पूरे दिन"),
    "it": ("dalle %s", "dalle %s alle %s", "tutto il giorno"),
    "ja": ("%sから", "%sから%sまで", "終日"),
    "ko": ("%s부터", "%s부터 %s까지", "하루 종일"),
    "pt": ("a partir das %s", "das %s às %s", "o dia todo"),
    "ru": ("с %s", "с %s до %s", "весь день"),  # noqa: RUF001 - it is Cyrillic
    "uk": ("з %s", "з %s до %s", "увесь день"),
    "zh": ("%s起", "%s至%s", "全天"),
}


@dataclass(frozen=True)
class When:
    """``from_time`` is None for whole days, ``until_time`` for an open end."""

    first_day: date
    last_day: date
    from_time: time | None
    until_time: time | None
    zone: str

    @property
    def starts_at(self) -> datetime:
        return self._moment(self.first_day, self.from_time or time.min)

    @property
    def ends_at(self) -> datetime:
        """With an open end, when its last day is over. Of an hour that comes twice a
        call takes both."""
        if self.until_time:
            return self._moment(self.last_day, self.until_time.replace(fold=1))
        return self._moment(self.last_day + timedelta(days=1), time.min)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.tzinfo).astimezone(UTC)

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def all_day(self) -> bool:
        return self.from_time is None

    @property
    def stored(self) -> dict[str, str]:
        """As versions keep it, to be compared and read."""
        told = vars(self)
        return {
            name: "" if value is None else str(value) for name, value in told.items()
        }

    @classmethod
    def of(cls, stored: dict[str, str]) -> "When":
        return cls(
            first_day=date.fromisoformat(stored["first_day"]),
            last_day=date.fromisoformat(stored["last_day"]),
            from_time=_time(stored["from_time"]),
            until_time=_time(stored["until_time"]),
            zone=stored["zone"],
        )

    def words(self, language: str = "en") -> str:
        """“Friday, January 16, 2026, 8:00 AM to 12:00 PM (EST)”, in a text's language."""
        told = _WORDS.get(language.partition("-")[0], _WORDS["en"])
        with translation.override(language):
            days = day_words(self.first_day)
            if self.last_day != self.first_day:
                days = f"{days} – {day_words(self.last_day)}"
            return f"{days}, {self._hours(told)}"

    def _hours(self, told: tuple[str, str, str]) -> str:
        begins, both, all_day = told
        if self.from_time is None:
            return all_day
        hours = hour_words(self.from_time)
        first, last = self._clock_names
        if not self.until_time:
            hours = begins % hours
        elif first == last:
            hours = both % (hours, hour_words(self.until_time))
        else:  # the clocks are changed meanwhile
            hours = both % (
                f"{hours} {first}",
                f"{hour_words(self.until_time)} {last}",
            )
            first = ""
        # UTC is the name of its zone, too.
        names = (first, self.zone.removeprefix("Etc/").replace("_", " "))
        return f"{hours} ({', '.join(filter(None, dict.fromkeys(names)))})"

    @property
    def _clock_names(self) -> tuple[str, str]:
        """What the clocks are called when it begins and when it ends: EST, EDT."""
        begins, ends = (
            moment.astimezone(self.tzinfo) for moment in (self.starts_at, self.ends_at)
        )
        return f"{begins:%Z}", f"{ends:%Z}"

    def today(self) -> date:
        """By its own clocks, as all days on its page are."""
        return timezone.localdate(timezone=self.tzinfo)

    def days_left(self, now: datetime) -> int:
        """Whole days until the first one; none or fewer when it has come."""
        today = now.astimezone(self.tzinfo).date()
        return (self.first_day - today).days


def _time(stored: str) -> time | None:
    return time.fromisoformat(stored) if stored else None
