"""Papers 文书: a frozen snapshot of plain values goes in, a drawn PDF comes out."""
