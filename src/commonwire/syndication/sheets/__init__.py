"""A sheet to sign on paper what a call asks; a steward enters how many did."""
