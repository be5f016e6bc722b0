// What was said of a draw later: the sample that was audited, and what happened
// once it was run.  Each announcement is kept for the log (log.mjs).
import { dueOf, momentOf } from './log.mjs';
import { fileOf, hexOf, need, number, plain, textOf } from './pieces.mjs';
import { Beside, QUICKNET, REHEARSAL, cidOf, coupons, holderOf, listed, randomness, readBeacon, turn } from './walk.mjs';

const INT = '(0|[1-9][0-9]{0,19})', ABOUT = `prize ([\\x21-\\x7e]{1,64})\nplace ${INT}\n`;
const REASON = 'reason (?:absent|unclaimed|refused|identity|ineligible|purchase|same-person)\n';
const ROUND = `drand ([0-9a-f]{64})\nround ${INT}\n`;
const FORMS = {
	redraw: ABOUT + REASON + ROUND,
	returned: ABOUT + REASON,
	handover: `${ABOUT}day [0-9]{4}-[0-9]{2}-[0-9]{2}\n`,
	sample: `count ${INT}\n${ROUND}`,
	annulment: `${ROUND}reason beacon-late\nat (2[01][0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n` +
		'notary ([^\n]+)\ndeed ([^\n]+)\n',
};
const KINDS = ['redraw', 'returned', 'handover'];
const LATE = 259200n;			// seconds past due, before a notary may annul: 72 hours

/** The values of an announcement in its order. */
function valuesOf({ files, head }, name, kind) {
	const bytes = fileOf(files, name), text = textOf(bytes) ?? '', begin = `laris-${kind}/v1\ndraw ${head.draw}\n`;
	const m = text.startsWith(begin) && new RegExp(`^${FORMS[kind]}$`).exec(text.slice(begin.length));
	need(m, 'told-format', name);
	return { bytes, v: m.slice(1) };
}

/** The same, the chain left out. */
function told(all, name, kind) {
	const { head, said } = all, { bytes, v } = valuesOf(all, name, kind);
	if (kind === 'redraw' || kind === 'sample')
		need(v.splice(-2, 1)[0] === head.chain, 'told-format', name);
	const id = kind === 'sample' ? undefined : v.shift();
	const [n, round] = v.map((x) => number(x, 1n, 'told-format'));
	said.push({ name, bytes, round: round ?? 0n });
	return { bytes, id, n, round };
}

const seedOf = (head, bytes, light) => hexOf(Uint8Array.of(...head.bytes, ...bytes, ...light));

// ---- the sample -----------------------------------------------------------------------

function sample(all) {
	const { files, head, list } = all, t = told(all, 'sample.txt', 'sample');
	need(t.n <= 5000n && t.n <= head.coupons, 'told-format', 'sample.txt');
	need(t.round < head.round || head.chain === REHEARSAL.chain, 'told-round', 'sample.txt');
	if (!files.has('sample-beacon.txt') && !files.has('sample.tsv'))
		return ['unchecked', 'sample-waits'];
	const light = fileOf(files, 'sample-beacon.txt');
	const signature = readBeacon(light, head, t.round, 'told-format', 'sample-beacon.txt');
	if (!list)
		return ['unchecked', 'no-list'];
	const beside = new Beside(fileOf(files, 'sample.tsv'), 'again-differs', 'sample.tsv'), taken = new Set();
	for (const { k, coupon } of coupons(seedOf(head, t.bytes, light), 'SAMPLE', head.coupons)) {
		if (taken.has(coupon))
			continue;
		taken.add(coupon);
		beside.next(`${taken.size}\t${k}\t${coupon}\t${cidOf(list, holderOf(list, coupon))}`);
		if (BigInt(taken.size) === t.n)
			break;
	}
	beside.end();
	const worth = randomness(head, t.round, signature);
	return worth[0] === 'valid' ? ['valid', 'sample-follows', t.n, t.round] : worth;
}

export function checkSample(all) {
	if (!['sample.txt', 'sample-beacon.txt', 'sample.tsv'].some((name) => all.files.has(name)))
		return;
	const found = all.report.try('d', () => sample(all));
	if (found)
		all.report.say('d', ...found);
}

// ---- without winners -------------------------------------------------------------------

/** Whole seconds, of a day and an hour that there are. */
function secondsOf(text) {
	const ms = Date.parse(text);
	return !Number.isNaN(ms) && new Date(ms).toISOString() === text.replace('Z', '.000Z') ? BigInt(ms / 1000) : undefined;
}

