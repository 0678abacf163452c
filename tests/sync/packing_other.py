#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Packing 2 once more, written from docs/WIRE.md alone: it unpacks what the program packs. Slow: the training text takes it ten
# minutes.   packing_other.py HEX [TRAINING.bin]: the message as hex; without the training text by a model that knows nothing.
import sys

M = 0xFFFFFFFF
BYTES, VARINT, TEXT, UTF8 = range(4)
LINES = 130000
ANCHORS = [int(n) for n in """32768 36843 40793 44511 47911 50941 53581 55834 57724 59287 60565 61598 62428 63090 63615
64030 64357 64614 64816 64974 65097 65194 65269 65328 65374 65410 65438 65459 65476 65489
65500 65508 65514 65519 65523 65526 65528 65530 65531 65532 65533 65534 65534 65535 65535""".split()]


def div(a, b):
    return a // b if a >= 0 else -(-a // b)


def logistic(s):
    if s < 0:
        return 65536 - logistic(-s)
    s = min(s, 2815)
    i, r = s // 64, s % 64
    return (ANCHORS[i] * (64 - r) + ANCHORS[i + 1] * r) // 64


def stretches():
    table, s = [], -2047
    for at in range(4096):
        while s < 2047 and logistic(s) < at * 16 + 8:
            s += 1
        table.append(s)
    return table


