"""Reading press releases as they are pasted: text in, fields out. It knows no models
and invents nothing; what it does not know stays in the body. `release.read` is the way
in."""
