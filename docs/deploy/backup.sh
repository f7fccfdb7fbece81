#!/bin/sh
# backup.sh FOLDER writes FOLDER/assistant-<date>.tar.gz, readable by its owner only, and says so.
# It holds the database, the documents added and the index; docs/deployment.md tells how to restore.
# The server goes on; an ingest waits until the files are read. Run it from the root of the project,
# as the user of the service, with ASSISTANT_DATA_DIR set.
set -eu
umask 077
folder=$(cd "$1" && pwd)  # alone on its line: a failure here ends the script
archive=$folder/assistant-$(date -u +%Y%m%dT%H%M%SZ).tar.gz
data=${ASSISTANT_DATA_DIR:-data}
# A damaged index is not saved over sound ones: « python -m ingest » mends it.
"${PYTHON:-.venv/bin/python}" -m ingest check --quick >&2
aside=$(mktemp -d)
trap 'rm -rf "$aside" "$archive.part"' EXIT

# SQLite copies its own file whole, whoever writes meanwhile; a PostgreSQL is saved by pg_dump.
if [ -e "$data/feedback.sqlite" ]; then
    "${PYTHON:-.venv/bin/python}" - "$data/feedback.sqlite" "$aside/feedback.sqlite" <<'END'
import sqlite3, sys
source, copy = (sqlite3.connect(file, timeout=30) for file in sys.argv[1:])
source.backup(copy)
copy.execute("PRAGMA journal_mode = DELETE")
END
fi

# Who holds this lock is the only one to write or to remove a version.
cd "$data"
documents=$(ls -d documents 2>/dev/null || true)
flock ingest.lock tar --create --gzip --file "$archive.part" --exclude '.building-*' \
    index $documents --directory "$aside" .
mv "$archive.part" "$archive"
echo "$archive"
