/* SPDX-License-Identifier: GPL-3.0-or-later
 * A bad link between two network namespaces: packets go from one TUN device to the other as late,
 * as slowly and as seldom as asked. badlink NS-A NS-B [rate=BPS] [delay=MS] [jitter=MS]
 * [loss=PERCENT] [burst=PERCENT] [dup=PERCENT] [reorder=PERCENT] [queue=BYTES] [up=MS down=MS]
 * [half=1] [mtu=BYTES] [seed=N] NS is a path like /proc/PID/ns/net. A has 10.99.0.1, B 10.99.0.2.
 * burst: a loss begins a row of losses that goes on with that chance. half: both ways share the
 * rate. Prints "ready", and at SIGTERM what it counted, as JSON: "trips" are round trips that A has
 * waited for, as the packets tell them (see turn_of), since the beginning or the last SIGUSR1. Exit
 * 3: not permitted here. The order of packets is kept but for those that "reorder" holds back for
 * half as long again as the delay, and others overtake.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { NOT_PERMITTED = 3, PACKET = 2048, SECOND = 1000000 };

struct packet {
	struct packet *next;
	int64_t due; /* microseconds */
	size_t len;
	unsigned turn; /* see turn_of */
	bool data;
	uint8_t bytes[];
};

/* One direction: what has been read at one end and waits for its time at the other. */
struct way {
	int in, out;
	struct packet *first, **last;
	int64_t free_at, last_due, latest;
	bool losing, opening;
	/* Turns: of what was read last with data, of what was given last, and given with data. */
	unsigned said, heard, told;
	uint64_t read, read_bytes, given, given_bytes, lost, full, down, twice, held;
};

static struct {
	int64_t rate, delay, jitter, loss, burst, dup, reorder, queue, up, down, half, mtu, seed;
} asked = {.queue = 16000, .mtu = 1400, .seed = 1};

static const struct {
	const char *name;
	int64_t *to;
} names[] = {{"rate", &asked.rate}, {"delay", &asked.delay}, {"jitter", &asked.jitter},
	{"loss", &asked.loss}, {"burst", &asked.burst}, {"dup", &asked.dup},
	{"reorder", &asked.reorder}, {"queue", &asked.queue}, {"up", &asked.up},
	{"down", &asked.down}, {"half", &asked.half}, {"mtu", &asked.mtu}, {"seed", &asked.seed}};

static volatile sig_atomic_t over, anew;
static uint64_t chance_state;

static void on_term(int number)
{
	(void)number;
	over = 1;
}

static void on_usr1(int number)
{
	(void)number;
	anew = 1;
}

static int64_t now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000;
}

/* xorshift64*: the same seed gives the same row. */
static uint64_t chance(uint64_t below)
{
	chance_state ^= chance_state >> 12;
	chance_state ^= chance_state << 25;
	chance_state ^= chance_state >> 27;
	return (chance_state * 0x2545F4914F6CDD1DULL >> 33) % below;
}

static bool happens(int64_t percent)
{
	return percent > 0 && (int64_t)chance(10000) < percent * 100;
}

/* ---- devices */

static void fail(const char *what)
{
	fprintf(stderr, "badlink: %s: %s\n", what, strerror(errno));
	exit(errno == EPERM || errno == EACCES || errno == ENOENT || errno == ENODEV ? NOT_PERMITTED
										     : 1);
}

static void set_address(const char *device, const char *address)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	struct ifreq ask = {0};
	struct sockaddr_in *at = (struct sockaddr_in *)&ask.ifr_addr;
	snprintf(ask.ifr_name, sizeof ask.ifr_name, "%s", device);
	if (address) {
		at->sin_family = AF_INET;
		inet_pton(AF_INET, address, &at->sin_addr);
		if (ioctl(fd, SIOCSIFADDR, &ask))
			fail("address");
		inet_pton(AF_INET, "255.255.255.252", &at->sin_addr);
		if (ioctl(fd, SIOCSIFNETMASK, &ask))
			fail("netmask");
		ask.ifr_mtu = (int)asked.mtu;
		if (ioctl(fd, SIOCSIFMTU, &ask))
			fail("mtu");
	}
	if (ioctl(fd, SIOCGIFFLAGS, &ask))
		fail("flags");
	ask.ifr_flags = (short)(ask.ifr_flags | IFF_UP);
	if (ioctl(fd, SIOCSIFFLAGS, &ask))
		fail("up");
	close(fd);
}

