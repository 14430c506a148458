#!/usr/bin/env bash
# Sees to the Debian packages that tests need: PostgreSQL, Chromium, a font, and Java for Spark. Installs them where it may, names them where not.
set -euo pipefail
missing=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
command -v chromium >/dev/null || missing+=(chromium)
ls /usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf >/dev/null 2>&1 || missing+=(fonts-liberation)  # what people's Arial measures
command -v java >/dev/null || missing+=(openjdk-17-jre-headless)  # what pyspark runs on
[ ${#missing[@]} -eq 0 ] && exit 0
echo "→ these Debian packages are missing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  sudo -n true 2>/dev/null || { echo "  please install them: sudo apt-get install --no-install-recommends ${missing[*]}"; exit 1; }
  as_root=(sudo -n)
fi
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
