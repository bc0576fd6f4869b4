"""Verbs: one function, one act, one transaction. No SQL text, no web, no HTML."""
