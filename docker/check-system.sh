#!/usr/bin/env bash
# Brings the system of docker-compose.yml up, proves what docs/docker.md says about it, and takes it down again. The images have to be
# there. Runs against the engine that docker talks to; docker/check.sh brings an engine of its own.
#
# Only Grafana is left out: its image cannot be made on a machine that cannot pull it.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export COMPOSE_PROFILES='' COMPOSE_PROJECT_NAME=stability-lab-check
token='Authorization: Token 0x132'
page='{"recommendations":[12,23,100,122,220,333,340,400,555,654],"popular_items":[1,2,3,4,5,6,7,8,9,10]}'
work=$(mktemp -d)

# What is wrong, for the person who has to mend it; said again at the end, below the logs.
failure=''
step=start
up_at=0
fail() {
  failure="FAILED: $*"
  printf '%s\n' "$failure" >&2
  exit 1
}

containers() { docker compose --profile lab ps -aq "$@"; }
name_of() { docker inspect -f '{{.Name}}' "$1"; }
label_filter=label=com.docker.compose.project=$COMPOSE_PROJECT_NAME

# eventually SECONDS COMMAND…: until it is true.
eventually() {
  local seconds=$1 end
  shift
  end=$((SECONDS + seconds))
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.5
  done
}

# The value of a query that gives one series; nothing when it gives none.
query() {
  curl -sS --max-time 5 -G http://127.0.0.1:9090/api/v1/query --data-urlencode "query=$1" \
    | sed -n 's/.*"value":\[[^,]*,"\([^"]*\)"\].*/\1/p'
}

# query_is EXPRESSION CONDITION: e.g. '> 0.9', of awk.
query_is() {
  local value
  value=$(query "$1")
  [[ -n $value && $value != NaN ]] && awk "BEGIN { exit !($value $2) }"
}

expect_query() {
  eventually 20 query_is "$1" "$2" || fail "Prometheus says '$(query "$1")' to $1, which is not $2."
}

both_compose_versions_take_the_file() {
  local compose
  for compose in 'docker compose' docker-compose; do
    # shellcheck disable=SC2086 # Two words are a command and its subcommand.
    COMPOSE_PROFILES=grafana,lab $compose config > "$work/config.yml" 2> "$work/warnings" \
      || fail "$compose refuses docker-compose.yml: $(< "$work/warnings")"
    [[ ! -s $work/warnings ]] || fail "$compose warns about docker-compose.yml: $(< "$work/warnings")"
  done
  [[ $(docker-compose version --short) == 1.29.* ]] || fail "docker-compose is not version 1.29: $(docker-compose version --short)"
}

comes_up_healthy() {
  docker compose up -d --wait --quiet-pull > "$work/up.log" 2>&1 || fail "The system did not come up: $(tail -n 5 "$work/up.log")"
  up_at=$SECONDS
}

# The last one to start says where everything is.
says_where_everything_is() {
  docker compose logs --no-color visitors | grep -q 'a page  *curl .*http://localhost:8001/home' \
    || fail "visitors did not say where a page is: $(docker compose logs --no-color --tail 20 visitors)"
}

is_quiet_after_a_cold_start() {
  local alerts
  # Longer than any alert waits.
  sleep "$((50 - (SECONDS - up_at) > 0 ? 50 - (SECONDS - up_at) : 0))"
  alerts=$(curl -sS --max-time 5 -G http://127.0.0.1:9090/api/v1/query --data-urlencode 'query=count by (alertname) (max_over_time(ALERTS{alertstate="firing"}[5m]))' \
    | sed -n 's/.*"alertname":"\([^"]*\)".*/\1/p')
  [[ -z $alerts ]] || fail "After a cold start there were alerts: $alerts"
}

# Java complains about a cache that does not fit, and then starts without it.
java_starts_with_its_cache() {
  docker compose logs --no-color auth homepage recommendations popularity fault-injector visitors > "$work/logs"
  [[ $(wc -l < "$work/logs") -gt 10 ]] || fail "The containers have logged next to nothing: $(< "$work/logs")"
  ! grep -E '\[(aot|cds)[ ,a-z]*\]' "$work/logs" || fail "Java does not use the cache of its image."
}

is_answered_in_full() {
  curl -sS --max-time 5 -H "$token" http://127.0.0.1:8001/home > "$work/answer" && [[ $(< "$work/answer") == "$page" ]]
}

# The first pages may be degraded: a service that was just started is slower than the attempt timeout.
answers_at_the_front_door() {
  eventually 20 is_answered_in_full || fail "http://127.0.0.1:8001/home answered '$(< "$work/answer")'."
}

