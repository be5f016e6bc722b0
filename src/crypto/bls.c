#include "crypto/bls.h"
#include <blst.h>

static const unsigned char *bytes(str s)
{
	return (const unsigned char *)(s.n ? s.p : "");
}

static bool read_signature(const struct bls_signature *s, blst_p1_affine *p)
{
	return blst_p1_uncompress(p, s->b) == BLST_SUCCESS && !blst_p1_affine_is_inf(p) &&
	    blst_p1_affine_in_g1(p);
}

static bool read_public(const struct bls_public *k, blst_p2_affine *p)
{
	return blst_p2_uncompress(p, k->b) == BLST_SUCCESS && !blst_p2_affine_is_inf(p) &&
	    blst_p2_affine_in_g2(p);
}

bool bls_ok(const struct bls_signature *s, const struct bls_public *k, str message)
{
	static const char domain[] = BLS_DOMAIN;
	blst_p1_affine sig;
	blst_p2_affine pk;

	return read_signature(s, &sig) && read_public(k, &pk) &&
	    blst_core_verify_pk_in_g2(&pk, &sig, true, bytes(message), message.n,
	    (const unsigned char *)domain, sizeof domain - 1, NULL, 0) == BLST_SUCCESS;
}

static void scalar(blst_scalar *x, const struct bls_secret *s)
{
	blst_scalar_from_bendian(x, s->b);
}

void bls_secret_from(struct bls_secret *s, str seed)
{
	blst_scalar x;

	CHECK(seed.n >= 32);
	blst_keygen(&x, bytes(seed), seed.n, NULL, 0);
	blst_bendian_from_scalar(s->b, &x);
}

void bls_public_of(struct bls_public *k, const struct bls_secret *s)
{
	blst_scalar x;
	blst_p2 p;

	scalar(&x, s);
	blst_sk_to_pk_in_g2(&p, &x);
	blst_p2_compress(k->b, &p);
}

void bls_make(struct bls_signature *sig, const struct bls_secret *s, str message)
{
	static const char domain[] = BLS_DOMAIN;
	blst_scalar x;
	blst_p1 p;

	scalar(&x, s);
	blst_hash_to_g1(&p, bytes(message), message.n, (const unsigned char *)domain,
	    sizeof domain - 1, NULL, 0);
	blst_sign_pk_in_g2(&p, &p, &x);
	blst_p1_compress(sig->b, &p);
}
