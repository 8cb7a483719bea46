#!/bin/bash
# Ends the Slurm that up.sh FOLDER has started, with all its jobs.
folder=$(realpath -- "$1")
export SLURM_CONF=$folder/slurm.conf
scancel --user=root 2>/dev/null
for name in slurmd slurmctld munged; do
  process=$(cat "$folder/$name.pid" 2>/dev/null) || continue
  kill "$process" 2>/dev/null
  for _ in {1..50}; do
    kill -0 "$process" 2>/dev/null || break
    sleep 0.1
  done
  kill -9 "$process" 2>/dev/null
done
exit 0
