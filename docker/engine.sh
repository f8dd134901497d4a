#!/usr/bin/env bash
# Docker for a Debian machine that has none: installs an engine and both Compose versions, makes the base images, which cannot be
# pulled there, builds the project's images, and runs the engine in a network namespace of its own. Needs root. What a person with
# Docker needs is docker-compose.yml alone.
#
#   docker/engine.sh install          the engine, Compose v1 and v2
#   docker/engine.sh build            stand-ins for the base images, then the project's images
#   docker/engine.sh start            the engine, in its namespace
#   docker/engine.sh run COMMAND…     COMMAND in that namespace, with DOCKER_HOST set: docker compose up, curl localhost:8001, …
#   docker/engine.sh stop             ends every container, the engine and the namespace; images stay for the next time
#
# All of it is kept in target/docker; but for the packages, nothing outside is changed.
set -Eeuo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(dirname "$here")
state=$project/target/docker
# Two checkouts on one machine must not meet.
id=$(cksum <<< "$project" | cut -d ' ' -f 1)
namespace=stability-lab-$id
# Sockets have short paths, and a checkout may have a long one.
runtime=/run/$namespace
pid_file=$state/dockerd.pid
log=$state/dockerd.log

export DOCKER_HOST=unix://$runtime/docker.sock
export DOCKER_CONFIG=$state/config
# Debian's client fits Debian's engine; another one that is earlier in the PATH may lack the parts that it would build with.
export PATH=$state/bin:$PATH

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "$@"
  exit 1
}

# The process id in this file, if that process runs with this argument. A number in a file can be another process's by now, and
# nobody's when the process has ended and its parent did not notice.
pid_in() {
  local file=$1 argument=$2 pid
  [[ -r $file ]] && pid=$(< "$file") && [[ -n $pid ]] || return 1
  [[ -r /proc/$pid/cmdline ]] && tr '\0' '\n' < "/proc/$pid/cmdline" | grep -qxF -e "$argument" || return 1
  printf '%s\n' "$pid"
}

engine_pid() { pid_in "$pid_file" "--data-root=$state/data"; }

mode() { cat "$state/mode" 2> /dev/null || true; }

wait_until() {
  local tries=$1 i
  shift
  for ((i = 0; i < tries; i++)); do
    ! "$@" || return 0
    sleep 0.1
  done
  return 1
}

answers() { docker version > /dev/null 2>&1; }
gone() { ! engine_pid > /dev/null; }

make_namespace() {
  [[ -e /run/netns/$namespace ]] || ip netns add "$namespace"
  nsenter --net="/run/netns/$namespace" ip link set lo up
}

# Starts the engine, in the way that is asked for: 'namespace', where every address is private to it and containers have a
# network, or 'host', where nothing is changed on the machine's network, and which is for builds: they need the registries.
start() {
  local wanted=$1 prefix=() options=()
  mkdir -p "$state" "$runtime"
  if engine_pid > /dev/null; then
    [[ $(mode) != "$wanted" ]] || return 0
    stop_engine
  fi
  if [[ $wanted == namespace ]]; then
    make_namespace
    prefix=(nsenter --net="/run/netns/$namespace")
  else
    options=(--bridge=none --iptables=false --ip6tables=false --ip-forward=false)
  fi
  echo '{}' > "$state/daemon.json"
  rm -f "$pid_file"
  # An engine that finds this file waits a minute for the process in it, though that ended with the engine before.
  pid_in "$runtime/exec/containerd/containerd.pid" "$runtime/exec/containerd/containerd.toml" > /dev/null \
    || rm -f "$runtime/exec/containerd/containerd.pid"
  printf '%s\n' "$wanted" > "$state/mode"
  setsid "${prefix[@]}" /usr/sbin/dockerd --host="$DOCKER_HOST" --config-file="$state/daemon.json" --data-root="$state/data" \
    --exec-root="$runtime/exec" --pidfile="$pid_file" "${options[@]}" > "$log" 2>&1 < /dev/null &
  if ! wait_until 300 answers; then
    tail -n 30 "$log" >&2
    fail "The engine did not answer within 30 s; what it said stands above and in $log."
  fi
}

stop_engine() {
  local pid
  pid=$(engine_pid) || return 0
  kill -TERM "$pid"
  wait_until 300 gone || fail "The engine (process $pid) did not end within 30 s; see $log."
}

