/*
 * template.h - one practice as a file, and what became of it in a city.
 *
 * Layer 3.  The file is one JSON object in canonical form (json.h) and a line
 * feed.  Its member "signatures" holds the lines of a C2SP signed-note whose
 * text is the same object without that member, and a line feed; "key" is the
 * public key of the one who signed first.  A name "city/kind/name@version" is
 * one content for ever.
 *
 * What was adopted keeps its base.  Its deviations are what the rows say now
 * against that base, each with a reason for the very value; nothing is
 * remembered beside the rows.  docs/decisions/029.
 */
#ifndef LARIS_TEMPLATE_TEMPLATE_H
#define LARIS_TEMPLATE_TEMPLATE_H

#include "core/city.h"
#include "core/practice.h"
#include "crypto/hash.h"
#include "log/note.h"
#include "mod/template/ids.h"

#define TEMPLATE_BYTES	(120 << 10)	/* a longer file is refused	*/
#define TEMPLATE_FORMAT	"laris-template/v1"
#define TEMPLATE_FIELDS	2000
#define TEMPLATE_ANCESTORS 64

struct template_field {
	str path;
	enum practice_type type;
	enum practice_policy policy;
	bool has_value;		/* not where the policy is PRACTICE_FILL */
	str value;		/* a number in decimal			*/
	bool limited;
	int64_t min, max;	/* where limited			*/
	bool grows;
	str breaks;		/* indicators, with spaces between	*/
	str span;
	int64_t week, weekday;	/* of a day: ISO week, 1 is Monday; 0: not said */
};
struct template_ancestor { str ref, sha256, city_name; };	/* the nearest first */
struct template_indicator { str code, unit, means; int64_t decimals; };	/* values in such parts */
struct template_outcome {
	str indicator;
	bool known;
	int64_t value;
	str day, source, note;	/* day: ISO, or empty			*/
};

struct template {
	str city, city_name, kind, name, version;
	str ref;		/* "surakarta/festival/great-sale@2021"	*/
	str title, licence, ask;	/* ask: an office, never a person */
	str guide, lessons;	/* several lines			*/
	int64_t residents, umkm;	/* of that city; 0: not said	*/
	str measured;		/* where those come from		*/
	struct template_field *field;		size_t n_field;	/* by path */
	struct template_ancestor *ancestor;	size_t n_ancestor;
	struct template_indicator *indicator;	size_t n_indicator;
	struct template_outcome *outcome;	size_t n_outcome;
	str key_text;		/* "name+id+BASE64"			*/
	struct note_key key;
	str bytes, sha256;	/* the whole file; hex			*/
};

/* ---- the file (file.c, write.c, scan.c): pure --------------------------------- */

/*
 * Read and prove: form, canonical bytes, the signature of its own key, and
 * that no text looks like personal data.  Whether that key is to be believed is
 * another question (template_trust).  ERR_INVALID "template-form" {what},
 * "template-newer" {format}, "template-canonical", "template-signature", "template-personal"
 * {where} {what}, "template-large".
 */
err	template_parse(struct arena *, str bytes, struct template *) MUST_USE;
/* The same object without its signatures, and a line feed: what is signed. */
err	template_text(struct arena *, const struct template *, str *text) MUST_USE;
/* Fills bytes, sha256, ref, key of t.  Errors as template_parse. */
err	template_sign(struct arena *, struct template *, const struct note_signer *) MUST_USE;
const struct template_field *template_field(const struct template *, str path);	/* or NULL */
/* A phone number, NIK or e-mail address in it?  Then which, and its name ("phone"). */
bool	template_personal(str text, str *found, const char **what);
const char *practice_policy_code(enum practice_policy);	/* "fill-in"	*/
const char *practice_type_code(enum practice_type);	/* "rupiah"		*/
/* "surakarta/festival/great-sale@2021" of its parts; ERR_INVALID "template-name" {word},
 * "template-version-form" {version}. */
str	template_ref(struct arena *, const struct template *);
err	template_name_judge(struct arena *, const struct template *) MUST_USE;

/* ---- whom to believe (trust.c) ------------------------------------------------- */

enum template_trust {
	TRUST_UNKNOWN,		/* shown, and refused until accepted	*/
	TRUST_SHIPPED,		/* signed by who makes this program	*/
	TRUST_OWN,		/* by a city of this server		*/
	TRUST_ACCEPTED,		/* the city accepted that key		*/
	TRUSTS
};
err	template_trust(struct db *, city_id, const char *key_file, const struct template *,
	    enum template_trust *) MUST_USE;
/* ERR_INVALID "template-key-form". */
err	template_key_accept(struct tx *, city_id, str key_text, str by, int64_t now) MUST_USE;
struct template_key { str key, by; int64_t at; };
err	template_keys(struct db *, city_id, struct template_key **, size_t *n) MUST_USE;
err	template_key_drop(struct tx *, city_id, str key_text, str by, int64_t now) MUST_USE;

/* ---- what a city holds (shelf.c) ------------------------------------------------ */

enum template_source { TEMPLATE_MADE, TEMPLATE_RECEIVED, TEMPLATE_SHIPPED };
struct template_entry {
	template_file_id id;	/* 0: shipped				*/
	str ref, kind, city_name, title, sha256;
	enum template_source source;
	int64_t at;
	str by, from;		/* from: URL it was fetched from, or empty */
};
/* Made, received and shipped; the newest first. */
err	template_list(struct db *, city_id, struct template_entry **, size_t *n) MUST_USE;
/* By ref, base32 id or hash; shipped ones too.  ERR_MISSING "no-such-template". */
err	template_get(struct db *, city_id, str which, struct template *) MUST_USE;
/*
 * Keep a received file.  ERR_DENIED "template-key-unknown" {ref} {key};
 * ERR_CONFLICT "template-twice" {ref}: that name is another content here.
 */
struct template_coming { const char *key_file; str from, by; int64_t at; };
err	template_receive(struct tx *, city_id, const struct template *,
	    const struct template_coming *, template_file_id *) MUST_USE;
struct fetch_world;
/* From another server; waits.  Errors of fetch() and template_parse();
 * "template-fetch" {url} {status}. */
err	template_fetch(struct arena *, const struct fetch_world *, str url,
	    struct template *) MUST_USE;
/* Children and theirs that are known here, by the chains of ancestors: the family of a ref. */
err	template_family(struct db *, city_id, str ref, struct template **, size_t *n) MUST_USE;

/* ---- giving (give.c) -------------------------------------------------------------- */

struct template_about {		/* what the giver says; empty: as the base, else the usual */
	str name, version;	/* name empty: the slug			*/
	str title, licence, guide, lessons, ask;
	const struct template_outcome *outcome;	size_t n_outcome;	/* beside those counted */
};
struct template_ask {		/* who asks, and with what		*/
	struct arena *a;
	const struct app *app;
	const struct city *city;
	const char *key_file;
	enum lang lang;
	str by;
	int64_t now;
};
/*
 * Release it: kept, entered in the public log, given as a file.  The same
 * again is the same file.  An adopted thing without deviations, under its
 * base's name and version, is that very file.  ERR_CONFLICT "template-version" {ref}:
 * that version is another content; ERR_INVALID "template-personal", "template-name"
 * {word}, "template-version-form".
 */
err	template_release(struct tx *, struct change *, const struct template_ask *, str kind,
	    str which,
	    const struct template_about *, struct template *) MUST_USE;

#endif
