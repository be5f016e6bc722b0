/* One mail as bytes: what stands in a header stays there, whatever it is. */
#include "core/mime.h"
#include "tap.h"
#include <string.h>

static struct arena *a;

static struct mail plain(void)
{
	return (struct mail){ .from = S("panitia@contoh.id"), .to = S("toko@contoh.id"),
	    .subject = S("Jam pos hari terakhir"), .body = S("Halo."), .id = S("1.2"),
	    .at = INT64_C(1634555100) * SECOND, .zone = ZONE_WIB };	/* 2021-10-18 11:05 UTC */
}

static const char *written(const struct mail *m)
{
	str out;
	err e = mime_write(a, m, &out);

	return e ? e->rule : arena_cstr(a, out);
}

static void has(const char *text, const char *piece)
{
	ok(strstr(text, piece) != NULL, "it holds %s", piece);
	if (!strstr(text, piece))
		printf("# %s\n", text);
}

static void headers(void)
{
	struct mail m = plain();

	m.reply_to = S("dibaca@contoh.id");
	m.from_name = S("Panitia \"SGS\" 2021");
	const char *t = written(&m);
	has(t, "Date: Mon, 18 Oct 2021 18:05:00 +0700\r\n");
	has(t, "From: \"Panitia \\\"SGS\\\" 2021\"\r\n <panitia@contoh.id>\r\n");
	has(t, "To: <toko@contoh.id>\r\n");
	has(t, "Reply-To: <dibaca@contoh.id>\r\n");
	has(t, "Subject: Jam pos hari terakhir\r\n");
	has(t, "Message-ID: <1.2@contoh.id>\r\n");
	has(t, "MIME-Version: 1.0\r\n");
	has(t, "\r\n\r\nHalo.\r\n");
	m.reply_to = (str){ 0 };
	ok(!strstr(written(&m), "Reply-To"), "no Reply-To where there is none");
}

/* Lines as a server counts them: at most 998, ours far less. */
static size_t longest(const char *t)
{
	size_t most = 0;

	while (*t) {
		size_t n = strcspn(t, "\r\n");
		most = n > most ? n : most;
		t += n + (t[n] != 0);
	}
	return most;
}

static void subjects(void)
{
	struct mail m = plain();

	m.subject = S("Kopi Kedhaton\xc3\xa9");
	has(written(&m), "Subject: =?UTF-8?B?S29waSBLZWRoYXRvbsOp?=\r\n");
	m.subject = S("=?UTF-8?B?QmNj?=");
	has(written(&m), "Subject: =?UTF-8?B?PT9VVEYtOD9CP1FtTmo/PQ==?=\r\n");
	m.subject = S("\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
	    "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
	    "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac");
	const char *t = written(&m);
	has(t, "=?UTF-8?B?4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs?=\r\n "
	    "=?UTF-8?B?4oKs4oKs4oKs?=\r\n");
	ok(longest(t) <= 76, "no line over 76: %zu", longest(t));
}

static void bodies(void)
{
	struct mail m = plain();

	m.body = S("50 % = separuh\n.titik\nspasi \n\tcaf\xc3\xa9");
	has(written(&m), "\r\n\r\n50 % =3D separuh\r\n=2Etitik\r\nspasi=20\r\n\tcaf=C3=A9\r\n");
	char *p = arena_bytes(a, 3000);
	memset(p, '.', 3000);
	m.body = (str){ p, 3000 };
	const char *t = written(&m);
	ok(longest(t) <= 76, "a long line is broken: %zu", longest(t));
	ok(!strstr(t, "\n."), "and no line begins with a dot");
	m.body = S("From: lain@contoh.id\nBcc: lain@contoh.id\n\nisi");
	t = written(&m);
	ok(strstr(t, "\r\n\r\n") < strstr(t, "Bcc:"), "headers in the text stay in the text");
}

static void refused(void)
{
	static const str bad[] = { S_INIT("a\r\nBcc: x@contoh.id"), S_INIT("a\nb"), S_INIT("a\rb"),
	    S_INIT("a\0b"), S_INIT("a\tb"), S_INIT("a\x7f"), S_INIT("\xff") };

	for (size_t i = 0; i < countof(bad); i++) {
		struct mail m = plain(), n = plain(), o = plain();
		m.subject = n.from_name = o.id = bad[i];
		ok(!strcmp(written(&m), "mail-header") && !strcmp(written(&n), "mail-header") &&
		    !strcmp(written(&o), "mail-header"), "no line break in a header: %zu", i);
		struct mail p = plain(), q = plain(), r = plain();
		struct buf b = BUF(a, 100);
		buf_str(&b, S("a@contoh.id"));
		buf_str(&b, bad[i]);
		p.to = q.from = r.reply_to = buf_done(&b);
		ok(!strcmp(written(&p), "mail-header") && !strcmp(written(&q), "mail-header") &&
		    !strcmp(written(&r), "mail-header"), "nor in an address: %zu", i);
	}
}

static void senders(void)
{
	str name, email;

	ok(mail_from_parse(a, S("Panitia SGS <panitia@Contoh.id>"), &name, &email) &&
	    str_eq(name, S("Panitia SGS")) && str_eq(email, S("panitia@contoh.id")), "with a name");
	ok(mail_from_parse(a, S("panitia@contoh.id"), &name, &email) && !name.n, "without");
	ok(!mail_from_parse(a, S("Panitia"), &name, &email), "a name is no sender");
	ok(!mail_from_parse(a, S("P <a@contoh.id> x"), &name, &email), "nothing behind it");
	ok(!mail_from_parse(a, S("P\nBcc: x <a@contoh.id>"), &name, &email), "no line breaks");
}

int main(void)
{
	a = arena_new();
	headers();
	subjects();
	bodies();
	refused();
	senders();
	arena_free(&a);
	return done();
}
