# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzzers: tests/fuzz/fuzz_X.c over the reader X, its corpus in tests/fuzz/X/. They need clang and
# are built in build/fuzz. One that
# needs a source (its head says which) that is not there is left out.

FUZZ_SECONDS ?= 60
fuzz_needs = $(shell sed -n 's/^ \* needs: //p' $(1))
fuzz_ready = $(if $(filter-out $(wildcard $(call fuzz_needs,$(1))),$(call fuzz_needs,$(1))),,$(1))
FUZZ = $(patsubst %.c,build/fuzz/%,$(foreach source,$(wildcard tests/fuzz/fuzz_*.c),$(call fuzz_ready,$(source))))

.PHONY: fuzz fuzz-smoke fuzz-build fuzz-run
#: make fuzz         every fuzzer for FUZZ_SECONDS (60); findings land in build/fuzz/findings
fuzz:
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzz-build
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzz-run
#: make fuzz-smoke   every fuzzer for three seconds
fuzz-smoke:
	@$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=3

ifeq ($(VARIANT),fuzz)
build/fuzz/tests/fuzz/%: $(O)/tests/fuzz/%.o $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(filter-out -lcmocka,$(TEST_LIBS))
fuzz-build: $(FUZZ)
fuzz-run:
	@FUZZ_SECONDS=$(FUZZ_SECONDS) OUTPOST_TEST_SECONDS=86400 $(run) -n fuzz $(wildcard tests/fuzz/run.sh)
endif

# The targets without a fuzzer, for machines without clang and, with sanitizers, for every push.
FUZZ_PLAIN := $(patsubst tests/fuzz/fuzz_%.c,$(B)/tests/fuzz/runs_%,$(wildcard tests/fuzz/fuzz_*.c))
$(FUZZ_PLAIN): $(B)/tests/fuzz/runs_%: $(O)/tests/fuzz/runs.o $(O)/tests/fuzz/fuzz_%.o $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(filter-out -lcmocka,$(TEST_LIBS))
ifeq ($(VARIANT),asan)
check-build: $(FUZZ_PLAIN)
CHECK_RUN += $(FUZZ_PLAIN)
endif
LONG_RUN += tests/fuzz/long_model.sh
