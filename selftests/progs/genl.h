/* SPDX-License-Identifier: GPL-2.0 */
/* Messages of the vxc family: from text, to the kernel, and the answer. */
#ifndef VXC_TEST_GENL_H
#define VXC_TEST_GENL_H

#include <libmnl/libmnl.h>
#include <stdbool.h>
#include <stdint.h>

#define GENL_BUF	65536
#define GENL_LARGE	(2 << 20)	/* what the socket takes at once */

struct genl {
	struct mnl_socket *nl;
	uint16_t family;
	uint32_t group;		/* of events */
	uint32_t seq;
};

/* What the kernel says to a request. */
struct verdict {
	int error;		/* positive errno; ETIME without an answer */
	uint32_t offset;	/* of the attribute at fault, 0 if none is */
	char text[256];		/* extack */
};

bool genl_open(struct genl *g);
void genl_close(struct genl *g);
struct nlmsghdr *genl_begin(const struct genl *g, void *buf, uint8_t cmd,
			    uint16_t flags);
bool genl_ops(struct nlmsghdr *nlh, const char *text);
int genl_send(struct genl *g, struct nlmsghdr *nlh);
void genl_answer(struct genl *g, struct verdict *v);
void genl_apply(struct genl *g, struct nlmsghdr *nlh, struct verdict *v);
const char *genl_path(const struct nlmsghdr *nlh, uint32_t offset);
int genl_dump(struct genl *g, uint8_t cmd, uint64_t *hash,
	      unsigned int *objects, bool *intr);
typedef void genl_object_fn(const struct nlattr *object, void *arg);

int genl_each(struct genl *g, uint8_t cmd, genl_object_fn *fn, void *arg);
bool genl_state(struct genl *g, uint64_t *hash);

#endif
