"""Numbers of rows, as addresses and forms say them."""

# What a column has room for; the database's driver raises at one more.
LARGEST = 2**63 - 1


def row_number(text: str) -> int | None:
    """None of what is no number, and of one that no row can have."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))):
        return None
    number = int(text)
    return number if number <= LARGEST else None


def row_numbers(texts: list[str]) -> list[int]:
    """Those of some texts that are numbers of rows."""
    found = (row_number(text) for text in texts)
    return [number for number in found if number is not None]
