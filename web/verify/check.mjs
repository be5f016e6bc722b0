// The browser's own telling of the draw's rules: bytes of the public files in,
// a finding for each promise out.  It knows no page, no network and no text:
// worker.mjs feeds it, the page has a sentence for each reason.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { checkAfter, checkAnnulment, checkSample } from './later.mjs';
import { checkLog } from './log.mjs';
import { checkReceipt, checkWhole } from './mirror.mjs';
import { Broken, TOP, ascii, fileOf, hexOf, linesOf, need, number, plain, textOf } from './pieces.mjs';
import { Tree } from './tree.mjs';
import { Beside, RECORD, cidOf, find, listed, randomness, readBeacon, turn } from './walk.mjs';

export { Broken } from './pieces.mjs';
export { Tree } from './tree.mjs';
export { bounded, signed, QUICKNET } from './walk.mjs';

const EVERY = 5000;			// records between two words of progress

/** The files a bundle may hold beside those of after/. */
export const NAMES = ['freeze.txt', 'freeze.tlog-proof', 'entries.bin', 'prizes.tsv', 'ineligible.txt',
	'rules.txt', 'beacon.txt', 'winners.tsv', 'transcript.tsv', 'policy.txt', 'verify.py', 'README.txt',
	'berita-acara.pdf', 'sample.txt', 'sample.tlog-proof', 'sample-beacon.txt', 'sample.tsv',
	'annulment.txt', 'annulment.tlog-proof'];

// ---- freeze.txt and what it binds ---------------------------------------------

const HEX = '([0-9a-f]{64})', INT = '(0|[1-9][0-9]*)';
const FREEZE = new RegExp(`^laris-undian/v1\ndraw ([\\x21-\\x7e]{1,64})\nentries ${INT}\ncoupons ${INT}\n` +
	`root ${HEX}\nprizes ${HEX}\nineligible ${HEX}\n(?:rules ${HEX}\n)?drand ${HEX}\nround ${INT}\n$`);

export function readFreeze(bytes) {
	const m = FREEZE.exec(textOf(bytes) ?? '');
	need(m, 'freeze-format');
	const [, draw, entries, coupons, root, prizes, ineligible, rules, chain, round] = m;
	return { draw, root, prizes, ineligible, rules, chain,
		entries: number(entries, 1n, 'freeze-format'), coupons: number(coupons, 1n, 'freeze-format'),
		round: number(round, 1n, 'freeze-format') };
}

function bound(files, name, hash) {
	const bytes = fileOf(files, name);
	need(hexOf(bytes) === hash, 'file-hash', name);
	return bytes;
}

function readPrizes(bytes) {
	const prizes = linesOf(bytes, 'prizes-format').map((line) => {
		const cell = line.split('\t');
		need(cell.length === 4 && /^[\x21-\x7e]{1,64}$/.test(cell[0]) && cell[1] !== '' &&
			plain(cell[1]) && plain(cell[3]), 'prizes-format');
		return { id: cell[0], kind: cell[1], places: number(cell[2], 1n, 'prizes-format'), title: cell[3] };
	});
	need(prizes.length && new Set(prizes.map((p) => p.id)).size === prizes.length, 'prizes-format');
	return prizes;
}

function readBarred(bytes) {
	const barred = new Set(linesOf(bytes, 'ineligible-format'));
	for (const cid of barred)
		need(/^[0-9a-f]{64}$/.test(cid), 'ineligible-format');
	return barred;
}

// ---- entries.bin ------------------------------------------------------------------

function before(bytes, a, b) {
	for (let i = 0; i < 32; i++)
		if (bytes[a + i] !== bytes[b + i])
			return bytes[a + i] < bytes[b + i];
	return false;
}

/** Order, joins, sum and root; the first coupon of each holder comes back. */
export function readList(bytes, freeze, progress = () => {}) {
	const name = 'entries.bin', n = Number(freeze.entries);
	need(BigInt(bytes.length) === freeze.entries * BigInt(RECORD), 'entries-size');
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const first = new BigUint64Array(n), tree = new Tree();
	let total = 0n;
	for (let i = 0, at = 0; i < n; i++, at += RECORD) {
		need(!i || before(bytes, at - RECORD, at), 'entries-order', name, i + 1);
		first[i] = view.getBigUint64(at + 32);
		const count = view.getBigUint64(at + 40);
		need(first[i] === total, 'entries-gap', name, i + 1);
		need(count > 0n, 'entries-empty', name, i + 1);
		total += count;
		need(total < TOP, 'entries-sum');
		tree.add(bytes.subarray(at, at + RECORD));
		if (i % EVERY === 0)
			progress('list', i, n);
	}
	need(total === freeze.coupons, 'entries-sum');
	need(bytesToHex(tree.root()) === freeze.root, 'entries-root');
	return { bytes, first, n };
}

