#!/usr/bin/env bash
# roll.sh <api | gateway | persister>: puts containers of the image that was built or pulled last in the place of those that
# run, one after the other. The new one is ready before the old one is told to go, so that calls and sockets have a place.
set -euo pipefail
service=$1

for old in $(docker compose ps --quiet "$service"); do
  count=$(docker compose ps --quiet "$service" | wc -l)
  docker compose up --detach --wait --no-deps --no-recreate --scale "$service=$((count + 1))" "$service"
  # Longer than nginx keeps an address (ops/nginx/nginx.conf, resolver).
  sleep 3
  docker stop --time 40 "$old" >/dev/null
  docker rm "$old" >/dev/null
done
