/* Names and values out of queries, forms, files and cookies. */
#include "http/params.h"
#include "tap.h"
#include <string.h>

static struct arena *a;

/* "name=value;name=value;" of what was read, or "!rule". */
static str shown(err e, const struct params *p)
{
	struct buf b = BUF(a, 1 << 20);

	if (e)
		return arena_printf(a, "!%s", e->rule);
	for (size_t i = 0; i < p->n; i++) {
		buf_printf(&b, "%.*s=%.*s", SV(p->v[i].name), SV(p->v[i].value));
		if (p->v[i].type.n)
			buf_printf(&b, "<%.*s %.*s>", SV(p->v[i].filename), SV(p->v[i].type));
		buf_char(&b, ';');
	}
	return buf_done(&b);
}

struct trial { const char *why; str in; const char *out; };

static const struct trial forms[] = {
	{ "nothing", S_INIT(""), "" },
	{ "a pair", S_INIT("a=b"), "a=b;" },
	{ "two", S_INIT("a=b&c=d"), "a=b;c=d;" },
	{ "empty pieces", S_INIT("&&a=b&&"), "a=b;" },
	{ "no value", S_INIT("a"), "a=;" },
	{ "an empty value", S_INIT("a="), "a=;" },
	{ "no name", S_INIT("=b"), "=b;" },
	{ "only the sign", S_INIT("="), "=;" },
	{ "signs in the value", S_INIT("a=b=c"), "a=b=c;" },
	{ "the same name twice", S_INIT("a=1&a=2"), "a=1;a=2;" },
	{ "plus and percent", S_INIT("a+b=%41%62+%2B%3d%26"), "a b=Ab +=&;" },
	{ "UTF-8", S_INIT("kota=Yogya%C3%A9"), "kota=Yogya\xc3\xa9;" },
	{ "a percent that begins nothing", S_INIT("a=50%&b=%zz&c=%4"), "a=50%;b=%zz;c=%4;" },
	{ "NUL", S_INIT("a=%00"), "!bad-encoding" },
	{ "a raw NUL", S_INIT("a=\0"), "!bad-encoding" },
	{ "half a letter", S_INIT("a=%C3"), "!bad-encoding" },
	{ "an overlong slash", S_INIT("a=%C0%AF"), "!bad-encoding" },
	{ "junk as a name", S_INIT("%ff=a"), "!bad-encoding" },
};

static void urlencoded(void)
{
	struct params p;

	for (size_t i = 0; i < countof(forms); i++) {
		err e = params_urlencoded(a, forms[i].in, &p);
		str s = shown(e, &p);

		ok(str_eq(s, str_of(forms[i].out)), "form, %s: %.*s", forms[i].why, SV(s));
	}
	struct buf b = BUF(a, 1 << 20);
	for (int i = 0; i < PARAMS_MAX; i++)
		buf_printf(&b, "n%d=%d&", i, i);
	ok(!params_urlencoded(a, buf_done(&b), &p) && p.n == PARAMS_MAX &&
	    str_eq(params_value(&p, S("n255")), S("255")), "as many as may be");
	buf_str(&b, S("more"));
	err e = params_urlencoded(a, buf_done(&b), &p);
	ok(e && !strcmp(e->rule, "too-many-fields"), "one more");
	(void)!params_urlencoded(a, S("a=1&b=2&a=3"), &p);
	ok(str_eq(params_value(&p, S("a")), S("1")), "the first of a name");
	ok(!params_get(&p, S("c")) && params_value(&p, S("c")).n == 0, "or none");
}

#define DISPOSITION	"Content-Disposition: form-data; "
#define PART(head, body)	"--B\r\n" head "\r\n\r\n" body "\r\n"

