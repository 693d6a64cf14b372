"""One page to hang up: what it is about, when and where, what is asked, and strips with
the address to tear off. In the language of its post, black on white."""
