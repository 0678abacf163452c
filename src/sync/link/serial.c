/* SPDX-License-Identifier: GPL-3.0-or-later
 * Frames over a line that flips bytes: one packet at a time, acknowledged by the place in the frame
 * up to which all has come, so what is sent again may be cut anew. A poor line gets short packets,
 * a good one long ones.
 */
#include "sync/link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/crypt.h"
#include "base/endian.h"
#include "base/memory.h"

/* One packet: type, number of the frame, place in it, bytes, checksum; stuffed between two flags.
 */
enum {
	FLAG = 0x7E,
	ESCAPE = 0x7D,
	FLIP = 0x20,
	XON = 0x11, /* a modem may take these two for itself */
	XOFF = 0x13,
	ID_SIZE = 2,
	PLACE_SIZE = 3,
	CHECK_SIZE = 4,
	HEAD = 1 + ID_SIZE + PLACE_SIZE,
	SHORTEST = 16, /* bytes of a frame in a packet */
	LONGEST = 240,
	FIRST = 64,
	PACKET = HEAD + LONGEST + CHECK_SIZE,
	GOOD_MOST = 4, /* packets in a row after which they grow */
	TRIES = 30,    /* without any progress */
	SPARE_MS = 150,
};

enum packet_type { PACKET_DATA = 'D', PACKET_LAST = 'L', PACKET_ACK = 'A' };

struct packet {
	uint8_t type;
	uint16_t id;
	uint32_t place;
	struct bytes data; /* in the buffer of what was heard */
};

struct serial {
	struct serial_ways ways;
	uint8_t heard[PACKET];
	size_t heard_len;
	bool escaped;
	/* of what goes */
	uint16_t id;
	size_t size, good;
	/* of what comes */
	uint16_t coming_id;
	bool coming_known, whole; /* whole: all of it has come */
	struct buf coming;
	bool ready; /* and nobody has taken it yet */
};

struct serial *serial_new(const struct serial_ways *ways)
{
	struct serial *serial = memory_get(1, sizeof *serial);

	serial->ways = *ways;
	serial->size = FIRST;
	crypt_random(&serial->id, sizeof serial->id);
	return serial;
}

void serial_free(struct serial *serial)
{
	buf_release(&serial->coming);
	free(serial);
}

/* ---- packets */

static void check_of(struct bytes packet, uint8_t out[CHECK_SIZE])
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(packet, hash);
	memcpy(out, hash, CHECK_SIZE);
}

static void stuff(struct buf *out, struct bytes raw)
{
	for (size_t n = 0; n < raw.len; n++) {
		uint8_t byte = raw.at[n];

		if (byte == FLAG || byte == ESCAPE || byte == XON || byte == XOFF) {
			buf_byte(out, ESCAPE);
			byte ^= FLIP;
		}
		buf_byte(out, byte);
	}
}

static enum rc gone(int number, struct fault *fault)
{
	return fault_set(fault, RC_LINK, _("串行线路断了：%s"), fault_why(number));
}

static enum rc write_all(const struct serial *serial, struct bytes bytes, struct fault *fault)
{
	while (bytes.len) {
		ssize_t done = write(serial->ways.out, bytes.at, bytes.len);

		if (done < 0 && errno == EAGAIN)
			poll(&(struct pollfd){.fd = serial->ways.out, .events = POLLOUT}, 1, -1);
		else if (done < 0 && errno != EINTR)
			return gone(errno, fault);
		if (done > 0)
			bytes = bytes_of(bytes.at + done, bytes.len - (size_t)done);
	}
	return RC_OK;
}

static enum rc put_packet(
	const struct serial *serial, const struct packet *packet, size_t *len, struct fault *fault)
{
	struct buf raw = {0}, line = {0};
	uint8_t check[CHECK_SIZE];

	buf_byte(&raw, packet->type);
	buf_low(&raw, packet->id, ID_SIZE);
	buf_low(&raw, packet->place, PLACE_SIZE);
	buf_put(&raw, packet->data.at, packet->data.len);
	check_of(buf_bytes(&raw), check);
	buf_put(&raw, check, CHECK_SIZE);
	/* A flag in front, too: it ends whatever noise came before. */
	buf_byte(&line, FLAG);
	stuff(&line, buf_bytes(&raw));
	buf_byte(&line, FLAG);
	*len = line.len;
	enum rc rc = write_all(serial, buf_bytes(&line), fault);
	buf_release(&raw);
	buf_release(&line);
	return rc;
}

