# SPDX-License-Identifier: GPL-3.0-or-later
# What needs a network: real servers on loopback, a proxy that harms, a bad link between two namespaces.
#
# tests/net/test_*.c and test_*.sh   run by check-net
# tests/net/{carry,badlink,proxy_run,sever}.c   programs that the scripts use, in BUILD/tests/net/
# tests/net/*.c                      what they share

NET_TOOLS := carry badlink proxy_run sever visit
NET_TOOL := $(NET_TOOLS:%=$(B)/tests/net/%)
NET_TEST := $(patsubst %.c,$(B)/%,$(wildcard tests/net/test_*.c))
NET_SHARED := $(call objects,$(filter-out tests/net/test_% $(NET_TOOLS:%=tests/net/%.c),$(wildcard tests/net/*.c)) tests/unit/eye.c tests/unit/hub_child.c tests/sync/judge.c tests/sync/world.c)

$(NET_TOOL) $(NET_TEST): INCLUDE = -Itests/unit -Itests/sync
$(B)/tests/net/%: $(O)/tests/net/%.o $(NET_SHARED) $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(TEST_LIBS)

check-build: $(NET_TOOL) $(NET_TEST)
NET_RUN += $(NET_TEST) $(wildcard tests/net/test_*.sh)
LONG_RUN += $(NET_TEST) $(wildcard tests/net/test_*.sh)
