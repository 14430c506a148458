#!/usr/bin/env bash
# Makes or refreshes .venv from a hashed lock file: `tools/env.sh requirements.lock`.
# A lock that is already installed (or is part of the larger development lock) costs nothing.
set -euo pipefail
lock=$1
stamp=.venv/installed
mkdir -p .venv
want=$(sha256sum "$lock" pyproject.toml | sha256sum | cut -c1-16)
if [ -f "$stamp" ] && grep -q "$lock $want" "$stamp"; then exit 0; fi
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "joinedup needs Python 3.11 or newer: set PYTHON=/path/to/python3.11"; exit 1; }
[ -x .venv/bin/python ] || { echo "→ making .venv"; "$python" -m venv .venv; }
echo "→ installing what $lock names (checked by hash)"
if .venv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 2>/dev/null; then
  .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
  .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
else
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
echo "$lock $want" >> "$stamp"
if [ "$lock" = requirements-dev.lock ]; then # the development lock holds all of the smaller one
  echo "requirements.lock $(sha256sum requirements.lock pyproject.toml | sha256sum | cut -c1-16)" >> "$stamp"
fi
