# SPDX-License-Identifier: GPL-3.0-or-later
# make            build/outpost (and build/outpost-sync, build/outpost-hub)
# make run        installs what is missing, builds, makes a demo township and opens a village station
# make test       installs what is missing and runs every check; the last line is "N passed, N failed"
# The other targets are listed by `make help`.
#
# A packager's CC, AR, CFLAGS, CPPFLAGS, LDFLAGS, PKG_CONFIG, PREFIX, DESTDIR and SOURCE_DATE_EPOCH count; what
# the sources need (standard, include paths, hardening) is added and not replaced.

VARIANT ?=
ifeq ($(VARIANT),)
B := build
else
B := build/$(VARIANT)
endif
O := $(B)/obj

PREFIX ?= /usr/local
DESTDIR ?=
SYSCONFDIR ?= /etc
ifeq ($(origin CC),default)
CC = gcc
endif
PKG_CONFIG ?= pkg-config
VERSION := 0.1.0

STD = -std=c11 -D_GNU_SOURCE -Iinclude -Isrc $(INCLUDE)
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wpointer-arith -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wno-format-nonliteral
# A distribution's own fortification level counts; without optimization there is none.
FORTIFY = $(if $(findstring _FORTIFY_SOURCE,$(CPPFLAGS) $(CFLAGS))$(filter -O0,$(CFLAGS)),,-D_FORTIFY_SOURCE=2)
HARD = -fstack-protector-strong $(FORTIFY) -fPIE
OPT = -O2 -g
LINK_HARD = -fPIE -pie -Wl,-z,relro,-z,now -Wl,--gc-sections

ifeq ($(VARIANT),asan)
OPT = -O1 -g1 -fno-omit-frame-pointer
HARD = -fsanitize=address,undefined -fno-sanitize-recover=all -fPIC
LINK_HARD = -pie -fsanitize=address,undefined
endif
ifeq ($(VARIANT),cover)
# As GNU C, in which gcc writes down what ran before a process becomes another program.
OPT = -O0 -g --coverage -std=gnu11
HARD =
LINK_HARD = --coverage
endif
ifeq ($(VARIANT),fuzz)
CC = clang
OPT = -O1 -g1 -fno-omit-frame-pointer
HARD = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LINK_HARD = -fsanitize=fuzzer,address,undefined
endif
ifeq ($(DEV),1)
WARN += -Werror
endif

LINK = $(LINK_HARD) $(LDFLAGS)
# In a reproducible build the folder of the build stays out of what is built.
COMPILE = $(CC) $(STD) $(OPT) $(WARN) $(HARD) -ffunction-sections -fdata-sections \
	$(if $(SOURCE_DATE_EPOCH),-ffile-prefix-map=$(CURDIR)=.) $(CPPFLAGS) $(CFLAGS) -MMD -MP

# What the programs are made of: a main each, and of the rest what it calls (floors and rooms: src/ROOMS).
MAINS := src/app/main.c src/app/main_sync.c src/app/main_hub.c
EVERY := $(sort $(filter-out $(MAINS),$(wildcard src/*/*.c src/*/*/*.c src/*/*/*/*.c screens/*.c screens/*/*.c)))
# The readers that are fuzzed lie on the lower floors.
ifeq ($(VARIANT),fuzz)
EVERY := $(filter-out src/app/% screens/%,$(EVERY))
endif

objects = $(patsubst %.c,$(O)/%.o,$(1))
EVERY_A := $(B)/outpost.a

CORE_PKGS := sqlite3 libsodium libcjson
STATION_PKGS := ncursesw readline expat $(CORE_PKGS)
SYNC_PKGS := libcurl libssh libzstd $(CORE_PKGS)
HUB_PKGS := libevent_core libevent_extra libzstd $(CORE_PKGS)
libs = $(shell $(PKG_CONFIG) --libs $(1) 2>/dev/null) -lm
STATION_LIBS := $(call libs,$(STATION_PKGS))
SYNC_LIBS := $(call libs,$(SYNC_PKGS))
HUB_LIBS := $(call libs,$(HUB_PKGS))

PROGRAMS := $(B)/outpost $(B)/outpost-sync $(B)/outpost-hub

#: make              build/outpost, build/outpost-sync, build/outpost-hub (DEV=1: warnings are errors; VARIANT=asan)
.PHONY: all
all: $(PROGRAMS) english

