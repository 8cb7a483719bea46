#!/bin/bash
# Starts a Slurm on this machine alone, without systemd: up.sh FOLDER. Its configuration is then FOLDER/slurm.conf, for
# SLURM_CONF; down.sh FOLDER ends it. It needs root, and slurmctld, slurmd, slurm-client and munge.
set -eu
folder=$(realpath -- "$1")
here=$(dirname -- "$(realpath -- "$0")")
# Paths in Slurm's configuration have neither spaces nor quotes.
case $folder in *[!A-Za-z0-9/._-]*) echo "$folder: a name that slurm.conf cannot hold" >&2; exit 65 ;; esac
export PATH=$PATH:/usr/sbin:/sbin
chmod 755 "$folder"
mkdir -p "$folder/state" "$folder/spool"

port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
sed -e "s|@folder@|$folder|g" -e "s|@host@|$(hostname -s)|g" -e "s|@cores@|$(nproc)|g" \
    -e "s|@controlPort@|$(port)|" -e "s|@nodePort@|$(port)|" "$here/slurm.conf" >"$folder/slurm.conf"
export SLURM_CONF=$folder/slurm.conf

# A daemon must not hold open what belongs to whoever has started this.
daemon() (
  for file in /proc/self/fd/*; do
    number=${file##*/}
    if [ "$number" -gt 2 ]; then eval "exec $number>&-"; fi
  done
  "$@"
)

(umask 077 && head -c 1024 /dev/urandom >"$folder/munge.key")
daemon munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
    --log-file="$folder/munged.log" --seed-file="$folder/munge.seed"
daemon slurmctld -c
daemon slurmd -c

for _ in {1..60}; do
  if [ "$(sinfo --noheader --format=%T 2>/dev/null)" = idle ]; then exit 0; fi
  sleep 0.5
done
echo "Slurm does not come up: see $folder/slurmctld.log and $folder/slurmd.log" >&2
exit 69
