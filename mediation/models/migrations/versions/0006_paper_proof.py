"""Proof of papers: what a file was signed with or why not, and the typefaces it was drawn with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
_WORDS = {"signed_with": 64, "typefaces": 64}


def upgrade() -> None:
    op.create_table(
        "signing_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_signing_certificate_committee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_certificate")),
    )
    for column in ("committee_id", "fingerprint"):
        op.create_index(
            op.f(f"ix_signing_certificate_{column}"), "signing_certificate", [column], unique=False
        )
    op.create_table(
        "typeface_set",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("profile", sa.String(length=10), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_typeface_set")),
    )
    for name, length in _WORDS.items():
        op.add_column(
            "paper", sa.Column(name, sa.String(length), nullable=False, server_default="")
        )
    op.add_column("paper", sa.Column("not_signed", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    for name in ("not_signed", *_WORDS):
        op.drop_column("paper", name)
    op.drop_table("typeface_set")
    for column in ("fingerprint", "committee_id"):
        op.drop_index(op.f(f"ix_signing_certificate_{column}"), table_name="signing_certificate")
    op.drop_table("signing_certificate")
