// SPDX-License-Identifier: GPL-2.0
/* FRR through vtysh(1): commands, and what it says. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "frr.h"
#include "vxc.h"

#define WORDS		8
#define NOT_FOUND	127

const char *frr_family(int family)
{
	return family == FRR_IPV6 ? "ipv6 unicast" : "ipv4 unicast";
}

const char *frr_way(int way)
{
	return way == FRR_IN ? "in" : "out";
}

/* --- its configuration ---------------------------------------------------- */

static void copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}

/* The words of a line, "" where there is none */
static void split(char *line, const char *words[WORDS])
{
	char *next = NULL;
	const char *word = strtok_r(line, " \r", &next);
	int i;

	for (i = 0; i < WORDS; i++) {
		words[i] = word ? word : "";
		word = word ? strtok_r(NULL, " \r", &next) : NULL;
	}
}

static void add_router(struct frr_config *config, const char *const *w)
{
	struct frr_router *router;

	config->routers = xrealloc(config->routers, config->n_routers + 1,
				   sizeof(*config->routers));
	router = &config->routers[config->n_routers++];
	copy(router->as, sizeof(router->as), w[2]);
	copy(router->vrf, sizeof(router->vrf),
	     strcmp(w[3], "vrf") ? "default" : w[4]);
}

static void add_use(struct frr_config *config, int family,
		    const char *const *w)
{
	struct frr_use *use;

	config->uses = xrealloc(config->uses, config->n_uses + 1,
				sizeof(*config->uses));
	use = &config->uses[config->n_uses++];
	use->router = config->routers[config->n_routers - 1];
	use->family = family;
	use->way = strcmp(w[4], "in") ? FRR_OUT : FRR_IN;
	copy(use->neighbour, sizeof(use->neighbour), w[1]);
	copy(use->map, sizeof(use->map), w[3]);
}

static void add_note(struct frr_config *config, const char *map,
		     const char *text)
{
	struct frr_note *note;

	config->notes = xrealloc(config->notes, config->n_notes + 1,
				 sizeof(*config->notes));
	note = &config->notes[config->n_notes++];
	copy(note->map, sizeof(note->map), map);
	copy(note->text, sizeof(note->text), text);
}

/* Where in the configuration a line is */
struct place {
	bool router;
	int family;		/* -1: none of those that matter */
	char map[FRR_MAP];
};

static void config_line(struct frr_config *config, struct place *p, char *line)
{
	const char *description = strstr(line, "description ");
	const char *w[WORDS];
	bool inside = *line == ' ';
	char text[FRR_MAP] = "";

	if (description)
		copy(text, sizeof(text), description + strlen("description "));
	split(line, w);
	if (!inside && *w[0] && *w[0] != '!') {
		memset(p, 0, sizeof(*p));
		p->family = -1;
	}
	if (!strcmp(w[0], "router") && !strcmp(w[1], "bgp") && !inside) {
		add_router(config, w);
		p->router = true;
		p->family = -1;
	} else if (!strcmp(w[0], "route-map") && !inside) {
		copy(p->map, sizeof(p->map), w[1]);
	} else if (!strcmp(w[0], "address-family")) {
		p->family = strcmp(w[2], "unicast") ? -1 :
			    !strcmp(w[1], "ipv4") ? FRR_IPV4 :
			    !strcmp(w[1], "ipv6") ? FRR_IPV6 : -1;
	} else if (!strcmp(w[0], "exit-address-family")) {
		p->family = -1;
	} else if (p->router && p->family >= 0 && !strcmp(w[0], "neighbor") &&
		   !strcmp(w[2], "route-map")) {
		add_use(config, p->family, w);
	} else if (*p->map && !strcmp(w[0], "description")) {
		add_note(config, p->map, text);
	}
}

void frr_parse_config(char *text, struct frr_config *config)
{
	struct place place = { .family = -1 };
	char *line;

	memset(config, 0, sizeof(*config));
	while ((line = strsep(&text, "\n")))
		config_line(config, &place, line);
}

void frr_free_config(struct frr_config *config)
{
	free(config->routers);
	free(config->uses);
	free(config->notes);
	memset(config, 0, sizeof(*config));
}

const struct frr_use *frr_find_use(const struct frr_config *config,
				   const char *vrf, const char *neighbour,
				   int family, int way)
{
	size_t i;

	for (i = 0; i < config->n_uses; i++) {
		const struct frr_use *use = &config->uses[i];

		if (!strcmp(use->router.vrf, vrf) && use->family == family &&
		    !strcmp(use->neighbour, neighbour) && use->way == way)
			return use;
	}
	return NULL;
}

const char *frr_find_note(const struct frr_config *config, const char *map)
{
	size_t i;

	for (i = 0; i < config->n_notes; i++)
		if (!strcmp(config->notes[i].map, map))
			return config->notes[i].text;
	return NULL;
}

/* --- its neighbours ------------------------------------------------------- */

/* "172.16.0.1, remote AS" or "acme-a: fe80::1, remote AS" */
static void add_neighbour(struct frr_neighbours *list, char *s)
{
	struct frr_neighbour *n;
	char *colon;

	list->v = xrealloc(list->v, list->n + 1, sizeof(*list->v));
	n = &list->v[list->n++];
	memset(n, 0, sizeof(*n));
	s[strcspn(s, ",")] = '\0';
	colon = strstr(s, ": ");
	if (colon)
		*colon = '\0';
	copy(n->name, sizeof(n->name), s);
	copy(n->address, sizeof(n->address), colon ? colon + 2 : s);
}

