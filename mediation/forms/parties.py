"""Questions about parties, those beside them, and their answers."""

from __future__ import annotations

from mediation.wording import Text

SEXES = [("男", Text("男", "male")), ("女", Text("女", "female"))]
