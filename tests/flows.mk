# SPDX-License-Identifier: GPL-3.0-or-later
# Workflows as readable scripts, over real stations and hubs of three levels (tests/flows/flow.sh).

ifeq ($(VARIANT),)
CHECK_RUN += $(wildcard tests/flows/*.flow)
endif
