/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/store/station shows to the other rooms of its floor.
 */
#ifndef STORE_STATION_INTERNAL_H
#define STORE_STATION_INTERNAL_H

#include "store/rows/internal.h"

/* pin.c: wrong PINs are not counted any more, as people get other numbers; inside a transaction */
enum rc pin_tries_forget(struct store *store, struct fault *fault) MUST_CHECK;

/* station.c */
enum rc store_file(
	const char *home, const char *name, char path[512], struct fault *fault) MUST_CHECK;

/* reserve.c: 64 KiB for store_spare are made */
void reserve_make(struct store *store); /* when there is room, and none */

/* backup.c: sound, and ours */
enum rc backup_look(const char *path, struct fault *fault) MUST_CHECK;
/* made beside, read again, then called PATH */
enum rc backup_copy(struct store *store, const char *path, struct fault *fault) MUST_CHECK;

#endif
