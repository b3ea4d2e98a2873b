# $1 folder of PostgreSQL's programs, $2 port, $3 on|off: whether a commit waits for the disk
set -eu
trap '' HUP INT TERM
export LC_ALL=C.UTF-8
folder=$(mktemp -d "${TMPDIR:-/tmp}/liant-postgres.XXXXXX")
end() {
    "$1/pg_ctl" -D "$folder/data" -m immediate -s stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
fail() {
    cat "$folder"/*.log >&2 2>/dev/null || true
    end "$1"
    exit 1
}
"$1/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-locale -N >"$folder/initdb.log" 2>&1 || fail "$1"
cat >>"$folder/data/postgresql.conf" <<EOF
listen_addresses = '127.0.0.1'
port = $2
unix_socket_directories = ''
max_connections = 200
fsync = $3
synchronous_commit = $3
full_page_writes = $3
max_wal_size = '4GB'
EOF
"$1/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -s start >/dev/null 2>&1 </dev/null || fail "$1"
"$1/psql" -q -h 127.0.0.1 -p "$2" -U postgres -v ON_ERROR_STOP=1 postgres >"$folder/psql.log" 2>&1 <<EOF || fail "$1"
CREATE ROLE liant LOGIN CREATEDB;
CREATE DATABASE liant OWNER liant;
EOF
echo ready
cat >/dev/null
end "$1"
