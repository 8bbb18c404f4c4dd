"""Made for PostgreSQL as well: partial indexes there too, wide ids, and room on a page for rows that change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WAITING = sa.text("next_at IS NOT NULL")
MANY = ("attempt", "receipt", "recipient", "event")
CHANGING = ("delivery", "recipient", "channel", "heartbeat")


def upgrade() -> None:
    op.drop_index("ix_delivery_next", "delivery")
    for name, columns in (
        ("ix_delivery_next", ["next_at"]),
        ("ix_delivery_channel_next", ["channel_id", "next_at"]),
    ):
        op.create_index(name, "delivery", columns, sqlite_where=WAITING, postgresql_where=WAITING)
    if op.get_bind().dialect.name == "postgresql":
        for table in MANY:
            op.alter_column(table, "id", type_=sa.BigInteger(), existing_type=sa.Integer())
            op.execute(f"ALTER SEQUENCE {table}_id_seq AS bigint")
        for table in CHANGING:
            op.execute(f"ALTER TABLE {table} SET (fillfactor = 75)")
