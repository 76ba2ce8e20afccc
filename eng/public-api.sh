#!/usr/bin/env bash
# Writes PublicAPI.Unshipped.txt of every package from what the code declares: eng/public-api.sh [--check]
# With --check it changes nothing, and fails where a file is out of date. A release moves the lines to PublicAPI.Shipped.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
check=${1:-}

rm -f src/*/obj/public-api.sarif
dotnet msbuild eng/packages.proj -t:PublicApi -nologo -v:q -clp:ErrorsOnly

# What the analyzers say of one diagnostic: the symbol, as it stands in the file.
symbols() { # project id
  jq -r --arg id "$2" '.runs[].results[] | select(.ruleId == $id) | .message.text' "$1/obj/public-api.sarif" | sed -nE "s/^Symbol '(.*)' is (not )?part of the declared .*/\1/p" | sort -u
}

status=0
for file in src/*/PublicAPI.Unshipped.txt; do
  project=$(dirname "$file")
  [ -s "$project/obj/public-api.sarif" ] || { echo "$project was not analyzed" >&2; exit 2; }
  new=$({ grep -v '^#nullable' "$file" | sort -u | comm -23 - <(symbols "$project" RS0017) || true; symbols "$project" RS0016; } | sed '/^$/d' | sort -u)
  new=$(printf '#nullable enable\n%s' "$new")
  if [ "$new" != "$(cat "$file")" ]; then
    if [ "$check" = --check ]; then
      echo "$file is out of date; eng/public-api.sh writes it"
      diff <(cat "$file") <(printf '%s\n' "$new") | head -n 20 || true
      status=1
    else
      printf '%s\n' "$new" >"$file"
      echo "$file: $(($(wc -l <"$file") - 1)) lines"
    fi
  fi
done
exit "$status"
