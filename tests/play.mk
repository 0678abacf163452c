# SPDX-License-Identifier: GPL-3.0-or-later
# Screen scripts (tests/screens/*.t): on cells in `make check`, through the program on a pty in `make check-tty`.

PLAY := $(B)/tests/screens/play
PLAY_EYE := $(call objects,tests/unit/eye.c tests/unit/line_end.c)
$(PLAY): $(call objects,$(wildcard tests/screens/play*.c)) $(PLAY_EYE) $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(TEST_LIBS)
check-build: $(PLAY)
CHECK_RUN += $(PLAY)
TTY_RUN += tests/screens/tty_utf8.sh tests/screens/tty_gb18030.sh

# make bench: the same pty says what screens cost.
$(B)/tests/bench/bench_paint: $(call objects,tests/bench/bench_paint.c tests/bench/gauge.c \
		tests/screens/play_tty.c tests/unit/eye.c) $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(TEST_LIBS)
bench: locales
