#!/usr/bin/env bash
# The proof that docker-compose.yml works, for CI and for a Debian machine without Docker: installs an engine, builds the images,
# runs docker/check-system.sh against them, and leaves no process, container or network behind. Needs root.
set -Eeuo pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)

timed() {
  local what=$1 began=$SECONDS
  shift
  echo "== $what"
  "$@"
  echo "== $what: $((SECONDS - began)) s"
}

trap '"$here/engine.sh" stop' EXIT
timed "Installing the engine" "$here/engine.sh" install
timed "Making the images" "$here/engine.sh" build
timed "Checking the system" "$here/engine.sh" run "$here/check-system.sh" "$@"
