# Shared by the scripts of this folder: where tools are cached, and what is missing on this machine.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=${QROSSING_TOOLS:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/qrossing-tools}
# The npm packages live in a folder named after the lock file, so two checkouts with different pins never disturb each other.
npm_home=$tools/npm-$(sha256sum "$here/npm/package-lock.json" | cut -c1-12)

postgresql_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

anvil_bin() { echo "$npm_home/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil"; }

# has NAME: is this counterpart usable now?
has() {
  case $1 in
    postgres) [ -x "$(postgresql_bin)/postgres" ] ;;
    secp256k1) /sbin/ldconfig -p | grep -q 'libsecp256k1\.so\.[12] ' ;;
    promtool) command -v promtool >/dev/null ;;
    chromium) command -v chromium >/dev/null ;;
    systemd) command -v systemd-analyze >/dev/null ;;
    node) command -v node >/dev/null && command -v npm >/dev/null ;;
    npm) [ -e "$npm_home/.complete" ] ;;
    *) echo "unknown counterpart '$1'" >&2; return 2 ;;
  esac
}

# apt_package NAME: the Debian package that brings it. The library's package name carries its ABI number, which differs per release.
apt_package() {
  case $1 in
    postgres) echo postgresql ;;
    secp256k1) apt-cache search --names-only '^libsecp256k1-[0-9]+$' 2>/dev/null | cut -d' ' -f1 | sort -V | tail -1 | grep . || echo libsecp256k1-1 ;;
    promtool) echo prometheus ;;
    chromium) echo chromium ;;
    systemd) echo systemd ;;
    node) echo nodejs npm ;;
  esac
}
