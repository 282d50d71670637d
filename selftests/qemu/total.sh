#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# total.sh: read "pass|fail|skip NAME" lines, name what failed, print the sum.
# Nothing run is nothing passed.

awk '
$1 == "pass" { passed++ }
$1 == "fail" { failed++; sub(/^fail /, ""); bad = bad "  failed: " $0 "\n" }
$1 == "skip" { skipped++ }
END {
	printf("%s", bad)
	if (skipped)
		printf("  %d skipped\n", skipped)
	printf("%d passed, %d failed\n", passed, failed)
	exit(failed || !passed)
}'
