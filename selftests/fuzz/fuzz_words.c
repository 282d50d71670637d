// SPDX-License-Identifier: GPL-2.0
/* Any line of a batch file; its words, quoted, make the same words again. */
#include "fuzz.h"
#include "words.h"

const char *const fuzz_seeds[] = {
	"circuit add acme leg eth1:100 leg eth2:100",
	"circuit set acme description \"two words\" metadata 'a b=c'",
	"# a comment", "port add eth1 # and one", "a\\ b \\\" c",
	"peering add \"x y\"z", "\"\" ''", "", NULL
};

static char *quoted(const struct words *w)
{
	size_t size;
	char *buf;
	FILE *f = open_memstream(&buf, &size);
	int i;

	for (i = 0; i < w->n; i++) {
		const char *s;

		fputs(i ? " \"" : "\"", f);
		for (s = w->v[i]; *s; s++) {
			if (*s == '"' || *s == '\\')
				fputc('\\', f);
			fputc(*s, f);
		}
		fputc('"', f);
	}
	fclose(f);
	return buf;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = fuzz_string(data, size), *again;
	struct words *w, *w2;
	const char *err;
	FILE *f;
	int i;

	w = words_split(s, &err);
	must(!w == !!err);
	if (w) {
		must(!w->v[w->n]);
		again = quoted(w);
		w2 = words_split(again, &err);
		must(w2 && w2->n == w->n);
		for (i = 0; i < w->n; i++)
			must(!strcmp(w->v[i], w2->v[i]));
		f = fopen("/dev/null", "w");
		must(f);
		for (i = -1; i <= w->n; i++)
			words_mark(f, w, (struct at){
				.word = i,
				.col = (unsigned int)size / 3,
				.len = (unsigned int)size % 5,
			});
		fclose(f);
		words_free(w2);
		free(again);
	}
	words_free(w);
	free(s);
	return 0;
}
