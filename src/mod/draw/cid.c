#include "mod/draw/cid.h"

void cid_salt(struct hash *salt, str secret, str draw)
{
	hmac_sha256(salt, secret, draw);
}

void cid_make(struct hash *cid, str draw, str card, str phone, const struct hash *salt)
{
	char hex[64];

	hex_put(hex, salt, sizeof *salt);
	sha256_pieces(cid, (struct sha256_piece[]){
	    { "laris-cid/v1\n", 13 }, { draw.p, draw.n }, { "\n", 1 },
	    { card.p, card.n }, { "\n", 1 }, { phone.p, phone.n }, { "\n", 1 },
	    { hex, sizeof hex }, { "\n", 1 } }, 9);
}
