#!/usr/bin/env bash
# Findings as text for the log, and as SARIF for code scanning.
# shellcheck source=results.sh
source "$(dirname "${BASH_SOURCE[0]}")/results.sh"
IFS=' ' read -r -a sources <<< "${WRIT_SOURCES//$'\n'/ }"
IFS=' ' read -r -a options <<< "${WRIT_OPTIONS:-}"
keep check writ check "${sources[@]}" ${options[@]+"${options[@]}"}
writ check "${sources[@]}" ${options[@]+"${options[@]}"} --format sarif > "$results/check.sarif" || true
