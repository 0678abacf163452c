# SPDX-License-Identifier: GPL-3.0-or-later
# make            build/outpost (and build/outpost-sync, build/outpost-hub)
# make run        installs what is missing, builds, makes a demo township and opens a village station
# make test       installs what is missing and runs every check; the last line is "N passed, N failed"
# The other targets are listed by `make help`.

VARIANT ?=
ifeq ($(VARIANT),)
B := build
else
B := build/$(VARIANT)
endif
O := $(B)/obj

PREFIX ?= /usr/local
DESTDIR ?=
CC = gcc
VERSION := 0.1.0

STD = -std=c11 -D_GNU_SOURCE -Iinclude -Isrc
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wpointer-arith -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wno-format-nonliteral
HARD = -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
OPT = -O2 -g
LINK = -pie -Wl,-z,relro,-z,now -Wl,--gc-sections
DEFS = -DOUTPOST_VERSION='"$(VERSION)"' -DOUTPOST_PREFIX='"$(PREFIX)"'

ifeq ($(VARIANT),asan)
OPT = -O1 -g -fno-omit-frame-pointer
HARD = -fsanitize=address,undefined -fno-sanitize-recover=all -fPIE
LINK = -pie -fsanitize=address,undefined
endif
ifeq ($(VARIANT),cover)
OPT = -O0 -g --coverage
HARD =
LINK = --coverage
endif
ifeq ($(VARIANT),fuzz)
CC = clang
OPT = -O1 -g -fno-omit-frame-pointer
HARD = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LINK = -fsanitize=fuzzer,address,undefined
endif
ifeq ($(DEV),1)
WARN += -Werror
endif

CFLAGS += $(STD) $(OPT) $(WARN) $(HARD) $(DEFS) -ffunction-sections -fdata-sections -MMD -MP

pkg = $(shell pkg-config $(1) $(2) 2>/dev/null)

# What each program is made of and what it may load (docs/DESIGN.md).
BASE := $(wildcard src/base/*.c)
MODEL := $(wildcard src/model/*.c src/model/*/*.c)
STORE := $(wildcard src/store/*.c)
UI := $(wildcard src/ui/*.c)
SCREENS := $(wildcard screens/*.c)
MAINS := src/app/main.c src/app/main_sync.c src/app/main_hub.c
SYNC_APP := $(wildcard src/app/sync_*.c)
HUB_APP := $(wildcard src/app/hub_*.c)
APP := $(filter-out $(MAINS) $(SYNC_APP) $(HUB_APP),$(wildcard src/app/*.c))
# What the other two programs have in common with the first.
SHARED_APP := $(addprefix src/app/,start.c app.c args.c options.c config.c out.c secret.c table.c json.c json_check.c short_code.c grant.c past.c)
SYNC_ALL := $(wildcard src/sync/*.c)
LINKS := $(wildcard src/sync/link_http.c src/sync/link_ssh.c)
HTTPD := $(wildcard src/sync/httpd.c)
SYNC := $(filter-out $(LINKS) $(HTTPD),$(SYNC_ALL))

objects = $(patsubst %.c,$(O)/%.o,$(1))
CORE_O := $(call objects,$(BASE) $(MODEL) $(STORE))
STATION_O := $(CORE_O) $(call objects,$(UI) $(SCREENS) $(APP))

CORE_LIBS := -lsqlite3 -lsodium -lcjson -lm
STATION_LIBS := -lncursesw -ltinfo -lreadline -lexpat $(CORE_LIBS)
SYNC_LIBS := -lcurl -lssh -lzstd $(CORE_LIBS)
HUB_LIBS := -levent_core -levent_extra -lzstd $(CORE_LIBS)

PROGRAMS :=
ifneq ($(wildcard src/app/main.c),)
PROGRAMS += $(B)/outpost
endif
ifneq ($(wildcard src/app/main_sync.c),)
PROGRAMS += $(B)/outpost-sync
endif
ifneq ($(wildcard src/app/main_hub.c),)
PROGRAMS += $(B)/outpost-hub
endif

#: make              build/outpost, build/outpost-sync, build/outpost-hub (DEV=1: warnings are errors; VARIANT=asan)
.PHONY: all
all: $(PROGRAMS) english

$(B)/outpost: $(call objects,src/app/main.c) $(STATION_O)
	$(CC) $(LINK) -o $@ $^ $(STATION_LIBS)
$(B)/outpost-sync: $(call objects,src/app/main_sync.c $(SYNC_APP) $(SHARED_APP) $(SYNC) $(LINKS)) $(CORE_O)
	$(CC) $(LINK) -o $@ $^ $(SYNC_LIBS)
$(B)/outpost-hub: $(call objects,src/app/main_hub.c $(HUB_APP) $(SHARED_APP) $(SYNC) $(HTTPD)) $(CORE_O)
	$(CC) $(LINK) -o $@ $^ $(HUB_LIBS)

$(O)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

# The shipped data is baked into the program (src/model/shipped.c): the file, the default and the documents are one.
$(O)/src/model/shipped.o: $(wildcard config/*.tsv config/*.conf config/packs/* config/checklists/* config/cards/* config/demo/*)

# ---- words: Chinese is the source language, English the translation
MO := $(B)/lang/en/LC_MESSAGES/outpost.mo
.PHONY: english
english: $(if $(wildcard config/lang/en.po),$(MO))
$(MO): config/lang/en.po
	@mkdir -p $(@D)
	msgfmt -o $@ $<

include $(wildcard tests/*.mk)

.PHONY: clean help
#: make clean        remove build/
clean:
	rm -rf build
help:
	@sed -n 's/^#: //p' Makefile tests/*.mk

-include $(shell find $(O) -name '*.d' 2>/dev/null)
