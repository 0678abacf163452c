# SPDX-License-Identifier: GPL-3.0-or-later
# The dictionary of the wire and what frames weigh.

.PHONY: dict model bench-wire
#: make dict         train src/sync/wire/wire.dict from tests/data/wire/train.ndjson
dict: $(B)/tests/tables/dict
	$< tests/data/wire/train.ndjson src/sync/wire/wire.dict
#: make model        pack the training text of the model, src/sync/wire/model/training.bin, from tests/data/wire/train*.ndjson
model: $(B)/tests/tables/training
	$< tests/data/wire/train_texts.ndjson tests/data/wire/train.ndjson src/sync/wire/model/training.bin
$(B)/tests/tables/training: $(O)/tests/tables/training.o $(O)/tests/bench/loads.o $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(TEST_LIBS)
$(O)/src/sync/wire/model/primed.o: src/sync/wire/model/training.bin
$(B)/tests/tables/dict: $(O)/tests/tables/dict.o $(O)/tests/bench/loads.o $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(TEST_LIBS)
$(B)/tests/tables/lines $(B)/tests/tables/unseen: $(B)/tests/tables/%: $(O)/tests/tables/%.o $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(TEST_LIBS)
# The loads told anew, three times.
UNSEEN := $(foreach n,1 2 3,$(foreach w,w1 w2 w3 w4,$(B)/tests/bench/unseen$(n)/$(w).ndjson))
$(UNSEEN): $(B)/tests/tables/unseen
	@mkdir -p $(@D)
	@$< tests/data/wire/$(@F) $(patsubst unseen%,%,$(notdir $(@D))) tests/data/wire/w1.ndjson tests/data/wire/w2.ndjson \
		tests/data/wire/w3.ndjson tests/data/wire/w4.ndjson >$@
#: make bench-wire   bytes of frames and of whole roads for the measured loads, beside budgets and other programs
bench-wire: all $(B)/tests/bench/bench_wire $(B)/tests/tables/lines $(B)/tests/net/badlink $(UNSEEN)
	@OUTPOST_BUILD=$(abspath $(B)) tests/bench/wire_all.sh
$(O)/src/sync/wire/frame.o: src/sync/wire/wire.dict
$(B)/tests/bench/bench_hub: $(call objects,tests/sync/world.c)
# Its load is the measured one.
$(B)/tests/sync/test_load: $(call objects,tests/bench/loads.c)
