"""Binding by pypdf, for comparison."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter


def merge(files: list[bytes]) -> bytes:
    writer = PdfWriter()
    for file in files:
        writer.append(PdfReader(io.BytesIO(file)))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
