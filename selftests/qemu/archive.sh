# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # lab.sh sets lab_*
#
# Sourced after lab.sh: packages of any Debian suite through apt lists of our
# own. Nothing here changes what is installed on this machine or where its own
# apt looks.

keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# The archive this machine gets its Debian from: other suites are there too.
archive_uri()
{
	local suite uri

	suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
	# shellcheck disable=SC2016 # apt fills these in, not the shell
	uri=$(apt-get indextargets --format '$(RELEASE)|$(COMPONENT)|$(REPO_URI)' |
	      awk -F'|' -v suite="$suite" \
		  '$1 == suite && $2 == "main" { print $3; exit }')
	[ -n "$uri" ] ||
		die "apt on this machine knows no Debian archive for '$suite'"
	printf '%s\n' "$uri"
}

# source_line SUITE: a line for sources.list
source_line()
{
	printf 'deb [signed-by=%s] %s %s main\n' \
		"$keyring" "$(archive_uri)" "$1"
}

# For whom packages are looked up
apt_arch=amd64

apt_home()
{
	echo "$lab_cache/apt/$1-$apt_arch"
}

# apt_of SUITE COMMAND...: an apt command that sees SUITE and nothing else
apt_of()
{
	local home command=$2

	home=$(apt_home "$1")
	shift 2
	"$command" -o APT::Architecture="$apt_arch" \
		-o APT::Architectures::="$apt_arch" \
		-o Dir::State="$home" -o Dir::State::status="$home/status" \
		-o Dir::Cache="$home/cache" -o APT::Sandbox::User=root \
		-o Dir::Etc::sourcelist="$home/sources.list" \
		-o Dir::Etc::sourceparts=/dev/null -o Acquire::Retries=3 "$@"
}

make_apt_home()
{
	local suite=$1 out=$2

	mkdir -p "$out/lists/partial" "$out/cache/archives/partial"
	: > "$out/status"
	source_line "$suite" > "$out/sources.list"
}

# open_suite SUITE: have its package lists, a day old at most: older ones name
# packages that are gone
open_suite()
{
	local home

	home=$(apt_home "$1")
	once "$home" make_apt_home "$1"
	find "$home/fetched" -mmin +1440 -delete 2>/dev/null || true
	once "$home/fetched" fetch_lists "$1"
}

fetch_lists()
{
	say "reading the package lists of $1"
	quietly "$lab_cache/log/apt-$1.log" apt_of "$1" apt-get -q update
	: > "$2"
}

# kernel_packages SUITE PACKAGE...: PACKAGE and all it needs of the kernel's
# own packages: a metapackage leads to the versioned one and that to its parts
kernel_packages()
{
	local suite=$1

	shift
	apt_of "$suite" apt-cache depends --recurse --no-recommends \
		--no-suggests --no-conflicts --no-breaks --no-replaces \
		--no-enhances "$@" |
		grep -E "^linux-(image|binary|modules|base|headers|kbuild)-[0-9]" |
		grep -v -e "-unsigned$" | sort -u
}

# unpack_packages SUITE DIR PACKAGE...: download and unpack, never install
unpack_packages()
{
	local suite=$1 dir=$2 debs deb

	shift 2
	debs=$(mktemp -d "$lab_cache/apt/debs.XXXXXX")
	(cd "$debs" && quietly "$lab_cache/log/apt-$suite.log" \
		apt_of "$suite" apt-get -q download "$@")
	for deb in "$debs"/*.deb; do
		dpkg -x "$deb" "$dir"
	done
	rm -rf "$debs"
}
