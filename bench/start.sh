#!/usr/bin/env bash
# Prints the time from process start to routes started, for a plain start and with an AppCDS archive, best and median of N.
# The servers that the routes name must answer: set the environment as docs/configuration.md says.
# usage: bench/start.sh [N] [options of distributary.jar, such as --routes DIR]
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
jar="$here/target/distributary.jar"
runs="${1:-5}"
shift || true
work="$(mktemp -d)"
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT

# Starts, prints the seconds its own log names, and ends it.
start() {
  java "${flags[@]}" -Dcamel.management.port=0 -jar "$jar" "${options[@]}" > "$work/log" 2>&1 &
  pid=$!
  until grep -q ' started in ' "$work/log"; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/log" >&2; pid=; exit 1; }
    sleep 0.05
  done
  sed -n 's/.* started in \([0-9.]*\) s.*/\1/p' "$work/log"
  kill "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
}

measure() {
  local name="$1" i
  for i in $(seq "$runs"); do start; done | sort -n > "$work/times"
  echo "$name: best $(head -n 1 "$work/times") s, median $(sed -n "$(((runs + 1) / 2))p" "$work/times") s of $runs"
}

options=("$@")
flags=(-Xshare:auto)
measure "java -jar"
flags=(-XX:TieredStopAtLevel=1)
measure "java -XX:TieredStopAtLevel=1 -jar"
flags=(-XX:ArchiveClassesAtExit="$work/app.jsa" -Xlog:disable)
start > /dev/null
flags=(-XX:SharedArchiveFile="$work/app.jsa")
measure "java -XX:SharedArchiveFile -jar (AppCDS)"
