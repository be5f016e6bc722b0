#include "json/json.h"
#include "log/merkle.h"
#include "tap.h"
#include "log/vectors.h"
#include <string.h>
#include <sys/stat.h>

#define MOST	300

/* ---- the definition of RFC 6962, word for word ---------------------------- */

static struct hash leaves[MOST];

static size_t split(size_t n)
{
	size_t k = 1;

	while (k * 2 < n)
		k *= 2;
	return k;
}

static struct hash mth(const struct hash *d, size_t n)
{
	struct hash h, left, right;

	if (!n)
		sha256(&h, NULL, 0);
	if (n == 1)
		h = d[0];
	if (n > 1) {
		left = mth(d, split(n));
		right = mth(d + split(n), n - split(n));
		merkle_node(&h, &left, &right);
	}
	return h;
}

static void path(size_t m, const struct hash *d, size_t n, struct merkle_proof *p)
{
	size_t k = split(n);

	if (n <= 1)
		return;
	if (m < k) {
		path(m, d, k, p);
		p->v[p->n++] = mth(d + k, n - k);
	} else {
		path(m - k, d + k, n - k, p);
		p->v[p->n++] = mth(d, k);
	}
}

static void subproof(size_t m, const struct hash *d, size_t n, bool b, struct merkle_proof *p)
{
	size_t k = split(n);

	if (m == n) {
		if (!b)
			p->v[p->n++] = mth(d, n);
	} else if (m <= k) {
		subproof(m, d, k, b, p);
		p->v[p->n++] = mth(d + k, n - k);
	} else {
		subproof(m - k, d + k, n - k, false, p);
		p->v[p->n++] = mth(d, k);
	}
}

static err node(void *ctx, unsigned level, uint64_t index, struct hash *h)
{
	(void)ctx;
	*h = mth(leaves + (index << level), (size_t)1 << level);
	return NULL;
}

static const struct merkle_nodes nodes = { node, NULL };

static bool same_proof(const struct merkle_proof *a, const struct merkle_proof *b)
{
	return a->n == b->n && !memcmp(a->v, b->v, a->n * sizeof *a->v);
}

/* ---- what we make -------------------------------------------------------------- */

static void grows(struct arena *a)
{
	struct merkle_range r = { 0 }, again;
	struct hash root, want, up[MERKLE_LEVELS];
	int roots = 0, kept = 0, ups = 0;

	for (size_t n = 0; n < MOST; n++) {
		size_t k;
		want = mth(leaves, n);
		merkle_root(&r, &root);
		roots += hash_same(&root, &want);
		kept += merkle_range_read(&again, n, merkle_range_bytes(a, &r));
		merkle_root(&again, &want);
		kept -= !hash_same(&root, &want);
		k = merkle_add(&r, &leaves[n], up);
		want = mth(leaves + n + 1 - ((size_t)1 << (k - 1)), (size_t)1 << (k - 1));
		ups += k == 1 + (size_t)__builtin_ctzll(n + 1) && hash_same(&up[k - 1], &want);
	}
	ok(roots == MOST, "roots of 0 to %d leaves as RFC 6962 defines them", MOST - 1);
	ok(kept == MOST, "a range is kept in a hash for each bit of its size");
	ok(ups == MOST, "what is new and will not change is told");
	ok(!merkle_range_read(&again, 3, S("short")) && !merkle_range_read(&again,
	    UINT64_MAX, S("")), "a torn range is refused");
}

/* From each size on, so many at once: the same as one by one. */
static void in_bulk(void)
{
	int n = 0, same = 0;

	for (size_t from = 0; from < 40; from++)
		for (size_t more = 0; from + more <= 120; more++, n++) {
			struct merkle_range one = { 0 }, all = { 0 };
			struct hash work[120], a, b;
			for (size_t i = 0; i < from + more; i++) {
				merkle_add(&one, &leaves[i], NULL);
				if (i < from)
					merkle_add(&all, &leaves[i], NULL);
			}
			memcpy(work, leaves + from, more * sizeof *work);
			merkle_add_all(&all, work, more);
			merkle_root(&one, &a);
			merkle_root(&all, &b);
			same += one.size == all.size && hash_same(&a, &b);
		}
	ok(same == n, "%d times many leaves at once", n);
}

static void inclusions(void)
{
	int n = 0, same = 0, good = 0, moved = 0;

	for (size_t size = 1; size <= 70; size++) {
		struct hash root = mth(leaves, size);
		for (size_t i = 0; i < size; i++, n++) {
			struct merkle_proof want = { .n = 0 }, p;
			path(i, leaves, size, &want);
			CHECK(!merkle_inclusion(&nodes, i, size, &p));
			same += same_proof(&p, &want);
			good += merkle_inclusion_ok(i, size, &leaves[i], &p, &root);
			moved += merkle_inclusion_ok(i + 1, size, &leaves[i], &p, &root) ||
			    merkle_inclusion_ok(i, size, &leaves[i + 1], &p, &root);
		}
	}
	ok(same == n && good == n && !moved, "%d inclusion proofs, made and checked", n);
}

static void consistencies(void)
{
	int n = 0, same = 0, good = 0, other = 0;

	for (size_t size = 1; size <= 70; size++) {
		struct hash root = mth(leaves, size);
		for (size_t old = 1; old <= size; old++, n++) {
			struct hash before = mth(leaves, old), wrong = mth(leaves + 1, old);
			struct merkle_proof want = { .n = 0 }, p;
			subproof(old, leaves, size, true, &want);
			CHECK(!merkle_consistency(&nodes, old, size, &p));
			same += same_proof(&p, &want);
			good += merkle_consistency_ok(old, size, &before, &root, &p);
			other += merkle_consistency_ok(old, size, &wrong, &root, &p);
		}
	}
	ok(same == n && good == n && !other, "%d consistency proofs, made and checked", n);
}

