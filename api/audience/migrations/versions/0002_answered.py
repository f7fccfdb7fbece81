"""The table of questions that got an answer; opinions are found by their answer."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "answered",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("answer_id", sa.String(100), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("polite", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("echelon", sa.String(20)),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("generator", sa.String(50), nullable=False),
        sa.Column("elapsed_ms", sa.Double(), nullable=False),
        sa.Column("index_version", sa.String(100), nullable=False),
        sa.Column("themes", sa.String(200), nullable=False),
        sa.Column("section", sa.String(300)),
        sa.Column("text", sa.String(4_000)),
    )
    op.create_index("ix_answered_day", "answered", ["day"])
    op.create_index("ix_answered_answer_id", "answered", ["answer_id"])
    op.create_index("ix_opinion_answer_id", "opinion", ["answer_id"])


def downgrade() -> None:
    """Drop it, with what it holds."""
    op.drop_index("ix_opinion_answer_id", "opinion")
    op.drop_table("answered")
