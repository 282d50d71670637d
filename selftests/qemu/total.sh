#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# total.sh: read "pass|fail|skip NAME" lines, name what failed and what it said,
# print the sum. Nothing run is nothing passed.

awk '
/^pass / { passed++ }
/^fail / { failed++; sub(/^fail /, ""); bad = bad "  failed: " $0 "\n" }
/^skip / { skipped++ }
/^ / { bad = bad $0 "\n" }
END {
	printf("%s", bad)
	if (skipped)
		printf("  %d skipped\n", skipped)
	printf("%d passed, %d failed\n", passed, failed)
	exit(failed || !passed)
}'