static void edges(void)
{
	struct merkle_proof none = { .n = 0 };
	struct hash root = mth(leaves, 1), empty, h;

	sha256(&empty, NULL, 0);
	ok(!merkle_consistency_ok(0, 1, &empty, &root, &none) &&
	    !merkle_consistency_ok(0, 0, &empty, &empty, &none), "from nothing: refused");
	ok(!merkle_inclusion_ok(0, 0, &leaves[0], &none, &empty) &&
	    !merkle_inclusion_ok(UINT64_MAX, UINT64_MAX, &root, &none, &root) &&
	    merkle_inclusion_ok(0, 1, &leaves[0], &none, &root), "of nothing: refused");
	ok(!merkle_consistency(&nodes, 0, 5, &none) && !none.n, "from nothing there is no proof");
	ok(!hash_take(&h, S("")) && !hash_take(&h, S("12 bytes....")) &&
	    hash_take(&h, S("01234567890123456789012345678901")) &&
	    !hash_take(&h, S("012345678901234567890123456789012")), "a hash has 32 bytes");
}

/* ---- transparency-dev/merkle ------------------------------------------------------ */

/* Its roots are 12 bytes on purpose, and it is said to be good: a strict verifier refuses. */
#define DUMMY	S("/additional/sizes-are-equal-one-and-proof-is-empty.json")

struct tally { int n, agree; bool dummy; };

static bool hash_of(const struct json_value *v, struct hash *h)
{
	char bytes[64];
	size_t n;
	str s;

	return json_get_str(v, &s) && base64_get(bytes, sizeof bytes, &n, s) &&
	    hash_take(h, (str){ bytes, n });
}

static bool proof_of(const struct json_value *v, struct merkle_proof *p)
{
	p->n = json_count(v);
	if (p->n > MERKLE_PROOF_MAX)
		return false;
	for (size_t i = 0; i < p->n; i++)
		if (!hash_of(json_at(v, i), &p->v[i]))
			return false;
	return true;
}

static uint64_t size_of(const struct json_value *v, const char *key)
{
	int64_t n = 0;

	CHECK(json_get_int(json_get(v, key), &n));
	return (uint64_t)n;
}

static bool judge(const struct json_value *v)
{
	bool inclusion = json_get(v, "leafIdx") != NULL;
	struct hash h, root;
	struct merkle_proof p;

	if (!hash_of(json_get(v, inclusion ? "leafHash" : "root1"), &h) ||
	    !hash_of(json_get(v, inclusion ? "root" : "root2"), &root) ||
	    !proof_of(json_get(v, "proof"), &p))
		return false;
	if (inclusion)
		return merkle_inclusion_ok(size_of(v, "leafIdx"), size_of(v, "treeSize"), &h, &p,
		    &root);
	return merkle_consistency_ok(size_of(v, "size1"), size_of(v, "size2"), &h, &root, &p);
}

/* Our reader takes no number over int64; 2^64 - 1 is -1 when it is cast. */
static str tame(struct arena *a, str s)
{
	struct buf b = BUF(a, VECTOR_BYTES);
	str big = S("18446744073709551615");
	size_t at;

	while ((at = str_find(s, big)) != SIZE_MAX) {
		buf_str(&b, str_sub(s, 0, at));
		buf_str(&b, S("-1"));
		s = str_sub(s, at + big.n, s.n);
	}
	buf_str(&b, s);
	return buf_done(&b);
}

static void one(const char *file, struct tally *t)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	CLEANUP(json_free) struct json_in *in = NULL;
	bool bad = true;
	str desc;

	CHECK(!json_parse(a, tame(a, vector_file(a, file)), &in));
	CHECK(json_get_bool(json_get(json_root(in), "wantErr"), &bad));
	CHECK(json_get_str(json_get(json_root(in), "desc"), &desc));
	t->n++;
	if (judge(json_root(in)) == !bad)
		t->agree++;
	else if (!bad && str_ends(str_of(file), DUMMY))
		t->dummy = true;
	else
		printf("# differs: %s: %.*s\n", file, SV(desc));
}

static void walk(const char *folder, struct tally *t)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	DIR *d = opendir(folder);
	const struct dirent *e;

	while (d && (e = readdir(d))) {
		const char *p = arena_cstr(a, arena_printf(a, "%s/%s", folder, e->d_name));
		struct stat st;
		if (e->d_name[0] == '.' || stat(p, &st))
			continue;
		if (S_ISDIR(st.st_mode))
			walk(p, t);
		else
			one(p, t);
	}
	if (d)
		closedir(d);
}

static void vectors(struct arena *a)
{
	struct tally in = { 0 }, con = { 0 };

	walk(vector_path(a, "merkle/testdata/inclusion"), &in);
	walk(vector_path(a, "merkle/testdata/consistency"), &con);
	if (!in.n) {
		ok(true, "transparency-dev/merkle # SKIP no vectors; say where in LARIS_VECTORS");
		return;
	}
	ok(in.n == 98 && in.agree == 98, "transparency-dev/merkle: %d of %d inclusion", in.agree,
	    in.n);
	ok(con.n == 98 && con.agree == 97, "transparency-dev/merkle: %d of %d consistency",
	    con.agree, con.n);
	ok(con.dummy, "the one left has roots of 12 bytes, and is refused");
}

int main(void)
{
	CLEANUP(arena_free) struct arena *a = arena_new();

	for (size_t i = 0; i < MOST; i++)
		merkle_leaf(&leaves[i], arena_printf(a, "leaf %zu", i));
	grows(a);
	in_bulk();
	inclusions();
	consistencies();
	edges();
	vectors(a);
	return done();
}
