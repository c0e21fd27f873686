#!/usr/bin/env bash
# Which calls are newly allowed or denied since the base.
# shellcheck source=results.sh
source "$(dirname "${BASH_SOURCE[0]}")/results.sh"
IFS=' ' read -r -a sources <<< "${WRIT_SOURCES//$'\n'/ }"
IFS=' ' read -r -a options <<< "${WRIT_OPTIONS:-}"
# A shallow checkout does not have the base.
git cat-file -e "$WRIT_BASE^{commit}" 2> /dev/null || git fetch --quiet --depth=1 origin "$WRIT_BASE"
sides=()
for source in "${sources[@]}"; do
  if git cat-file -e "$WRIT_BASE:${source%/}" 2> /dev/null; then
    sides+=(--old "$WRIT_BASE:${source%/}")
  fi
  sides+=(--new "$source")
done
case " ${sides[*]} " in
  *" --old "*) keep diff writ diff "${sides[@]}" ${options[@]+"${options[@]}"} --format markdown ;;
  *) echo "The policy is new: there is nothing to compare it with." | tee "$results/diff.txt" ;;
esac
