#!/usr/bin/env bash
# Compares the committed config with what the policy compiles to.
# shellcheck source=results.sh
source "$(dirname "${BASH_SOURCE[0]}")/results.sh"
IFS=' ' read -r -a sources <<< "${WRIT_SOURCES//$'\n'/ }"
IFS=' ' read -r -a options <<< "${WRIT_OPTIONS:-}"
keep golden writ golden "${sources[@]}" ${options[@]+"${options[@]}"} --dir "$WRIT_GOLDEN" --check
