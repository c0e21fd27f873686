#!/usr/bin/env bash
# Unpacks an archive of Writ and puts it on the PATH of the steps that follow.
set -euo pipefail
# shellcheck source=results.sh
source "$(dirname "${BASH_SOURCE[0]}")/results.sh"
rm -rf "${results:?}"/*

archive=${WRIT_ARCHIVE:-}
if [ -z "$archive" ]; then
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) platform=linux-x64 ;;
    Linux-aarch64) platform=linux-arm64 ;;
    Darwin-arm64) platform=macos-arm64 ;;
    *)
      echo "writ: there is no archive for $(uname -s) on $(uname -m)" >&2
      exit 2
      ;;
  esac
  release=${WRIT_RELEASE:?}
  archive=$WRIT_RELEASES/$release/writ-${release#v}-$platform.tar.gz
fi
home=$results/home
mkdir -p "$home"
case $archive in
  *://*)
    curl --fail --silent --show-error --location --retry 2 --output "$results/archive.tar.gz" "$archive"
    archive=$results/archive.tar.gz
    ;;
esac
tar -xzf "$archive" -C "$home" --strip-components=1
echo "$home/bin" >> "${GITHUB_PATH:-/dev/null}"
"$home/bin/writ" --version
