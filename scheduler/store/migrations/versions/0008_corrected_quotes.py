"""What people correct of a quote: who said it, whether it is used, and how much of it is shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("quote", sa.Column("named", sa.String(), nullable=False, server_default=""))
    op.add_column("quote", sa.Column("unused", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("quote", sa.Column("kept", sa.JSON(), nullable=False, server_default="[]"))
