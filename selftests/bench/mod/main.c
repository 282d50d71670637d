// SPDX-License-Identifier: GPL-2.0
/*
 * One file in /proc: write a command, read what came of it.
 *
 *   run KEY=VALUE...    send frames, see parse_key()
 *   floor WORDS         see floor.c
 *   hook 0|1|2          see record.c
 *   count 0|1           begin to count afresh, with or without recording
 *   show                what was counted
 *   clock               ticks since boot, and how many of them idle
 *   rate                ticks of the clock beside nanoseconds
 *   loop ROUNDS         calibration
 */
#include <linux/delay.h>
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/tick.h>
#include "bench.h"

static DEFINE_MUTEX(lock);
static char result[8192];
static size_t filled;

void bench_print(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	filled += vscnprintf(result + filled, sizeof(result) - filled, fmt,
			     args);
	va_end(args);
}

static int parse_mode(struct bench_job *job, const char *value)
{
	static const char * const modes[] = {
		[BENCH_NULL]	= "null",
		[BENCH_RX]	= "rx",
		[BENCH_LIST]	= "list",
		[BENCH_GRO]	= "gro",
		[BENCH_TX]	= "tx",
	};
	int mode = match_string(modes, ARRAY_SIZE(modes), value);

	if (mode < 0)
		return mode;
	job->mode = mode;
	return 0;
}

static int parse_dev(struct bench_job *job, const char *value)
{
	dev_put(job->dev);
	job->dev = dev_get_by_name(&init_net, value);
	return job->dev ? 0 : -ENODEV;
}

static int parse_tag(struct bench_job *job, int i, const char *value)
{
	if (sscanf(value, "%hx:%hu", &job->tpid[i], &job->vid[i]) != 2)
		return -EINVAL;
	return 0;
}

static int parse_dmac(struct bench_job *job, const char *value)
{
	job->dmac_set = mac_pton(value, job->dmac);
	return job->dmac_set ? 0 : -EINVAL;
}

