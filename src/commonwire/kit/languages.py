"""What a language's code says of how its texts are set."""

RIGHT_TO_LEFT = {"ar", "arc", "dv", "fa", "ha", "he", "ks", "ku", "ps", "ur", "yi"}
# By script where the code names one: Chinese letters differ by country.
_REGIONS = {"hans": "cn", "hant": "tw"}


def is_leftwards(language: str) -> bool:
    return base(language) in RIGHT_TO_LEFT


def base(language: str) -> str:
    return language.partition("-")[0].lower()


def region(language: str) -> str:
    """Two letters, or nothing."""
    told = language.lower().split("-")[1:]
    told = [_REGIONS.get(part, part) for part in told]
    return next((part for part in told if len(part) == 2 and part.isalpha()), "")  # noqa: PLR2004
