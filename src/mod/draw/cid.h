/*
 * cid.h - a holder's name on the public list.
 *
 * Layer 3 (draw), pure.  salt = HMAC-SHA-256(card secret, DRAW); cid =
 * SHA-256("laris-cid/v1" DRAW CARD PHONE hex(salt), each ended by LF).
 * The identity is inside, so that a place on the list cannot be given
 * to a friend later, and nobody without the secret can link two draws or
 * guess a card.  Destroying the secret leaves an unlinkable number.
 *
 * "secret" is the text of the card's QR, byte for byte; "card" is the
 * nine digits without spaces; "phone" is E.164 ("+62...") or empty.
 */
#ifndef LARIS_DRAW_CID_H
#define LARIS_DRAW_CID_H

#include "core/crypto.h"

void	cid_salt(struct hash *salt, str secret, str draw);
void	cid_make(struct hash *cid, str draw, str card, str phone, const struct hash *salt);

/*
 * The names of a whole list, the same bytes: several cards are kept and
 * hashed abreast, and nothing is allocated.  Where a name is to stand (32
 * bytes) it stands after some later call, at the latest after cids_close.
 */
#define CIDS_ABREAST	32
#define CIDS_SECRET	20	/* bytes; a card's are 16 */
#define CIDS_DRAW	64
struct cid_card { int64_t number; str secret, phone; };	/* as stored: the secret in bytes */
struct cids {
	str draw;
	size_t n, head;
	char secret[CIDS_ABREAST][BASE32_MAX(CIDS_SECRET)];
	str key[CIDS_ABREAST];
	struct sha256_short line[CIDS_ABREAST];
	unsigned char *to[CIDS_ABREAST];
};
void	cids_open(struct cids *, str draw);
void	cids_add(struct cids *, const struct cid_card *, unsigned char *to);
void	cids_close(struct cids *);

#endif
