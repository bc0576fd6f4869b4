"""HTTP in, HTML out: one module per noun; every route says who may open it."""
