#!/bin/sh
# Two hosts on one machine: a scheduler with a worker in one network namespace, another worker in a
# second one, the desk in a third, which reaches them over a bridge. Needs root and iproute2.
#   sh docs/examples/two-hosts.sh ARCHIVE.warc.gz DESK
set -eu
archive=$1 desk=$2
bridge=lw-bridge
cleanup() {
  kill $pids 2>/dev/null || true
  for host in desk one two; do ip netns delete lw-$host 2>/dev/null || true; done
  ip link delete $bridge 2>/dev/null || true
}
pids=""
trap cleanup EXIT
ip link add $bridge type bridge
ip link set $bridge up
number=1
for host in desk one two; do
  ip netns add lw-$host
  ip link add lw-v$number type veth peer name eth0 netns lw-$host
  ip link set lw-v$number master $bridge up
  ip -n lw-$host addr add 10.77.0.$number/24 dev eth0
  ip -n lw-$host link set eth0 up
  ip -n lw-$host link set lo up
  number=$((number + 1))
done
run() { host=$1; shift; ip netns exec lw-$host "$@" & pids="$pids $!"; }
run one python -m distributed.cli.dask_scheduler --host 10.77.0.2 --port 8786 --no-dashboard --no-show
run one python -m distributed.cli.dask_worker tcp://10.77.0.2:8786 --host 10.77.0.2 --nthreads 1 --no-dashboard
run two python -m distributed.cli.dask_worker tcp://10.77.0.2:8786 --host 10.77.0.3 --nthreads 1 --no-dashboard
ip netns exec lw-desk python -m lodewire.cli.main backfill "$archive" -d "$desk" --executor dask://10.77.0.2:8786
