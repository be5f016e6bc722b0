// The browser's own telling of the draw's rules: bytes of the public files in,
// a finding for each promise out.  It knows no page, no network and no text:
// worker.mjs feeds it, the page has a sentence for each reason.
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

export const RECORD = 48;
const TOP = 1n << 64n;
const EVERY = 5000;			// records between two words of progress

/** The files a bundle may hold beside those of after/. */
export const NAMES = ['freeze.txt', 'freeze.tlog-proof', 'entries.bin', 'prizes.tsv', 'ineligible.txt',
	'rules.txt', 'beacon.txt', 'winners.tsv', 'transcript.tsv', 'policy.txt', 'verify.py', 'README.txt',
	'berita-acara.pdf'];

/** Ours, for rehearsals; its secret is public, so it only shows that it is one. */
const REHEARSAL = {
	chain: 'd916bd9a777e2fa4c8b015bdda411dd8fc10be3b6b3d9a37c7f77c454fe805e9',
	key: '98b7ca663a621c4360f4ee7e69ca5749579b549305f1583a9d4d21d601a84e3035cd708f1da472beca528d269aaeabcc' +
		'033e18174cdb95b28ef8b7588866d8493c743a1fd9277f413bde53a251cdd6aa9adea5713f6f33d77a8c0598f31a0789',
};

export const QUICKNET = {
	chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
	key: '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451' +
		'0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
};
const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/** What is broken, by the same codes as `laris verify --json`. */
export class Broken extends Error {
	constructor(why, ...args) {
		super(`${why} ${args.join(' ')}`);
		this.why = why;
		this.args = args.map(String);
	}
}

function need(good, why, ...args) {
	if (!good)
		throw new Broken(why, ...args);
}

const hexOf = (bytes) => bytesToHex(sha256(bytes));
const ascii = (text) => new TextEncoder().encode(text);

