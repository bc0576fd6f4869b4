"""Print runs 批量打印: which papers, how far, and the files they made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("issue_kind", sa.String(length=40), nullable=False),
        sa.Column("single", sa.Boolean(), nullable=False),
        sa.Column("volume_size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_print_run_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
        sa.UniqueConstraint("reference", name=op.f("uq_print_run_reference")),
    )
    op.create_index(op.f("ix_print_run_by_id"), "print_run", ["by_id"], unique=False)
    _of_run(
        "print_case",
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_print_case_dispute_id")
        ),
        sa.UniqueConstraint("run_id", "dispute_id", name=op.f("uq_print_case_run_id_dispute_id")),
    )
    _of_run(
        "print_item",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_print_item_paper_id")),
        sa.UniqueConstraint("run_id", "paper_id", name=op.f("uq_print_item_run_id_paper_id")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_print_item_run_id_position")),
    )
    op.create_index("ix_print_item_volume", "print_item", ["run_id", "volume"], unique=False)
    op.create_index("ix_print_item_paper", "print_item", ["paper_id"], unique=False)
    _of_run(
        "print_file",
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("run_id", "volume", name=op.f("uq_print_file_run_id_volume")),
    )


def _of_run(name: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        *rest,
        sa.ForeignKeyConstraint(["run_id"], ["print_run.id"], name=op.f(f"fk_{name}_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def downgrade() -> None:
    op.drop_table("print_file")
    op.drop_index("ix_print_item_paper", table_name="print_item")
    op.drop_index("ix_print_item_volume", table_name="print_item")
    op.drop_table("print_item")
    op.drop_table("print_case")
    op.drop_index(op.f("ix_print_run_by_id"), table_name="print_run")
    op.drop_table("print_run")
