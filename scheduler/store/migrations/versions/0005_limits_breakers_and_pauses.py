"""Limits, breakers and pauses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.store.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gate",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("served_at", UtcDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("trips", sa.Integer(), nullable=False),
        sa.Column("retry_at", UtcDateTime(), nullable=True),
        sa.Column("signing_in", sa.String(), nullable=False),
        sa.Column("signing_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel_id"),
    )
    op.create_table(
        "bucket",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("full_at", UtcDateTime(), nullable=True),
        sa.Column("closed_until", UtcDateTime(), nullable=True),
        sa.Column("told_left", sa.Integer(), nullable=True),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reach", "target"),
    )
    # not in a batch: that would make the table anew, and everything that hangs on it would go
    op.add_column("channel", sa.Column("paused_by", sa.String(), nullable=False, server_default=""))
    op.execute(
        "INSERT INTO gate (channel_id, account, host, failures, last_failed, trips, signing_in)"
        " SELECT id, '', '', 0, 0, 0, '' FROM channel"
    )
    op.drop_index("ix_delivery_next", "delivery")  # a claim asks channel by channel
