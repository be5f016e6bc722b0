#include "core/fetch.h"
#include "base/buf.h"
#include "base/panic.h"
#include "core/address.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_SECONDS	10L
#define SAID_MAX	300

static void easy_free(CURL **c)
{
	if (*c)
		curl_easy_cleanup(*c);
}

static int stopped(void *ctx, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct fetch_world *w = ctx;

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return w->stop && w->stop(w->ctx);
}

/* Inits are counted and may race since libcurl 7.84; it is never undone. */
static CURL *easy_bare(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		panic("libcurl does not start");
	CURL *c = curl_easy_init();
	if (!c)
		panic("no room for libcurl");
	return c;
}

/* No variable of the environment decides where we go (proxies). */
static CURL *easy_set(CURL *c, const struct fetch_world *w, const char *protocols, int seconds)
{
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, protocols);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)seconds);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, stopped);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, w);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	if (w->ca)
		curl_easy_setopt(c, CURLOPT_CAINFO, w->ca);
	return c;
}

static CURL *easy_new(const struct fetch_world *w, const char *protocols, int seconds)
{
	return easy_set(easy_bare(), w, protocols, seconds);
}

/* ---- which addresses ---------------------------------------------------------- */

static bool part(CURLU *u, CURLUPart what, char out[256])
{
	char *s = NULL;
	bool have = !curl_url_get(u, what, &s, 0) && s && strlen(s) < 256;

	out[0] = 0;
	if (have)
		memcpy(out, s, strlen(s) + 1);
	curl_free(s);
	return have && out[0];
}

/* Asked with the very address that is connected to, so a name cannot mean two. */
static curl_socket_t outward(void *ctx, curlsocktype purpose, struct curl_sockaddr *at)
{
	bool *inside = ctx;

	(void)purpose;
	if (address_public(&at->addr))
		return socket(at->family, at->socktype | SOCK_CLOEXEC, at->protocol);
	*inside = true;
	return CURL_SOCKET_BAD;
}

static bool named(const char *hosts, const char *host, const char *port)
{
	str rest = str_of(hosts), word, name = str_of(host);

	while (str_take(&rest, ',', &word))
		if (str_eq(word, name) || (str_starts(word, name) && word.n > name.n &&
		    word.p[name.n] == ':' && str_eq(str_sub(word, name.n + 1, word.n),
		    str_of(port))))
			return true;
	return false;
}

/* Did the operator name this host, or this port of it? */
static bool may_inside(const struct fetch_world *w, const char *url)
{
	char host[256], port[256] = "";
	CURLU *u = curl_url();
	bool fine = u && !curl_url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) &&
	    part(u, CURLUPART_HOST, host);

	if (fine)
		(void)part(u, CURLUPART_PORT, port);
	curl_url_cleanup(u);
	return fine && w->inside && named(w->inside, host, port);
}

/* "inside" is told when an address was refused. */
static void guard(CURL *c, const struct fetch_world *w, const char *url, bool *inside)
{
	*inside = false;
	if (!w->outward || may_inside(w, url))
		return;
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, outward);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, inside);
}

/* ---- a connection that is kept ---------------------------------------------- */

/* It is curl's handle under a name of ours. */
struct fetch_line *fetch_line_open(void)
{
	return (struct fetch_line *)easy_bare();
}

void fetch_line_close(struct fetch_line **l)
{
	if (*l)
		curl_easy_cleanup((CURL *)*l);
	*l = NULL;
}

/* A reset forgets the options, not the connection. */
static CURL *line_again(const struct fetch_world *w, int seconds)
{
	CURL *c = (CURL *)w->line;

	curl_easy_reset(c);
	return easy_set(c, w, "http,https", seconds);
}

/* ---- a page ---------------------------------------------------------------- */

static size_t take(char *p, size_t size, size_t n, void *ctx)
{
	struct buf *b = ctx;

	buf_put(b, p, size * n);
	return b->full ? 0 : size * n;
}