static const struct trial parts[] = {
	{ "a field", S_INIT(PART(DISPOSITION "name=\"a\"", "b") "--B--\r\n"), "a=b;" },
	{ "no break at the end", S_INIT(PART(DISPOSITION "name=\"a\"", "b") "--B--"), "a=b;" },
	{ "no parts", S_INIT("--B--\r\n"), "" },
	{ "a token as name", S_INIT(PART(DISPOSITION "name=a", "b") "--B--"), "a=b;" },
	{ "an empty value", S_INIT(PART(DISPOSITION "name=\"a\"", "") "--B--"), "a=;" },
	{ "an empty value, its break shared",
	    S_INIT("--B\r\n" DISPOSITION "name=\"a\"\r\n\r\n--B--"), "a=;" },
	{ "a value with breaks",
	    S_INIT(PART(DISPOSITION "name=\"a\"", "\r\n-\r\n--A\r\n") "--B--"),
	    "a=\r\n-\r\n--A\r\n;" },
	{ "before and after", S_INIT("early\r\n" PART(DISPOSITION "name=\"a\"", "b") "--B--late"),
	    "a=b;" },
	{ "spaces behind a delimiter",
	    S_INIT("--B \t\r\n" DISPOSITION "name=\"a\"\r\n\r\nb\r\n--B--"), "a=b;" },
	{ "names of fields in small letters",
	    S_INIT(PART("content-disposition: FORM-data; NAME=\"a\"", "b") "--B--"), "a=b;" },
	{ "two fields, one file",
	    S_INIT(PART(DISPOSITION "name=\"a\"", "1")
	            PART(DISPOSITION "name=\"f\"; filename=\"x.jpg\"\r\nContent-Type: image/jpeg",
	                "\xff\xd8") PART(DISPOSITION "name=\"b\"", "2") "--B--"),
	    "a=1;f=\xff\xd8<x.jpg image/jpeg>;b=2;" },
	{ "a file without a type",
	    S_INIT(PART(DISPOSITION "name=\"f\"; filename=\"x\"", "y") "--B--"),
	    "f=y<x application/octet-stream>;" },
	{ "no file chosen",
	    S_INIT(PART(DISPOSITION "name=\"f\"; filename=\"\"\r\n"
	                            "Content-Type: application/octet-stream",
	        "") "--B--"),
	    "f=;" },
	{ "a path of Unix",
	    S_INIT(PART(DISPOSITION "name=\"f\"; filename=\"../../etc/passwd\"", "y") "--B--"),
	    "f=y<passwd application/octet-stream>;" },
	{ "a path of Windows",
	    S_INIT(PART(DISPOSITION "name=\"f\"; filename=\"C:\\x\\y.png\"", "y") "--B--"),
	    "f=y<y.png application/octet-stream>;" },
	{ "only dots", S_INIT(PART(DISPOSITION "name=\"f\"; filename=\"..\"", "y") "--B--"),
	    "f=y<file application/octet-stream>;" },
	{ "control characters in a file name",
	    S_INIT(PART(DISPOSITION "name=\"f\"; filename=\"a%0D%0Ab\"", "y") "--B--"),
	    "f=y<a__b application/octet-stream>;" },
	{ "quotes in names",
	    S_INIT(PART(DISPOSITION "name=\"a%22b\"; filename=\"c\\\"d\"", "y") "--B--"),
	    "a\"b=y<c\"d application/octet-stream>;" },
	{ "other escapes stay", S_INIT(PART(DISPOSITION "name=\"a%41%\"", "y") "--B--"),
	    "a%41%=y;" },
	{ "cut off", S_INIT("--B\r\n" DISPOSITION "name=\"a\"\r\n\r\nb"), "!bad-multipart" },
	{ "cut off in the head", S_INIT("--B\r\n" DISPOSITION "name=\"a\"\r\n"),
	    "!bad-multipart" },
	{ "no delimiter", S_INIT("hello"), "!bad-multipart" },
	{ "no disposition", S_INIT(PART("Content-Type: text/plain", "b") "--B--"),
	    "!bad-multipart" },
	{ "another disposition",
	    S_INIT(PART("Content-Disposition: attachment; name=\"a\"", "b") "--B--"),
	    "!bad-multipart" },
	{ "no name", S_INIT(PART("Content-Disposition: form-data", "b") "--B--"),
	    "!bad-multipart" },
	{ "two dispositions",
	    S_INIT(PART(DISPOSITION "name=\"a\"\r\n" DISPOSITION "name=\"b\"", "c") "--B--"),
	    "!bad-multipart" },
	{ "a quote never closed", S_INIT(PART(DISPOSITION "name=\"a", "b") "--B--"),
	    "!bad-multipart" },
	{ "a line without a colon",
	    S_INIT(PART(DISPOSITION "name=\"a\"\r\nnonsense", "b") "--B--"), "!bad-multipart" },
	{ "base64",
	    S_INIT(PART(
	        DISPOSITION "name=\"a\"\r\nContent-Transfer-Encoding: base64", "Yg==") "--B--"),
	    "!bad-multipart" },
	{ "text behind a delimiter",
	    S_INIT("--Bx\r\n" DISPOSITION "name=\"a\"\r\n\r\nb\r\n--B--"), "!bad-multipart" },
	{ "junk as a value", S_INIT(PART(DISPOSITION "name=\"a\"", "\xff") "--B--"),
	    "!bad-encoding" },
	{ "junk as a name", S_INIT(PART(DISPOSITION "name=\"\xff\"", "b") "--B--"),
	    "!bad-encoding" },
	{ "junk as a file name",
	    S_INIT(PART(DISPOSITION "name=\"a\"; filename=\"\xff\"", "b") "--B--"),
	    "!bad-encoding" },
};

