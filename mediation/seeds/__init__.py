"""The practice county, its stories, and the walk that drives a dispute through the real services."""
