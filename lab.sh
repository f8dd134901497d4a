#!/usr/bin/env bash
# The lab's one command: finds a JDK, builds what is out of date, and runs the lab in place of this shell, so that Ctrl-C and
# the exit status are the lab's own.
set -euo pipefail

lab_jar=lab/target/lab.jar
min_java=17
jars=("$lab_jar" fault-injector/target/fault-injector.jar)
for service in auth homepage recommendations popularity; do
  jars+=("$service-service/target/$service-service.jar")
done

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# The directory of this file, also when it is called through symbolic links. (readlink -f is not everywhere.)
project_directory() {
  local file=${BASH_SOURCE[0]} target
  while [[ -L $file ]]; do
    target=$(readlink "$file")
    [[ $target == /* ]] || target=$(dirname "$file")/$target
    file=$target
  done
  cd -P "$(dirname "$file")" && pwd
}

find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    [[ -x $JAVA_HOME/bin/java ]] || fail "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it."
    printf '%s\n' "$JAVA_HOME/bin/java"
  else
    command -v java || fail "No Java found. Install a JDK, $min_java or newer, and set JAVA_HOME or put java into the PATH."
  fi
}

# 17, 25, …; 8 for the old "1.8". A JDK's file "release" is read where there is one: starting Java only to ask would cost time.
java_feature() {
  local java=$1 home=${JAVA_HOME:-} version='' line
  if [[ -r $home/release ]]; then
    while IFS= read -r line; do
      [[ $line == JAVA_VERSION=* ]] && version=${line#*=}
    done < "$home/release"
  fi
  [[ -n $version ]] || version=$("$java" -version 2>&1 | sed -n 's/.* version \("[^"]*"\).*/\1/p')
  version=${version//\"/}
  version=${version#1.}
  printf '%s\n' "${version%%[!0-9]*}"
}

# A jar is compared by the time at which it was written (its change time): the build gives all jars the same, old modification
# time. Tests do not count: no jar depends on them.
out_of_date() {
  local jar changed
  for jar in "${jars[@]}"; do
    [[ -f $jar ]] || return 0
    changed=$(find pom.xml .mvn ./*/pom.xml ./*/src/main -newermc "$jar" -type f -print -quit)
    [[ -z $changed ]] || return 0
  done
  return 1
}

build() {
  local log=target/lab/build.log
  command -v mvn > /dev/null || fail "The lab has to be built first, and there is no Maven (mvn) in the PATH. Install Maven 3.8 or newer."
  echo "Building (first run, about a minute)…" >&2
  mkdir -p target/lab
  if ! mvn -q -B -DskipTests -Dspotless.check.skip=true package > "$log" 2>&1; then
    cat "$log" >&2
    fail "The build failed; what Maven said stands above and in $PWD/$log."
  fi
}

home=$(project_directory)
java=$(find_java)
feature=$(java_feature "$java")
[[ -n $feature ]] || fail "$java does not tell its version; a JDK, $min_java or newer, is needed."
((feature >= min_java)) || fail "$java is Java $feature; a JDK, $min_java or newer, is needed. Set JAVA_HOME to one."

if (cd "$home" && out_of_date); then
  (cd "$home" && build)
fi

# C1 and the serial collector start fastest. The JDK's HTTP client would otherwise repeat GETs by itself.
options=(
  -XX:TieredStopAtLevel=1
  -XX:+UseSerialGC
  -XX:-UsePerfData
  -Djdk.httpclient.redirects.retrylimit=1
  "-Dlab.home=$home"
)
((feature < 24)) || options+=(--enable-native-access=ALL-UNNAMED)

exec "$java" "${options[@]}" -jar "$home/$lab_jar" "$@"
