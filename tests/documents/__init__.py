"""Tests of the papers: what they say, how they are laid out, and what is refused."""