static bool parse(const struct serial *serial, struct packet *packet)
{
	size_t len = serial->heard_len;
	uint8_t check[CHECK_SIZE];

	if (len < HEAD + CHECK_SIZE)
		return false;
	check_of(bytes_of(serial->heard, len - CHECK_SIZE), check);
	*packet = (struct packet){.type = serial->heard[0],
		.id = (uint16_t)low_get(serial->heard + 1, ID_SIZE),
		.place = (uint32_t)low_get(serial->heard + 1 + ID_SIZE, PLACE_SIZE),
		.data = bytes_of(serial->heard + HEAD, len - HEAD - CHECK_SIZE)};
	return memcmp(check, serial->heard + len - CHECK_SIZE, CHECK_SIZE) == 0;
}

/* One byte of the line; true: PACKET is whole, and good until the next byte. */
static bool hear(struct serial *serial, uint8_t byte, struct packet *packet)
{
	if (byte == FLAG) {
		bool good = parse(serial, packet);

		serial->heard_len = 0;
		serial->escaped = false;
		return good;
	}
	if (byte == ESCAPE) {
		serial->escaped = true;
		return false;
	}
	if (serial->heard_len == PACKET) /* noise without a flag */
		serial->heard_len = 0;
	serial->heard[serial->heard_len++] = serial->escaped ? byte ^ FLIP : byte;
	serial->escaped = false;
	return false;
}

/* The next good packet, by UNTIL (INT64_MAX: however long). RC_BUSY: none came; RC_NONE: STOP_FD
 * can be read. */
static enum rc listen(
	struct serial *serial, int64_t until, struct packet *packet, struct fault *fault)
{
	struct pollfd line = {serial->ways.in, POLLIN, 0};
	uint8_t byte;

	for (;;) {
		ssize_t got = read(serial->ways.in, &byte, 1);

		if (got == 1 && hear(serial, byte, packet))
			return RC_OK;
		if (got == 1)
			continue;
		if (got == 0 || (errno != EAGAIN && errno != EINTR))
			return gone(got ? errno : EPIPE, fault);
		int64_t left = until - socket_now();
		if (left <= 0)
			return RC_BUSY;
		poll(&line, 1, left > 1000 ? 1000 : (int)left);
	}
}

/* ---- what comes */

/* Takes what is new of PACKET and says up to where all has come. */
static enum rc on_data(struct serial *serial, const struct packet *packet, struct fault *fault)
{
	struct packet ack = {.type = PACKET_ACK, .id = packet->id};
	size_t len;

	if (!serial->coming_known || packet->id != serial->coming_id) {
		serial->coming_known = true;
		serial->coming_id = packet->id;
		serial->whole = serial->ready = false;
		buf_clear(&serial->coming);
	}
	if (!serial->whole && packet->place <= serial->coming.len &&
		packet->place + packet->data.len >= serial->coming.len &&
		serial->coming.len + packet->data.len <= LINK_ANSWER + SERVE_BODY) {
		size_t known = serial->coming.len - packet->place;

		buf_put(&serial->coming, packet->data.at + known, packet->data.len - known);
		serial->whole = serial->ready = packet->type == PACKET_LAST;
	}
	ack.place = (uint32_t)serial->coming.len;
	return put_packet(serial, &ack, &len, fault);
}

enum rc serial_take(struct serial *serial, struct buf *frame, struct fault *fault)
{
	struct packet packet;
	enum rc rc = RC_OK;

	while (!rc && !serial->ready) {
		rc = listen(serial, INT64_MAX, &packet, fault);
		if (!rc && packet.type != PACKET_ACK)
			rc = on_data(serial, &packet, fault);
	}
	if (rc)
		return rc;
	serial->ready = false;
	buf_clear(frame);
	buf_put(frame, serial->coming.at, serial->coming.len);
	return RC_OK;
}

/* ---- what goes */

/* How long an acknowledgement may take: both packets on the line, both turns, and up to a quarter
 * more, so that two ends that speak at once do not do so again. */
static int64_t patience(const struct serial *serial, size_t sent)
{
	int64_t bits = (int64_t)(sent + HEAD + CHECK_SIZE + 3) * 10;
	int64_t ms = bits * 1000 / serial->ways.baud + 2 * serial->ways.turn_ms + SPARE_MS;
	uint8_t random;

	crypt_random(&random, sizeof random);
	return ms + ms * random / 1024;
}

