#!/usr/bin/env bash
# install.sh [NAME...]            installs what is missing (apt as root, npm into the user's cache); idempotent
# install.sh --missing [NAME...]  installs nothing: prints the one command that would, and exits 2 when anything is missing
# NAME is one of: postgres secp256k1 promtool chromium systemd node npm. Without names: all of them.
. "$(dirname "$0")/lib.sh"

only_tell=
if [ "${1:-}" = --missing ]; then only_tell=1; shift; fi
[ $# -gt 0 ] || set -- postgres secp256k1 promtool chromium systemd node npm

packages=() npm_missing=
for name in "$@"; do
  has "$name" && continue
  case $name in
    npm) npm_missing=1; has node || [[ " ${packages[*]-} " == *" nodejs "* ]] || packages+=($(apt_package node)) ;;
    *) [[ " ${packages[*]-} " == *" $(apt_package "$name") "* ]] || packages+=($(apt_package "$name")) ;;
  esac
done
[ ${#packages[@]} -gt 0 ] || [ -n "$npm_missing" ] || exit 0

npm_command() { echo "npm ci --prefix '$npm_home' --ignore-scripts --no-audit --no-fund"; }

if [ -n "$only_tell" ]; then
  line=
  [ ${#packages[@]} -eq 0 ] || line="apt-get install -y --no-install-recommends ${packages[*]}"
  [ -z "$npm_missing" ] || line="${line:+$line && }$here/install.sh npm"
  echo "$line"
  exit 2
fi

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq -y --no-install-recommends install "$@" </dev/null >&2; }
mkdir -p "$tools"
exec 9>"$tools/.install.lock"
flock 9

if [ ${#packages[@]} -gt 0 ]; then
  [ "$(id -u)" = 0 ] || { echo "not root; run: sudo apt-get install -y --no-install-recommends ${packages[*]}" >&2; exit 2; }
  # The package lists of a fresh machine are empty or stale: refresh them only when the first attempt fails.
  apt_install "${packages[@]}" 2>/dev/null || { apt-get -qq update </dev/null >&2 && apt_install "${packages[@]}"; }
fi

if [ -n "$npm_missing" ] && ! has npm; then
  mkdir -p "$npm_home"
  cp "$here/npm/package.json" "$here/npm/package-lock.json" "$npm_home/"
  (cd "$npm_home" && eval "$(npm_command)" </dev/null >&2)
  touch "$npm_home/.complete"
fi
