# SPDX-License-Identifier: GPL-3.0-or-later
# The tests: what is built for them and which target runs what.
#
# tests/unit/test_X.c                   a program for src/*/X.c, linked against every object but the mains
# tests/{cli,screens,sync,crash}/test_*.c   programs of the same kind; the folder's other .c files are their helpers
# tests/{cli,screens,sync,crash}/test_*.sh  scripts that print "ok NAME" or "not ok NAME" for every case
# A part with needs of its own brings tests/PART.mk: it names its programs as prerequisites of
# check-build and adds what is to be run to CHECK_RUN (or TTY_RUN, NET_RUN, LONG_RUN).

TEST_LIB := $(EVERY_A)
# With sanitizers each would be 18 MB: there the programs share one library.
ifeq ($(VARIANT),asan)
TEST_LIB := $(B)/outpost.so
endif
# Some 300 programs are linked against the whole archive: lld takes half of the time, where it is there, and without
# what a debugger wants they are a third as large (those of make VARIANT=asan name the lines).
TEST_LD := $(if $(shell command -v ld.lld),-fuse-ld=lld) $(if $(VARIANT),,-Wl,--strip-debug)
TEST_LIBS := $(TEST_LD) $(if $(filter %.so,$(TEST_LIB)),-Wl$(comma)-rpath$(comma)$(abspath $(B))) \
	-lcmocka -Wl,--as-needed $(sort $(STATION_LIBS) $(SYNC_LIBS) $(HUB_LIBS) -lvterm -lutil -ldl)
$(B)/outpost.so: $(EVERY_A)
	$(CC) -shared $(filter -fsanitize%,$(HARD)) -o $@ -Wl,-soname,$(@F) -Wl,--whole-archive $< -Wl,--no-whole-archive \
		$(filter-out -lcmocka,$(TEST_LIBS))