# The libraries of each are its wall: what calls others does not link.
$(B)/outpost: $(call objects,src/app/main.c) $(EVERY_A)
	$(CC) $(LINK) -o $@ $^ $(STATION_LIBS)
$(B)/outpost-sync: $(call objects,src/app/main_sync.c) $(EVERY_A)
	$(CC) $(LINK) -o $@ $^ $(SYNC_LIBS)
$(B)/outpost-hub: $(call objects,src/app/main_hub.c) $(EVERY_A)
	$(CC) $(LINK) -o $@ $^ $(HUB_LIBS)
$(EVERY_A): $(call objects,$(EVERY))
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcsD $@ $^

$(O)/%.o: %.c Makefile | libraries
	@mkdir -p $(@D)
	$(COMPILE) $(DEFINE) -c -o $@ $<

# Version and prefix stand in a file of their own, so that a change of either builds again what says it.
SAYS_VERSION := $(call objects,src/app/book/manual.c src/app/common/start.c src/app/common/config.c src/app/sync/hub_serve.c \
	src/app/health/hub_metrics.c)
$(SAYS_VERSION): DEFINE = -DOUTPOST_VERSION='"$(VERSION)"' -DOUTPOST_PREFIX='"$(PREFIX)"' \
	-DOUTPOST_SYSCONF='"$(SYSCONFDIR)"'
$(SAYS_VERSION): $(O)/version
$(O)/version: always
	@mkdir -p $(@D)
	@echo '$(VERSION) $(PREFIX) $(SYSCONFDIR)' | cmp -s - $@ || echo '$(VERSION) $(PREFIX) $(SYSCONFDIR)' >$@
.PHONY: always

# The shipped data is baked into the program (src/model/shipped.c): the file, the default and the documents are one.
$(O)/src/model/shipped.o: $(wildcard config/*.tsv config/*.conf config/packs/* config/checklists/* config/cards/* config/demo/*)

# The model's loops over a fixed number of small values are made vectors of.
$(call objects,$(wildcard src/sync/wire/model/*.c src/sync/wire/walk/*.c)): OPT := $(patsubst -O2,-O3,$(OPT))

# A library that is not there is named before the compiler stumbles over it.
.PHONY: libraries
libraries:
	@config/deploy/setup.sh libraries '$(PKG_CONFIG)'

# ---- words: Chinese is the source language, English the translation
MO := $(B)/lang/en/LC_MESSAGES/outpost.mo
.PHONY: english
english: $(MO)
$(MO): config/lang/en.po
	@mkdir -p $(@D)
	msgfmt -o $@ $<

#: make install      PREFIX=/usr/local SYSCONFDIR=/etc DESTDIR=; runs nothing that was built, writes over nothing of the county's
#: make uninstall    takes away exactly what install put
UNITDIR ?= $(PREFIX)/lib/systemd/system
INSTALL_HERE = BUILD='$(B)' DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' SYSCONFDIR='$(SYSCONFDIR)' UNITDIR='$(UNITDIR)' \
	config/deploy/install.sh
.PHONY: install uninstall
install: all
	@$(INSTALL_HERE) install
uninstall:
	@$(INSTALL_HERE) uninstall

#: make deb          Debian packages in build/deb (needs dpkg-dev, debhelper, dh-apparmor); what is in them: config/debian
#: make deb-check    and lintian, blhc, a second build with the same bytes, an installation in bare systems, booted ones too
#: make test-systems builds and tests on Debian 11 and 13, on i386 and (emulated) arm64 (wants root and debootstrap; an hour)
.PHONY: deb deb-check test-systems
test-systems: all
	@code=0; for system in 'older.sh bullseye' 'older.sh trixie' 'foreign.sh i386' 'foreign.sh arm64'; do \
		tests/systems/$$system || code=1; done; exit $$code
deb:
	@config/deploy/deb.sh '$(B)' '$(VERSION)'
deb-check: deb
	@config/deploy/deb_check.sh '$(B)' '$(VERSION)'

comma := ,
include $(wildcard tests/*.mk)

.PHONY: clean help
#: make clean        remove build/
clean:
	rm -rf build
help:
	@sed -n 's/^#: //p' Makefile tests/*.mk

-include $(shell find $(O) -name '*.d' 2>/dev/null)