static int open_end(const char *space, const char *address)
{
	int ns = open(space, O_RDONLY | O_CLOEXEC);
	if (ns < 0 || setns(ns, CLONE_NEWNET))
		fail(space);
	close(ns);
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	struct ifreq ask = {.ifr_flags = IFF_TUN | IFF_NO_PI};
	snprintf(ask.ifr_name, sizeof ask.ifr_name, "bad0");
	if (fd < 0 || ioctl(fd, TUNSETIFF, &ask))
		fail("/dev/net/tun");
	set_address("lo", NULL);
	set_address("bad0", address);
	return fd;
}

/* ---- packets */

static bool is_down(int64_t now, int64_t start)
{
	int64_t up = asked.up * 1000, round = up + asked.down * 1000;
	return asked.up > 0 && asked.down > 0 && (now - start) % round >= up;
}

/* In the order in which they are due; nearly always behind the last one. */
static void put_in(struct way *way, struct packet *packet)
{
	struct packet **at = way->last;
	if (way->first && packet->due < way->latest)
		for (at = &way->first; *at && (*at)->due <= packet->due;)
			at = &(*at)->next;
	else
		way->latest = packet->due;
	packet->next = *at;
	*at = packet;
	if (!packet->next)
		way->last = &packet->next;
}

/* ---- turns: how often one end has waited for the other */

enum { IP_TCP = 6, TCP_SYN = 2, TCP_ACK = 16, TCP_LEAST = 20, HEADS_MOST = 120 };

