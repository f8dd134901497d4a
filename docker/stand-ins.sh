#!/usr/bin/env bash
# Makes the base images, which some machines cannot pull, under the tags that docker/Dockerfile and docker-compose.yml name. Called
# by docker/engine.sh, with an engine at DOCKER_HOST. What is there already is left alone.
set -Eeuo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(dirname "$here")
work=$project/target/docker/stand-ins
export DOCKER_BUILDKIT=1

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "$@"
  exit 1
}

argument() { sed -n "s/^ARG $1=//p" "$here/Dockerfile"; }
image_of() { sed -n "s|^ *image: *\($1:.*\)|\1|p" "$project/docker-compose.yml"; }
have() { docker image inspect "$1" > /dev/null 2>&1; }

# The machine's own Debian mirror.
debian_mirror() {
  # shellcheck disable=SC2016 # apt fills in $(REPO_URI).
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/*$' \
    || fail "apt-get knows no Debian mirror on this machine."
}

# The JDK of the version that the runtime image has. Its cache of compiled classes is good for that very build.
find_jdk() {
  local wanted home
  wanted=$(argument RUNTIME_IMAGE)
  wanted=${wanted#*:}
  wanted=${wanted%%-*}
  for home in ${JAVA_25_HOME:+"$JAVA_25_HOME"} /usr/lib/jvm/*25*; do
    if grep -qs "^JAVA_RUNTIME_VERSION=\"${wanted/_/+}" "$home/release"; then
      printf '%s\n' "$home"
      return
    fi
  done
  for home in ${JAVA_25_HOME:+"$JAVA_25_HOME"} /usr/lib/jvm/*25*; do
    if grep -qs '^JAVA_VERSION="25' "$home/release"; then
      say "The stand-in has another Java than the tag $wanted says: $(sed -n 's/^JAVA_RUNTIME_VERSION=//p' "$home/release")."
      printf '%s\n' "$home"
      return
    fi
  done
  fail "No JDK 25 found in /usr/lib/jvm; set JAVA_25_HOME."
}

# BuildKit's own progress is for when something went wrong.
build() {
  local target=$1 tag=$2 context=$3
  mkdir -p "$work"
  if ! docker build --network=host -q -t "$tag" -f "$here/stand-ins/Dockerfile" --target "$target" "$context" \
    > "$work/build.log" 2>&1; then
    cat "$work/build.log" >&2
    fail "The stand-in for $tag could not be built."
  fi
}

root() {
  local codename
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  mmdebstrap --quiet --mode=root --variant=essential --include=ca-certificates,busybox,fontconfig,fonts-dejavu-core "$codename" - \
    "deb $(debian_mirror) $codename main" | docker import - stability-lab/stand-in-root:local > /dev/null
}

# The modules of Temurin's own JRE.
link_jre() {
  rm -rf "$work/jre"
  mkdir -p "$work"
  "$1/bin/jlink" --output "$work/jre" --strip-debug --no-man-pages --no-header-files --generate-cds-archive --add-modules \
    java.se,jdk.accessibility,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.dynalink,jdk.httpserver,jdk.jdwp.agent,jdk.jfr,\
jdk.jsobject,jdk.localedata,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.naming.rmi,jdk.net,jdk.nio.mapmode,jdk.sctp,\
jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.xml.dom,jdk.zipfs > /dev/null
}

# Maven of the version in the tag, from Maven's own repository; and what this machine needs to reach it, settings and certificates.
fetch_maven() {
  local version=$1 jdk=$2
  rm -rf "$work/maven"
  mkdir -p "$work/maven/maven" "$work/maven/settings" "$work/maven/security"
  # In Debian's packages this is a link to the machine's own file.
  cp -L "$jdk/lib/security/cacerts" "$work/maven/security/"
  mvn -q -B -ntp -N -f "$project" dependency:copy \
    -Dartifact="org.apache.maven:apache-maven:$version:tar.gz:bin" -DoutputDirectory="$work/maven" > "$work/maven.log" 2>&1 \
    || { cat "$work/maven.log" >&2; fail "Maven $version could not be had."; }
  tar -xzf "$work/maven/apache-maven-$version-bin.tar.gz" -C "$work/maven/maven" --strip-components=1
  [[ ! -r $HOME/.m2/settings.xml ]] || cp "$HOME/.m2/settings.xml" "$work/maven/settings/"
}

# What the images are made of. None needs another, so two cores make them together.
make_parts() {
  local jdk=$1 maven=$2 part failed=0 parts=()
  have stability-lab/stand-in-root:local || { root & parts+=($!); }
  link_jre "$jdk" & parts+=($!)
  fetch_maven "$maven" "$jdk" & parts+=($!)
  for part in "${parts[@]}"; do
    wait "$part" || failed=1
  done
  return "$failed"
}

# A JDK, Maven, and what this machine's Maven has downloaded already.
build_image() {
  local tag=$1 jdk=$2
  build jdk stability-lab/stand-in-jdk:local "$jdk"
  if [[ -d $HOME/.m2/repository ]]; then
    build maven stability-lab/stand-in-maven:local "$work/maven"
    build build "$tag" "$HOME/.m2/repository"
  else
    build maven "$tag" "$work/maven"
  fi
}

runtime_tag=$(argument RUNTIME_IMAGE)
build_tag=$(argument BUILD_IMAGE)
prometheus_tag=$(image_of prom/prometheus)
if have "$runtime_tag" && have "$build_tag" && have "$prometheus_tag"; then
  exit
fi

say "These images are stand-ins, made on this machine, and not the real ones: $runtime_tag, $build_tag, $prometheus_tag"
jdk=$(find_jdk)
maven=${build_tag#*:}
make_parts "$jdk" "${maven%%-*}" || fail "A part of the stand-ins could not be made."
build runtime "$runtime_tag" "$work/jre"
build_image "$build_tag" "$jdk"
build prometheus "$prometheus_tag" "$project/target/docker/trixie"
