"""A small fictional town's newswire. Town, people and organisations are invented."""