/** Strict UTF-8, nothing swallowed at its front; undefined when it is none. */
function textOf(bytes) {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

function linesOf(bytes, why) {
	const text = textOf(bytes);
	need(text !== undefined && (text === '' || text.endsWith('\n')), why);
	return text.split('\n').slice(0, -1);
}

function number(text, least, why) {
	need(/^(0|[1-9][0-9]{0,19})$/.test(text), why);
	const n = BigInt(text);
	need(n >= least && n < TOP, why);
	return n;
}

const plain = (text) => !/[\x00-\x1f\x7f]/.test(text);

function fileOf(files, name) {
	const bytes = files.get(name);
	need(bytes, 'file-missing', name);
	return bytes;
}

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

/** RFC 6962: the roots of full trees so far, smallest last. */
export class Tree {
	constructor() {
		this.stack = [];
		this.size = 0;
		this.leaf = new Uint8Array(1 + RECORD);
		this.pair = new Uint8Array(65);
		this.pair[0] = 1;
	}

	node(left, right) {
		this.pair.set(left, 1);
		this.pair.set(right, 33);
		return sha256(this.pair);
	}

	add(record) {
		this.leaf.set(record, 1);
		let hash = sha256(this.leaf);
		for (let n = this.size++; n % 2 === 1; n = (n - 1) / 2)
			hash = this.node(this.stack.pop(), hash);
		this.stack.push(hash);
	}

	root() {
		return this.stack.reduceRight((right, left) => this.node(left, right));
	}
}

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

const cidOf = (list, i) => bytesToHex(list.bytes.subarray(i * RECORD, i * RECORD + 32));

/** The last i for which low(i) still says "not beyond". */
function search(n, low) {
	let lo = 0, hi = n;
	while (hi - lo > 1) {
		const mid = (lo + hi) >>> 1;
		if (low(mid))
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

const holderOf = (list, coupon) => search(list.n, (i) => list.first[i] <= coupon);

function find(list, cid) {
	const i = search(list.n, (k) => cidOf(list, k) <= cid);
	return cidOf(list, i) === cid ? i : -1;
}

// Made by the log as it is when somebody asks; a proof speaks for itself.
const OF_THE_LOG = new Set(['freeze.tlog-proof', 'policy.txt']);

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

function checkSums(files) {
	const bytes = files.get('SHA256SUMS');
	if (!bytes)
		return false;
	const sums = readSums(bytes);
	for (const [name, sum] of sums)
		need(hexOf(fileOf(files, name)) === sum, 'sums-differ', name);
	for (const name of NAMES)
		need(!files.has(name) || sums.has(name) || OF_THE_LOG.has(name), 'sums-lacks', name);
	return true;
}

// ---- the draw ---------------------------------------------------------------------

function readBeacon(bytes, freeze) {
	const text = textOf(bytes) ?? '';
	const signature = text.slice(-97, -1);
	need(/^[0-9a-f]{96}$/.test(signature) && text ===
		`laris-beacon/v1\ndraw ${freeze.draw}\ndrand ${freeze.chain} ${freeze.round} ${signature}\n`,
	'beacon-format');
	return signature;
}

/** drand: is this signature the one of that round?  Subgroup checks are made by the library. */
export function signed(round, signature, key = QUICKNET.key) {
	const eight = new Uint8Array(8), bls = bls12_381.shortSignatures;
	new DataView(eight.buffer).setBigUint64(0, BigInt(round));
	try {
		return bls.verify(hexToBytes(signature), bls.hash(sha256(eight), DOMAIN), hexToBytes(key));
	} catch {
		return false;	// no point of the curve, or not of the group
	}
}

/** "nothing" for x that would make some coupon likelier than another. */
export function bounded(x, n) {
	return x >= (1n << 256n) - (1n << 256n) % n ? undefined : x % n;
}

/** Every step of the draw in its order; stops when told that one is wrong. */
function* steps(seed, prizes, list, coupons, barred) {
	const won = new Map();
	let eligible = list.n;
	for (const cid of barred)
		eligible -= find(list, cid) >= 0 ? 1 : 0;
	for (const { id, kind, places } of prizes) {
		const mine = won.get(kind) ?? new Set();
		won.set(kind, mine);
		for (let k = 0, place = 0; place < places && mine.size < eligible; k++) {
			const coupon = bounded(BigInt(`0x${hexOf(ascii(`${seed},${id},${k}`))}`), coupons);
			if (coupon === undefined)
				continue;
			const cid = cidOf(list, holderOf(list, coupon));
			let what = barred.has(cid) ? 'skip-ineligible' : 'skip-already-won';
			if (!barred.has(cid) && !mine.has(cid)) {
				mine.add(cid);
				what = `win-${++place}`;
			}
			yield { id, k, coupon, cid, what, place };
		}
	}
}

/** A file's lines beside those it must have. */
class Beside {
	constructor(bytes, why) {
		this.lines = linesOf(bytes, why);
		this.why = why;
		this.at = 0;
	}

	next(line) {
		const theirs = this.lines[this.at++] ?? '-';
		need(theirs === line, this.why, this.at, theirs.slice(0, 200), line);
	}

	end() {
		need(this.at === this.lines.length, this.why, this.at + 1, this.lines[this.at]?.slice(0, 200), '-');
	}
}

function checkWinners(files, head, list, progress) {
	const seed = hexOf(Uint8Array.of(...head.bytes, ...fileOf(files, 'beacon.txt')));
	const winners = new Beside(fileOf(files, 'winners.tsv'), 'winners-differ');
	const transcript = new Beside(fileOf(files, 'transcript.tsv'), 'transcript-differs');
	for (const s of steps(seed, head.list, list, head.coupons, head.barred)) {
		if (s.what.startsWith('win'))
			winners.next(`${s.id}\t${s.place}\t${s.k}\t${s.coupon}\t${s.cid}`);
		transcript.next(`${s.id}\t${s.k}\t${s.coupon}\t${s.cid}\t${s.what}`);
		if (transcript.at % 500 === 0)
			progress('winners', transcript.at, transcript.lines.length);
	}
	winners.end();
	transcript.end();
	return { seed, winners: winners.at };
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
	const sums = report.try('c', () => {
		progress('sums', 0, 1);
		return checkSums(files);
	});
	if (list && sums !== undefined)
		report.say('c', 'valid', sums ? 'list-fits' : 'list-fits-no-sums');
	return { head, list };
}

function checkBeacon(report, files, head) {
	const signature = report.try('d', () => readBeacon(fileOf(files, 'beacon.txt'), head));
	if (!signature)
		return false;
	const chain = [QUICKNET, REHEARSAL].find((c) => c.chain === head.chain);
	if (!chain)
		report.say('d', 'unchecked', 'chain-unknown', `${head.chain.slice(0, 12)} …`);
	else if (!signed(head.round, signature, chain.key))
		report.say('d', 'failed', 'signature-wrong', head.round);
	else if (chain === REHEARSAL)
		report.say('d', 'unchecked', 'rehearsal');
	else
		report.say('d', 'valid', 'signature-valid', head.round);
	return true;
}

function checkDraw(report, files, head, list, progress) {
	if (!files.has('beacon.txt')) {
		const early = ['winners.tsv', 'transcript.tsv'].some((name) => files.has(name));
		report.say('d', early ? 'failed' : 'unchecked', early ? 'drawn-without-beacon' : 'not-drawn',
			...(early ? ['beacon.txt'] : []));
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

/**
 * files: Map of name -> Uint8Array.  card: { card, secret, phone } or nothing.
 * -> { part: { a..e: [{ mark, why, args }] }, verdict: { a..e, all }, facts }
 */
export function verify(files, card, progress = () => {}) {
	const report = new Report();
	const { head, list } = checkList(report, files, progress);
	const drawn = head ? checkDraw(report, files, head, list, progress) : report.say('d', 'unchecked', 'no-list');
	checkOwn(report, head, list, card);
	const after = [...files.keys()].some((name) => name.startsWith('after/'));
	report.say('a', 'unchecked', 'log-not-supported');
	report.say('c', 'unchecked', after ? 'log-not-supported-after' : 'log-not-supported-changes');
	report.say('e', 'unchecked', 'log-not-supported');
	const verdicts = Object.fromEntries(Object.entries(report.part).map(([p, f]) => [p, verdict(f)]));
	verdicts.all = verdict(Object.values(report.part).flat());
	return { part: report.part, verdict: verdicts, facts: head && { draw: head.draw, entries: String(head.entries),
		coupons: String(head.coupons), seed: drawn?.seed ?? '' } };
}
