"""Child processes: started with a log of their own, ended by their ids whatever happens."""

import os
import socket
import subprocess
import time

PATIENCE_SECONDS = 30


class BenchmarkError(Exception):
    """Something is missing or does not work; the message says what."""


class Processes:
    """Ends every process that was started through it when its block is left."""

    def __init__(self, folder):
        self.folder = folder
        self.running = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            end(process)

    def start(self, name, command):
        """Starts a server in a session of its own, so that Ctrl-C reaches it only through us."""
        log = open(self.folder / f"{name}.log", "wb")
        with log:
            process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def await_port(self, name, process, port):
        """Returns when somebody listens at the port; fails with the process's log when it has ended instead."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.002)
        log = (self.folder / f"{name}.log").read_text(errors="replace")
        raise BenchmarkError(f"{name} does not listen at port {port}:\n{log}")


def end(process):
    process.terminate()
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port():
    """A port that nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(process):
    """Processor time that a process has used so far, all of its threads, in user and kernel mode."""
    with open(f"/proc/{process.pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(process):
    """Memory that a process holds just now, and the most that it has held, in megabytes (10^6)."""
    with open(f"/proc/{process.pid}/status") as file:
        fields = dict(line.split(":", 1) for line in file)
    return tuple(int(fields[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))


def output(command):
    """What a command prints; its complaint as an error when it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchmarkError(f"{command[0]} failed with status {done.returncode}:\n{done.stderr}{done.stdout}")
    return done.stdout
