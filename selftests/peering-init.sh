#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The tests of peerings with the provider in the initial network namespace.

VXC_PROVIDER=init exec bash "$(dirname "$0")/peering.sh"
