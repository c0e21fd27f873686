#!/usr/bin/env bash
# Runs the features: annotations in the log, a report in JUnit's format beside it.
# shellcheck source=results.sh
source "$(dirname "${BASH_SOURCE[0]}")/results.sh"
IFS=' ' read -r -a features <<< "${WRIT_FEATURES//$'\n'/ }"
keep test writ test "${features[@]}" --judge "${WRIT_JUDGE:-all}" --junit "$results/junit.xml"
