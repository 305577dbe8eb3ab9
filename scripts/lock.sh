#!/bin/sh
# Choose the newest dependencies that pyproject.toml allows, and lock them with hashes: one lock for
# every system and every Python from 3.11. No index address gets into the files.
set -eu
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
    uv=.venv/bin/uv
fi

lock() {
    out=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate \
        --extra strength --output-file "$out" pyproject.toml requirements/build.in "$@"
}

lock requirements/run.txt
lock requirements/host.txt --extra postgres --extra accounts
lock requirements/dev.txt --group dev
lock requirements/train.txt --group dev --group train
lock requirements/formats.txt --group dev --group formats
lock requirements/spark.txt --group dev --group spark

# Apart from the program: a diary with an older Django, to measure beside, and what audits the locks.
for name in peer audit; do
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate \
        --output-file "requirements/$name.txt" "requirements/$name.in"
done