/** Made by the log as it is when somebody asks; a proof speaks for itself. */
const ofTheLog = (name) => name.endsWith('.tlog-proof') || name === 'policy.txt';

// ---- SHA256SUMS -------------------------------------------------------------------

export function readSums(bytes) {
	const sums = new Map();
	for (const line of linesOf(bytes, 'sums-format')) {
		const m = /^([0-9a-f]{64}) {2}([^\x00-\x1f\x7f\\]{1,200})$/.exec(line);
		need(m && !m[2].split('/').some((p) => ['', '.', '..'].includes(p)), 'sums-format');
		need(m[2] !== 'SHA256SUMS' && !sums.has(m[2]), 'sums-format');
		sums.set(m[2], m[1]);
	}
	need(sums.size, 'sums-format');
	return sums;
}

function checkSums(files, names) {
	const bytes = files.get('SHA256SUMS');
	if (!bytes)
		return false;
	const sums = readSums(bytes);
	for (const [name, sum] of sums)
		need(hexOf(fileOf(files, name)) === sum, 'sums-differ', name);
	for (const name of [...NAMES, ...names])
		need(!files.has(name) || sums.has(name) || ofTheLog(name), 'sums-lacks', name);
	return true;
}

// ---- the draw ---------------------------------------------------------------------

/** Every step of the draw in its order; stops when told that one is wrong. */
function* steps(seed, head, list) {
	const won = new Map(), eligible = list.n - listed(list, head.barred);
	for (const { id, kind, places } of head.list) {
		const mine = won.get(kind) ?? new Set();
		won.set(kind, mine);
		yield* turn({ seed, id, from: 1, upto: places, mine, barred: head.barred,
			left: eligible - mine.size, list, n: head.coupons });
	}
}

function checkWinners(files, head, list, progress) {
	const seed = hexOf(Uint8Array.of(...head.bytes, ...fileOf(files, 'beacon.txt'))), wins = [];
	const winners = new Beside(fileOf(files, 'winners.tsv'), 'winners-differ');
	const transcript = new Beside(fileOf(files, 'transcript.tsv'), 'transcript-differs');
	for (const s of steps(seed, head, list)) {
		if (s.win) {
			winners.next(`${s.id}\t${s.place}\t${s.k}\t${s.coupon}\t${s.cid}`);
			wins.push({ id: s.id, place: s.place, cid: s.cid });
		}
		transcript.next(`${s.id}\t${s.k}\t${s.coupon}\t${s.cid}\t${s.what}`);
		if (transcript.at % 500 === 0)
			progress('winners', transcript.at, transcript.lines.length);
	}
	winners.end();
	transcript.end();
	return { seed, winners: winners.at, wins };
}

// ---- one's own card ----------------------------------------------------------------

const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The secret as the card prints it: 26 signs, however it was typed. */
function secretText(typed) {
	const text = typed.trim().replace(/[\s-]/g, '').toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0');
	return text.length === 26 && [...text].every((c) => BASE32.includes(c)) ? text : typed.trim();
}

/** 0812..., 62812... and +62812... are one number. */
function phoneText(typed) {
	const digits = typed.replace(/\D/g, '');
	if (!digits)
		return '';
	return digits[0] === '0' && !typed.trim().startsWith('+') ? `+62${digits.slice(1)}` : `+${digits}`;
}

/** The name of a card on the list of this draw: nothing of it can be read back. */
export function cardName(draw, { card, secret, phone = '' }) {
	const salt = bytesToHex(hmac(sha256, ascii(secretText(secret)), ascii(draw)));
	return hexOf(ascii(`laris-cid/v1\n${draw}\n${card.replace(/\D/g, '')}\n${phoneText(phone)}\n${salt}\n`));
}

/** The card with its phone number, and as it was before it had one. */
function checkCard(draw, list, card) {
	for (const phone of new Set([card.phone ?? '', ''])) {
		const i = find(list, cardName(draw, { ...card, phone }));
		if (i < 0)
			continue;
		const end = i + 1 < list.n ? list.first[i + 1] : undefined;
		return { first: list.first[i], end };
	}
	throw new Broken('card-not-found');
}

// ---- all of it -----------------------------------------------------------------------

/** The findings of one run; a failure is never taken back. */
class Report {
	constructor() {
		this.part = { a: [], b: [], c: [], d: [], e: [] };
	}

	say(part, mark, why, ...args) {
		this.part[part].push({ mark, why, args: args.map(String) });
	}

	/** fn's value, or undefined with the failure noted. */
	try(part, fn) {
		try {
			return fn();
		} catch (e) {
			if (!(e instanceof Broken))
				throw e;
			this.say(part, 'failed', e.why, ...e.args);
			return undefined;
		}
	}
}

