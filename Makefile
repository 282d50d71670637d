# SPDX-License-Identifier: GPL-2.0
#
#   make                 the module for KDIR and the command
#   make modules KVER=R  the module for another installed kernel
#   make tools           the command vxc and the plugin for ip(8)
#   make install         both, with DESTDIR and PREFIX; uninstall takes them away
#   make deps            apt-get install whatever the doors below need
#   make check           build, lint, unit tests, what a packet costs, tests in
#                        virtual machines
#   make check-debug     the tests on a kernel with KASAN, lockdep, kmemleak ...
#   make check-kernels   the tests on Linux 6.12 and 7.x
#   make lint, unit      parts of check
#   make demo            see it work; SHELL=1 leaves you in the virtual machine
#   make bench           instructions per packet, beside what else Linux has
#   make bench-native    nanoseconds per packet, the same beside the same
#   make spec            regenerate code from include/netlink/vxc.yaml
#   make clean

# SHELL=1 is meant for the demo, not for make
demo_shell := $(filter 1,$(SHELL))
override SHELL := /bin/bash

PREFIX ?= /usr
DESTDIR ?=

# The running kernel, or the newest one that has headers
ifndef KDIR
ifndef KVER
KVER := $(shell uname -r)
ifeq ($(wildcard /lib/modules/$(KVER)/build),)
KVER := $(shell ls /usr/src 2>/dev/null | grep -v common$$ | \
	  sed -n 's/^linux-headers-\([0-9]\)/\1/p' | sort -V | tail -n 1)
endif
endif
KDIR := $(firstword $(wildcard /lib/modules/$(KVER)/build) \
	  $(wildcard /usr/src/linux-headers-$(KVER)))
endif

all: modules tools

modules:
	$(if $(KDIR),,$(error no kernel headers installed: make deps))
	+$(MAKE) -C $(KDIR) M=$(CURDIR) modules

tools:
	+$(MAKE) -C userspace

deps:
	selftests/qemu/deps.sh

spec:
	include/netlink/generate.sh

lint:
	selftests/qemu/check.sh lint

unit:
	selftests/qemu/check.sh unit

check:
	selftests/qemu/check.sh deps build lint unit bench stock

check-debug:
	selftests/qemu/check.sh deps debug

check-kernels:
	selftests/qemu/check.sh deps 6.12 7.x

demo:
	selftests/qemu/demo.sh $(if $(demo_shell),--shell)

ifneq ($(wildcard selftests/bench/run.sh),)
bench:
	selftests/bench/run.sh

bench-native:
	selftests/bench/native.sh
endif

install: all
	+$(MAKE) -C $(KDIR) M=$(CURDIR) modules_install CONFIG_MODULE_SIG_ALL= \
		INSTALL_MOD_PATH=$(DESTDIR) INSTALL_MOD_DIR=updates
	$(if $(DESTDIR),,for ko in /lib/modules/*/updates/vxc.ko; do \
		depmod "$$(basename "$${ko%/updates/*}")"; done)
	+$(MAKE) -C userspace install DESTDIR=$(DESTDIR) PREFIX=$(PREFIX)
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man7 docs/*.7

# What an installation would put there
uninstall:
	stage=$$(mktemp -d) && trap 'rm -rf "$$stage"' EXIT && \
	$(MAKE) -s -C userspace install DESTDIR=$$stage PREFIX=$(PREFIX) && \
	(cd "$$stage" && find . -type f) | (cd "$(DESTDIR)/" && xargs rm -fv)
	rm -fv $(DESTDIR)/lib/modules/*/updates/vxc.ko* \
		$(patsubst docs/%,$(DESTDIR)$(PREFIX)/share/man/man7/%, \
			$(wildcard docs/*.7))
	$(if $(DESTDIR),,depmod -a)

clean:
	$(if $(KDIR),+$(MAKE) -C $(KDIR) M=$(CURDIR) clean)
	+$(MAKE) -C userspace clean
	+$(MAKE) -C selftests clean
	rm -rf build

.PHONY: all modules tools deps spec lint unit check check-debug check-kernels
.PHONY: demo bench bench-native install uninstall clean
