"""Every table, and the triggers that keep history as it was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_APPEND_ONLY = (
    "event",
    "audit_entry",
    "consent",
    "note",
    "signature",
    "performance",
    "court_answer",
    "court_service",
    "persuasion",
    "visit",
)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("large", sa.Boolean(), nullable=False),
        sa.Column("demo_password", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_table(
        "announced_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_announced_year")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_account_id"), "audit_entry", ["account_id"], unique=False)
    op.create_index(op.f("ix_audit_entry_act"), "audit_entry", ["act"], unique=False)
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_index(op.f("ix_audit_entry_dispute_id"), "audit_entry", ["dispute_id"], unique=False)
    op.create_table(
        "done_act",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_done_act")),
    )
    op.create_index(op.f("ix_done_act_at"), "done_act", ["at"], unique=False)
    op.create_table(
        "failed_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_try")),
    )
    op.create_index(op.f("ix_failed_try_at"), "failed_try", ["at"], unique=False)
    op.create_index(op.f("ix_failed_try_source"), "failed_try", ["source"], unique=False)
    op.create_index(op.f("ix_failed_try_subject"), "failed_try", ["subject"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    op.create_index("ix_job_due", "job", ["state", "due_at"], unique=False)
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("community_type", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name=op.f("fk_place_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    op.create_index(op.f("ix_place_path"), "place", ["path"], unique=False)
    op.create_table(
        "special_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_special_day")),
    )
    op.create_table(
        "committee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("short_name", sa.String(length=20), nullable=False),
        sa.Column("brackets", sa.String(length=2), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("seal_mm", sa.Integer(), nullable=False),
        sa.Column("term_ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_committee_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
    )
    op.create_index(op.f("ix_committee_place_id"), "committee", ["place_id"], unique=False)
    op.create_table(
        "court",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["place.id"], name=op.f("fk_court_county_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court")),
    )
    op.create_index(op.f("ix_court_county_id"), "court", ["county_id"], unique=False)
    op.create_table(
        "covenant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_covenant_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covenant")),
        sa.UniqueConstraint("place_id", name=op.f("uq_covenant_place_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_covenant_reference")),
    )
    op.create_table(
        "set_up_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_set_up_link_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_up_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_set_up_link_token_hash")),
    )
    op.create_table(
        "covenant_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("covenant_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("preamble", sa.Text(), nullable=False),
        sa.Column("preamble_en", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("meeting", sa.String(length=40), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("agreed", sa.Integer(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filed_with", sa.String(length=80), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("repealed_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["covenant_id"], ["covenant.id"], name=op.f("fk_covenant_version_covenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covenant_version")),
        sa.UniqueConstraint(
            "covenant_id", "number", name=op.f("uq_covenant_version_covenant_id_number")
        ),
    )
    op.create_index(
        op.f("ix_covenant_version_covenant_id"), "covenant_version", ["covenant_id"], unique=False
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Text(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_import_batch_by_id")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_import_batch_committee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("reference", name=op.f("uq_import_batch_reference")),
    )
    op.create_table(
        "number_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=10), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_number_series_committee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint(
            "committee_id", "year", "series", name=op.f("uq_number_series_committee_id_year_series")
        ),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_post_account_id")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_post_committee_id")
        ),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_post_court_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_post_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_account_id"), "post", ["account_id"], unique=False)
    op.create_index(op.f("ix_post_committee_id"), "post", ["committee_id"], unique=False)
    op.create_index(op.f("ix_post_place_id"), "post", ["place_id"], unique=False)
    op.create_table(
        "clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("head_en", sa.String(length=60), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["covenant_version.id"], name=op.f("fk_clause_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
    )
    op.create_index(op.f("ix_clause_version_id"), "clause", ["version_id"], unique=False)
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("dispute_type", sa.String(length=40), nullable=False),
        sa.Column("type_list", sa.String(length=20), nullable=False),
        sa.Column("everyday_kind", sa.String(length=40), nullable=False),
        sa.Column("initiation", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("urgency", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("harm_known_on", sa.Date(), nullable=True),
        sa.Column("court_invited", sa.Boolean(), nullable=False),
        sa.Column("party_names", sa.String(length=200), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("first_committee_id", sa.Integer(), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=True),
        sa.Column("mediator_id", sa.Integer(), nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_dispute_committee_id")
        ),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_dispute_court_id")),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["dispute.id"], name=op.f("fk_dispute_duplicate_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_batch.id"], name=op.f("fk_dispute_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["account.id"], name=op.f("fk_dispute_mediator_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["account.id"], name=op.f("fk_dispute_opened_by_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_dispute_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("number", name=op.f("uq_dispute_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_dispute_reference")),
    )
    op.create_index(
        "ix_dispute_committee", "dispute", ["committee_id", "stage", "id"], unique=False
    )
    op.create_index("ix_dispute_community", "dispute", ["community_id", "id"], unique=False)
    op.create_index("ix_dispute_county", "dispute", ["county_id", "stage", "id"], unique=False)
    op.create_index("ix_dispute_court", "dispute", ["court_id", "stage", "id"], unique=False)
    op.create_index("ix_dispute_grid", "dispute", ["grid_id", "id"], unique=False)
    op.create_index(op.f("ix_dispute_import_id"), "dispute", ["import_id"], unique=False)
    op.create_index("ix_dispute_mediator", "dispute", ["mediator_id", "stage", "id"], unique=False)
    op.create_index(op.f("ix_dispute_next_due_on"), "dispute", ["next_due_on"], unique=False)
    op.create_index("ix_dispute_opened_by", "dispute", ["opened_by_id", "id"], unique=False)
    op.create_index("ix_dispute_township", "dispute", ["township_id", "stage", "id"], unique=False)
    op.create_table(
        "signatory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["covenant_version.id"], name=op.f("fk_signatory_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatory")),
    )
    op.create_index(op.f("ix_signatory_version_id"), "signatory", ["version_id"], unique=False)
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("issues", sa.Text(), nullable=False),
        sa.Column("responsibility", sa.Text(), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("spot", sa.String(length=80), nullable=False),
        sa.Column("declares_status", sa.Boolean(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_agreement_dispute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint(
            "dispute_id", "revision", name=op.f("uq_agreement_dispute_id_revision")
        ),
    )
    op.create_index(op.f("ix_agreement_dispute_id"), "agreement", ["dispute_id"], unique=False)
    op.create_index(
        "uq_agreement_live",
        "agreement",
        ["dispute_id"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('WITHDRAWN', 'SUPERSEDED')"),
        postgresql_where=sa.text("state NOT IN ('WITHDRAWN', 'SUPERSEDED')"),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("chosen_by_party", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assignment_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_assignment_dispute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_account_id"), "assignment", ["account_id"], unique=False)
    op.create_index(op.f("ix_assignment_dispute_id"), "assignment", ["dispute_id"], unique=False)
    op.create_index(
        "uq_assignment_open",
        "assignment",
        ["dispute_id"],
        unique=True,
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.create_table(
        "deadline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_deadline_dispute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint(
            "dispute_id", "name", "start_on", name=op.f("uq_deadline_dispute_id_name_start_on")
        ),
    )
    op.create_index(op.f("ix_deadline_dispute_id"), "deadline", ["dispute_id"], unique=False)
    op.create_index(op.f("ix_deadline_due_on"), "deadline", ["due_on"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("from_stage", sa.String(length=40), nullable=True),
        sa.Column("to_stage", sa.String(length=40), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("by_role", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_event_dispute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("uq_event_seq", "event", ["dispute_id", "seq"], unique=True)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_evidence_dispute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_dispute_id"), "evidence", ["dispute_id"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("sex", sa.String(length=4), nullable=False),
        sa.Column("ethnicity", sa.String(length=20), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("occupation", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("phone_tail_index", sa.String(length=64), nullable=True),
        sa.Column("id_number", sa.LargeBinary(), nullable=True),
        sa.Column("id_index", sa.String(length=64), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("head_name", sa.String(length=40), nullable=False),
        sa.Column("head_post", sa.String(length=40), nullable=False),
        sa.Column("needs_guardian", sa.Boolean(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("pin_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_party_dispute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_party_code_hash")),
    )
    op.create_index(op.f("ix_party_dispute_id"), "party", ["dispute_id"], unique=False)
    op.create_index(op.f("ix_party_id_index"), "party", ["id_index"], unique=False)
    op.create_index(op.f("ix_party_name"), "party", ["name"], unique=False)
    op.create_index(op.f("ix_party_phone_index"), "party", ["phone_index"], unique=False)
    op.create_table(
        "persuasion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("persuader", sa.String(length=60), nullable=False),
        sa.Column("tie", sa.String(length=60), nullable=False),
        sa.Column("spot", sa.String(length=80), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("clause", sa.String(length=120), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_persuasion_dispute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persuasion")),
    )
    op.create_index(op.f("ix_persuasion_dispute_id"), "persuasion", ["dispute_id"], unique=False)
    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("begins", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("spot", sa.String(length=80), nullable=False),
        sa.Column("present", sa.String(length=200), nullable=False),
        sa.Column("invited", sa.String(length=200), nullable=False),
        sa.Column("recorder", sa.String(length=40), nullable=False),
        sa.Column("open_session", sa.Boolean(), nullable=False),
        sa.Column("rights_told", sa.Boolean(), nullable=False),
        sa.Column("read_back", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_sitting_dispute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
    )
    op.create_index(op.f("ix_sitting_dispute_id"), "sitting", ["dispute_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("competence", sa.String(length=40), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filed_way", sa.String(length=40), nullable=False),
        sa.Column("court_number", sa.String(length=60), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_application_agreement_id")
        ),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_application_court_id")),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_application_dispute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    op.create_index(op.f("ix_application_court_id"), "application", ["court_id"], unique=False)
    op.create_index(op.f("ix_application_dispute_id"), "application", ["dispute_id"], unique=False)
    op.create_index(
        "uq_application_open",
        "application",
        ["agreement_id"],
        unique=True,
        sqlite_where=sa.text("open = 1"),
        postgresql_where=sa.text("open"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_consent_dispute_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_consent_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_dispute_id"), "consent", ["dispute_id"], unique=False)
    op.create_index(op.f("ix_consent_party_id"), "consent", ["party_id"], unique=False)
    op.create_table(
        "minute_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_minute_line_sitting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_line")),
    )
    op.create_index(op.f("ix_minute_line_sitting_id"), "minute_line", ["sitting_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("addressee", sa.String(length=120), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_note_dispute_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_note_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_dispute_id"), "note", ["dispute_id"], unique=False)
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("debtor_id", sa.Integer(), nullable=False),
        sa.Column("creditor_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("how", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("lasting", sa.Boolean(), nullable=False),
        sa.Column("condition", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_obligation_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["creditor_id"], ["party.id"], name=op.f("fk_obligation_creditor_id")
        ),
        sa.ForeignKeyConstraint(["debtor_id"], ["party.id"], name=op.f("fk_obligation_debtor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
    )
    op.create_index(
        op.f("ix_obligation_agreement_id"), "obligation", ["agreement_id"], unique=False
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=True),
        sa.Column("covenant_version_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=40), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("letter_revision", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("check_code", sa.String(length=14), nullable=False),
        sa.Column("check_token", sa.LargeBinary(), nullable=True),
        sa.Column("check_token_hash", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_paper_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_paper_committee_id")
        ),
        sa.ForeignKeyConstraint(
            ["covenant_version_id"],
            ["covenant_version.id"],
            name=op.f("fk_paper_covenant_version_id"),
        ),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_paper_dispute_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_paper_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("public_id", name=op.f("uq_paper_public_id")),
    )
    op.create_index(op.f("ix_paper_check_code"), "paper", ["check_code"], unique=False)
    op.create_index(op.f("ix_paper_check_token_hash"), "paper", ["check_token_hash"], unique=False)
    op.create_index(op.f("ix_paper_digest"), "paper", ["digest"], unique=False)
    op.create_index("ix_paper_dispute", "paper", ["dispute_id", "id"], unique=False)
    op.create_table(
        "representative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("tie", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_representative_party_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representative")),
    )
    op.create_index(
        op.f("ix_representative_party_id"), "representative", ["party_id"], unique=False
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_sign_in_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"], unique=False)
    op.create_index(op.f("ix_sign_in_party_id"), "sign_in", ["party_id"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("signer", sa.String(length=60), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("witness", sa.String(length=60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_signature_agreement_id")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_signature_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint(
            "agreement_id",
            "kind",
            "party_id",
            "signer",
            name=op.f("uq_signature_agreement_id_kind_party_id_signer"),
        ),
    )
    op.create_index(op.f("ix_signature_agreement_id"), "signature", ["agreement_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("performed", sa.String(length=10), nullable=False),
        sa.Column("heard", sa.String(length=10), nullable=False),
        sa.Column("respected", sa.String(length=10), nullable=False),
        sa.Column("visitor", sa.String(length=40), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_visit_dispute_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_visit_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_dispute_id"), "visit", ["dispute_id"], unique=False)
    op.create_table(
        "court_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_court_answer_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_answer")),
    )
    op.create_index(
        op.f("ix_court_answer_application_id"), "court_answer", ["application_id"], unique=False
    )
    op.create_table(
        "performance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_performance_obligation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance")),
    )
    op.create_index(
        op.f("ix_performance_obligation_id"), "performance", ["obligation_id"], unique=False
    )
    op.create_table(
        "court_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["court_answer.id"], name=op.f("fk_court_service_answer_id")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_court_service_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_service")),
    )
    op.create_index(
        op.f("ix_court_service_answer_id"), "court_service", ["answer_id"], unique=False
    )

    _refuse_changes()


def downgrade() -> None:
    _allow_changes()
    op.drop_index(op.f("ix_court_service_answer_id"), table_name="court_service")
    op.drop_table("court_service")
    op.drop_index(op.f("ix_performance_obligation_id"), table_name="performance")
    op.drop_table("performance")
    op.drop_index(op.f("ix_court_answer_application_id"), table_name="court_answer")
    op.drop_table("court_answer")
    op.drop_index(op.f("ix_visit_dispute_id"), table_name="visit")
    op.drop_table("visit")
    op.drop_index(op.f("ix_signature_agreement_id"), table_name="signature")
    op.drop_table("signature")
    op.drop_index(op.f("ix_sign_in_party_id"), table_name="sign_in")
    op.drop_index(op.f("ix_sign_in_account_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_representative_party_id"), table_name="representative")
    op.drop_table("representative")
    op.drop_index("ix_paper_dispute", table_name="paper")
    op.drop_index(op.f("ix_paper_digest"), table_name="paper")
    op.drop_index(op.f("ix_paper_check_token_hash"), table_name="paper")
    op.drop_index(op.f("ix_paper_check_code"), table_name="paper")
    op.drop_table("paper")
    op.drop_index(op.f("ix_obligation_agreement_id"), table_name="obligation")
    op.drop_table("obligation")
    op.drop_index(op.f("ix_note_dispute_id"), table_name="note")
    op.drop_table("note")
    op.drop_index(op.f("ix_minute_line_sitting_id"), table_name="minute_line")
    op.drop_table("minute_line")
    op.drop_index(op.f("ix_consent_party_id"), table_name="consent")
    op.drop_index(op.f("ix_consent_dispute_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index(
        "uq_application_open",
        table_name="application",
        sqlite_where=sa.text("open = 1"),
        postgresql_where=sa.text("open"),
    )
    op.drop_index(op.f("ix_application_dispute_id"), table_name="application")
    op.drop_index(op.f("ix_application_court_id"), table_name="application")
    op.drop_table("application")
    op.drop_index(op.f("ix_sitting_dispute_id"), table_name="sitting")
    op.drop_table("sitting")
    op.drop_index(op.f("ix_persuasion_dispute_id"), table_name="persuasion")
    op.drop_table("persuasion")
    op.drop_index(op.f("ix_party_phone_index"), table_name="party")
    op.drop_index(op.f("ix_party_name"), table_name="party")
    op.drop_index(op.f("ix_party_id_index"), table_name="party")
    op.drop_index(op.f("ix_party_dispute_id"), table_name="party")
    op.drop_table("party")
    op.drop_index(op.f("ix_evidence_dispute_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index("uq_event_seq", table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_deadline_due_on"), table_name="deadline")
    op.drop_index(op.f("ix_deadline_dispute_id"), table_name="deadline")
    op.drop_table("deadline")
    op.drop_index(
        "uq_assignment_open",
        table_name="assignment",
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.drop_index(op.f("ix_assignment_dispute_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_account_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_index(
        "uq_agreement_live",
        table_name="agreement",
        sqlite_where=sa.text("state NOT IN ('WITHDRAWN', 'SUPERSEDED')"),
        postgresql_where=sa.text("state NOT IN ('WITHDRAWN', 'SUPERSEDED')"),
    )
    op.drop_index(op.f("ix_agreement_dispute_id"), table_name="agreement")
    op.drop_table("agreement")
    op.drop_index(op.f("ix_signatory_version_id"), table_name="signatory")
    op.drop_table("signatory")
    op.drop_index("ix_dispute_township", table_name="dispute")
    op.drop_index("ix_dispute_opened_by", table_name="dispute")
    op.drop_index(op.f("ix_dispute_next_due_on"), table_name="dispute")
    op.drop_index("ix_dispute_mediator", table_name="dispute")
    op.drop_index(op.f("ix_dispute_import_id"), table_name="dispute")
    op.drop_index("ix_dispute_grid", table_name="dispute")
    op.drop_index("ix_dispute_court", table_name="dispute")
    op.drop_index("ix_dispute_county", table_name="dispute")
    op.drop_index("ix_dispute_community", table_name="dispute")
    op.drop_index("ix_dispute_committee", table_name="dispute")
    op.drop_table("dispute")
    op.drop_index(op.f("ix_clause_version_id"), table_name="clause")
    op.drop_table("clause")
    op.drop_index(op.f("ix_post_place_id"), table_name="post")
    op.drop_index(op.f("ix_post_committee_id"), table_name="post")
    op.drop_index(op.f("ix_post_account_id"), table_name="post")
    op.drop_table("post")
    op.drop_table("number_series")
    op.drop_table("import_batch")
    op.drop_index(op.f("ix_covenant_version_covenant_id"), table_name="covenant_version")
    op.drop_table("covenant_version")
    op.drop_table("set_up_link")
    op.drop_table("covenant")
    op.drop_index(op.f("ix_court_county_id"), table_name="court")
    op.drop_table("court")
    op.drop_index(op.f("ix_committee_place_id"), table_name="committee")
    op.drop_table("committee")
    op.drop_table("special_day")
    op.drop_index(op.f("ix_place_path"), table_name="place")
    op.drop_table("place")
    op.drop_index("ix_job_due", table_name="job")
    op.drop_table("job")
    op.drop_index(op.f("ix_failed_try_subject"), table_name="failed_try")
    op.drop_index(op.f("ix_failed_try_source"), table_name="failed_try")
    op.drop_index(op.f("ix_failed_try_at"), table_name="failed_try")
    op.drop_table("failed_try")
    op.drop_index(op.f("ix_done_act_at"), table_name="done_act")
    op.drop_table("done_act")
    op.drop_index(op.f("ix_audit_entry_dispute_id"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_at"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_act"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_account_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("announced_year")
    op.drop_table("account")


def _refuse_changes() -> None:
    """The database itself refuses to change or delete what was recorded (D9)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        for table in _APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in _APPEND_ONLY:
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _allow_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute("DROP FUNCTION refuse_change()")
        return
    for table in _APPEND_ONLY:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