function openHead(files) {
	const bytes = fileOf(files, 'freeze.txt'), head = readFreeze(bytes);
	head.bytes = bytes;
	head.list = readPrizes(bound(files, 'prizes.tsv', head.prizes));
	head.barred = readBarred(bound(files, 'ineligible.txt', head.ineligible));
	if (head.rules)
		bound(files, 'rules.txt', head.rules);
	need(head.rules || !files.has('rules.txt'), 'rules-not-fixed');
	return head;
}

function checkList(report, files, progress) {
	const head = report.try('c', () => openHead(files));
	const list = head && report.try('c', () => readList(fileOf(files, 'entries.bin'), head, progress));
	return { head, list };
}

function checkFolder(report, files, list, names, progress) {
	const sums = report.try('c', () => {
		progress('sums', 0, 1);
		return checkSums(files, names);
	});
	if (list && sums !== undefined)
		report.say('c', 'valid', sums ? 'list-fits' : 'list-fits-no-sums');
}

function checkBeacon(report, files, head) {
	return report.try('d', () => {
		const signature = readBeacon(fileOf(files, 'beacon.txt'), head);
		try {
			report.say('d', ...randomness(head, head.round, signature));
		} catch (e) {
			report.say('d', 'failed', e.why, ...e.args);
		}
		return true;
	});
}

function checkDraw(report, files, head, list, progress) {
	if (!files.has('beacon.txt')) {
		if (['winners.tsv', 'transcript.tsv'].some((name) => files.has(name)))
			report.say('d', 'failed', 'drawn-without-beacon', 'beacon.txt');
		else
			report.say('d', 'unchecked', files.has('annulment.txt') ? 'annulled' : 'not-drawn');
		return undefined;
	}
	progress('beacon', 0, 1);
	const good = checkBeacon(report, files, head);
	if (!list) {
		report.say('d', 'unchecked', 'no-list');
		return undefined;
	}
	const drawn = good && report.try('d', () => checkWinners(files, head, list, progress));
	if (drawn)
		report.say('d', 'valid', 'winners-follow', drawn.winners);
	return drawn;
}

function checkOwn(report, head, list, card) {
	if (!card)
		return report.say('b', 'unchecked', 'no-card');
	if (!list)
		return report.say('b', 'unchecked', 'no-list');
	const mine = report.try('b', () => checkCard(head.draw, list, card));
	if (mine) {
		const last = (mine.end ?? head.coupons) - 1n;
		report.say('b', 'valid', 'card-found', last - mine.first + 1n, mine.first, last);
	}
	return mine;
}

/** One promise: broken by one failure, kept when all was checked. */
export function verdict(findings) {
	if (findings.some((f) => f.mark === 'failed'))
		return 'failed';
	return findings.length && findings.every((f) => f.mark === 'valid') ? 'valid' : 'unchecked';
}

/** All but what only the log itself shows. */
function examine(files, card, progress, policy) {
	const report = new Report(), said = [], names = [];
	const { head, list } = checkList(report, files, progress);
	const drawn = head ? checkDraw(report, files, head, list, progress) : report.say('d', 'unchecked', 'no-list');
	const all = { report, files, head, list, wins: drawn?.wins, said, names, heads: [], seed: drawn?.seed ?? '' };
	if (head) {
		checkSample(all);
		checkAfter(all);
		checkAnnulment(all);
	}
	checkFolder(report, files, list, names, progress);
	checkOwn(report, head, list, card);
	if (head)
		checkLog(all, policy);
	else
		for (const part of ['a', 'e'])
			report.say(part, 'unchecked', 'no-list');
	return all;
}

function conclude({ report, head, seed }) {
	const verdicts = Object.fromEntries(Object.entries(report.part).map(([p, f]) => [p, verdict(f)]));
	verdicts.all = verdict(Object.values(report.part).flat());
	return { part: report.part, verdict: verdicts, facts: head && { draw: head.draw, entries: String(head.entries),
		coupons: String(head.coupons), seed } };
}

/**
 * files: Map of name -> Uint8Array.  card: { card, secret, phone } or nothing.
 * policy: bytes of whom the visitor believes, or nothing.
 * -> { part: { a..e: [{ mark, why, args }] }, verdict: { a..e, all }, facts }
 */
export function verify(files, card, progress = () => {}, policy = undefined) {
	const all = examine(files, card, progress, policy);
	all.report.say('c', 'unchecked', 'log-not-read');
	return conclude(all);
}

/**
 * The same with the city's log.  log: { get, most, bytes, wider, whole } as mirror.mjs
 * wants it; receipt: { city, number, start } of a purchase, or nothing.
 */
export async function verifyWithLog(files, { card, policy, log, receipt }, progress = () => {}) {
	const all = examine(files, card, progress, policy);
	if (log.whole && all.head)
		await checkWhole(all, log, progress);
	else
		all.report.say('c', 'unchecked', 'log-not-read');
	if (receipt)
		await checkReceipt(all, log, receipt);
	return conclude(all);
}
