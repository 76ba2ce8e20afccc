#!/bin/sh
# Measures the claims beside their peers: benchmarks/run.sh quick|full [warm|cold] [--save]
# One line per row: what, measured, target, PASS or SHORT. Exits non-zero only if a run fails.
set -eu
cd "$(dirname "$0")/.."

mode=quick
if [ $# -gt 0 ]; then
    mode=$1
    shift
fi

case $mode in
    quick | full) ;;
    *) echo "usage: benchmarks/run.sh quick|full [warm|cold] [--save]" >&2; exit 2 ;;
esac

only=
save=
for argument in "$@"; do
    case $argument in
        warm | cold) only=$argument ;;
        --save) save="--save benchmarks/results" ;;
        *) echo "usage: benchmarks/run.sh quick|full [warm|cold] [--save]" >&2; exit 2 ;;
    esac
done

# shellcheck disable=SC2086 # empty words must vanish
exec dotnet run -c Release --project benchmarks/FastEnrich.Benchmarks -- rows "$mode" $only $save