# A test that puts functions of its own in the place of the program's (--wrap) needs them by themselves.
tested = $(if $(findstring --wrap,$(LINK)),$(^:.so=.a),$^)
# The crash tests drive the release program under shims that do not go with sanitizers.
TEST_PARTS := unit cli screens sync insider $(if $(VARIANT),,crash)
SHIMS := $(wildcard tests/crash/shim_*.c)
test_sources := $(foreach part,$(TEST_PARTS),$(wildcard tests/$(part)/test_*.c))
test_programs = $(patsubst %.c,$(B)/%,$(wildcard tests/$(1)/test_*.c))
test_helpers = $(call objects,$(filter-out tests/$(1)/test_%,$(filter-out $(SHIMS),$(wildcard tests/$(1)/*.c))))
test_scripts = $(wildcard tests/$(1)/test_*.sh)

# $(1): the part
define test_rules
$(B)/tests/$(1)/test_%: $(O)/tests/$(1)/test_%.o $$(call test_helpers,$(1)) $(TEST_LIB)
	@mkdir -p $$(@D)
	$$(CC) $$(LINK) -o $$@ $$(tested) $$(TEST_LIBS)
endef
$(foreach part,$(TEST_PARTS),$(eval $(call test_rules,$(part))))
# Nothing that was built on the way is thrown away. (Naming any file here would mean that file alone.)
.SECONDARY:
# What is tested is what is shipped; the tests themselves are not worth the compiler's time. What measures is.
ifneq ($(VARIANT),cover)
$(O)/tests/%.o: OPT = -O0 -g1
$(O)/tests/%.o: FORTIFY =
$(O)/tests/bench/%.o: OPT = -O2 -g
endif

UNIT := $(call test_programs,unit)
CHECK_RUN = $(foreach part,$(TEST_PARTS),$(call test_programs,$(part)) $(call test_scripts,$(part)))
CHECK_BUILD := $(foreach part,$(TEST_PARTS),$(call test_programs,$(part)))
TTY_RUN =
NET_RUN =
LONG_RUN =
HOUSE_RUN := $(wildcard tests/house/*.sh)
LINT_RUN := $(wildcard tests/lint/*.sh)
run = OUTPOST_BUILD=$(abspath $(B)) tests/run.sh
# The one that takes longest begins first, so that nothing is waited for in the end.
longest_first = $(filter $(PLAY),$(1)) $(filter-out $(PLAY),$(1))

# ---- locales that a bare Debian lacks; only the coding is needed (LC_CTYPE)
LOCALES := build/locale/zh_CN.GB18030 build/locale/zh_CN.UTF-8
.PHONY: locales
locales: $(addsuffix /LC_CTYPE,$(LOCALES))
build/locale/zh_CN.%/LC_CTYPE:
	@mkdir -p build/locale
	localedef --no-archive -c -i zh_CN -f $* $(@D) >/dev/null 2>&1 || test -f $@

.PHONY: check-build unit check check-tty check-net
check-build: all locales $(CHECK_BUILD)
#: make unit         the unit tests alone
unit: $(UNIT)
	@$(run) $(UNIT) $(call test_scripts,unit)
#: make check        unit, screens, sync and crash tests
check: check-build
	@$(run) $(call longest_first,$(CHECK_RUN))
#: make check-tty    the screens again, through the program on a pty
check-tty: check-build
	@$(run) $(TTY_RUN)
#: make check-net    sync over real servers and poor links
# Most of them wait for slow links most of the time.
check-net: check-build
	@OUTPOST_JOBS=3 $(run) $(NET_RUN)

#: make house        floors, walls, sizes, banned calls, words, lock, headers
.PHONY: house lint lock quick hook
house: house-build | $(PROGRAMS)
	@$(run) $(HOUSE_RUN)
LOCK := $(if $(wildcard src/model/schema.c),$(B)/tests/house/lock)
.PHONY: house-build
house-build: $(call objects,$(EVERY)) $(LOCK)
$(B)/tests/house/lock: $(O)/tests/house/lock.o $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(TEST_LIBS)
#: make lock         promise the new kinds, fields and steps to the field, for ever
lock: $(LOCK)
	@OUTPOST_BUILD=$(abspath $(B)) tests/house/lock.sh --add
#: make lang         bring config/lang/en.po up to date with the sources, and say what has no English yet
.PHONY: lang
lang:
	@mkdir -p build
	config/lang/texts.sh >build/outpost.pot
	msgmerge --quiet --no-wrap --no-fuzzy-matching --update --backup=none config/lang/en.po build/outpost.pot
	msgattrib --no-obsolete --no-wrap --output-file=config/lang/en.po config/lang/en.po
	@msgattrib --untranslated --no-wrap config/lang/en.po | sed -n '1,/^$$/d; /^msgid/,/^msgstr/p'
	msgfmt --check --statistics --output-file=/dev/null config/lang/en.po
	@$(MAKE) --no-print-directory english
#: make lint         format, clang-tidy, cppcheck, shellcheck
lint:
	@$(run) $(filter-out $(LINT_LEFT),$(LINT_RUN))
#: make quick        what a commit should pass: changed files formatted, unit tests, house
quick: house-build $(UNIT)
	@OUTPOST_CHANGED=1 $(run) $(wildcard tests/lint/format.sh) $(UNIT) $(HOUSE_RUN)
#: make hook         run make quick before every commit
hook:
	@printf '#!/bin/sh\nexec make quick\n' > "$$(git rev-parse --git-path hooks)/pre-commit"
	@chmod +x "$$(git rev-parse --git-path hooks)/pre-commit"

#: make asan         check under address, undefined and leak sanitizers
.PHONY: asan cover bench
asan:
	@$(MAKE) --no-print-directory VARIANT=asan check-build
	@$(MAKE) --no-print-directory VARIANT=asan ASAN_ALL=1 asan-run
.PHONY: asan-build asan-run check-long
# In the short form two scripts stand for all: their programs' code runs in the tests written in C, too. So does what
# some slow programs run, the screens' scripts and the insiders (make asan runs them). What measures memory, growth and
# what something costs measures nothing here.
ASAN_LEFT = tests/sync/%.sh tests/cli/%.sh $(B)/tests/cli/test_hostile_text $(B)/tests/screens/play $(B)/tests/insider/% \
	$(B)/tests/unit/test_model $(B)/tests/unit/test_model_kept $(B)/tests/unit/test_kept $(B)/tests/sync/test_packing $(B)/tests/sync/test_keyring_rotate \
	$(addprefix $(B)/tests/sync/,test_growth test_worst test_load test_keyring test_lanes test_world test_release \
	test_narrow test_renumbered test_dropped test_floods test_successor test_upgrade test_areas test_burden test_hops)
ASAN_RUN = $(if $(OUTPOST_LONG)$(ASAN_ALL),$(CHECK_RUN),$(filter-out $(ASAN_LEFT),$(CHECK_RUN)) \
	tests/sync/test_main_sync.sh tests/cli/test_own_folder.sh)
asan-build: $(if $(OUTPOST_LONG)$(ASAN_ALL),check-build,all locales)
	@$(MAKE) --no-print-directory $(filter $(B)/%,$(ASAN_RUN))
asan-run:
	@test -f $(B)/model.state || cp build/model.state $(B)/ 2>/dev/null || :
	@OUTPOST_SEEDS=$${OUTPOST_SEEDS:-20} $(run) -n asan $(call longest_first,$(ASAN_RUN))
check-long: check-build
	@OUTPOST_TEST_SECONDS=3600 $(run) -n long $(LONG_RUN)
#: make cover        lines that unit, sync, screens and cli tests reach together, a line a file
COVER_LEAST = 60
COVER_ALL = 85
cover:
	@$(MAKE) --no-print-directory VARIANT=cover cover-build
	@$(MAKE) --no-print-directory VARIANT=cover cover-run
.PHONY: cover-build cover-run
cover-build: check-build
cover-run:
	@find $(O) -name '*.gcda' -delete
	@-$(run) -n cover $(CHECK_RUN)
	@tests/cover.sh $(O) $(COVER_LEAST) $(COVER_ALL) $(EVERY)

#: make bench        what things cost, as docs/BENCH.md shows it (WRITE=1: into docs/BENCH.md)
BENCH := $(patsubst %.c,$(B)/%,$(filter-out tests/bench/bench_wire.c,$(wildcard tests/bench/bench_*.c)))
$(B)/tests/bench/bench_%: $(O)/tests/bench/bench_%.o $(call objects,$(filter-out tests/bench/bench_%,$(wildcard tests/bench/*.c))) $(TEST_LIB)
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(TEST_LIBS)
bench: all locales $(BENCH)
	@set -e; for b in $(BENCH); do OUTPOST_BUILD=$(abspath $(B)) tests/bench/report.sh $${b##*/bench_} $$b; done

#: make bench-hub    what a hub takes, by the batch and one by one, and what it answers
.PHONY: bench-hub
bench-hub: all locales $(B)/tests/bench/bench_take $(B)/tests/bench/bench_hub
	@set -e; for b in take hub; do OUTPOST_BUILD=$(abspath $(B)) tests/bench/report.sh $$b $(B)/tests/bench/bench_$$b; done

#: make book         manual, manual pages, settings file, DESIGN's map and COVERAGE, printed from the tables
MANUAL = man1/outpost.1 man1/outpost-sync.1 man8/outpost-hub.8 \
	man5/outpost.conf.5 man5/rules.conf.5 man5/roles.conf.5 man5/codes.tsv.5
.PHONY: book run test test-long
book: all
	OUTPOST_LANG=zh $(B)/outpost book >docs/BOOK.md
	OUTPOST_LANG=zh $(B)/outpost book conf >config/outpost.conf
	for page in $(MANUAL); do name=$${page##*/}; \
		OUTPOST_LANG=en $(B)/outpost book man $${name%.*} >docs/man/$$page && \
		OUTPOST_LANG=zh $(B)/outpost book man $${name%.*} >docs/man/zh_CN/$$page || exit 1; done
	docs/map.sh --write
	docs/coverage.sh --write

#: make picture      docs/home.png from the real program (needs xvfb, xterm, fonts-noto-cjk, fonts-dejavu-core, imagemagick)
.PHONY: picture
picture: all locales
	docs/picture.sh $(B)

#: make run          set up, build, make a demo township, open a village's station
run:
	@config/deploy/setup.sh build
	@$(MAKE) --no-print-directory -j2 all
	@config/deploy/run.sh $(B)
#: make test         set up, then everything
test:
	@tests/all.sh
#: make test-long    set up, then everything
test-long:
	@OUTPOST_LONG=1 tests/all.sh
