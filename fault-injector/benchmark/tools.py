"""What the benchmark needs: installs, builds and names it."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from processes import BenchmarkError, output

PROJECT = Path(__file__).resolve().parents[2]
TOXIPROXY = "github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0"
TOXIPROXY_NAME = "Toxiproxy 2.12.0"

# Commands and the Debian packages that have them.
PACKAGES = {"wrk": "wrk", "iperf3": "iperf3", "nginx": "nginx"}


def install_missing():
    missing = [package for command, package in PACKAGES.items() if shutil.which(command) is None]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise BenchmarkError(f"{', '.join(missing)} is missing; install it (as root on Debian this script does it)")
    say(f"installing {', '.join(missing)}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
        done = subprocess.run(["apt-get", "-qq", *command], env=environment, stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            raise BenchmarkError(f"apt-get {command[0]} failed with status {done.returncode}")


def find_java():
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else shutil.which("java")
    if java is None or not Path(java).exists():
        raise BenchmarkError("no Java found; install a JDK, 17 or newer, and set JAVA_HOME or put java into the PATH")
    return java


def build_injector():
    """Builds our jar, since one that is out of date would be measured in silence."""
    if shutil.which("mvn") is None:
        raise BenchmarkError("no Maven found; install it, or say with --jar what to measure")
    say("building the fault injector")
    output(["mvn", "-q", "-B", "-f", PROJECT / "pom.xml", "-pl", "fault-injector", "package", "-DskipTests"])
    return PROJECT / "fault-injector/target/fault-injector.jar"


def build_toxiproxy(folder):
    """Toxiproxy's server, or None where there is no Go or it cannot be built; then it says so."""
    server = folder / "server"
    if server.exists():
        return server
    if shutil.which("go") is None:
        say("no Go found: Toxiproxy is left out")
        return None
    say(f"building {TOXIPROXY_NAME}")
    done = subprocess.run(
        ["go", "install", TOXIPROXY], env=dict(os.environ, GOBIN=str(folder)), capture_output=True, text=True
    )
    if done.returncode != 0:
        say(f"Toxiproxy is left out, since it cannot be built:\n{done.stderr}")
        return None
    return server


def machine(java, server):
    """What it was measured on, and with, a line each."""
    cpu = next(
        (line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    jdk = subprocess.run([java, "-version"], capture_output=True, text=True).stderr.splitlines()[1]
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES.values())
    return [
        f"{os.cpu_count()} processors, {cpu}",
        f"Linux {platform.release()}",
        f"ours: {jdk.replace(' (', ', ').rstrip(')')}",
        *([f"{TOXIPROXY_NAME}: built with {go_version(server)}"] if server else []),
        versions,
    ]


def go_version(server):
    """Of the compiler that has built a program."""
    done = subprocess.run(["go", "version", server], capture_output=True, text=True)
    return done.stdout.rpartition(": ")[2].strip() or "a Go that is not known"


def version(package):
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    return done.stdout or "(not from Debian)"


def say(text):
    print(f"# {text}", flush=True)
