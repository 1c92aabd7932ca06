#!/usr/bin/env bash
# Runs a command as a technician's PC would: an ordinary user, a fresh D-Bus session with an unlocked keyring, a screen.
# usage: desktop-session.sh CMD...   As root it drops to the user in $DESKTOP_USER, created once.
set -euo pipefail
user=${DESKTOP_USER:-officina-test}
if [ "$(id -u)" = 0 ]; then
  id "$user" >/dev/null 2>&1 || useradd --system --create-home --shell /bin/bash "$user"
  home=$(getent passwd "$user" | cut -d: -f6)
  exec runuser -u "$user" -- env HOME="$home" DESKTOP_INNER= "$0" "$@"
fi
if [ -z "${DESKTOP_INNER:-}" ]; then
  rooms=$(mktemp -d /tmp/officina-session.XXXXXX)
  mkdir -p "$rooms/run" "$rooms/data" "$rooms/config" "$rooms/cache" "$rooms/tmp"
  chmod 700 "$rooms/run"
  set +e
  env DESKTOP_INNER=1 XDG_RUNTIME_DIR="$rooms/run" XDG_DATA_HOME="$rooms/data" XDG_CONFIG_HOME="$rooms/config" XDG_CACHE_HOME="$rooms/cache" \
    TMPDIR="$rooms/tmp" dbus-run-session -- "$0" "$@"
  code=$?
  rm -rf "$rooms"
  exit $code
fi
# One newline is the keyring's password; no bytes at all would create no keyring.
printf '\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
# Without -noreset the screen begins anew when its last window goes, and a program that starts in that moment finds none.
xvfb-run -a -s '-screen 0 1400x900x24 -noreset' "$@"