function annulment(all) {
	const name = 'annulment.txt', { files, head } = all, { bytes, v } = valuesOf(all, name, 'annulment');
	const [chain, round, when, notary, deed] = v, at = secondsOf(when);
	need(chain === head.chain && round === String(head.round) && at !== undefined && plain(notary) && plain(deed),
		'told-format', name);
	const quicknet = head.chain === QUICKNET.chain, since = quicknet ? dueOf(head.round) + LATE : 0n;
	all.said.push({ name, bytes, round: 0n, since });
	const drawn = [...files.keys()].find((n) => /^(beacon\.txt|winners\.tsv|transcript\.tsv|after\/.*)$/.test(n));
	need(!drawn, 'annulled-drawn', drawn);
	if (!quicknet)
		return ['unchecked', 'no-clock'];
	need(at >= since, 'annulled-early', momentOf(at), momentOf(since));
	return ['valid', 'annulment', notary, deed, `https://api.drand.sh/${head.chain}/public/${head.round}`];
}

/** By a notary, because the round did not come. */
export function checkAnnulment(all) {
	const found = all.files.has('annulment.txt') && all.report.try('d', () => annulment(all));
	if (found)
		all.report.say('d', ...found);
}

// ---- happenings ------------------------------------------------------------------------

/** One place anew, from k = 0: those who stand are passed over, those struck out cannot win. */
function again({ files, head, list }, part, t, { standing, struck }) {
	const light = fileOf(files, `${part}beacon.txt`);
	const worth = randomness(head, t.round, readBeacon(light, head, t.round, 'told-format', `${part}beacon.txt`));
	const kinds = new Map(head.list.map((p) => [p.id, p.kind])), barred = new Set([...head.barred, ...struck]);
	const mine = new Set(standing.filter((w) => kinds.get(w.id) === kinds.get(t.id)).map((w) => w.cid));
	const left = list.n - listed(list, barred) - [...mine].filter((cid) => !barred.has(cid)).length;
	const [winner, transcript] = ['winner.tsv', 'transcript.tsv'].map((end) =>
		new Beside(fileOf(files, part + end), 'again-differs', part + end));
	for (const s of turn({ seed: seedOf(head, t.bytes, light), id: t.id, from: t.n, upto: t.n, mine, barred, left, list,
		n: head.coupons })) {
		if (s.win) {
			winner.next(`${s.id}\t${s.place}\t${s.k}\t${s.coupon}\t${s.cid}`);
			standing.push({ id: s.id, place: s.place, cid: s.cid });
		}
		transcript.next(`${s.id}\t${s.k}\t${s.coupon}\t${s.cid}\t${s.what}`);
	}
	winner.end();
	transcript.end();
	return worth;
}

/** What happening n did to those who stand; what its randomness is worth, where it was drawn. */
function happen(all, n, kind, state) {
	const { files, names } = all, part = `after/${String(n).padStart(3, '0')}-`, name = `${part}${kind}.txt`;
	names.push(name, `${part}${kind}.tlog-proof`);
	const t = told(all, name, kind);
	t.n = Number(t.n);
	const at = state.standing.findIndex((w) => w.id === t.id && w.place === t.n);
	need(at >= 0 && !state.given.has(state.standing[at]), 'after-nobody', name);
	if (kind === 'handover')
		return state.given.add(state.standing[at]) && undefined;
	state.struck.add(state.standing.splice(at, 1)[0].cid);
	if (kind === 'returned')
		return undefined;
	need(t.round > state.latest, 'told-round', name);
	state.latest = t.round;
	const parts = ['beacon.txt', 'winner.tsv', 'transcript.tsv'].map((end) => part + end);
	names.push(...parts);
	if (!parts.some((p) => files.has(p))) {
		state.waits ??= name;
		return undefined;
	}
	need(!state.waits, 'after-order', name);
	return again(all, part, t, state);
}

function after(all) {
	const { files, head, wins, names } = all;
	const state = { standing: [...wins], given: new Set(), struck: new Set(), latest: head.round, waits: undefined };
	let n = 0, worst;
	for (; n < 999; n++) {
		const part = `after/${String(n + 1).padStart(3, '0')}-`;
		const [kind, more] = KINDS.filter((k) => files.has(`${part}${k}.txt`));
		if (!kind)
			break;
		need(!more, 'after-stranger', `${part}${kind}.txt`);
		const worth = happen(all, n + 1, kind, state);
		if (worth && worth[0] !== 'valid')
			worst = worth;
	}
	for (const name of files.keys())
		need(!/^after\/[0-9]/.test(name) || names.includes(name), 'after-stranger', name);
	if (state.waits)
		return ['unchecked', 'after-waits', state.waits];
	return worst ?? ['valid', 'after-follows', n, state.standing.length];
}

export function checkAfter(all) {
	const { report, files, list, wins } = all;
	if (![...files.keys()].some((name) => name.startsWith('after/')))
		return;
	if (list && !files.has('beacon.txt'))
		report.say('d', 'failed', 'drawn-without-beacon', 'beacon.txt');
	const found = wins && report.try('d', () => after(all));
	if (found)
		report.say('d', ...found);
	else if (!wins)
		report.say('d', 'unchecked', 'no-list');
}