static void boundary(const char *type, const char *body, bool fine)
{
	struct params p;
	err e = params_multipart(a, str_of(type), str_of(body), &p);

	ok(fine ? !e && p.n == 1 : e && !strcmp(e->rule, "bad-multipart"), "%s", type);
}

static void multipart(void)
{
	const str type = S("multipart/form-data; boundary=B");
	struct params p;

	for (size_t i = 0; i < countof(parts); i++) {
		err e = params_multipart(a, type, parts[i].in, &p);
		str s = shown(e, &p);

		ok(str_eq(s, str_of(parts[i].out)), "multipart, %s: %s", parts[i].why,
		    e ? e->rule : "read");
	}
	const char *quoted = "--a b\r\n" DISPOSITION "name=x\r\n\r\n1\r\n--a b--";
	const char *body = "--B\r\n" DISPOSITION "name=x\r\n\r\n1\r\n--B--";
	boundary("multipart/form-data; boundary=\"a b\"", quoted, true);
	boundary("multipart/form-data; charset=utf-8; BOUNDARY=B", body, true);
	boundary("multipart/form-data", body, false);
	boundary("multipart/form-data; boundary=", body, false);
	boundary("multipart/form-data; boundary=\"\"", body, false);
	boundary("multipart/form-data; boundary=1234567890123456789012345678901234567890"
	    "1234567890123456789012345678901", body, false);
	str in = parts[10].in;
	ok(!params_multipart(a, type, in, &p) && p.v[1].value.p > in.p &&
	    p.v[1].value.p < in.p + in.n, "a file's bytes stay where they are");
	struct buf b = BUF(a, 1 << 20);
	buf_str(&b, S("--B\r\n" DISPOSITION "name=a\r\n"));
	for (int i = 0; i < 1000; i++)
		buf_str(&b, S("X-A: b\r\n"));
	buf_str(&b, S("\r\nx\r\n--B--"));
	err e = params_multipart(a, type, buf_done(&b), &p);
	ok(e && !strcmp(e->rule, "bad-multipart"), "a part with 8 KB of header fields");
	struct buf name = BUF(a, 1 << 20);
	buf_str(&name, S("--B\r\n" DISPOSITION "name=a; filename=\"a"));
	for (int i = 0; i < 300; i++)
		buf_str(&name, S("\xc3\xa9"));
	buf_str(&name, S("\"\r\n\r\nx\r\n--B--"));
	e = params_multipart(a, type, buf_done(&name), &p);
	ok(!e && p.v[0].filename.n == 199 && str_utf8(p.v[0].filename),
	    "a long file name is cut between letters");
}

