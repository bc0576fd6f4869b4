"""Papers for people who must edit them in a word processor: the same words, marked as a draft."""
