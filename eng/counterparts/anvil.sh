#!/usr/bin/env bash
# anvil.sh PORT CHAIN_ID [anvil options]: a private Ethereum node in the foreground on 127.0.0.1:PORT (HTTP and WebSocket),
# with the ten well-known development accounts of the mnemonic "test test ... junk".
. "$(dirname "$0")/lib.sh"
port=$1 chain=$2; shift 2
bin=$(anvil_bin)
[ -x "$bin" ] || { echo "anvil is not installed: $("$here/install.sh" --missing npm)" >&2; exit 2; }
exec "$bin" --host 127.0.0.1 --port "$port" --chain-id "$chain" "$@"
