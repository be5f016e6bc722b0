#!/bin/sh
# A private PostgreSQL for tests: on the loopback only, data in DIR, thrown
# away afterwards.  As root it runs as the user postgres.
#   pg.sh start DIR PORT    then: postgresql://laris@127.0.0.1:PORT/postgres
#   pg.sh stop DIR
set -eu

die() {
	echo "pg.sh: $*" >&2
	exit 1
}

find_bin() {
	for d in /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin; do
		[ -x "$d/initdb" ] && echo "$d" && return
	done
	command -v initdb >/dev/null 2>&1 && dirname "$(command -v initdb)" && return
	die "no PostgreSQL server here (Debian: postgresql-15)"
}

as_server() {	# initdb and postgres refuse to be root
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=postgres --regid=postgres --init-groups \
			env HOME=/tmp LC_ALL=C "$@"
	else
		env LC_ALL=C "$@"
	fi
}

start() {
	dir=$1
	port=$2
	[ ! -e "$dir/data" ] || die "$dir/data is there already"
	mkdir -p "$dir"
	if [ "$(id -u)" = 0 ]; then chown postgres: "$dir"; fi
	chmod 700 "$dir"
	dir=$(cd "$dir" && pwd)
	cd "$dir"
	# one database of a test is worth no fsync
	as_server "$bin/initdb" -D "$dir/data" -U laris -A trust -E UTF8 \
		--locale=C --no-sync >"$dir/initdb.log" 2>&1 || {
		cat "$dir/initdb.log" >&2
		die "initdb failed"
	}
	as_server "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/server.log" -w -t 60 \
		-o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c shared_buffers=16MB -c max_connections=20" \
		start >/dev/null || {
		cat "$dir/data/server.log" >&2
		die "the server did not start"
	}
}

stop() {
	[ -d "$1/data" ] || return 0
	dir=$(cd "$1" && pwd)
	cd "$dir"
	as_server "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null
}

bin=$(find_bin)
case "$#:${1:-}" in
3:start) start "$2" "$3" ;;
2:stop) stop "$2" ;;
*) die "usage: pg.sh start DIR PORT | stop DIR" ;;
esac
