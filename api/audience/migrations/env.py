"""What Alembic runs before the migrations: the open connection in, the tables migrated on it."""

from alembic import context

from api.audience.table import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a column by making its table again
)
with context.begin_transaction():
    context.run_migrations()
