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

#endif
