"""Proofs of work, as a browser's script does them."""

import altcha

from commonwire.publishing import work as challenges


def work():
    challenge = altcha.Challenge.from_dict(challenges.challenge())
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()
