/* qris_cli.c - laris qris check. */
#include "core/cli.h"
#include "json/json.h"
#include "mod/qris/module.h"
#include "mod/qris/qris.h"

static void text_or_none(struct json_out *o, const char *key, str s)
{
	if (s.n)
		json_str(o, key, s);
	else
		json_none(o, key);
}

static str fields_json(struct arena *a, const struct qris *q, str dynamic)
{
	struct json_out o = JSON_OUT(a, 8000);

	json_begin(&o, NULL, '{');
	json_str(&o, "name", q->name);
	json_str(&o, "city", q->city);
	text_or_none(&o, "postcode", q->postcode);
	text_or_none(&o, "nmid", q->nmid);
	text_or_none(&o, "criteria", q->criteria);
	json_str(&o, "mcc", q->mcc);
	json_bool(&o, "once", q->once);
	if (q->amount)
		json_int(&o, "amount", q->amount);
	if (dynamic.n)
		json_str(&o, "dynamic", dynamic);
	json_end(&o, '}');
	return json_done(&o);
}

static err check(struct cli_args *x, str payload, const char *amount, str *json)
{
	struct qris q;
	str dynamic = { 0 };
	int64_t rupiah;

	TRY(qris_read(x->a, payload, &q));
	if (amount) {
		if (!rupiah_parse(str_of(amount), &rupiah))
			return ERR(x->a, ERR_INVALID, "qris-amount-range");
		TRY(qris_for(x->a, &q, rupiah, &dynamic));
	}
	*json = fields_json(x->a, &q, dynamic);
	return NULL;
}

int qris_check_command(struct cli_args *x)
{
	const char *amount = cli_option(x, "amount");
	str json = { 0 };

	if (!cli_words(x, 1, 1))
		return cli_usage(x);
	err e = check(x, cli_word(x, 0), amount, &json);
	if (!e)
		fprintf(x->out, "%.*s\n", SV(json));
	return cli_result(x, e);
}
