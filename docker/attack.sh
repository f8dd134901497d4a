#!/usr/bin/env bash
# Does to the system of docker-compose.yml, which has to be up, what an attacker would, and fails if anything of it succeeds: from the
# network of the users, through the published ports, and from inside a container that was taken over.
# shellcheck disable=SC2317 # What held() is given is called.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

home=http://127.0.0.1:8001/home
control=http://127.0.0.1:8474
token='Authorization: Token 0x132'
failed=0

# held DESCRIPTION COMMAND…: the command is true when the attack has failed.
held() {
  local what=$1
  shift
  if "$@"; then
    printf '    held: %s\n' "$what"
  else
    printf '    BROKEN: %s\n' "$what"
    failed=1
  fi
}

container() { docker compose ps -q "$1" | head -n 1; }
visitors=$(container visitors)

# Those of the addresses at which somebody answers who has taken over a container of the users.
reachable_for_users() {
  # shellcheck disable=SC2016 # The shell in the container fills it in.
  docker exec "$visitors" bash -c '
    for target; do
      timeout 2 bash -c "exec 3<> /dev/tcp/${target%:*}/${target#*:} && echo $target" 2> /dev/null &
    done
    wait' reach "$@"
}

address() { docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' "$(container "$1")"; }

status() { curl -sS -o /dev/null -w '%{http_code}' --max-time 10 "$@" 2> /dev/null || true; }
status_is() {
  local expected=$1
  shift
  [[ $(status "$@") == "$expected" ]]
}

# The inside by name, by the front door's own ports, and by the addresses of the other network.
inside_is_out_of_reach() {
  local targets=(fault-injector:8474 fault-injector:18000 fault-injector:18002 inside:8474) service ip
  for service in auth homepage recommendations popularity prometheus; do
    targets+=("$service:80" "$service:9001" "$service:9090")
    for ip in $(address "$service"); do
      targets+=("$ip:8000" "$ip:8001" "$ip:9000" "$ip:9001" "$ip:9090")
    done
  done
  for ip in $(address fault-injector); do
    targets+=("$ip:8474" "$ip:18000")
  done
  # The front door is among them, so that nothing is proven by an attacker who reaches nothing at all.
  [[ $(reachable_for_users fault-injector:8001 "${targets[@]}") == fault-injector:8001 ]]
}

no_management_behind_pages() {
  local path
  for path in /actuator /actuator/upstreams /actuator/prometheus /actuator/faults; do
    status_is 404 "http://127.0.0.1:8001$path" || return 1
  done
  status_is 404 -X PUT "http://127.0.0.1:8001/actuator/upstreams/auth/policy?ttl=60s"
}

control_refuses_pages_of_other_sites() {
  status_is 403 -H 'Host: evil.example' "$control/proxies" \
    && status_is 403 -H 'Origin: http://evil.example' -X POST "$control/reset" \
    && status_is 403 -H 'Sec-Fetch-Site: cross-site' -X POST "$control/reset"
}

# 450 clients that send a body slowly, from this machine; a page is answered all the same.
slow_bodies_starve_nobody() {
  local i answer
  (
    for ((i = 0; i < 450; i++)); do
      exec {slow}<> /dev/tcp/127.0.0.1/8001
      printf 'GET /home HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx' >&"$slow" || true
    done
    sleep 15
  ) 2> /dev/null &
  local attacker=$!
  sleep 3
  answer=$(status -H "$token" "$home")
  kill "$attacker" 2> /dev/null || true
  wait "$attacker" 2> /dev/null || true
  [[ $answer == 200 || $answer == 503 ]]
}

# A page or when to come again, for each of 300 at once.
bursts_are_answered() {
  local answers
  answers=$(for _ in $(seq 300); do status -H "$token" "$home" & done; wait)
  [[ $(grep -oE '200|503' <<< "$answers" | wc -l) == 300 ]]
}

no_token_is_logged() {
  curl -sS -o /dev/null --max-time 5 -H $'Authorization: Token sEcReT\x01' "$home" 2> /dev/null || true
  curl -sS -o /dev/null --max-time 5 -H 'Authorization: Token sEcReT' "$home" 2> /dev/null || true
  ! docker compose logs --no-color 2> /dev/null | grep -q 'sEcReT\|0x132[^0-9]*$'
}

# A container that was taken over cannot fill the machine: neither its processes, nor its memory, nor its disk.
processes() { docker top "$1" | tail -n +2 | wc -l; }
processes_are_bounded() {
  local most=0 now i
  docker exec -d "$visitors" bash -c 'for i in {1..400}; do sleep 20 & done'
  for ((i = 0; i < 30 && (i < 8 || most < 100); i++)); do
    sleep 1
    now=$(processes "$visitors")
    ((most = now > most ? now : most))
  done
  echo "    $most of 400 processes could be started"
  until (($(processes "$visitors") < 20)); do sleep 1; done
  # Fewer than 100 would be no attack.
  ((most >= 100 && most <= 200)) && [[ $(docker inspect -f '{{.State.Running}}' "$visitors") == true ]]
}
tmp_is_bounded() {
  local written
  written=$(docker exec "$visitors" bash -c 'head -c 100m /dev/zero > /tmp/full 2> /dev/null; wc -c < /tmp/full; rm /tmp/full')
  ((written <= 64 * 1024 * 1024))
}
root_is_read_only() { ! docker exec "$visitors" bash -c 'echo x > /app/x' 2> /dev/null; }

held "users reach the front door and nothing else" inside_is_out_of_reach
held "the front door leads to no management port" no_management_behind_pages
held "the control API refuses web pages of other sites" control_refuses_pages_of_other_sites
held "450 slow bodies starve nobody" slow_bodies_starve_nobody
held "300 requests at once are answered" bursts_are_answered
held "no token is in a log" no_token_is_logged
held "processes are bounded" processes_are_bounded
held "/tmp is bounded" tmp_is_bounded
held "the root file system is read-only" root_is_read_only
exit "$failed"
