/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station's signing key as an SSH identity: the same Ed25519 key, in the files that OpenSSH
 * reads.
 */
#ifndef SYNC_SSH_KEY_H
#define SYNC_SSH_KEY_H

#include "base/crypt.h"

/* Appends the line of authorized_keys and known_hosts: "ssh-ed25519 AAAA… COMMENT", without a line
 * end. */
void ssh_key_line(const uint8_t sign_public[SIGN_PUBLIC], const char *comment, struct buf *out);
/* Appends the private key file (openssh-key-v1, no passphrase: the keys folder guards it). */
void ssh_key_private(const struct keys *keys, const char *comment, struct buf *out);
/* Writes FOLDER/ssh and FOLDER/ssh.pub (0600) from the keys in FOLDER. */
enum rc ssh_key_make(const char *folder, struct fault *fault) MUST_CHECK;
/* The same, unless they are there already. */
enum rc ssh_key_file(const char *folder, struct fault *fault) MUST_CHECK;
/* Appends to NEXT the private key file of the keys in FOLDER. True: USED is another one, as their
 * site has ended since it was written. */
bool ssh_key_next(const char *folder, const struct buf *used, struct buf *next);

#endif
