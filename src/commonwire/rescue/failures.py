"""What stops a rescue: one line that says why, and what to do."""


class Refused(Exception):
    """Nothing was changed; the message is for the person at the terminal."""