/* Does it say something, or is it a receipt alone? The one that ends an opening says "open". */
static bool has_data(struct way *way, const uint8_t *bytes, size_t len)
{
	size_t ip = (bytes[0] & 15) * 4u;
	if (len < ip + TCP_LEAST || bytes[0] >> 4 != 4 || bytes[9] != IP_TCP)
		return false;
	uint8_t flags = bytes[ip + 13];
	bool opens = flags & TCP_SYN || way->opening;
	way->opening = (flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;
	return opens || len > ip + (bytes[ip + 12] >> 4) * 4u;
}

/* A packet comes one turn after what had come to its end when it left: data; and for a full one,
 * which may have waited for the window, receipts too. A short one behind a receipt was held back by
 * Nagle's rule when two writes fell apart: that is luck, costs a trip on some days, and is not
 * counted. Time does not matter, so a busy machine does not. */
static unsigned turn_of(struct way *way, const struct way *back, bool data, size_t len)
{
	bool full = len + HEADS_MOST > (size_t)asked.mtu;
	unsigned turn = (data && !full ? back->told : back->heard) + 1;
	if (!data)
		return turn;
	if (turn > way->said)
		way->said = turn;
	return way->said;
}

static void queue_packet(struct way *way, const struct packet *from, int64_t now, int64_t *free_at)
{
	int64_t begin = *free_at > now ? *free_at : now;
	if (asked.rate > 0) {
		if ((begin - now) * asked.rate / 8 / SECOND + (int64_t)from->len > asked.queue &&
			begin > now) {
			way->full++;
			return;
		}
		begin += (int64_t)from->len * 8 * SECOND / asked.rate;
		*free_at = begin;
	}
	struct packet *packet = malloc(sizeof *packet + from->len);
	if (!packet)
		exit(1);
	memcpy(packet, from, sizeof *packet + from->len);
	int64_t late = asked.delay * 1000;
	if (asked.jitter > 0)
		late += (int64_t)chance((uint64_t)asked.jitter * 2000) - asked.jitter * 1000;
	packet->due = begin + (late > 0 ? late : 0);
	if (packet->due < way->last_due)
		packet->due = way->last_due;
	way->last_due = packet->due;
	if (happens(asked.reorder)) {
		packet->due += asked.delay * 500;
		way->held++;
	}
	put_in(way, packet);
}

static void take_packets(
	struct way *way, const struct way *back, int64_t now, int64_t start, int64_t *free_at)
{
	static union {
		struct packet packet;
		uint8_t room[sizeof(struct packet) + PACKET];
	} taken;
	struct packet *packet = &taken.packet;
	ssize_t len;
	while ((len = read(way->in, packet->bytes, PACKET)) > 0) {
		way->read++;
		way->read_bytes += (uint64_t)len;
		packet->len = (size_t)len;
		packet->data = has_data(way, packet->bytes, packet->len);
		packet->turn = turn_of(way, back, packet->data, packet->len);
		if (is_down(now, start)) {
			way->down++;
			continue;
		}
		way->losing =
			way->losing && asked.burst ? happens(asked.burst) : happens(asked.loss);
		if (way->losing) {
			way->lost++;
			continue;
		}
		queue_packet(way, packet, now, free_at);
		if (happens(asked.dup)) {
			way->twice++;
			queue_packet(way, packet, now, free_at);
		}
	}
}

static void give_packets(struct way *way, int64_t now, int64_t start)
{
	while (way->first && way->first->due <= now) {
		struct packet *packet = way->first;
		way->first = packet->next;
		if (!way->first)
			way->last = &way->first;
		if (is_down(now, start)) {
			way->down++;
		} else if (write(way->out, packet->bytes, packet->len) == (ssize_t)packet->len) {
			way->given++;
			way->given_bytes += packet->len;
			if (packet->turn > way->heard)
				way->heard = packet->turn;
			if (packet->data && packet->turn > way->told)
				way->told = packet->turn;
		}
		free(packet);
	}
}

static void forward(struct way ways[2])
{
	int64_t start = now_us();
	while (!over) {
		struct pollfd ready[2];
		int64_t now = now_us(), wait = SECOND;
		for (int i = 0; i < 2 && anew; i++)
			ways[i].said = ways[i].heard = ways[i].told = 0;
		anew = 0;
		for (int i = 0; i < 2; i++) {
			take_packets(&ways[i], &ways[1 - i], now, start,
				&ways[asked.half ? 0 : i].free_at);
			give_packets(&ways[i], now, start);
			if (ways[i].first && ways[i].first->due - now < wait)
				wait = ways[i].first->due - now;
			ready[i] = (struct pollfd){.fd = ways[i].in, .events = POLLIN};
		}
		struct timespec left = {wait / SECOND, wait % SECOND * 1000};
		if (ppoll(ready, 2, &left, NULL) < 0 && errno != EINTR)
			fail("poll");
	}
}

static void tell(const char *name, const struct way *way, const char *end)
{
	printf("\"%s\":{\"read\":%llu,\"read_bytes\":%llu,\"given\":%llu,\"given_bytes\":%llu,"
	       "\"lost\":%llu,"
	       "\"full\":%llu,\"down\":%llu,\"twice\":%llu,\"held\":%llu}%s",
		name, (unsigned long long)way->read, (unsigned long long)way->read_bytes,
		(unsigned long long)way->given, (unsigned long long)way->given_bytes,
		(unsigned long long)way->lost, (unsigned long long)way->full,
		(unsigned long long)way->down, (unsigned long long)way->twice,
		(unsigned long long)way->held, end);
}

static bool take_option(const char *text)
{
	const char *sign = strchr(text, '=');
	for (size_t i = 0; sign && i < sizeof names / sizeof names[0]; i++)
		if (strlen(names[i].name) == (size_t)(sign - text) &&
			strncmp(text, names[i].name, (size_t)(sign - text)) == 0) {
			*names[i].to = strtoll(sign + 1, NULL, 10);
			return true;
		}
	return false;
}

int main(int argc, char **argv)
{
	struct way ways[2] = {{0}};
	if (argc < 3)
		return 2;
	for (int i = 3; i < argc; i++)
		if (!take_option(argv[i])) {
			fprintf(stderr, "badlink: what is \"%s\"?\n", argv[i]);
			return 2;
		}
	chance_state = (uint64_t)asked.seed * 0x9E3779B97F4A7C15ULL + 1;
	ways[0].in = ways[1].out = open_end(argv[1], "10.99.0.1");
	ways[1].in = ways[0].out = open_end(argv[2], "10.99.0.2");
	for (int i = 0; i < 2; i++)
		ways[i].last = &ways[i].first;
	sigaction(SIGTERM, &(struct sigaction){.sa_handler = on_term}, NULL);
	sigaction(SIGUSR1, &(struct sigaction){.sa_handler = on_usr1}, NULL);
	sigaction(SIGINT, &(struct sigaction){.sa_handler = on_term}, NULL);
	printf("ready\n");
	fflush(stdout);
	forward(ways);
	printf("{");
	tell("a", &ways[0], ",");
	tell("b", &ways[1], ",");
	printf("\"trips\":%u}\n", (ways[1].told + 1) / 2);
	for (int i = 0; i < 2; i++)
		for (struct packet *next; ways[i].first; ways[i].first = next) {
			next = ways[i].first->next;
			free(ways[i].first);
		}
	return 0;
}
