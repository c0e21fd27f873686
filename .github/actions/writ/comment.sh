#!/usr/bin/env bash
# One comment for a pull request, written once and then kept up to date: it is known by the marker it begins with. Without a
# token that may write comments, as a fork's pull request has none, it goes to the summary of the run.
# shellcheck source=results.sh
source "$(dirname "${BASH_SOURCE[0]}")/results.sh"

marker="<!-- writ: ${WRIT_SOURCES//[^A-Za-z0-9 .\/_]/ } -->"
# GitHub takes 65,536 characters.
longest=60000
comment=$results/comment.md

# The last line says what a command came to.
closing() {
  grep -v '^  = help' "$1" | grep -v '^::' | grep . | tail -n 1 | sed 's/[`<>|]/ /g' || true
}

row() {
  local name=$1 mark='✅'
  [ -f "$results/$name.exit" ] || return 0
  [ "$(cat "$results/$name.exit")" = 0 ] || mark='❌'
  echo "| $mark | \`writ $name\` | $(closing "$results/$name.txt") |"
}

details() {
  local summary=$1 file=$2 fence='```'
  [ -s "$file" ] || return 0
  while grep -qF "$fence" "$file"; do fence="$fence\`"; done
  printf '\n<details><summary>%s</summary>\n\n%s%s\n' "$summary" "$fence" "$3"
  head -c 20000 "$file"
  printf '\n%s\n</details>\n' "$fence"
}

failed() { [ -f "$results/$1.exit" ] && [ "$(cat "$results/$1.exit")" != 0 ]; }

compose() {
  echo "$marker"
  if [ -s "$results/diff.txt" ]; then
    head -c 30000 "$results/diff.txt"
    if [ "$(wc -c < "$results/diff.txt")" -gt 30000 ]; then printf '\n```\n\n… and more: see the log.\n'; fi
    echo
  elif failed diff; then
    echo "Who may call whom could not be compared with the base."
    echo
  fi
  echo '| | | |'
  echo '|---|---|---|'
  row check
  row test
  row golden
  if failed check; then details 'findings' "$results/check.txt" ''; fi
  if failed golden; then details 'config that changed' "$results/golden.txt" 'diff'; fi
  if failed diff; then details 'why it could not be compared' "$results/diff.err" ''; fi
}

compose | head -c "$longest" > "$comment"

to_summary() {
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$comment" >> "$GITHUB_STEP_SUMMARY"; else cat "$comment"; fi
}

api=${GITHUB_API_URL:-https://api.github.com}/repos/${GITHUB_REPOSITORY:-}/issues

call() {
  local method=$1 url=$2
  shift 2
  # The token is no argument: those can be read by every process.
  curl --fail --silent --show-error --request "$method" --config <(printf 'header = "Authorization: Bearer %s"\n' "$WRIT_TOKEN") \
    --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' "$@" "$url"
}

# The number of the comment that begins with our marker; empty if there is none.
find_comment() {
  local page=1 answer
  while :; do
    answer=$(call GET "$api/$WRIT_PULL_REQUEST/comments?per_page=100&page=$page") || return 1
    local id
    id=$(jq -r --arg marker "$marker" '[.[] | select(.body | startswith($marker)) | .id][0] // empty' <<< "$answer")
    if [ -n "$id" ] || [ "$(jq length <<< "$answer")" -lt 100 ]; then
      echo "$id"
      return 0
    fi
    page=$((page + 1))
  done
}

write_comment() {
  local id
  id=$(find_comment) || return 1
  jq --null-input --rawfile body "$comment" '{body: $body}' > "$results/comment.json"
  if [ -n "$id" ]; then
    call PATCH "$api/comments/$id" --data "@$results/comment.json" > /dev/null
  else
    call POST "$api/$WRIT_PULL_REQUEST/comments" --data "@$results/comment.json" > /dev/null
  fi
}

if [ -z "${WRIT_TOKEN:-}" ] || [ -z "${WRIT_PULL_REQUEST:-}" ]; then
  to_summary
elif ! write_comment; then
  echo "writ: the token may not write comments; see the summary of this run" >&2
  to_summary
fi
