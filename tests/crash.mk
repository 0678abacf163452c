# SPDX-License-Identifier: GPL-3.0-or-later
# The crash tests: shims that are preloaded into the real program, and the scripts that drive it.
# With OUTPOST_LONG the scripts try every call and many seeds instead of a sample.

SHIM_DISK := tests/crash/shim_base.c tests/crash/shim_open.c
SHIM_FLAGS = -std=c11 -D_GNU_SOURCE -O2 -g -fPIC -shared -Wall -Wextra $(if $(DEV),-Werror) -fno-builtin
SHIM_LIBS := $(patsubst %,build/tests/crash/%.so,shim_fault shim_power shim_slow shim_memory)

build/tests/crash/shim_fault.so build/tests/crash/shim_power.so: build/tests/crash/%.so: tests/crash/%.c $(SHIM_DISK) tests/crash/shim.h
build/tests/crash/shim_slow.so build/tests/crash/shim_memory.so: build/tests/crash/%.so: tests/crash/%.c tests/crash/shim_base.c tests/crash/shim.h
$(SHIM_LIBS):
	@mkdir -p $(@D)
	$(CC) $(SHIM_FLAGS) -o $@ $(filter %.c,$^) -ldl

ifeq ($(VARIANT),)
check-build: $(SHIM_LIBS)
LONG_RUN += $(wildcard tests/crash/test_*.sh)
endif
#: make check-crash  the crash tests alone
.PHONY: check-crash
check-crash: all $(SHIM_LIBS)
	@$(run) $(wildcard tests/crash/test_*.sh)
