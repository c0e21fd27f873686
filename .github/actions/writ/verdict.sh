#!/usr/bin/env bash
# Fails where a command said no or could not answer. That calls are newly allowed is for people to judge: it fails nothing.
# shellcheck source=results.sh
source "$(dirname "${BASH_SOURCE[0]}")/results.sh"
verdict=0
for name in check test golden; do
  code=$(cat "$results/$name.exit" 2> /dev/null || echo 0)
  if [ "$code" != 0 ]; then
    echo "writ $name: exit code $code" >&2
    verdict=1
  fi
done
code=$(cat "$results/diff.exit" 2> /dev/null || echo 0)
if [ "$code" -gt 1 ]; then
  echo "writ diff: exit code $code" >&2
  verdict=1
fi
exit "$verdict"
