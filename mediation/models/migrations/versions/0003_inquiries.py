"""Inquiries 调查: who was asked, and what was asked and answered; where evidence lies in the volume."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("begins", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("spot", sa.String(length=80), nullable=False),
        sa.Column("present", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.String(length=60), nullable=False),
        sa.Column("tie", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("investigators", sa.String(length=120), nullable=False),
        sa.Column("recorder", sa.String(length=40), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_inquiry_dispute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
    )
    op.create_index(op.f("ix_inquiry_dispute_id"), "inquiry", ["dispute_id"], unique=False)
    op.create_table(
        "inquiry_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=4), nullable=False),
        sa.Column("speaker", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_line_inquiry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_line")),
    )
    op.create_index(
        op.f("ix_inquiry_line_inquiry_id"), "inquiry_line", ["inquiry_id"], unique=False
    )
    op.add_column(
        "evidence",
        sa.Column("item", sa.String(length=40), nullable=False, server_default="EVIDENCE"),
    )


def downgrade() -> None:
    op.drop_column("evidence", "item")
    op.drop_index(op.f("ix_inquiry_line_inquiry_id"), table_name="inquiry_line")
    op.drop_table("inquiry_line")
    op.drop_index(op.f("ix_inquiry_dispute_id"), table_name="inquiry")
    op.drop_table("inquiry")
