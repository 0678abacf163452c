#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints every text of the program that wants a translation, as a .pot file. Its head carries no
# date: en.po changes when a text does, and not with every run.
set -o pipefail
cd "$(dirname "$0")/../.." || exit 1
find src screens include -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort |
	xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=NN_:1 --no-wrap \
		--no-location --sort-output --files-from=- --output=- | sed '/^"POT-Creation-Date:/d'