static err failed(struct arena *a, const struct fetch *f, const struct buf *b, bool inside,
    CURLcode rc)
{
	if (inside)
		return ERR(a, ERR_INVALID, "fetch-inside", .field = "url",
		    .arg = { str_of(f->url) });
	if (b->full)
		return ERR(a, ERR_INVALID, "fetch-large", .arg = { str_of(f->url) });
	return ERR(a, ERR_BUSY, "fetch-failed", .arg = { str_of(f->url),
	    str_of(curl_easy_strerror(rc)) });
}

static void lists_free(struct curl_slist **l)
{
	curl_slist_free_all(*l);
}

err fetch(struct arena *a, const struct fetch_world *w, const struct fetch *f,
    struct fetched *out)
{
	CLEANUP(easy_free) CURL *own = w->line ? NULL :
	    easy_new(w, "http,https", f->seconds);
	CURL *c = own ? own : line_again(w, f->seconds);
	CLEANUP(lists_free) struct curl_slist *head = NULL;
	struct buf b = BUF(a, f->max);
	long status = 0;
	bool inside;

	guard(c, w, f->url, &inside);
	curl_easy_setopt(c, CURLOPT_URL, f->url);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "laris/" LARIS_VERSION);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &b);
	if (f->type) {
		str type = arena_printf(a, "Content-Type: %s", f->type);
		head = curl_slist_append(head, type.p);
		curl_easy_setopt(c, CURLOPT_HTTPHEADER, head);
		curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)f->body.n);
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, f->body.n ? f->body.p : "");
	}
	CURLcode rc = curl_easy_perform(c);
	if (rc)
		return failed(a, f, &b, inside, rc);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	*out = (struct fetched){ (int)status, buf_done(&b) };
	return NULL;
}

/* ---- mail -------------------------------------------------------------------- */

struct mailer {
	CURL *c;
	struct fetch_world world;
	bool about_it;		/* our last command was about this mail	*/
	bool leaving;		/* or it was QUIT: nobody cares		*/
	bool inside;		/* it stands behind our wall		*/
	char line[SAID_MAX];	/* the server's last line		*/
	size_t n_line;
	str message;		/* what is left to hand over		*/
};

/* No login, no path: those would be sent along, or shown to whoever reads settings. */
static bool nothing_more(CURLU *u)
{
	static const CURLUPart parts[] = { CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY,
	    CURLUPART_FRAGMENT };
	char rest[256];

	for (size_t i = 0; i < countof(parts); i++)
		if (part(u, parts[i], rest))
			return false;
	return !part(u, CURLUPART_PATH, rest) || !strcmp(rest, "/");
}

/* Scheme and host of a mail server's address; false when it is none. */
static bool url_parts(str url, char scheme[256], char host[256])
{
	char text[256];

	if (url.n == 0 || url.n >= sizeof text || memchr(url.p, 0, url.n))
		return false;
	memcpy(text, url.p, url.n);
	text[url.n] = 0;
	CURLU *u = curl_url();
	bool fine = u && !curl_url_set(u, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) &&
	    part(u, CURLUPART_SCHEME, scheme) && part(u, CURLUPART_HOST, host) &&
	    (!strcmp(scheme, "smtp") || !strcmp(scheme, "smtps")) && nothing_more(u);
	curl_url_cleanup(u);
	return fine;
}

bool mail_url_ok(str url)
{
	char scheme[256], host[256];

	return url_parts(url, scheme, host);
}

static bool here(const char *host)
{
	return !strcmp(host, "localhost") || !strcmp(host, "127.0.0.1") || !strcmp(host, "[::1]");
}

/* What the server says; a long line is cut, what is no letter is a "?". */
static size_t hear(char *p, size_t size, size_t n, void *ctx)
{
	struct mailer *m = ctx;
	size_t len = size * n;

	if (m->leaving)
		return len;
	while (len && (p[len - 1] == '\r' || p[len - 1] == '\n'))
		len--;
	m->n_line = len < sizeof m->line ? len : sizeof m->line;
	for (size_t i = 0; i < m->n_line; i++)
		m->line[i] = p[i] >= ' ' && p[i] < 0x7f ? p[i] : '?';
	return size * n;
}

