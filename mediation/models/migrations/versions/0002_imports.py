"""Imports that can be undone: what was taken back, and where rows belong that name no place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("dispute", sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "import_batch", sa.Column("place_id", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    op.drop_column("import_batch", "place_id")
    op.drop_column("dispute", "taken_back_at")
