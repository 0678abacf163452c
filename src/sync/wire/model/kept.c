/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was learnt from the training text, kept in a file of the station's folder: a head, and the
 * state as this machine has it. It is mapped, so that processes share it; by its hash it is known
 * to be whole. Our own programs only ever put another file in its place; whoever else has a hand in
 * it is noticed before the next message.
 */
#include "sync/wire.h"
#include "sync/wire/model/parts.h"

#include "base/crypt.h"
#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* SHAPE: another one when struct memory is laid out otherwise. ROOM_TIMES: so much more has to be
 * free than is kept. */
enum { SHAPE = 2, HEAD = 4096, ROOM_TIMES = 8 };

struct head {
	uint8_t which[HASH_SIZE], hash[HASH_SIZE];
	uint32_t cost;
};

_Static_assert(sizeof(struct head) <= HEAD, "a head has its room");

static int kept_fd = -1;
static struct stat kept_as;

static void head_of(
	struct bytes training, const struct memory *memory, uint32_t cost, struct head *head)
{
	const uint32_t shape[] = {SHAPE, MODEL_NUMBER, sizeof *memory};
	struct buf all = {0};

	memset(head, 0, sizeof *head);
	head->cost = cost;
	buf_put(&all, shape, sizeof shape);
	buf_put(&all, training.at, training.len);
	crypt_hash(buf_bytes(&all), head->which);
	buf_release(&all);
	crypt_hash(bytes_of(memory, sizeof *memory), head->hash);
}

static const struct memory *map_whole(int fd, struct bytes training, uint32_t *cost)
{
	const size_t size = HEAD + sizeof(struct memory);
	const struct memory *memory;
	struct head head, is;
	uint8_t *at;

	if (fstat(fd, &kept_as) || !S_ISREG(kept_as.st_mode) || kept_as.st_size != (off_t)size)
		return NULL;
	at = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		return NULL;
	memory = (const struct memory *)(at + HEAD);
	memcpy(&is, at, sizeof is);
	head_of(training, memory, is.cost, &head);
	if (memcmp(&head, &is, sizeof head) != 0) {
		munmap(at, size);
		return NULL;
	}
	*cost = is.cost;
	return memory;
}

const struct memory *kept_map(const char *path, struct bytes training, uint32_t *cost)
{
	const struct memory *memory;
	int fd = file_open(path, O_RDONLY | O_NONBLOCK);

	if (fd < 0)
		return NULL;
	memory = map_whole(fd, training, cost);
	if (memory)
		kept_fd = fd;
	else
		close(fd);
	return memory;
}

bool kept_same(void)
{
	struct stat now;

	return kept_fd < 0 || (fstat(kept_fd, &now) == 0 && now.st_size == kept_as.st_size &&
				      now.st_mtim.tv_sec == kept_as.st_mtim.tv_sec &&
				      now.st_mtim.tv_nsec == kept_as.st_mtim.tv_nsec);
}

void kept_unmap(const struct memory *memory)
{
	munmap((uint8_t *)memory - HEAD, HEAD + sizeof *memory);
	close(kept_fd);
	kept_fd = -1;
}

/* The last room of a disk is for what people write. */
static bool has_room(const char *folder, size_t bytes)
{
	struct statvfs disk;

	return statvfs(folder, &disk) == 0 &&
	       (uint64_t)disk.f_bavail * disk.f_frsize / ROOM_TIMES > bytes;
}

void kept_write(const char *folder, const char *path, struct bytes training,
	const struct memory *memory, uint32_t cost)
{
	struct buf file = {0};
	struct head head;
	struct fault fault;

	if (!has_room(folder, sizeof *memory))
		return;
	head_of(training, memory, cost, &head);
	memset(buf_grow(&file, HEAD), 0, HEAD);
	memcpy(file.at, &head, sizeof head);
	buf_put(&file, memory, sizeof *memory);
	/* What a power cut leaves of it, the hash tells. */
	(void)!file_write(path, buf_bytes(&file), file_mode(0600) | FILE_LOOSE, &fault);
	buf_release(&file);
}
