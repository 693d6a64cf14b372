"""What is taken along of a call: text, letter, data, calendar; from the facts that its page
prints. Contacts for the press alone are in none of them."""
