#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program touched, as strace -f -y wrote it down, that an AppArmor profile does not let it touch.

    profile.py PROFILE TRACE [FROM=TO]...

A line each: the permission that is missing, and the path. FROM=TO: where something lies in a test, and where when it is installed.
"""
import os
import re
import sys

HOME = "/etc/apparmor.d"


def lines_of(path, seen):
    """The lines of a profile with what it includes, without comments."""
    if path in seen:
        return
    seen.add(path)
    if os.path.isdir(path):
        for name in sorted(os.listdir(path)):
            yield from lines_of(os.path.join(path, name), seen)
        return
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            include = re.match(r'#?include (if exists )?[<"](.*)[>"],?$', line)
            if include:
                name = os.path.join(HOME, include.group(2))
                if os.path.exists(name) or not include.group(1):
                    yield from lines_of(name, seen)
            elif line and not line.startswith("#"):
                yield line


def expand(text, variables):
    """Each path that TEXT stands for, one for each value of its variables."""
    found = re.search(r"@\{(\w+)\}", text)
    if not found:
        return [text]
    if found.group(1) == "pid" or found.group(1) == "pids":
        values = ["[0-9]*"]
    else:
        values = variables.get(found.group(1), [])
    return [each for value in values for each in expand(text[: found.start()] + value + text[found.end() :], variables)]


def pattern(glob):
    """A glob of AppArmor as a regular expression."""
    out, depth, at = "", 0, 0
    while at < len(glob):
        c = glob[at]
        if glob.startswith("**", at):
            out, at = out + (".+" if at and glob[at - 1] == "/" else ".*"), at + 1
        elif c == "*":
            out += "[^/]*"
        elif c == "?":
            out += "[^/]"
        elif c == "{":
            out, depth = out + "(?:", depth + 1
        elif c == "}":
            out, depth = out + ")", depth - 1
        elif c == "," and depth:
            out += "|"
        elif c == "[":
            end = glob.index("]", at)
            out, at = out + glob[at : end + 1], end
        else:
            out += re.escape(c)
        at += 1
    return re.compile(re.sub(r"//+", "/", out))


def rules_of(profile):
    """(pattern, permissions) of every rule for files."""
    variables, rules = {}, []
    for line in lines_of(profile, set()):
        name = re.match(r"@\{(\w+)\}\s*\+?=\s*(.*)$", line)
        if name:
            values = name.group(2).split()
            variables.setdefault(name.group(1), []).extend(v.strip('"') for v in values)
            continue
        rule = re.match(r'(?:audit |allow |owner )*"?((?:/|@\{)\S*?)"?\s+([rwaklmixpucPUC]+),', line)
        if rule:
            rules += [(pattern(each), rule.group(2)) for each in expand(rule.group(1), variables)]
    return rules


PATH = r'(?:(?:AT_FDCWD|\d+)(?:<([^>]*)>)?, )?"((?:[^"\\]|\\.)*)"'
CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(?: (E\w+))?")


def wanted(call, rest):
    """(permission, path) of a call on files."""
    paths = [os.path.normpath(os.path.join(at or "/", name.encode().decode("unicode_escape").encode("latin-1").decode()))
             for at, name in re.findall(PATH, rest)]
    if not paths:
        return
    if call in ("open", "openat", "creat"):
        if "O_WRONLY" in rest or "O_RDWR" in rest or "O_CREAT" in rest:
            yield "w", paths[0]
        if "O_WRONLY" not in rest and call != "creat":
            yield "r", paths[0]
    elif call in ("unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmodat", "truncate", "chown", "fchownat", "utimensat"):
        yield "w", paths[0]
    elif call.startswith("rename"):
        yield from (("w", path) for path in paths[:2])
    elif call in ("link", "linkat"):
        yield "l", paths[-1]
    elif call == "execve":
        yield "x", paths[0]


def main():
    rules = rules_of(sys.argv[1])
    moved = [each.split("=", 1) for each in sys.argv[3:]]
    missing, begun = set(), False
    with open(sys.argv[2], encoding="utf-8", errors="replace") as trace:
        for line in trace:
            said = CALL.match(line)
            if not said or (said.group(4) and said.group(4) != "ENOENT"):
                continue
            if said.group(1) == "execve" and not begun:
                begun = True  # whoever starts it: that is not the profile's
                continue
            for want, path in wanted(said.group(1), said.group(2)):
                ours = False
                for old, new in moved:
                    if path == old or path.startswith(old + "/"):
                        path, ours = new + path[len(old) :], True
                        break
                if said.group(4) and not ours:
                    continue  # what is not there on this machine is refused like what may not be seen
                have = "".join(may for match, may in rules if match.fullmatch(path) or match.fullmatch(path + "/"))
                if want not in have and not (want == "x" and re.search("[ixPUCpuc]x", have)):
                    missing.add(f"{want} {path}")
    for each in sorted(missing):
        print(each)
    print(f"{len(rules)} rules", file=sys.stderr)


main()