publishes_on_loopback_only() {
  # Docker takes the next free ports of the homepages' range.
  local published expected='^8001 801[1-8] 801[1-8] 8474 9090$'
  # shellcheck disable=SC2046 # Ids have no spaces.
  docker inspect -f '{{range $port, $at := .NetworkSettings.Ports}}{{range $at}}{{.HostIp}} {{.HostPort}}{{println}}{{end}}{{end}}' \
    $(containers) | sed '/^$/d' > "$work/ports"
  ! grep -v '^127\.0\.0\.1 ' "$work/ports" || fail "These ports are published to more than this machine."
  published=$(cut -d ' ' -f 2 "$work/ports" | sort -n | xargs)
  [[ $published =~ $expected ]] || fail "Published are the ports $published; it should be $expected."
}

containers_may_nothing() {
  local id name facts status
  for id in $(containers); do
    name=$(name_of "$id")
    facts=$(docker inspect -f '{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{gt .HostConfig.Memory 0}}' "$id")
    facts+=$(docker inspect -f ' {{.HostConfig.PidsLimit}} {{.HostConfig.NanoCpus}} {{.HostConfig.Tmpfs}}' "$id")
    [[ $facts == 'true [ALL] [no-new-privileges:true] true 200 1000000000 map[/tmp:size=64m]' ]] || fail "$name is not locked: $facts"
    status=$(docker exec "$id" cat /proc/1/status)
    grep -q '^NoNewPrivs:.1$' <<< "$status" || fail "$name may get new privileges."
    grep -q '^CapEff:.0*$' <<< "$status" || fail "$name has capabilities: $(grep ^Cap <<< "$status" | xargs)"
    ! grep -q '^Uid:.*\<0\>' <<< "$status" || fail "$name runs as root."
    ! docker exec "$id" sh -c 'echo x > /written' 2> /dev/null || fail "$name can write to its root file system."
    docker exec "$id" sh -c 'echo x > /tmp/written && rm /tmp/written' || fail "$name cannot write to /tmp."
  done
}

java_keeps_to_the_memory_limit() {
  local id limit heap
  for id in $(containers auth homepage recommendations popularity fault-injector); do
    limit=$(docker inspect -f '{{.HostConfig.Memory}}' "$id")
    heap=$(docker exec "$id" java @/app/java.options -XX:+PrintFlagsFinal -version 2> /dev/null | awk '$2 == "MaxHeapSize" { print $4 }')
    ((heap <= limit * 55 / 100)) || fail "Java in $(name_of "$id") would take a heap of $heap bytes of a limit of $limit."
  done
}

keeps_attackers_out() { docker/attack.sh || fail "An attack succeeded; it stands above."; }

prometheus_finds_every_target() {
  local job
  for job in auth recommendations popularity fault-injector; do
    expect_query "sum(up{job=\"$job\"})" '== 1'
  done
  expect_query 'sum(up{job="homepage"})' '== 2'
}

# manage CONTAINER PORT PATH: asks a service for something of its management, which no port of this machine leads to.
manage() {
  docker exec "$1" bash -c 'exec 3<> "/dev/tcp/127.0.0.1/$1"
    printf "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" "$2" >&3
    timeout 5 cat <&3' manage "$2" "$3"
}

# The pages that each instance has answered.
pages_by_instance() {
  local id
  for id in $(containers homepage); do
    manage "$id" 9001 /actuator/prometheus \
      | awk '/^http_server_requests_seconds_count.*uri="\/home"/ { n += $NF } END { print n + 0 }'
  done
}

scales_the_homepage() {
  local i
  docker compose up -d --wait --no-recreate --scale homepage=3 > "$work/scale.log" 2>&1 \
    || fail "Three homepages did not come up: $(tail -n 5 "$work/scale.log")"
  expect_query 'sum(up{job="homepage"})' '== 3'
  # Visitors come to the instances directly; here the front door is asked.
  docker compose pause visitors 2> /dev/null
  pages_by_instance > "$work/before"
  for ((i = 0; i < 30; i++)); do
    curl -sS --max-time 5 -o /dev/null -H "$token" http://127.0.0.1:8001/home
    # A front door that goes by names learns of a new instance within a second.
    sleep 0.1
  done
  pages_by_instance > "$work/after"
  docker compose unpause visitors 2> /dev/null
  paste "$work/before" "$work/after" | awk '$2 <= $1 { idle++ } END { exit NR != 3 || idle > 0 }' \
    || fail "The front door does not reach all three homepages; pages before and after: $(paste -s "$work/before" "$work/after")"
}

recommendations_are_down() {
  curl -sS --max-time 5 http://127.0.0.1:8474/proxies/recommendations | grep -q '"enabled" *: *false'
}

is_gone() { ! kill -0 "$1" 2> /dev/null; }
outage_or_end() { recommendations_are_down || is_gone "$1"; }

policies_are_temporary() {
  local id
  for id in $(containers homepage); do
    ! manage "$id" 9001 /actuator/upstreams | grep -q policy-expires-at || return 0
  done
  return 1
}

