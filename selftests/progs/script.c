// SPDX-License-Identifier: GPL-2.0
/* A list of frames and of the places where each has to arrive.
 *
 * Every frame has a number. What was captured is sorted by it, compared with
 * what was expected byte for byte, and whatever is left over is a failure:
 * a script says where a frame goes and, by saying nothing, where it does not.
 */
#include <linux/if_ether.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frame.h"
#include "script.h"
#include "tap.h"

#define SENDS_MAX	65000
#define BATCH		128	/* sends between two looks at the sockets */
#define COMPLAINTS	20
#define SYNC_TYPE	0x88b6
#define SYNC_ROUNDS	3	/* a frame may be queued twice on its way */
#define SYNC_MS		20000
#define QUIET_MS	30

enum kind { TAP, ARRIVES, HOSTED, BEHIND };

static const char * const kind_text[] = {
	"at the tap", "", "for the host", "behind the handler",
};

struct place {
	int netns;
	int ifindex;
};

struct seen {
	struct seen *next;
	struct place at;
	bool behind;
	bool claimed;
	size_t len;
	uint8_t data[];
};

struct expected {
	struct expected *next;
	enum kind kind;
	struct place at;
	const struct frame_spec *spec;
};

struct sent {
	const char *text;
	struct place at;
	struct frame_spec spec;
	struct expected *expected;
	struct seen *seen;
	struct sent *reference;
};

struct netns {
	char name[32];
	int index;
	bool host;
};

struct sender {
	struct place at;
	int fd;
};

static struct netns netns[TAP_NETNS];
static unsigned int nnetns;
static struct sender senders[128];
static unsigned int nsenders;
static struct sent *sends;
static unsigned int nsends;
static uint32_t base;
static bool bypass, synced;
static int priority;
static struct place sync_from, sync_to;
static unsigned int syncs;
static unsigned int unsynced;
static unsigned long captured;
static unsigned int complaints;

static void *must(void *p)
{
	if (!p)
		die("out of memory");
	return p;
}

static struct netns *find_netns(const char *name, size_t len)
{
	unsigned int i;

	for (i = 0; i < nnetns; i++) {
		if (strlen(netns[i].name) == len &&
		    !memcmp(netns[i].name, name, len))
			return &netns[i];
	}
	die("unknown network namespace in %s", name);
}

static struct place parse_place(const char *text)
{
	const char *dev = strchr(text, ':');
	struct place at;

	if (!dev)
		die("%s is not NETNS:DEV", text);
	at.netns = find_netns(text, dev - text)->index;
	at.ifindex = tap_ifindex(at.netns, dev + 1);
	if (!at.ifindex)
		die("no device %s", text);
	return at;
}

static bool same_place(const struct place *a, const struct place *b)
{
	return a->netns == b->netns && a->ifindex == b->ifindex;
}

static const char *place_text(const struct place *at)
{
	static char text[64];

	snprintf(text, sizeof(text), "%s:%s", netns[at->netns].name,
		 tap_ifname(at->netns, at->ifindex));
	return text;
}

static int sender_fd(const struct place *at)
{
	struct sender *s;
	unsigned int i;

	for (i = 0; i < nsenders; i++) {
		if (same_place(&senders[i].at, at))
			return senders[i].fd;
	}
	if (nsenders == sizeof(senders) / sizeof(senders[0]))
		die("too many sending devices");
	s = &senders[nsenders++];
	s->at = *at;
	s->fd = tap_sender(at->netns, tap_ifname(at->netns, at->ifindex),
			   bypass);
	if (setsockopt(s->fd, SOL_SOCKET, SO_PRIORITY, &priority,
		       sizeof(priority)))
		die("SO_PRIORITY: %m");
	return s->fd;
}

/* Keep what arrived with the frame it is. */
static void keep(const struct tap_frame *frame, void *arg)
{
	struct place at = { frame->netns, frame->ifindex };
	struct seen *seen;
	uint32_t id;

	if (!frame_id(frame->data, frame->len, &id))
		return;
	if (frame->len >= 14 && frame->data[12] == SYNC_TYPE >> 8 &&
	    frame->data[13] == (SYNC_TYPE & 0xff)) {
		if (!frame->behind && same_place(&at, &sync_to))
			syncs++;
		return;
	}
	id -= base;
	if (id >= nsends)
		return;
	captured++;
	seen = must(malloc(sizeof(*seen) + frame->len));
	seen->at = at;
	seen->behind = frame->behind;
	seen->claimed = false;
	seen->len = frame->len;
	memcpy(seen->data, frame->data, frame->len);
	seen->next = sends[id].seen;
	sends[id].seen = seen;
}

