# SPDX-License-Identifier: GPL-3.0-or-later
# What an enrolled but lying station can do to others: tests/insider/ with the small world of tests/sync/.
INSIDER_TEST := $(patsubst %.c,$(B)/%,$(wildcard tests/insider/test_*.c))
$(INSIDER_TEST): CFLAGS += -Itests/sync
$(INSIDER_TEST): $(O)/tests/sync/world.o
# The functions that test_sins.c puts in the place of the program's own.
SINS := crypt_signed may_change joined_good mark_proven heard_get evidence_good side_above side_changes dropped_weigh
$(B)/tests/insider/test_sins: LINK += $(SINS:%=-Wl,--wrap=%)
# Those that test_fuzz.c does, and the long form of it.
FUZZED := crypt_random frame_pack
$(B)/tests/insider/test_fuzz: LINK += $(FUZZED:%=-Wl,--wrap=%)
LONG_RUN += tests/insider/long_fuzz.sh
