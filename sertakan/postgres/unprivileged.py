"""Run one of PostgreSQL's programs as somebody who is not root, and leave it running if asked.

A script of its own, started with `python -I`, because PostgreSQL refuses to run as root and a
process with threads must not change its own identity. It imports nothing of this project.

    python -I unprivileged.py [--namespace | --account UID:GID] [--writable FOLDER] [--detach LOG]
                              [--] PROGRAM [ARG...]

`--namespace` maps the caller to an ordinary user in a user namespace of its own: outside it stays
the same user, so that files keep their owner. `--writable` goes no further unless the folder can
be written in. `--detach` sends the program to the background, out
of the caller's session, and prints its process id.
"""

import argparse
import ctypes
import os
import pwd
import signal
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
ACCOUNTS_INSIDE = ("postgres", "daemon", "nobody")
REFUSED = 77


def enter_namespace() -> None:
    """Become an ordinary user inside a new user namespace. Raises OSError where refused."""
    inside = next(a for a in pwd.getpwall() if a.pw_name in ACCOUNTS_INSIDE and a.pw_uid != 0)
    uid, gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{inside.pw_uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{inside.pw_gid} {gid} 1")


def become(account: str) -> None:
    """Give up root for good and be the account `uid:gid`."""
    uid, gid = (int(part) for part in account.split(":"))
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


def die_with_parent() -> None:
    """What is waited for has no business without the one who waits (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def detach(log: str) -> None:
    """Go on as a process of its own session; the one that was called ends here."""
    os.setsid()
    child = os.fork()
    if child:
        print(child, flush=True)
        os._exit(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--namespace", action="store_true")
    parser.add_argument("--account")
    parser.add_argument("--writable", metavar="FOLDER")
    parser.add_argument("--detach", metavar="LOG")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    os.umask(0o077)
    try:
        if options.namespace:
            enter_namespace()
        elif options.account:
            become(options.account)
    except (OSError, StopIteration) as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(REFUSED)
    if options.writable and not os.access(options.writable, os.W_OK | os.X_OK):
        sys.exit(REFUSED)
    if options.detach:
        detach(options.detach)
    else:
        die_with_parent()
    try:
        os.execv(options.command[0], options.command)
    except OSError as refusal:
        print(f"{options.command[0]}: {refusal.strerror}", file=sys.stderr)
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