static void sync_once(void)
{
	struct frame_spec spec = { .type = SYNC_TYPE, .payload = 46 };
	int64_t end = tap_now_ms() + SYNC_MS;
	unsigned int want = syncs + 1;
	uint8_t buf[128];
	size_t len;

	len = frame_build(&spec, 0, buf);
	if (!tap_send(sender_fd(&sync_from), buf, len))
		die("cannot send on %s: %m", place_text(&sync_from));
	while (syncs < want) {
		if (tap_now_ms() > end)
			die("the sync frame did not come through");
		tap_collect(100, keep, NULL);
	}
}

/* Wait until all that was sent has gone where it goes. */
static void sync_all(void)
{
	int i;

	if (!synced)
		die("no sync line");
	for (i = 0; i < SYNC_ROUNDS; i++)
		sync_once();
	unsynced = 0;
}

static struct sent *send_frame(const struct place *at, const char *text)
{
	static uint8_t buf[FRAME_MAX];
	struct sent *sent;
	size_t len;

	if (++unsynced > BATCH)
		sync_all();
	if (nsends == SENDS_MAX)
		die("too many frames");
	sent = &sends[nsends++];
	sent->text = must(strdup(text));
	sent->at = *at;
	if (!frame_parse(&sent->spec, text))
		die("not a frame: %s", text);
	len = frame_build(&sent->spec, base + nsends - 1, buf);
	if (!tap_send(sender_fd(at), buf, len))
		die("%s did not take %s: %m", place_text(at), text);
	return sent;
}

/* The same frame on a pair of devices without vxc shows what a host sees of
 * it, whatever the kernel makes of its tags.
 */
static struct sent *reference(const char *text)
{
	static struct sent *known[512];
	static unsigned int nknown;
	unsigned int i;

	for (i = 0; i < nknown; i++) {
		if (!strcmp(known[i]->text, text))
			return known[i];
	}
	if (nknown == sizeof(known) / sizeof(known[0]))
		die("too many different frames");
	return known[nknown++] = send_frame(&sync_from, text);
}

static void expect(struct sent *sent, enum kind kind, const struct place *at,
		   const char *text)
{
	struct expected *e = must(calloc(1, sizeof(*e)));
	struct frame_spec *spec;

	e->kind = kind;
	e->at = *at;
	e->spec = &sent->spec;
	if (text && *text) {
		spec = must(malloc(sizeof(*spec)));
		e->spec = spec;
		if (!frame_parse(spec, text))
			die("not a frame: %s", text);
		if (!strstr(text, "type="))
			spec->type = sent->spec.type;
		if (!strstr(text, "pay="))
			spec->payload = sent->spec.payload;
		memcpy(spec->dst, sent->spec.dst, 6);
		memcpy(spec->src, sent->spec.src, 6);
		spec->has_src = sent->spec.has_src;
		memcpy(spec->bytes, sent->spec.bytes, FRAME_BYTES);
		spec->nbytes = sent->spec.nbytes;
	}
	e->next = sent->expected;
	sent->expected = e;
	if (kind == HOSTED && !sent->reference)
		sent->reference = reference(sent->text);
	if (kind == ARRIVES && netns[at->netns].host)
		expect(sent, BEHIND, at, text);
}

static void add_netns(const char *name, const char *path)
{
	struct netns *n = &netns[nnetns++];

	n->index = tap_netns(path);
	snprintf(n->name, sizeof(n->name), "%s", name);
	tap_listen(n->index);
}

static void listen_host(const char *name)
{
	static const uint16_t types[] = {
		FRAME_TYPE, ETH_P_CFM, 0x8100, 0x88a8, 0x9100,
	};
	struct netns *n = find_netns(name, strlen(name));
	unsigned int i;

	n->host = true;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		tap_listen_behind(n->index, types[i]);
}

static struct sent *run_line(struct sent *last, char *line)
{
	char word[16], a[128], *rest;
	struct place at;
	int used = 0;

