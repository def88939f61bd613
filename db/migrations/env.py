"""Alembic's entry: migrations run on the one connection that `db.migrate` hands over, in its transaction."""

from alembic import context
from sqlalchemy import Connection

from db.tables.everything import metadata

_connection = context.config.attributes.get("connection")
if not isinstance(_connection, Connection):
    raise TypeError("run migrations with `python -m db.migrate`, it brings the connection")
context.configure(connection=_connection, target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
