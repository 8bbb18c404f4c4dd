"""An index of the deliveries in somebody's hands: every claim counts them, however many wait or are done with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    held = sa.text("status = 'sending'")
    op.create_index("ix_delivery_held", "delivery", ["channel_id"], sqlite_where=held, postgresql_where=held)
