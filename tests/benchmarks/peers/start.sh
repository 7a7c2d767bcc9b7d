# What the start scripts of the peers share. Read by them with the arguments of each: FOLDER [PORT [COUNT]]; without PORT they
# only install. The harness reads the standard output (`version: …`, then `ready`), and what went wrong from the standard
# error; all else is in FOLDER/log.
set -Eeuo pipefail

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
port=${2:-}
count=${3:-1000}
cores=${BELFRY_BENCH_CORES:-$(nproc)}
log=$folder/log

exec 3>&1 4>&2 >>"$log" 2>&1
trap 'fail "see $log: $(tail -n 1 "$log")"' ERR

fail() {
  trap - ERR
  echo "$here: $*" >&4
  exit 1
}

# One descriptor a socket, and as many for every peer.
ulimit -S -n 20000 || true

# Says what is installed, which is all if there is no port.
installed() {
  echo "version: $*" >&3
  [ -n "$port" ] || exit 0
}

# Says `ready` when the program that this script turns into accepts connections. Not its child: it would have to wait for it.
announce() {
  local program=$$
  (
    (
      trap - ERR
      until (exec 5<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        kill -0 "$program" || exit
        sleep 0.05
      done
      echo ready >&3
    ) 4>&- &
  )
}

# The files of Debian's packages in FOLDER/debian. They are not installed: a distribution's service would start with them.
unpack() {
  local archives=$folder/archives
  [ -d "$folder/debian" ] && return
  mkdir -p "$archives"
  (cd "$archives" && apt-get download "$@")
  for archive in "$archives"/*.deb; do
    dpkg-deb -x "$archive" "$folder/debian.part"
  done
  mv "$folder/debian.part" "$folder/debian"
}

debian_version() { dpkg-deb -f "$folder"/archives/"$1"_*.deb Version; }