	if (sscanf(line, "%15s %127s %n", word, a, &used) < 2)
		die("not understood: %s", line);
	rest = line + used;
	if (!strcmp(word, "netns")) {
		add_netns(a, rest);
		return last;
	}
	if (!strcmp(word, "host")) {
		listen_host(a);
		return last;
	}
	if (!strcmp(word, "option")) {
		if (!strcmp(a, "qdisc-bypass"))
			bypass = true;
		else if (sscanf(a, "priority=%d", &priority) != 1)
			die("not an option: %s", a);
		return last;
	}
	at = parse_place(a);
	if (!strcmp(word, "sync")) {
		sync_from = at;
		sync_to = parse_place(rest);
		synced = true;
		return last;
	}
	if (!strcmp(word, "send"))
		return send_frame(&at, rest);
	if (!last)
		die("before any send: %s", line);
	if (!strcmp(word, "tap"))
		expect(last, TAP, &at, NULL);
	else if (!strcmp(word, "expect"))
		expect(last, ARRIVES, &at, rest);
	else if (!strcmp(word, "hosted"))
		expect(last, HOSTED, &at, NULL);
	else
		die("not understood: %s", line);
	return last;
}

static void complain(const struct sent *sent, const char *what,
		     const struct place *at, const char *how)
{
	char from[64];

	if (++complaints > COMPLAINTS)
		return;
	snprintf(from, sizeof(from), "%s", place_text(&sent->at));
	printf("# %s sent on %s: %s %s %s\n", sent->text, from, what,
	       place_text(at), how);
}

static void dump(const char *what, const uint8_t *data, size_t len)
{
	size_t i;

	if (complaints > COMPLAINTS)
		return;
	printf("#   %s %s:", what, frame_text(data, len));
	for (i = 0; i < len && i < 40; i++)
		printf("%s%02x", i % 2 ? "" : " ", data[i]);
	printf("\n");
}

static size_t wanted_bytes(const struct sent *sent, const struct expected *e,
			   uint8_t *buf)
{
	uint32_t id = base + (sent - sends);
	struct seen *s;

	if (e->kind != HOSTED)
		return frame_build(e->spec, id, buf);
	for (s = sent->reference->seen; s; s = s->next) {
		if (!s->behind)
			continue;
		memcpy(buf, s->data, s->len);
		frame_set_id(buf, id);
		return s->len;
	}
	return 0;
}

static void check_expected(struct sent *sent, const struct expected *e)
{
	bool behind = e->kind == HOSTED || e->kind == BEHIND;
	static uint8_t want[FRAME_MAX];
	struct seen *s, *hit = NULL;
	size_t len;

	len = wanted_bytes(sent, e, want);
	if (!len)
		return;
	for (s = sent->seen; s && !hit; s = s->next) {
		if (!s->claimed && s->behind == behind &&
		    same_place(&s->at, &e->at))
			hit = s;
	}
	if (!hit) {
		complain(sent, "missing on", &e->at, kind_text[e->kind]);
		return;
	}
	hit->claimed = true;
	if (hit->len == len && !memcmp(hit->data, want, len))
		return;
	complain(sent, "wrong bytes on", &e->at, kind_text[e->kind]);
	dump("want", want, len);
	dump("got", hit->data, hit->len);
}

static bool is_reference(const struct sent *sent)
{
	return synced && same_place(&sent->at, &sync_from);
}

static void check_sent(struct sent *sent)
{
	struct expected *e;
	struct seen *s;

	if (is_reference(sent))
		return;
	for (e = sent->expected; e; e = e->next)
		check_expected(sent, e);
	for (s = sent->seen; s; s = s->next) {
		if (s->claimed)
			continue;
		complain(sent, "unexpected on", &s->at,
			 kind_text[s->behind ? BEHIND : ARRIVES]);
		dump("got", s->data, s->len);
	}
}

int script_run(FILE *in)
{
	struct sent *last = NULL;
	unsigned int i;
	char line[1024];

	tap_pin();
	sends = must(calloc(SENDS_MAX, sizeof(*sends)));
	base = (getpid() & 0xff) << 16;
	while (fgets(line, sizeof(line), in)) {
		line[strcspn(line, "#\n")] = 0;
		if (line[strspn(line, " \t")])
			last = run_line(last, line);
	}
	sync_all();
	while (tap_collect(QUIET_MS, keep, NULL))
		;
	if (tap_lost())
		die("the capture lost frames");
	for (i = 0; i < nsends; i++)
		check_sent(&sends[i]);
	printf("# %u frames sent, %lu captured, %u wrong\n", nsends, captured,
	       complaints);
	return complaints ? 1 : 0;
}