static int parse_number(struct bench_job *job, const char *key,
			const char *value)
{
	const struct {
		const char *key;
		u32 *to;
	} numbers[] = {
		{ "size", &job->size },
		{ "hw", &job->hw },
		{ "batch", &job->batch },
		{ "batches", &job->batches },
		{ "burst", &job->burst },
		{ "gso", &job->gso },
		{ "outers", &job->vids[0] },
		{ "inners", &job->vids[1] },
		{ "dsts", &job->dsts },
		{ "dst", &job->dst },
		{ "tos", &job->tos },
		{ "v6", &job->v6 },
		{ "verify", &job->verify },
		{ "watch", &job->watch },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		if (!strcmp(numbers[i].key, key))
			return kstrtou32(value, 0, numbers[i].to);
	return -EINVAL;
}

static int parse_key(struct bench_job *job, const char *key, const char *value)
{
	if (!strcmp(key, "dev"))
		return parse_dev(job, value);
	if (!strcmp(key, "mode"))
		return parse_mode(job, value);
	if (!strcmp(key, "outer"))
		return parse_tag(job, 0, value);
	if (!strcmp(key, "inner"))
		return parse_tag(job, 1, value);
	if (!strcmp(key, "dmac"))
		return parse_dmac(job, value);
	return parse_number(job, key, value);
}

static int parse_job(struct bench_job *job, char *words)
{
	char *word, *value;
	int err = 0;

	while (!err && (word = strsep(&words, "\n "))) {
		if (!*word)
			continue;
		value = strchr(word, '=');
		if (!value)
			return -EINVAL;
		*value++ = 0;
		err = parse_key(job, word, value);
	}
	if (!job->dev)
		err = err ?: parse_dev(job, "pa");
	return err;
}

static int run(char *words)
{
	struct bench_job job = {
		.mode = BENCH_RX,
		.size = ETH_ZLEN,
		.batch = 32,
		.batches = 40,
		.burst = 1,
		.dsts = 1,
		.dst = 0x14000005,	/* 20.0.0.5 */
	};
	int err;

	err = parse_job(&job, words);
	job.walk = job.vids[0] || job.vids[1];
	if (!err)
		err = bench_inject(&job);
	dev_put(job.dev);
	return err;
}

static int set_floor(char *words)
{
	return bench_floor(words);
}

static int set_hook(char *words)
{
	int mode;

	return kstrtoint(words, 0, &mode) ?: bench_hook_set(mode);
}

static int count(char *words)
{
	bench_ports_reset();
	bench_record_reset();
	return kstrtobool(words, &bench_verify);
}

static int show(char *words)
{
	bench_verify = false;
	bench_print("{\"ip\":%llu,\"pa\":%llu,\"pb\":%llu,",
		    bench_hook_frames(), bench_port_frames(0),
		    bench_port_frames(1));
	bench_record_print();
	bench_print("}\n");
	return 0;
}

static int clock(char *words)
{
	bench_print("%llu %llu\n", bench_clock(),
		    get_cpu_idle_time_us(0, NULL) * NSEC_PER_USEC);
	return 0;
}

/* Under -icount both are the same */
static int rate(char *words)
{
	u64 ticks = bench_clock();
	u64 ns = ktime_get_ns();

	msleep(200);
	ticks = bench_clock() - ticks;
	ns = ktime_get_ns() - ns;
	bench_print("{\"ticks\":%llu,\"ns\":%llu}\n", ticks, ns);
	return 0;
}

static int loop(char *words)
{
	long rounds;
	int err;

	err = kstrtol(words, 0, &rounds);
	if (err || rounds < 1)
		return err ?: -EINVAL;
	bench_loop(rounds);
	return 0;
}

static const struct {
	const char *name;
	int (*run)(char *words);
} commands[] = {
	{ "run", run },
	{ "floor", set_floor },
	{ "hook", set_hook },
	{ "count", count },
	{ "show", show },
	{ "clock", clock },
	{ "rate", rate },
	{ "loop", loop },
	{ "bare", bench_bare },
};

static int run_command(char *line)
{
	char *name = strsep(&line, "\n ");
	int i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(name, commands[i].name))
			return commands[i].run(line ? strim(line) : "");
	return -EINVAL;
}

static ssize_t bench_write(struct file *filp, const char __user *buf,
			   size_t len, loff_t *pos)
{
	char *line = memdup_user_nul(buf, min_t(size_t, len, PAGE_SIZE));
	int err;

	if (IS_ERR(line))
		return PTR_ERR(line);
	mutex_lock(&lock);
	filled = 0;
	result[0] = 0;
	err = run_command(line);
	mutex_unlock(&lock);
	kfree(line);
	return err ?: len;
}

static int bench_show(struct seq_file *seq, void *unused)
{
	mutex_lock(&lock);
	seq_puts(seq, result);
	mutex_unlock(&lock);
	return 0;
}

static int bench_open(struct inode *inode, struct file *filp)
{
	return single_open(filp, bench_show, NULL);
}

static const struct proc_ops bench_ops = {
	.proc_open	= bench_open,
	.proc_read	= seq_read,
	.proc_write	= bench_write,
	.proc_lseek	= seq_lseek,
	.proc_release	= single_release,
};

static int __init bench_init(void)
{
	int err;

	err = bench_frame_init();
	if (err)
		return err;
	err = bench_ports_init();
	if (err)
		goto err_frame;
	if (proc_create("benchport", 0600, NULL, &bench_ops))
		return 0;
	bench_ports_exit();
	err = -ENOMEM;
err_frame:
	bench_frame_exit();
	return err;
}

static void __exit bench_exit(void)
{
	remove_proc_entry("benchport", NULL);
	bench_hook_set(0);
	bench_floor_exit();
	bench_ports_exit();
	bench_frame_exit();
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Injects, times and verifies frames for make bench");
MODULE_LICENSE("GPL");
