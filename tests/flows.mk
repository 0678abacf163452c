# SPDX-License-Identifier: GPL-3.0-or-later
# Workflows as readable scripts, over real stations and hubs of three levels (tests/flows/flow.sh).

# Whoever sits at the terminal program in them.
$(B)/tests/flows/keys: $(call objects,tests/flows/keys.c tests/screens/play_tty.c tests/unit/eye.c) $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(TEST_LIBS)

ifeq ($(VARIANT),)
check-build: $(B)/tests/flows/keys
CHECK_RUN += $(wildcard tests/flows/*.flow)
endif
