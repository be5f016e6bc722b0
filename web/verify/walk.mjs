// Randomness and picking: the chains, whose coupon it is, and one step after another.
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { ascii, hexOf, linesOf, need, textOf } from './pieces.mjs';

export const RECORD = 48;

/** Ours, for rehearsals; its secret is public, so it only shows that it is one. */
export const REHEARSAL = {
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

// ---- whose coupon is it? ----------------------------------------------------------

export const cidOf = (list, i) => bytesToHex(list.bytes.subarray(i * RECORD, i * RECORD + 32));

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

export const holderOf = (list, coupon) => search(list.n, (i) => list.first[i] <= coupon);

export function find(list, cid) {
	const i = search(list.n, (k) => cidOf(list, k) <= cid);
	return cidOf(list, i) === cid ? i : -1;
}

// ---- the draw ---------------------------------------------------------------------

export function readBeacon(bytes, freeze, round = freeze.round, why = 'beacon-format', ...args) {
	const text = textOf(bytes) ?? '';
	const signature = text.slice(-97, -1);
	need(/^[0-9a-f]{96}$/.test(signature) && text ===
		`laris-beacon/v1\ndraw ${freeze.draw}\ndrand ${freeze.chain} ${round} ${signature}\n`,
	why, ...args);
	return signature;
}

/** What the chain's signature of this round is worth: [mark, why, ...args]. */
export function randomness(freeze, round, signature) {
	const chain = [QUICKNET, REHEARSAL].find((c) => c.chain === freeze.chain);
	if (!chain)
		return ['unchecked', 'chain-unknown', `${freeze.chain.slice(0, 12)} …`];
	need(signed(round, signature, chain.key), 'signature-wrong', round);
	return chain === REHEARSAL ? ['unchecked', 'rehearsal'] : ['valid', 'signature-valid', round];
}

const judged = new Map(), JUDGED = 100;		// a pairing takes a phone a second: who asks again gets the same answer

/** drand: is this signature the one of that round?  Subgroup checks are made by the library. */
export function signed(round, signature, key = QUICKNET.key) {
	const what = `${round} ${signature} ${key}`;
	if (judged.size >= JUDGED)
		judged.clear();
	if (!judged.has(what))
		judged.set(what, pairs(round, signature, key));
	return judged.get(what);
}

function pairs(round, signature, key) {
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

/** k and the coupon it leads to, for those k that lead to one. */
export function* coupons(seed, label, n) {
	for (let k = 0; ; k++) {
		const coupon = bounded(BigInt(`0x${hexOf(ascii(`${seed},${label},${k}`))}`), n);
		if (coupon !== undefined)
			yield { k, coupon };
	}
}

/**
 * Steps of these places of a prize.  mine: who won in its class; left: how many
 * may still win in it.
 */
export function* turn({ seed, id, from, upto, mine, barred, left, list, n }) {
	const stream = coupons(seed, id, n);
	for (let place = from; place <= upto && left > 0; place++, left--)
		for (let win = false; !win;) {
			const { k, coupon } = stream.next().value;
			const cid = cidOf(list, holderOf(list, coupon));
			win = !barred.has(cid) && !mine.has(cid);
			if (win)
				mine.add(cid);
			yield { id, k, coupon, cid, place, win, what: win ? `win-${place}` :
				barred.has(cid) ? 'skip-ineligible' : 'skip-already-won' };
		}
}

/** How many of these hold coupons. */
export const listed = (list, cids) => [...cids].filter((cid) => find(list, cid) >= 0).length;

/** A file's lines beside those it must have. */
export class Beside {
	constructor(bytes, why, name) {
		this.name = name;
		this.lines = linesOf(bytes, why);
		this.why = why;
		this.at = 0;
	}

	next(line) {
		const theirs = this.lines[this.at++] ?? '-';
		if (this.name)
			need(theirs === line, this.why, this.name, this.at, line);
		need(theirs === line, this.why, this.at, theirs.slice(0, 200), line);
	}

	end() {
		if (this.name)
			need(this.at === this.lines.length, this.why, this.name, this.at + 1, '-');
		need(this.at === this.lines.length, this.why, this.at + 1, this.lines[this.at]?.slice(0, 200), '-');
	}
}
