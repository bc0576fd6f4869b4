"""Benchmarks: each a ratio beside a peer in the same run. Nothing here runs in an office."""
