#!/usr/bin/env bash
# postgresql.sh DIR PORT [postgres options]: a private PostgreSQL server in the foreground on 127.0.0.1:PORT, superuser "qrossing",
# no password. fsync is off unless QROSSING_PG_DURABLE=1: tests that claim durability or speed set it.
. "$(dirname "$0")/lib.sh"
dir=$1 port=$2; shift 2
bin=$(postgresql_bin)
[ -x "$bin/postgres" ] || { echo "PostgreSQL is not installed: $("$here/install.sh" --missing postgres)" >&2; exit 2; }

# The server refuses to run as root; the system user that Debian's package made runs it then.
as=()
if [ "$(id -u)" = 0 ]; then
  user=postgres; id "$user" >/dev/null 2>&1 || user=nobody
  as=(setpriv "--reuid=$user" "--regid=$(id -gn "$user")" --clear-groups env HOME=/tmp)
fi
mkdir -p "$dir/data"
[ ${#as[@]} -eq 0 ] || { chmod 755 "$dir"; chown "$user" "$dir/data"; }
chmod 700 "$dir/data"
cd /
[ -e "$dir/data/PG_VERSION" ] || "${as[@]}" "$bin/initdb" -D "$dir/data" -U qrossing --auth=trust -E UTF8 --no-locale -N >/dev/null

durable=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off)
[ "${QROSSING_PG_DURABLE:-}" != 1 ] || durable=()
exec "${as[@]}" "$bin/postgres" -D "$dir/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
  -c max_connections=200 -c shared_buffers=64MB "${durable[@]}" "$@"
