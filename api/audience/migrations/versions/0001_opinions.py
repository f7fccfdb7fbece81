"""The table of opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("date", sa.DateTime(), nullable=False),
        sa.Column("answer_id", sa.String(100), nullable=False),
        sa.Column("rating", sa.String(4), nullable=False),
        sa.Column("reason", sa.String(1_000)),
    )
    op.create_index("ix_opinion_date", "opinion", ["date"])


def downgrade() -> None:
    """Drop it, with what it holds."""
    op.drop_table("opinion")
