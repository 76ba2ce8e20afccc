#!/bin/sh
# Measures the claims beside their peers: benchmarks/run.sh quick|full [warm|cold|json|redis|deadline|generator|startup] [--save]
# One line per row: what, measured, target, PASS or SHORT. Exits non-zero only if a run fails.
# The redis rows need redis-server on the PATH; they are left out without it.
# "full" and "startup" publish the sidecar and its peer natively first, which needs clang.
set -eu
cd "$(dirname "$0")/.."

usage() {
    echo "usage: benchmarks/run.sh quick|full [warm|cold|json|redis|deadline|generator|startup] [--save]" >&2
    exit 2
}

mode=quick
if [ $# -gt 0 ]; then
    mode=$1
    shift
fi

case $mode in
    quick | full) ;;
    *) usage ;;
esac

only=
save=
for argument in "$@"; do
    case $argument in
        warm | cold | json | redis | deadline | generator | startup) only=$argument ;;
        --save) save="--save benchmarks/results" ;;
        *) usage ;;
    esac
done

native=
if [ "$only" = startup ] || { [ "$mode" = full ] && [ -z "$only" ]; }; then
    folder=artifacts/startup
    dotnet publish src/FastEnrich.Sidecar -c Release -r linux-x64 -o "$folder/sidecar" -v q >&2
    dotnet publish benchmarks/FastEnrich.BareEndpoint -c Release -r linux-x64 -o "$folder/bare" -v q >&2
    native="--native $folder/sidecar/fastenrich $folder/bare/FastEnrich.BareEndpoint"
fi

# shellcheck disable=SC2086 # empty words must vanish
exec dotnet run -c Release --project benchmarks/FastEnrich.Benchmarks -- rows "$mode" $only $native $save
