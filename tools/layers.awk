# Who may include whom.  Usage: awk -f tools/layers.awk FILE...   (src/...)
#
# A file may include its own folder and lower ranks; folders of rank 1 and
# modules stand beside each other and do not look sideways, but for the
# pairs below.  Each outside library is seen by the files listed for it, so
# that it can be replaced there.  What may write does not know the web.
# Only app/ knows all.
BEGIN {
	rank["base"] = 0
	rank["crypto"] = rank["db"] = rank["html"] = rank["json"] = rank["http"] = 1
	rank["core"] = rank["log"] = 2
	rank["mod"] = 3
	rank["app"] = 4

	# which module may use which header of which other
	pair["draw", "mod/festival/festival.h"] = 1
	pair["draw", "mod/festival/ids.h"] = 1
	pair["board", "mod/festival/festival.h"] = 1
	pair["board", "mod/festival/ids.h"] = 1
	pair["board", "mod/festival/slice.h"] = 1
	pair["message", "mod/festival/festival.h"] = 1
	pair["message", "mod/festival/ids.h"] = 1
	pair["message", "mod/festival/paper.h"] = 1
	pair["festival", "mod/ledger/ledger.h"] = 1
	pair["draw", "mod/ledger/ledger.h"] = 1
	pair["draw", "mod/ledger/key.h"] = 1
	pair["witness", "mod/ledger/key.h"] = 1
	pair["template", "mod/ledger/ledger.h"] = 1
	pair["template", "mod/ledger/key.h"] = 1
	pair["festival", "mod/qris/qris.h"] = 1
	pair["post", "mod/festival/festival.h"] = 1
	pair["post", "mod/festival/ids.h"] = 1
	pair["post", "mod/festival/purchase.h"] = 1
	pair["post", "mod/festival/web.h"] = 1
	pair["post", "mod/festival/bar.h"] = 1
	pair["post", "mod/festival/card_person.h"] = 1
	pair["post", "mod/festival/card_erase.h"] = 1
	pair["promo", "mod/festival/festival.h"] = 1
	pair["promo", "mod/festival/ids.h"] = 1
	pair["server", "mod/festival/festival.h"] = 1
	pair["server", "mod/ledger/cosign.h"] = 1
	pair["festival", "mod/qris/store.h"] = 1
	pair["qris", "mod/festival/ids.h"] = 1

	# library header -> files that may see it
	sees["sqlite3.h"] = "^db/db_sqlite(_care|_clean)?\\.[ch]$"
	sees["libpq-fe.h"] = "^db/db_postgres\\.c$"
	sees["microhttpd.h"] = "^http/http_mhd\\.c$"
	sees["jansson.h"] = "^json/"
	sees["sodium.h"] = "^(crypto/sign|core/crypto)\\.c$"
	sees["openssl/"] = "^(crypto/hash|core/crypto)\\.c$"
	sees["blst.h"] = "^crypto/bls\\.c$"
	sees["csv.h"] = "^core/csv\\.c$"
	sees["qrencode.h"] = "^core/qr\\.c$"
	sees["cairo"] = "^core/(pdf|picture)\\.c$"
	sees["pango"] = "^core/pdf\\.c$"
	sees["curl/"] = "^core/fetch\\.c$"
	sees["xlsxwriter"] = "^core/sheet\\.c$"
}
function top(p) { sub(/\/.*/, "", p); return p }
function module(p, s) { return split(p, s, "/") > 2 && s[1] == "mod" ? s[2] : "" }
function bad(why) { printf "%s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"; rc = 1 }

FNR == 1 {
	me = FILENAME
	sub(/^(.*\/)?src\//, "", me)
	writes = web = ""
	if (!(top(me) in rank)) bad("in no layer: " me)
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, q, "\"")
	ours(q[2])
}
/^[ \t]*#[ \t]*include[ \t]*</ {
	split($0, q, /[<>]/)
	for (lib in sees)
		if (index(q[2], lib) == 1 && me !~ sees[lib])
			bad("may not see <" q[2] ">: " sees[lib])
}
# Includes are written from src/ ("core/req.h"); without a slash it is made
# by the build: NAME_read.h, NAME_write.h, NAME_tmpl.h, text_ids.h.
function ours(it) {
	if (it !~ /\//) {
		generated(it)
		return
	}
	if (it ~ /(^|\/)\.\.?\//) bad("write it from src/: " it)
	if (!(top(it) in rank)) { bad("in no layer: " it); return }
	if (rank[top(it)] > rank[top(me)])
		bad("may not look up to " it)
	else if (top(me) == "mod" && top(it) == "mod")
		sideways(it)
	else if (top(it) != top(me) && rank[top(it)] == rank[top(me)])
		bad("may not look sideways to " it)
	if (it ~ /^(http|html)\// || it == "core/layout.h") web = it
	mixed()
}
function sideways(it) {
	if (module(it) != module(me) && !((module(me), it) in pair))
		bad("no such pair of modules: mod/" module(me) " and " it)
}
function generated(it, of) {
	if (rank[top(me)] == 0 || top(me) ~ /^(crypto|db|json|http)$/)
		bad("may not look up to " it)
	if (it !~ /_(read|write)\.h$/) return
	of = it
	sub(/_(read|write)\.h$/, "", of)
	if (top(me) != "app" && (top(me) == "mod" ? module(me) : top(me)) != of)
		bad("the statements of " of " belong to its own folder: " it)
	if (it ~ /_write\.h$/) writes = it
	mixed()
}
function mixed() {
	if (top(me) == "mod" && writes != "" && web != "") {
		bad("knows the web (" web ") and writes (" writes "): divide it")
		writes = web = ""
	}
}
END { exit rc }