STRETCH = stretches()
SQUASH = [logistic(s) for s in range(-2048, 2048)]
RATE = [131072 // (2 * n + 3) for n in range(1024)]


def allowed(a, b):
    low, high = min(a, b), max(a, b)
    return low < 5 and high <= (40, 24, 12, 8, 5)[low]


def histories():
    states = []
    for total in range(41):
        for ones in range(total + 1):
            for last in range(2):
                zeros = total - ones
                came = ones if last else zeros or not total
                if came and allowed(zeros, ones):
                    states.append((zeros, ones, last))
    number = {state: i for i, state in enumerate(states)}
    after = []
    for zeros, ones, _ in states:
        row = []
        for bit in range(2):
            n = [zeros, ones]
            n[bit] += 1
            if n[1 - bit] >= 3:
                n[1 - bit] = n[1 - bit].bit_length()
            while not allowed(*n):
                n[bit if n[bit] > n[1 - bit] else 1 - bit] -= 1
            row.append(number[(n[0], n[1], bit)])
        after.append(row)
    weight = [zeros + ones for zeros, ones, _ in states]
    guess = [(2 * ones + 1) * 65535 // (2 * (zeros + ones) + 2) for zeros, ones, _ in states]
    return after, weight, guess


AFTER, WEIGHT, GUESS = histories()


def learnt(counter, bit, limit):
    n, p = counter & 1023, counter >> 10
    p += div(((4194303 if bit else 0) - p) * RATE[n], 65536)
    return p << 10 | (n + 1 if n < limit else n)


def mix(a, b):
    h = (a * 0x2C1B3C6D + b * 0x297A2D39 + 0x5851F42D) & M
    return h ^ h >> 15


class Fact:
    def __init__(self, before):
        self.flags, self.site, self.lane = (before.flags, before.site, before.lane) if before else (0, 0, 0)
        self.kind = self.step = self.who = self.last = 0
        self.items = []


class Walk:
    """A generator of steps: it is sent each atom's value when the atom is whole."""

    def __init__(self):
        self.lost = self.whole = False
        self.steps = self.message()
        self.begin(next(self.steps))

    def begin(self, step):
        number, atom, length = step[:3]
        more = step[3] if len(step) > 3 else {}
        self.step, self.atom, self.left = number, atom, length
        self.column = number * 0x9E3779B1 & M
        if "of" in more:
            self.column = mix(self.column, more["of"])
        self.column = (more.get("column", self.column) + more.get("plus", 0)) & M
        self.prefix, self.pos = more.get("prefix", 0), more.get("pos", 0)
        self.context, self.author = more.get("context", 0), more.get("author", 0)
        self.value = self.shift = 0

    def byte(self, byte):
        self.whole = False
        if self.atom == VARINT:
            self.value |= (byte & 127) << self.shift
            self.shift += 7
            done = byte < 128
        elif self.atom == BYTES:
            self.value = byte
            self.left -= 1
            done = self.left == 0
        else:
            done = not self.lost and byte == 0
        self.prefix = (self.prefix + byte + 1) * 0x2F0B4C47 & M
        self.prefix ^= self.prefix >> 15
        self.pos += 1
        if done:
            self.begin(self.steps.send(self.value & 0xFFFFFFFFFFFFFFFF))

    def message(self):
        flags = yield 1, BYTES, 1
        answer = flags & 7 in (1, 3)
        yield 2, VARINT, 0
        if flags & 8:
            yield 3, VARINT, 0
        if flags & 16:
            yield 4, BYTES, 1
        if answer:
            yield 12, VARINT, 0
            yield 13, VARINT, 0
        else:
            yield 5, BYTES, 4
        n = (yield 6, BYTES, 1).bit_count()
        if not answer:
            n += (yield 7, BYTES, 1).bit_count()
        for k in range(n):
            yield 8, VARINT, 0, {"plus": n - 1 - k}
        if not answer:
            yield 9, VARINT, 0
            for k in range(5 if flags & 8 else 0):
                yield 10, VARINT, 0, {"plus": 4 - k}
        if flags & 8:
            yield 11, VARINT, 0
        if flags & 32:
            marks = yield 14, VARINT, 0
            for _ in range(marks if marks <= 2000 else 0):
                mark = yield 15, VARINT, 0
                if mark & 8:
                    yield 16, BYTES, 7
                if mark & 16:
                    yield 16, BYTES, 7
                if mark & 32:
                    yield 17, VARINT, 0
                yield 18, VARINT, 0
        if flags & 64:
            length = yield 19, VARINT, 0
            if 0 < length <= 131072:
                yield 20, BYTES, length
        yield from self.body()

    def body(self):
        columns = (yield 21, BYTES, 1) & 1
        count = yield 22, VARINT, 0
        good = 0 < count <= 20000
        if good:
            sites = (yield 23, VARINT, 0) >> 4
            for _ in range(sites if sites <= 20000 else 0):
                yield 24, BYTES, 7
            yield 25, VARINT, 0
            self.facts, self.items = [], []
            good = yield from (self.in_columns(count) if columns else self.in_rows(count))
        if good:
            yield 51, BYTES, 3
            self.whole = True
        self.lost = True
        yield 0, TEXT, 0

    PARTS = "where raw stamp at what who fields record area seen".split()

    def in_rows(self, count):
        for _ in range(count):
            for part in self.PARTS:
                fact = self.facts[-1] if part != "where" else None
                if not (yield from getattr(self, part)(fact)):
                    return False
            for item in fact.items:
                yield from self.one_value(fact, item)
            yield from self.by(fact)
        return True

    def in_columns(self, count):
        for part in self.PARTS:
            for k in range(count):
                if not (yield from getattr(self, part)(self.facts[k] if part != "where" else None)):
                    return False
        if len({(fact.kind, item >> 3) for fact, item in self.items}) > 1024:
            return False
        for fact, item in sorted(self.items, key=lambda pair: (pair[0].kind, pair[1] >> 3)):
            yield from self.one_value(fact, item)
        for fact in self.facts:
            yield from self.by(fact)
        return True

    def where(self, _):
        value = yield 26, VARINT, 0
        fact = Fact(self.facts[-1] if self.facts else None)
        self.facts.append(fact)
        code = value >> 1
        if code:
            fact.site, fact.lane = (code - 1) // 8 & 0xFFFF, (code - 1) % 8
        if value & 1:
            fact.flags = (yield 27, VARINT, 0, {"of": fact.lane}) & 255
        if code:
            yield 28, VARINT, 0, {"of": 0 if value & 1 else fact.lane}
        return True

    def raw(self, fact):
        if fact.flags & 32:
            length = yield 29, VARINT, 0
            if not 0 < length <= M:
                return False
            yield 30, BYTES, length
        if fact.flags & 4:
            yield 31, BYTES, 64
        return True

    def stamp(self, fact):
        if not fact.flags & 32 and (yield 32, VARINT, 0) & 1:
            yield 33, VARINT, 0, {"of": 0}
        return True

    def at(self, fact):
        if fact.flags & 1:
            yield 34, VARINT, 0
        return True

    def what(self, fact):
        if not fact.flags & 32:
            value = yield 35, VARINT, 0
            fact.kind, fact.step = value >> 5 & M, value & 31
        return True

    def who(self, fact):
        if not fact.flags & 32:
            yield 36, VARINT, 0, {"of": 0, "author": fact.site}
            fact.who = self.prefix
        return True

    def fields(self, fact):
        tag = 0
        if fact.flags & 32:
            return True
        more = {"of": fact.kind << 5 | fact.step}
        while True:
            value = yield 37, VARINT, 0, more
            if not value:
                return True
            if len(self.items) == 65536 or len(fact.items) == 256 or value >> 3 > 100000:
                return False
            tag += value >> 3
            fact.items.append(tag << 3 | value & 7)
            self.items.append((fact, fact.items[-1]))
            more = {"column": self.column, "prefix": self.prefix, "pos": len(fact.items)}

    def record(self, fact):
        if not fact.flags & 32 and fact.step:
            if (yield 38, VARINT, 0, {"of": fact.kind << 5 | fact.step}) & 1:
                yield 39, VARINT, 0, {"of": 0}
        return True

    def area(self, fact):
        if fact.flags & 40 == 8 and not (yield 40, VARINT, 0):
            yield 41, VARINT, 0, {"of": 0}
        return True

    def seen(self, fact):
        if fact.flags & 48 == 16:
            yield 42, VARINT, 0
            yield 43, VARINT, 0, {"of": 0}
        return True

    def by(self, fact):
        if fact.flags & 34 != 2:
            return
        value = yield 47, VARINT, 0
        if value < 2:
            yield 48, UTF8 if value else TEXT, 0
        elif (value - 2) % 3 == 1 and not (yield 49, VARINT, 0, {"of": 0}):
            yield 50, VARINT, 0, {"of": 0}

    def one_value(self, fact, item):
        form = item & 7
        more = {"column": mix(fact.kind, item), "context": fact.last, "author": mix(fact.site, fact.who)}
        value = yield 44, {1: TEXT, 3: UTF8}.get(form, VARINT), 0, dict(more)
        step = {7: 46, 2: 45}.get(form)
        if step == 46 or (step == 45 and value):
            more["column"] = mix(self.column, step)
            more["prefix"] = self.prefix if step == 46 else 0
            yield step, BYTES if step == 45 else VARINT, value, more
        fact.last = mix(self.prefix, item)


def mixed(a, b):
    h = ((a + 0x7F4A7C15) * 0x9E3779B1 ^ (b + 0x165667B1) * 0x85EBCA6B) & M
    h ^= h >> 15
    h = h * 0x2C1B3C6D & M
    return h ^ h >> 13


def spread(h):
    h ^= h >> 16
    h = h * 0x85EBCA6B & M
    return h ^ h >> 13


class Model:
    def __init__(self):
        self.text = bytearray()
        self.checks, self.seen = {}, {}
        self.tails = [{}, {}]
        self.places = [{}, {}, {}]
        self.weights, self.v, self.apms, self.follows = {}, {}, {}, {}
        self.maps = [[[GUESS[h] << 16 for h in range(len(GUESS))] for _ in range(3)] for _ in range(11)]
        self.ends = [0x80000000, 0x80000000]
        self.begin()

    def begin(self):
        self.walk = Walk()
        self.followed = [[0, 0, 0] for _ in range(5)]
        self.c = [0, 0, 0]
        self.part = self.part_len = self.want = self.shape = 0
        self.value()

    def value(self):
        walk, now = self.walk, len(self.text)
        keys = (walk.column, walk.column + (walk.author + 1) * 0x85EBCA6B, walk.column + (walk.context + 1) * 0x2C1B3C6D)
        for f, key in enumerate(keys):
            k = (key & M) * 0x9E3779B1 & M
            k ^= k >> 15
            k = (k * 0x85EBCA6B & M) >> 19
            place = self.places[f].get(k, 0)
            self.followed[2 + f] = [place if place and 0 <= now - place < 1 << 20 else 0, 0, 0]
            self.places[f][k] = now or 1

    def at(self, place):
        return self.text[place] if place < len(self.text) else 0

    def char_done(self):
        c = self.part
        self.c = [c] + self.c[:2]
        self.shape = (self.shape << 3 | (2 if c >= 0xB000 else 3 if c >= 128 else 1 if 48 <= c <= 57 else 4 if c >= 65 else 5 if c else 6)) & M
        self.part = self.part_len = 0

    def whole(self, byte):
        for f, follow in enumerate(self.followed):
            if not follow[0]:
                continue
            if self.at(follow[0]) == byte:
                follow[1] += 1
            elif f < 2 or follow[2] == 7:
                follow[0] = 0
                continue
            else:
                follow[1] = 0
                follow[2] += 1
            follow[0] += 1
        self.text.append(byte)
        now = len(self.text)
        for f, n in enumerate((7, 4)):
            if now < n:
                continue
            h = n
            for i in range(1, n + 1):
                h = (h + self.text[now - i] + 1) * 0x2F0B4C47 & M
            h = ((h ^ h >> 15) * 0x9E3779B1 & M) >> 16
            place = self.tails[f].get(h, 0)
            if not self.followed[f][0] and place and now - place < 1 << 20:
                size = 0
                while size < 32 and size < place and self.text[place - 1 - size] == self.text[now - 1 - size]:
                    size += 1
                if size >= n:
                    self.followed[f] = [place, size, 0]
            self.tails[f][h] = now
        walk = self.walk
        self.part = (self.part << 8 | byte) & M
        self.part_len += 1
        if self.part_len == 1:
            self.want = 1
            if walk.atom == TEXT:
                self.want = 2 if byte >= 0x81 else 1
            elif walk.atom == UTF8:
                self.want = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2 if byte >= 0xC0 else 1
        elif self.part_len == 2 and walk.atom == TEXT and 48 <= byte <= 57:
            self.want = 4
        if self.part_len >= self.want:
            self.char_done()
        column = walk.column
        walk.byte(byte)
        if walk.pos and walk.column == column:
            return
        if self.part_len:
            self.char_done()
        self.value()

    def expected(self, f):
        place, _, missed = self.followed[f]
        return self.at(place) + 1 + (256 if missed else 0) if place else 0

    def contexts(self):
        walk, c, part, column = self.walk, self.c, self.part, self.walk.column
        text = walk.atom >= TEXT
        one = mixed(c[0], part)
        two = mixed(one, c[1])
        above = mixed(column, self.expected(2))
        of = (mixed(column, part if text else walk.pos), mixed(column, walk.prefix), one, mixed(two, c[2]), mixed(column, two),
            mixed(above, self.expected(3)), mixed(above, one if text else walk.prefix), mixed(mixed(c[1], c[2]), part),
            mixed(mixed(self.shape, column), part), mixed(mixed(c[0], c[2]), mixed(part, 3)), mixed(walk.step, part))
        self.hashes = [spread(mixed(of[i], i * 0x01000193 + 1 & M)) for i in range(11)]
        self.sort = (1 if self.part_len else 0) if text else 2

    def p(self, bits, count):
        walk = self.walk
        if count == 0:
            self.contexts()
        elif count == 4:
            self.hashes = [spread((h + bits) * 0x9E3779B1 & M) for h in self.hashes]
        half = count % 4
        path = 1 << half | bits & ((1 << half) - 1)
        x = [0] * 40
        slots = []
        for i, h in enumerate(self.hashes):
            line, check = h * LINES >> 32, h & 255
            s = line * 32 + (h // 256 + path) % 32
            other = s ^ 16
            if self.checks.get(s, 0) != check:
                if self.checks.get(other, 0) == check:
                    s = other
                else:
                    if WEIGHT[self.seen.get(other, 0)] < WEIGHT[self.seen.get(s, 0)]:
                        s = other
                    self.checks[s], self.seen[s] = check, 0
            history = self.seen.get(s, 0)
            slots.append((s, history))
            if history:
                p = self.maps[i][self.sort][history] >> 16
                x[2 * i], x[2 * i + 1] = STRETCH[p >> 4], div(p - 32768, 32)
        known = []
        for f, (place, size, missed) in enumerate(self.followed):
            byte = self.at(place) | 256
            if not place or byte >> (8 - count) != bits:
                continue
            bit = byte >> (7 - count) & 1
            keys = ((f, 0, (size if size < 8 else min(7 + size // 8, 15)) * 4 + min(missed, 3)),
                (f, 1, (walk.column >> 22) * 8 + min(size, 3) * 2 + (missed > 0)))
            for k, key in enumerate(keys):
                sure = STRETCH[self.follows.get(key, 49152 << 16) >> 20]
                x[22 + 2 * f + k] = sure if bit else -sure
            known.append((f, bit, keys))
        x[32] = 256
        expects = {f for f, _, _ in known}
        o = sum(1 for i in (3, 4, 6) if slots[i][1])
        size = self.followed[0][1]
        longest = 1 + (size >= 8) + (size >= 16) if 0 in expects else 0
        begun = 1 if self.part_len else 0
        sets = ((0, (walk.column >> 24) * 2 + begun), (1, (o * 4 + longest) * 4 + walk.atom), (2, bits + 256 * begun),
            (3, ((count * 8 + min(walk.pos, 7)) * 2 + (4 in expects)) * 4 + walk.atom))
        v = self.v.setdefault(walk.column >> 24, [16384] * 4)
        weights = [self.weights.setdefault(key, [2048] * 40) for key in sets]
        said = [max(-2047, min(2047, div(sum(a * b for a, b in zip(x, w)), 8192))) for w in weights]
        mix_ = max(-2047, min(2047, div(sum(a * b for a, b in zip(said, v)), 65536)))
        b = bits * 0x2C1B3C6D
        first = (((walk.column ^ walk.column >> 16) * 0x9E3779B1 + b & M) * 0x85EBCA6B & M) >> 22
        second = (((self.c[0] * 0x9E3779B1 ^ self.part * 0x85EBCA6B) + b & M) * 0x85EBCA6B & M) >> 19
        apms = [self.apms.setdefault(key, [logistic((k - 16) * 128) for k in range(33)]) for key in ((0, first), (1, second))]
        i, r = divmod(mix_ + 2048, 128)
        p = 2 * SQUASH[mix_ + 2048] + sum((t[i] * (128 - r) + t[i + 1] * r) // 128 for t in apms)
        self.bit_in_hand = slots, known, x, weights, v, said, mix_, apms, i + (r > 64)
        return max(16, min(65520, p // 4))

    def learn(self, bit):
        slots, known, x, weights, v, said, mix_, apms, near = self.bit_in_hand
        truth = 65535 if bit else 0
        error = truth - SQUASH[mix_ + 2048]
        for k in range(4):
            v[k] += div(error * said[k], 32768)
            e, w = div((truth - SQUASH[said[k] + 2048]) * 70, 1024), weights[k]
            for i in range(33):
                w[i] = max(-16000, min(16000, w[i] + ((x[i] * e >> 15) + 1 >> 1)))
        for i, (s, history) in enumerate(slots):
            now = self.seen.get(s, 0)
            if now:
                self.maps[i][self.sort][history] = learnt(self.maps[i][self.sort][history], bit, 250)
            self.seen[s] = AFTER[now][bit]
        for _, wanted, keys in known:
            for key in keys:
                self.follows[key] = learnt(self.follows.get(key, 49152 << 16), wanted == bit, 400)
        for t in apms:
            t[near] += (65535 - t[near] >> 6) if bit else -(t[near] >> 6)


class Reader:
    def __init__(self, model, packed):
        self.model, self.packed, self.at = model, packed, 0
        self.low, self.high, self.value = 0, M, 0
        for _ in range(4):
            self.value = self.value << 8 | self.next()

    def next(self):
        self.at += 1
        return self.packed[self.at - 1] if self.at <= len(self.packed) else 0

    def bit(self, p):
        size = self.high - self.low
        middle = self.low + (size >> 16) * p + ((size & 65535) * p >> 16)
        bit = 1 if self.value <= middle else 0
        if bit:
            self.high = middle
        else:
            self.low = middle + 1
        while not (self.low ^ self.high) >> 24:
            self.low = self.low << 8 & M
            self.high = self.high << 8 & M | 255
            self.value = (self.value << 8 | self.next()) & M
        return bit

    def end(self):
        walk, ends = self.model.walk, self.model.ends
        at = 1 if walk.whole else 0 if walk.step == 21 else None
        if at is None:
            return self.bit(1)
        bit = self.bit(max(1, ends[at] >> 16))
        ends[at] = learnt(ends[at], bit, 250)
        return bit

    def message(self):
        out, model = bytearray(), self.model
        model.begin()
        while not self.end():
            bits = 1
            random = model.walk.step in (5, 31, 51)
            for count in range(8):
                bit = self.bit(32768 if random else model.p(bits, count))
                if not random:
                    model.learn(bit)
                bits = bits << 1 | bit
            model.whole(bits & 255)
            out.append(bits & 255)
        return bytes(out)


def main():
    model = Model()
    if len(sys.argv) > 2:
        with open(sys.argv[2], "rb") as file:
            training = file.read()
        reader = Reader(model, training[4:])
        for _ in range(int.from_bytes(training[:4], "little")):
            reader.message()
    reader = Reader(model, bytes.fromhex(sys.argv[1]))
    print(reader.message().hex())


main()
