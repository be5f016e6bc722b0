/*
 * note.h - text with signatures under it, and the keys that make them.
 *
 * Layer 2, pure.  c2sp.org/signed-note and c2sp.org/tlog-cosignature:
 *
 *	text, ends with a line feed
 *	(an empty line)
 *	— name base64(key id, signature)
 *
 * A key of kind KEY_LOG (1) signs the text as it is; one of KEY_WITNESS
 * (4) signs "cosignature/v1\ntime T\n" and the text, and gives T.  Both
 * are Ed25519.  Reading is strict: no note has two spellings.
 */
#ifndef LARIS_LOG_NOTE_H
#define LARIS_LOG_NOTE_H

#include "crypto/sign.h"

#define NOTE_BYTES	(1 << 17)	/* a longer one is refused	*/
#define NOTE_SIGNATURES	64

enum key_kind { KEY_LOG = 1, KEY_WITNESS = 4 };

struct note_key {			/* who may sign			*/
	str name;
	enum key_kind kind;
	uint32_t id;			/* first bytes of a hash of the rest */
	struct sign_public public;
};
struct note_signer { struct note_key key; struct sign_secret secret; };

/* Not empty, UTF-8, no white space of any kind, no control, no plus. */
bool	note_name_ok(str);
void	note_key_make(struct note_key *, str name, enum key_kind, const struct sign_public *);
/* "name+c9181693+BASE64": what people hand around.  The name is borrowed. */
bool	note_key_parse(str, struct note_key *) MUST_USE;
str	note_key_text(struct arena *, const struct note_key *);
/* "PRIVATE+KEY+name+id+BASE64": for the file only its owner reads. */
void	note_signer_make(struct note_signer *, str name, enum key_kind, const struct sign_secret *);
bool	note_signer_parse(str, struct note_signer *) MUST_USE;
str	note_signer_text(struct arena *, const struct note_signer *);

struct note_signature { str name; uint32_t id; str bytes; };
struct note {
	str text;			/* with its last line feed	*/
	struct note_signature *v;
	size_t n;			/* at least 1			*/
};
/* Only the form: it says nothing about who signed.  Borrows from "bytes". */
bool	note_parse(struct arena *, str bytes, struct note *) MUST_USE;

enum note_mark { NOTE_UNSIGNED, NOTE_SIGNED, NOTE_FALSE };
/*
 * What this key says of the note: nothing, that it signed it, or that
 * somebody put a wrong signature in its name.  "at": seconds since 1970 a
 * witness gives, the earliest if it signed more than once; 0 for a log.
 */
enum note_mark note_mark(const struct note *, const struct note_key *, int64_t *at);

/* A signature line under "text".  "at" (seconds) is for a witness only. */
void	note_sign(struct buf *, str text, const struct note_signer *, int64_t at);
/* The whole note, signed by one. */
str	note_make(struct arena *, str text, const struct note_signer *, int64_t at);

#endif
