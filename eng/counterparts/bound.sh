#!/usr/bin/env bash
# bound.sh [--scratch DIR] COMMAND...
# Runs COMMAND in a process group of its own and ties its life to our standard input: when the starter goes away, however it
# dies, the pipe closes, the group is killed and DIR removed. PR_SET_PDEATHSIG would not do: it fires when the *thread* that
# forked ends, and a thread of the .NET pool ends at any time.
# First line on standard output: "pid N". Each line on standard input is the name of a signal for the group (TERM, KILL, STOP, CONT).
set -um
scratch=
if [ "$1" = --scratch ]; then scratch=$2; shift 2; fi

# The command starts only when its guard stands and its process id is told, so that its own output comes after that line.
exec 3<&0 4<> <(:)
( read -r -t 10 -u 4 && exec "$@" </dev/null 3<&- 4<&- ) &
child=$!

# The guard holds none of our output pipes, so a reader sees end-of-file as soon as the command is gone.
(
  exec >/dev/null 2>&1 4<&-
  while read -r signal <&3; do kill -s "$signal" -- "-$child"; done
  kill -KILL -- "-$child"
  [ -z "$scratch" ] || rm -rf -- "$scratch"
) &
guard=$!
disown "$guard"
echo "pid $child"
echo >&4
exec 4<&-

# "wait" also returns when the command is merely stopped; only its end counts.
while true; do
  wait "$child" 2>/dev/null
  status=$?
  kill -0 "$child" 2>/dev/null || break
done
kill -KILL -- "-$guard" 2>/dev/null
[ -z "$scratch" ] || rm -rf -- "$scratch"
exit "$status"