static const struct trial bodies[] = {
	{ "application/x-www-form-urlencoded", S_INIT("a=b"), "a=b;" },
	{ "Application/X-WWW-Form-Urlencoded ; charset=UTF-8", S_INIT("a=b"), "a=b;" },
	{ "multipart/form-data; boundary=B", S_INIT(PART(DISPOSITION "name=a", "b") "--B--"),
	    "a=b;" },
	{ "text/plain", S_INIT("a=b"), "!bad-content-type" },
	{ "", S_INIT("a=b"), "!bad-content-type" },
	{ "", S_INIT(""), "" },
};

static const struct trial cookies[] = {
	{ "nothing", S_INIT(""), "" },
	{ "one", S_INIT("a=b"), "a=b;" },
	{ "two", S_INIT("a=b; c=d"), "a=b;c=d;" },
	{ "no space", S_INIT("a=b;c=d"), "a=b;c=d;" },
	{ "quoted", S_INIT("a=\"b\""), "a=b;" },
	{ "signs in the value", S_INIT("a=b=c=="), "a=b=c==;" },
	{ "percent stays", S_INIT("a=%41"), "a=%41;" },
	{ "no sign", S_INIT("a; b=c"), "b=c;" },
	{ "no name", S_INIT("=a; b=c"), "b=c;" },
	{ "a name that is no token", S_INIT("a b=1; b=c"), "b=c;" },
	{ "a quote inside", S_INIT("a=b\"c; b=c"), "b=c;" },
	{ "a control character", S_INIT("a=b\x01; b=c"), "b=c;" },
	{ "junk", S_INIT("a=\xff; b=c"), "b=c;" },
	{ "nothing between", S_INIT(";;; ;b=c;"), "b=c;" },
};

static void others(void)
{
	struct params p;

	for (size_t i = 0; i < countof(bodies); i++) {
		err e = params_body(a, str_of(bodies[i].why), bodies[i].in, &p);

		ok(str_eq(shown(e, &p), str_of(bodies[i].out)), "body of type \"%s\"",
		    bodies[i].why);
	}
	for (size_t i = 0; i < countof(cookies); i++) {
		params_cookie(a, cookies[i].in, &p);
		str s = shown(NULL, &p);

		ok(str_eq(s, str_of(cookies[i].out)), "cookie, %s: %.*s", cookies[i].why, SV(s));
	}
	struct buf b = BUF(a, 1 << 20);
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "n%d=1; ", i);
	params_cookie(a, buf_done(&b), &p);
	ok(p.n == PARAMS_MAX, "a thousand cookies: the first %zu", p.n);
}

static void percent(void)
{
	static const struct { const char *in, *out;
	} t[] = {
		{ "abc", "abc" },
		{ "a%20b", "a b" },
		{ "a+b", "a+b" },
		{ "%C3%A9", "\xc3\xa9" },
		{ "", "" },
		{ "%2e%2e", ".." },
		{ "a%2fb", NULL },
		{ "a%2Fb", NULL },
		{ "a/b", NULL },
		{ "%00", NULL },
		{ "%", NULL },
		{ "%4", NULL },
		{ "%zz", NULL },
		{ "%C0%AF", NULL },
		{ "\xff", NULL },
		{ "%ff", NULL },
	};
	str out;

	for (size_t i = 0; i < countof(t); i++) {
		bool fine = percent_decode(a, str_of(t[i].in), &out);

		ok(t[i].out ? fine && str_eq(out, str_of(t[i].out)) : !fine, "segment \"%s\"",
		    t[i].in);
	}
	struct buf b = BUF(a, 1024);
	percent_encode(&b, S("aZ09-._~ /%\xc3\xa9"));
	ok(str_eq(buf_done(&b), S("aZ09-._~%20%2F%25%C3%A9")), "encoded: %.*s", SV(buf_done(&b)));
}

int main(void)
{
	a = arena_new();
	urlencoded();
	multipart();
	others();
	percent();
	arena_free(&a);
	return done();
}