# The engine's helpers that outlived it. The path is this checkout's own, so that nobody else's are meant.
helper_pids() {
  local pid
  for pid in $(ip netns pids "$namespace" 2> /dev/null); do
    ! grep -qsF "$runtime/exec" "/proc/$pid/cmdline" || printf '%s\n' "$pid"
  done
}

# The processes of this engine's containers, by the full ids of the containers.
container_pids() {
  local directory container file
  for directory in "$state"/data/containers/*/; do
    container=$(basename "$directory")
    [[ $container =~ ^[0-9a-f]{64}$ ]] || continue
    for file in /proc/[0-9]*/cgroup; do
      ! grep -qsF "/$container" "$file" || printf '%s\n' "${file//[!0-9]/}"
    done
  done
}

# Ends what an engine that was killed has left, and what another one could not end.
end_leftovers() {
  local pid mount
  for pid in $(helper_pids) $(container_pids); do
    kill -KILL "$pid" 2> /dev/null || true
  done
  # Mounts stand in the order in which they were made; a space in a path is \040.
  cut -d ' ' -f 5 /proc/self/mountinfo | tac | while IFS= read -r mount; do
    mount=$(printf '%b' "$mount")
    [[ $mount != "$state"/* && $mount != "$runtime"/* ]] || umount --lazy "$mount"
  done
}

# Only an engine can end containers properly, also those that were left when it was killed.
remove_containers() {
  start namespace
  docker ps -aq | xargs -r docker rm -f > /dev/null
  docker network prune -f > /dev/null
}

stop() {
  [[ -e /run/netns/$namespace || -e $runtime ]] || return 0
  (remove_containers) || say "The engine could not end its containers; they are killed."
  stop_engine
  end_leftovers
  [[ ! -e /run/netns/$namespace ]] || ip netns delete "$namespace"
  rm -rf "$runtime"
}

# Debian's next release has the programs in versions that this one lacks. They are unpacked, not installed.
fetch_from_trixie() {
  local directory=$state/apt options
  [[ -x $state/trixie/usr/bin/prometheus && -x $state/trixie/usr/libexec/docker/cli-plugins/docker-compose ]] && return 0
  mkdir -p "$directory/lists/partial" "$directory/cache/archives/partial" "$state/trixie"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s trixie main\n' "$(debian_mirror)" > "$directory/sources.list"
  options=(-qq -o "Dir::Etc::sourcelist=$directory/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$directory/lists"
    -o "Dir::Cache=$directory/cache" -o Acquire::Languages=none -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update
  (cd "$directory" && apt-get "${options[@]}" download docker-compose prometheus)
  local package
  for package in "$directory"/*.deb; do
    dpkg -x "$package" "$state/trixie"
  done
}

debian_mirror() {
  # shellcheck disable=SC2016 # apt fills in $(REPO_URI).
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/*$' \
    || fail "apt-get knows no Debian mirror on this machine."
}

install_all() {
  local packages=() package
  for package in docker.io docker-compose iptables iproute2 mmdebstrap curl; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null) == installed ]] || packages+=("$package")
  done
  if ((${#packages[@]})); then
    say "Installing ${packages[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
  fi
  fetch_from_trixie
  mkdir -p "$state/bin" "$DOCKER_CONFIG/cli-plugins"
  ln -sfn /usr/bin/docker "$state/bin/docker"
  ln -sfn "$state/trixie/usr/libexec/docker/cli-plugins/docker-compose" "$DOCKER_CONFIG/cli-plugins/docker-compose"
}

build() {
  start host
  "$here/stand-ins.sh"
  # lab and visitors are one image.
  if ! (cd "$project" && COMPOSE_PROFILES='' docker compose -f docker-compose.yml -f docker/host-network.yml --progress plain build) \
    > "$state/build.log" 2>&1; then
    tail -n 60 "$state/build.log" >&2
    fail "The images could not be built; what was said stands above and in $state/build.log."
  fi
}

((EUID == 0)) || fail "docker/engine.sh needs root: it installs packages, and makes a network namespace."
command=${1:-}
shift || true
case $command in
  install) install_all ;;
  build) build ;;
  start) start namespace ;;
  run)
    [[ ${1:-} != -- ]] || shift
    start namespace
    exec nsenter --net="/run/netns/$namespace" "$@"
    ;;
  stop) stop ;;
  *)
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac
