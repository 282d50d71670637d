# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# Reference: the untagged ports themselves, no tag work at all

l3()
{
	TAGS=none
	X=pa Y=pb
}
