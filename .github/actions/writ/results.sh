# Read by the other scripts: where each step leaves what it found, for the comment and the verdict.
# shellcheck shell=bash
set -euo pipefail
results=${RUNNER_TEMP:-/tmp}/writ
mkdir -p "$results"

# Keeps what a command said and its exit code: `keep NAME COMMAND…`. A finding is no failure yet: the verdict comes last.
keep() {
  local name=$1 code=0
  shift
  "$@" > "$results/$name.txt" 2> "$results/$name.err" || code=$?
  echo "$code" > "$results/$name.exit"
  cat "$results/$name.txt"
  cat "$results/$name.err" >&2
}
