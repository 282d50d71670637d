# SPDX-License-Identifier: GPL-2.0
#
# Differences between kernels that no macro of theirs tells.

vxc-header-has = $(shell grep -qw $(2) $(srctree)/include/linux/$(1) && echo y)

ifeq ($(call vxc-header-has,netdevice.h,rtnl_link_initializing),y)
ccflags-y += -DVXC_HAVE_LINK_INITIALIZING
endif