static const char *after(const char *s, const char *prefix)
{
	size_t len = strlen(prefix);

	while (*s == ' ')
		s++;
	return strncmp(s, prefix, len) ? NULL : s + len;
}

static void family_line(struct frr_neighbour *n, int family, const char *line)
{
	const char *s = after(line, "Route map for incoming advertisements is ");

	if (s)
		copy(n->map[family][FRR_IN], FRR_MAP, s + (*s == '*'));
	s = after(line, "Route map for outgoing advertisements is ");
	if (s)
		copy(n->map[family][FRR_OUT], FRR_MAP, s + (*s == '*'));
	if (after(line, "Inbound updates discarded"))
		n->no_policy[family][FRR_IN] = true;
	if (after(line, "Outbound updates discarded"))
		n->no_policy[family][FRR_OUT] = true;
}

void frr_parse_neighbours(char *text, struct frr_neighbours *list)
{
	struct frr_neighbour *n = NULL;
	int family = -1;
	const char *s;
	char *line;

	memset(list, 0, sizeof(*list));
	while ((line = strsep(&text, "\n"))) {
		line[strcspn(line, "\r")] = '\0';
		s = after(line, "BGP neighbor is ");
		if (!s)
			s = after(line, "BGP neighbor on ");
		if (s) {
			add_neighbour(list, line + (s - line));
			n = &list->v[list->n - 1];
			family = -1;
			continue;
		}
		if (!n)
			continue;
		s = after(line, "For address family: ");
		if (s) {
			family = !strcmp(s, "IPv4 Unicast") ? FRR_IPV4 :
				 !strcmp(s, "IPv6 Unicast") ? FRR_IPV6 : -1;
			if (family >= 0)
				n->has[family] = true;
		} else if (after(line, "BGP state = Established")) {
			n->established = true;
		} else if (family >= 0) {
			family_line(n, family, line);
		}
	}
}

/* --- vtysh ---------------------------------------------------------------- */

void frr_add(struct frr_script *s, const char *fmt, ...)
{
	char line[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	s->v = xrealloc(s->v, s->n + 1, sizeof(*s->v));
	s->v[s->n++] = xstrdup(line);
}

void frr_free_script(struct frr_script *s)
{
	while (s->n)
		free(s->v[--s->n]);
	free(s->v);
	s->v = NULL;
}

static void exec_vtysh(const char *pathspace, const struct frr_script *s,
		       int fd)
{
	char **argv = xrealloc(NULL, s->n * 2 + 4, sizeof(*argv));
	size_t n = 0, i;

	argv[n++] = xstrdup("vtysh");
	if (pathspace) {
		argv[n++] = xstrdup("-N");
		argv[n++] = xstrdup(pathspace);
	}
	for (i = 0; i < s->n; i++) {
		argv[n++] = xstrdup("-c");
		argv[n++] = s->v[i];
	}
	argv[n] = NULL;
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	execvp("vtysh", argv);
	_exit(errno == ENOENT ? NOT_FOUND : NOT_FOUND - 1);
}

static char *read_all(int fd)
{
	size_t size = 0, cap = 0;
	char *text = NULL;
	ssize_t n;

	do {
		if (size + 1 >= cap) {
			cap = cap ? cap * 2 : 4096;
			text = xrealloc(text, cap, 1);
		}
		n = read(fd, text + size, cap - size - 1);
		if (n > 0)
			size += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	text[size] = '\0';
	return text;
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Its last line says what is wrong. */
static void say_failed(char *text)
{
	char *line;

	text[strcspn(text, "\r")] = '\0';
	line = text + strlen(text);
	while (line > text && line[-1] == '\n')
		*--line = '\0';
	line = strrchr(text, '\n');
	error("vtysh failed: %s", line ? line + 1 : text);
}

char *frr_run(const char *pathspace, const struct frr_script *s)
{
	char *text;
	int fd[2], ret;
	pid_t pid;

	fflush(stdout);
	if (pipe(fd)) {
		error("cannot run vtysh: %s", strerror(errno));
		return NULL;
	}
	pid = fork();
	if (!pid) {
		/* What interrupts the drain shall not stop what it sends. */
		setpgid(0, 0);
		close(fd[0]);
		exec_vtysh(pathspace, s, fd[1]);
	}
	close(fd[1]);
	text = read_all(fd[0]);
	close(fd[0]);
	ret = pid < 0 ? -1 : wait_for(pid);
	if (!ret)
		return text;
	if (ret == NOT_FOUND)
		error("vtysh is not in PATH: without FRR there is no BGP to move traffic with");
	else
		say_failed(text);
	free(text);
	return NULL;
}

int frr_read_config(const char *pathspace, struct frr_config *config)
{
	struct frr_script s = { 0 };
	char *text;

	memset(config, 0, sizeof(*config));
	frr_add(&s, "show running-config");
	text = frr_run(pathspace, &s);
	frr_free_script(&s);
	if (!text)
		return EXIT_KERNEL;
	frr_parse_config(text, config);
	free(text);
	return EXIT_OK;
}

int frr_read_neighbours(const char *pathspace, const char *vrf,
			struct frr_neighbours *list)
{
	struct frr_script s = { 0 };
	char *text;

	memset(list, 0, sizeof(*list));
	frr_add(&s, "show bgp vrf %s neighbors", vrf);
	text = frr_run(pathspace, &s);
	frr_free_script(&s);
	if (!text)
		return EXIT_KERNEL;
	frr_parse_neighbours(text, list);
	free(text);
	return EXIT_OK;
}