# A container is killed in the middle of the lab's outage, and comes back.
plays_an_outage() {
  local lab status=0 victim
  # ./out belongs to whoever has this checkout, and the container is somebody else.
  install -d -m 777 "$work/out"
  printf 'services: {lab: {volumes: ["%s:/lab/out"]}}\n' "$work/out" > "$work/out.yml"
  docker compose -f docker-compose.yml -f "$work/out.yml" run --rm -T -v "$PWD/docker/check-outage.yml:/lab/outage.yml:ro" \
    lab run outage.yml > "$work/lab.log" 2>&1 &
  lab=$!
  eventually 90 outage_or_end "$lab" || fail "The lab made no outage within 90 s: $(tail -n 20 "$work/lab.log")"
  ! is_gone "$lab" || fail "The lab ended before it made an outage: $(tail -n 20 "$work/lab.log")"
  victim=$(containers popularity)
  docker kill -s KILL "$victim" > /dev/null
  [[ $(docker inspect -f '{{.State.ExitCode}}' "$victim") == 137 ]] || fail "popularity was not killed."
  docker start "$victim" > /dev/null
  eventually 60 is_healthy "$victim" || fail "popularity was killed, started again, and is not healthy after 60 s."
  wait "$lab" || status=$?
  sed 's/^/    /' "$work/lab.log"
  ((status == 0)) || fail "The lab ended with $status; what it printed stands above."
  compgen -G "$work/out/outage/*.html" > /dev/null || fail "The lab wrote no report."
  ! recommendations_are_down || fail "The lab left recommendations down."
  ! policies_are_temporary || fail "The lab left its policies behind."
  [[ $(containers homepage | wc -l) == 3 ]] || fail "After the lab there are $(containers homepage | wc -l) homepages, not 3."
  answers_at_the_front_door
}

is_healthy() { [[ $(docker inspect -f '{{.State.Health.Status}}' "$1") == healthy ]]; }

prometheus_saw_the_outage() {
  expect_query 'sum(job_outcome:homepage_pages:rate5s)' '> 0'
  expect_query 'max(max_over_time(instance_upstream:circuit_breaker_state:code{job="homepage",upstream="recommendations"}[5m]))' '== 2'
  expect_query 'max_over_time(job:homepage_pages_degraded:ratio_rate5s{job="homepage"}[5m])' '> 0.5'
  expect_query 'avg_over_time(job:homepage_pages_available:ratio_rate5s{job="homepage"}[2m])' '> 0.95'
  expect_query 'min_over_time(fault_injector_proxy_enabled{proxy="recommendations"}[5m])' '== 0'
  expect_query 'sum(up{job="popularity"})' '== 1'
}

stops_within_ten_seconds() {
  local id began seconds code
  docker compose stop > "$work/stop.log" 2>&1 &
  local stopping=$!
  began=$(date +%s%N)
  wait "$stopping"
  seconds=$((($(date +%s%N) - began) / 1000000000))
  for id in $(containers); do
    code=$(docker inspect -f '{{.State.ExitCode}}' "$id")
    printf '%s ended with %s\n' "$(name_of "$id")" "$code" >> "$work/stopped"
    [[ $code == 0 || $code == 143 ]] || fail "$(name_of "$id") ended with $code when asked to stop (137 is killed)."
  done
  echo "    all stopped within $((seconds + 1)) s"
}

leaves_nothing() {
  take_down
  [[ -z $(docker ps -aq --filter "$label_filter") ]] || fail "Containers are left."
  [[ -z $(docker network ls -q --filter "$label_filter") ]] || fail "A network is left."
  [[ -z $(docker volume ls -q --filter "$label_filter") ]] || fail "Volumes are left."
}

take_down() { docker compose --profile lab down -v --remove-orphans --timeout 10 > "$work/down.log" 2>&1; }

on_exit() {
  local status=$?
  if ((status != 0)); then
    docker compose --profile lab ps -a >&2 || true
    docker compose --profile lab logs --no-color --tail 40 >&2 || true
    printf '%s\n' "${failure:-A command of the step $step failed.}" >&2
  fi
  take_down || true
  rm -rf "$work"
  exit "$status"
}

step() {
  local began=$SECONDS
  step=$1
  "$1"
  printf '  ok  %s (%d s)\n' "${1//_/ }" "$((SECONDS - began))"
}

if (($# == 0)); then
  set -- both_compose_versions_take_the_file comes_up_healthy answers_at_the_front_door says_where_everything_is publishes_on_loopback_only \
    containers_may_nothing java_starts_with_its_cache java_keeps_to_the_memory_limit prometheus_finds_every_target \
    is_quiet_after_a_cold_start keeps_attackers_out scales_the_homepage plays_an_outage prometheus_saw_the_outage \
    stops_within_ten_seconds leaves_nothing
fi
echo "Without Grafana, whose image cannot be made here; its service is in a profile, which is off."
trap on_exit EXIT
for name in "$@"; do
  step "$name"
done
