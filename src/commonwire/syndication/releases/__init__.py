"""What newsrooms take of a press release: text, letter, data, kit; from one set of facts.
Contacts for the press alone are in none of them."""
