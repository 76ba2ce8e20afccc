#!/bin/sh
# What a Redis that is killed under load, a second process and a million profiles do to the engine: eng/redis-load.sh [users] [outage|forget|bulk]
# Needs redis-server on the PATH; a million users need 3 GiB of memory for it.
set -eu
cd "$(dirname "$0")/.."
command -v redis-server >/dev/null || { echo "redis-server is not on the PATH" >&2; exit 2; }
project=benchmarks/FastEnrich.Benchmarks
dotnet build -c Release -v q "$project" >&2
exec "$project/bin/Release/net10.0/FastEnrich.Benchmarks" redis-load "${1:-1000000}" ${2:+"$2"}
