# SPDX-License-Identifier: GPL-2.0
#
# Read KTAP, cases nested in scripts, print a line per case, and what a failed
# one said before. Append "pass|fail|skip NAME" to the file named in results,
# and after a failed one what it said, set in. The files started and ended, if
# named, tell which scripts did.
#
# A script that reports cases of its own is counted by them; one that fails
# without a failed case, or announces more than it reports, fails as a whole.

function verdict(word, name)
{
	printf("%-4s  %s%s\n", word, suite ? suite ": " : "", name)
	print word, (suite ? suite ": " : "") name >> results
	if (word == "fail") {
		printf("%s", said)
		printf("%s", said) >> results
	}
	fflush()
	said = ""
}

function outcome(line)
{
	if (line ~ /^not ok/)
		return line ~ /# (SKIP|TODO|XFAIL)/ ? "skip" : "fail"
	return line ~ /# SKIP/ ? "skip" : "pass"
}

function title(line)
{
	sub(/^(not )?ok [0-9]*[ -]*/, "", line)
	return line
}

# A case inside of a script
/^(# +|    )(not )?ok/ {
	sub(/^[# ]+/, "")
	word = outcome($0)
	cases++
	if (word == "fail")
		failed++
	verdict(word, (script ? script ": " : "") title($0))
	next
}

/^(# +|    )1\.\.[0-9]+/ {
	planned = substr($0, index($0, "1..") + 3) + 0
	next
}

/^# (selftests: vxc|Subtest): / {
	script = $NF
	said = ""
	planned = cases = failed = 0
	if (started) {
		print script > started
		close(started)
	}
	next
}

/^(not )?ok/ {
	word = outcome($0)
	if (word == "pass" && planned > cases) {
		word = "fail"
		said = said "      # " cases " of " planned " cases reported\n"
	}
	if (word == "fail" && match($0, /# .*/))
		said = said "      " substr($0, RSTART) "\n"
	if (!cases || (word == "fail" && !failed))
		verdict(word, script ? script : title($0))
	if (ended) {
		print script >> ended
		close(ended)
	}
	script = ""
	planned = cases = failed = 0
	next
}

/^(# |    )?(K?TAP version|1\.\.)/ { next }
/^[# ]*(pass:|Totals:)/ { next }

{
	sub(/^(# #|    #|#) /, "# ")
	said = said "      " $0 "\n"
}

END {
	if (script)
		verdict("fail", script)
	else if (said)
		printf("%s", said)
}