struct sending {
	struct bytes frame;
	size_t place, reached; /* acknowledged; sent at least once */
	bool over;             /* the other end has moved on: it had all */
};

static enum rc on_heard(struct serial *serial, struct sending *sending, const struct packet *packet,
	struct fault *fault)
{
	bool before = serial->coming_known && packet->id == serial->coming_id;

	if (packet->type == PACKET_ACK) {
		if (packet->id == serial->id && packet->place <= sending->frame.len &&
			packet->place > sending->place)
			sending->place = packet->place;
		return RC_OK;
	}
	if (!before && !serial->ways.asks)
		return on_data(serial, packet, fault)
			       ? fault->rc
			       : fault_set(fault, RC_LINK, _("对方重新问起"));
	/* The answer comes, so the question has arrived, though nobody acknowledged its end. */
	sending->over = !before && sending->reached == sending->frame.len;
	return before || sending->over ? on_data(serial, packet, fault) : RC_OK;
}

static void learn(struct serial *serial, bool good)
{
	if (!good) {
		serial->good = 0;
		serial->size = serial->size / 2 > SHORTEST ? serial->size / 2 : SHORTEST;
	} else if (++serial->good == GOOD_MOST) {
		serial->good = 0;
		serial->size = serial->size * 3 / 2 < LONGEST ? serial->size * 3 / 2 : LONGEST;
	}
}

/* One packet, and what is heard until it is acknowledged or not. */
static enum rc send_once(struct serial *serial, struct sending *sending, struct fault *fault)
{
	size_t left = sending->frame.len - sending->place, before = sending->place, len;
	size_t part = left < serial->size ? left : serial->size;
	struct packet packet = {.type = part == left ? PACKET_LAST : PACKET_DATA,
			      .id = serial->id,
			      .place = (uint32_t)sending->place,
			      .data = bytes_of(sending->frame.at + sending->place, part)},
		      heard;
	enum rc rc = put_packet(serial, &packet, &len, fault);
	int64_t until = socket_now() + patience(serial, len);

	if (sending->place + part > sending->reached)
		sending->reached = sending->place + part;
	while (!rc && sending->place == before && !sending->over) {
		rc = listen(serial, until, &heard, fault);
		if (!rc)
			rc = on_heard(serial, sending, &heard, fault);
	}
	learn(serial, sending->place > before);
	return rc == RC_BUSY ? RC_OK : rc;
}

enum rc serial_send(struct serial *serial, struct bytes frame, struct fault *fault)
{
	struct sending sending = {.frame = frame};
	unsigned tries = 0;
	enum rc rc = RC_OK;

	serial->id++;
	while (!rc && !sending.over && sending.place < frame.len) {
		size_t before = sending.place;

		rc = send_once(serial, &sending, fault);
		tries = sending.place > before ? 0 : tries + 1;
		if (!rc && tries == TRIES)
			rc = fault_set(fault, RC_LINK,
				_("对方%d次没有应答：请检查线路和对方的机器"), TRIES);
	}
	return rc;
}

/* ---- the device */

static const struct {
	unsigned baud;
	speed_t speed;
} speeds[] = {{300, B300}, {600, B600}, {1200, B1200}, {2400, B2400}, {4800, B4800}, {9600, B9600},
	{19200, B19200}, {38400, B38400}, {57600, B57600}, {115200, B115200}};

enum rc serial_open(int *fd, const char *device, unsigned baud, struct fault *fault)
{
	struct termios line;
	size_t n = 0;

	while (n < countof(speeds) && speeds[n].baud != baud)
		n++;
	if (n == countof(speeds))
		return fault_set(
			fault, RC_BAD, _("没有这样的速率 %u：应是 300 到 115200 的常用速率"), baud);
	*fd = open(device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (*fd < 0)
		return fault_set(fault, RC_BAD, _("打不开 \"%s\"：%s"), device, fault_why(errno));
	if (tcgetattr(*fd, &line) == 0) {
		cfmakeraw(&line);
		line.c_cflag |= CLOCAL | CREAD;
		cfsetispeed(&line, speeds[n].speed);
		cfsetospeed(&line, speeds[n].speed);
		if (tcsetattr(*fd, TCSANOW, &line) == 0 && tcflush(*fd, TCIOFLUSH) == 0)
			return RC_OK;
	}
	close(*fd);
	return fault_set(fault, RC_BAD, _("\"%s\" 不是串行线路"), device);
}
