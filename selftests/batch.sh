#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Commands from files: where they stop, how lines become words, transactions
# and what a refusal says of them; and lists that are longer than any buffer.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            ports

# shellcheck source=cli.bash
. "$(dirname "$0")/cli.bash"

ALL_TESTS="
	batch_stops_with_file_and_line
	batch_words
	transaction_is_whole_or_not_at_all
	transaction_of_4000_circuits
	lists_are_never_cut
"

batch_stops_with_file_and_line()
{
	local out rc

	ports
	cat > "$WORK/batch" <<- 'BATCH'
		# a comment
		circuit add one leg p1:1

		circuit add one
		circuit add two
	BATCH
	out=$(v -batch "$WORK/batch" 2>&1)
	rc=$?
	check_eq "exit status" "$rc" 2
	check_eq "last line" "${out##*$'\n'}" "Command failed $WORK/batch:4"
	grep -q '^Error: .*one' <<< "$out" || fail "no error in: $out"
	check_eq circuits "$(jqv '[.[].name]' circuit show)" '["one"]'

	out=$(v -force -b - < "$WORK/batch" 2>&1)
	rc=$?
	check_eq "exit status with -force" "$rc" 2
	check_eq failures "$(grep -c '^Command failed -:[24]$' <<< "$out")" 2
	check_eq circuits "$(jqv '[.[].name] | sort' circuit show)" \
		'["one","two"]'

	out=$(echo "circuit add three bogus" | v -b - 2>&1)
	check_eq "exit status of a usage error" "$?" 1
	grep -q '^Command failed -:1$' <<< "$out" || fail "no line in: $out"
	says 1 'cannot open .*nofile' -b "$WORK/nofile"
	says 1 'cannot be used in a batch' batch - <<< "monitor"
	says 1 'cannot be used in a batch' -b - <<< "batch $WORK/batch"
}

batch_words()
{
	must v -b - <<- 'BATCH'
		circuit add acme \
			description "two \"words\" # no comment" # a comment
		circuit set acme metadata 'a=b \ c' metadata d=e\ f
	BATCH
	check_eq description "$(jqv '.[0].description' circuit show)" \
		'two "words" # no comment'
	check_eq metadata "$(jqv '.[0].metadata' circuit show)" \
		'{"a":"b \\ c","d":"e f"}'
	check_eq "documents" "$(printf 'show\nport show\nversion\n' |
		v -j -b - | jq -c type | paste -sd' ')" \
		'"array" "array" "object"'
	says 1 'a quote that does not end' -b - <<< 'circuit add "x'
	# The last line needs no newline.
	printf 'circuit add last' | must v -b -
	must v circuit show last
	# NUL bytes and lines without end are refused.
	printf 'circuit add a\0b\n' | says 1 'NUL byte' -b -
	head -c 100000 /dev/zero | tr '\0' a | says 1 'too long' -b -
}

transaction_is_whole_or_not_at_all()
{
	local out

	ports
	cat > "$WORK/txn" <<- 'BATCH'
		# all of it
		circuit add one leg p1:1 leg p2:1
		peering add one-p circuit one cvid 5 address 10.0.0.1/30
		circuit add two leg p1:2
		leg add circuit two role secondary p2:2
	BATCH
	echo "circuit add three leg p1:3 leg p2:2" > "$WORK/bad"
	out=$(cat "$WORK/txn" "$WORK/bad" | v -txn -b - 2>&1)
	check_eq "exit status" "$?" 2
	check_eq "last line" "${out##*$'\n'}" "Command failed -:6"
	grep -q '^  circuit add three leg p1:3 leg p2:2$' <<< "$out" ||
		fail "the line is not shown: $out"
	check_eq circuits "$(jqv length circuit show)" 0
	no pip link show one-p

	out=$(printf 'circuit add x\ncircuit add y bogus\n' | v -tr -b - 2>&1)
	check_eq "exit status of a usage error" "$?" 1
	check_eq circuits "$(jqv length circuit show)" 0
	says 1 'nothing but changes' -txn -b - <<< "show"

	must v -transaction -batch "$WORK/txn"
	check_eq circuits "$(jqv '[.[] | [.name, (.legs | length)]]' \
		circuit show)" '[["one",2],["two",2]]'
	check_eq peering "$(jqv '.[0] | [.device, .addresses[]]' \
		peering show one-p)" '["up","10.0.0.1/30"]'
	# An empty one is no error.
	must v -txn -b /dev/null
}

transaction_of_4000_circuits()
{
	local n

	n=$(scale 4000)
	ports
	seq "$n" | sed 's/.*/circuit add c& leg p1:& leg p2:&/' > "$WORK/big"
	must v -txn -b "$WORK/big"
	check_eq circuits "$(jqv length circuit show)" "$n"
	check_eq "and all is shown" "$(jqv '[.[].legs | length] | add' show)" \
		$((n * 2))
	seq "$n" | sed 's/.*/circuit del c& force/' > "$WORK/del"
	sed '$s/.*/circuit del nosuch/' "$WORK/del" > "$WORK/bad"
	says 2 "^Command failed $WORK/bad:$n\$" -txn -b "$WORK/bad"
	check_eq circuits "$(jqv length circuit show)" "$n"
	must v -txn -b "$WORK/del"
	check_eq circuits "$(v -j show)" "[]"
}

# A dump that is longer than any buffer, and changes while it is read
lists_are_never_cut()
{
	local n i

	n=$(scale 1000)
	ports
	seq "$n" | sed 's/.*/circuit add c& leg p1:& metadata x=y/' |
		must v -txn -b -
	(
		while :; do
			v circuit add flip 2> /dev/null
			v circuit del flip 2> /dev/null
		done
	) &
	PIDS+=($!)
	for i in 1 2 3; do
		check_eq "circuits, $i" "$(jqv '[.[].name |
			select(startswith("c"))] | unique | length' \
			circuit show 2> /dev/null)" "$n"
	done
	finish "${PIDS[-1]}"
	v circuit del flip 2> /dev/null
	seq "$n" | sed 's/.*/circuit del c& force/' | must v -txn -b -
}

run_tests
