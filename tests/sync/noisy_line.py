#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two pseudo-terminals with a poor line between them.

noisy_line.py LEFT RIGHT BAUD FLIPPED SEED: makes the two names, carries BAUD bits a second (ten to a byte) each way, one
way at a time as a radio does, and flips one bit in that share of the bytes. What is sent into the other's sending is lost.
"""
import os
import random
import select
import sys
import time
import tty


def end(name):
    master, slave = os.openpty()
    tty.setraw(slave)
    tty.setraw(master)
    os.symlink(os.ttyname(slave), name)
    return master, slave  # the slave stays open: an end that is closed may be opened again


left, right = end(sys.argv[1]), end(sys.argv[2])
baud, flipped = float(sys.argv[3]), float(sys.argv[4])
random.seed(int(sys.argv[5]))
other = {left[0]: right[0], right[0]: left[0]}
busy_until, speaker = 0.0, None
while True:
    ready, _, _ = select.select(list(other), [], [])
    for fd in ready:
        data = bytearray(os.read(fd, 64))
        now = time.monotonic()
        if speaker is not fd and now < busy_until:
            continue  # both spoke: nobody heard this
        speaker, busy_until = fd, max(now, busy_until) + len(data) * 10 / baud
        for place in range(len(data)):
            if random.random() < flipped:
                data[place] ^= 1 << random.randrange(8)
        time.sleep(max(0, busy_until - time.monotonic()))
        os.write(other[fd], data)