/* Which command was sent last: what a refusal speaks of. */
static int follow(CURL *c, curl_infotype type, char *p, size_t n, void *ctx)
{
	struct mailer *m = ctx;

	(void)c;
	if (type != CURLINFO_HEADER_OUT)
		return 0;
	str said = { p, n };
	m->leaving = str_starts(said, S("QUIT"));
	if (!m->leaving) {
		m->about_it = str_starts(said, S("RCPT")) || str_starts(said, S("DATA"));
		m->n_line = 0;
	}
	return 0;
}

static size_t hand_over(char *p, size_t size, size_t n, void *ctx)
{
	struct mailer *m = ctx;
	size_t len = size * n < m->message.n ? size * n : m->message.n;

	if (len)
		memcpy(p, m->message.p, len);
	m->message = str_sub(m->message, len, m->message.n);
	return len;
}

static void mailer_setup(struct mailer *m, str url, const char *scheme, const char *host,
    struct arena *a)
{
	bool switches = !strcmp(scheme, "smtp") && !here(host);
	CURL *c = m->c;

	curl_easy_setopt(c, CURLOPT_URL, arena_cstr(a, url));
	curl_easy_setopt(c, CURLOPT_USE_SSL, (long)(switches ? CURLUSESSL_ALL : CURLUSESSL_NONE));
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, m);
	curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, follow);
	curl_easy_setopt(c, CURLOPT_DEBUGDATA, m);
	curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, hand_over);
	curl_easy_setopt(c, CURLOPT_READDATA, m);
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	if (m->world.logins) {
		curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
		curl_easy_setopt(c, CURLOPT_NETRC_FILE, m->world.logins);
	}
}

struct mailer *mailer_open(struct arena *a, const struct fetch_world *w, str url, int seconds)
{
	struct mailer *m = NEW(a, struct mailer);
	char scheme[256], host[256];

	if (!url_parts(url, scheme, host))
		panic("a mail server's address that nobody looked at");
	m->world = *w;
	m->c = easy_new(&m->world, "smtp,smtps", seconds);
	mailer_setup(m, url, scheme, host, a);
	guard(m->c, &m->world, arena_cstr(a, url), &m->inside);
	return m;
}

void mailer_close(struct mailer **m)
{
	if (*m)
		easy_free(&(*m)->c);
	*m = NULL;
}

/*
 * Only what was answered to RCPT or to the text itself is about this mail;
 * 421 says that the server itself stops (RFC 5321 3.8).
 */
static enum mail_end judge(const struct mailer *m, CURLcode rc)
{
	char first = m->n_line ? m->line[0] : 0;

	if (!rc)
		return MAIL_SENT;
	if (!m->about_it || rc == CURLE_OPERATION_TIMEDOUT || rc == CURLE_ABORTED_BY_CALLBACK ||
	    str_starts((str){ m->line, m->n_line }, S("421")))
		return MAIL_DOWN;
	return first == '5' ? MAIL_REFUSED : first == '4' ? MAIL_LATER : MAIL_DOWN;
}

void mailer_send(struct mailer *m, struct arena *a, str from, str to, str message,
    struct mail_result *r)
{
	CLEANUP(lists_free) struct curl_slist *list = NULL;
	str sender = arena_printf(a, "<%.*s>", SV(from)), who = arena_printf(a, "<%.*s>", SV(to));

	list = curl_slist_append(list, who.p);
	m->message = message;
	m->n_line = 0;
	m->about_it = m->leaving = false;
	curl_easy_setopt(m->c, CURLOPT_MAIL_FROM, sender.p);
	curl_easy_setopt(m->c, CURLOPT_MAIL_RCPT, list);
	curl_easy_setopt(m->c, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message.n);
	CURLcode rc = curl_easy_perform(m->c);
	r->end = judge(m, rc);
	bool told = m->n_line > 3 && (!rc || m->line[0] == '4' || m->line[0] == '5');
	r->said = told ? arena_str(a, (str){ m->line, m->n_line }) :
	    m->inside ? S("private address: serve --inside") : str_of(curl_easy_strerror(rc));
	curl_easy_setopt(m->c, CURLOPT_MAIL_RCPT, NULL);
}
